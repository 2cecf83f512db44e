// Types of attention, and of the loss of alignments.
import { broadcastShapes } from '../broadcast.ts';
import { check, formatSizes, OpError } from '../opError.ts';
import { cppTypeNames, scalarTypeNames } from '../promotion.ts';
import { elementCount, isFloat, sameShape, type TensorType } from '../tensorType.ts';
import { checkImplemented, integerTypes, nonFloatTypes, type InferenceRules } from './inferenceRule.ts';

function checkMask(query: TensorType, key: TensorType, mask: TensorType): void {
  check(mask.dtype === 'bool' || isFloat(mask.dtype), () => 'Expected attn_mask dtype to be bool or float or to match query dtype, but got '
    + `attn_mask.dtype: ${cppTypeNames[mask.dtype]} and  query.dtype: ${cppTypeNames[query.dtype]} instead.`);
  const scores = [...query.shape.slice(0, -1), key.shape.at(-2)!];
  if (!sameShape(broadcastShapes(scores, mask.shape), scores)) {
    throw new OpError(`attn_mask of shape ${formatSizes(mask.shape)} does not broadcast to the scores' shape ${formatSizes(scores)}`);
  }
}

export const attentionRules = {
  scaled_dot_product_attention: ([query, key, value, mask]) => {
    const ranks = [query, key, value].map(({ shape }) => shape.length);
    check(ranks.every((rank) => rank >= 2), () => 'Expected query, key, and value to all be  at least 2 dimensional, but got '
      + `query.dim: ${ranks[0]} key.dim: ${ranks[1]} and value.dim: ${ranks[2]} instead.`);
    check(key.dtype === query.dtype && value.dtype === query.dtype, () => 'Expected query, key, and value to have the same dtype, but got '
      + `query.dtype: ${cppTypeNames[query.dtype]} key.dtype: ${cppTypeNames[key.dtype]} and value.dtype: ${cppTypeNames[value.dtype]} instead.`);
    checkImplemented('softmax_lastdim_kernel_impl', query.dtype, nonFloatTypes);
    const batch = query.shape.slice(0, -2);
    check(sameShape(batch, key.shape.slice(0, -2)) && sameShape(batch, value.shape.slice(0, -2)), () =>
      `scaled_dot_product_attention: query ${formatSizes(query.shape)}, key ${formatSizes(key.shape)} and value ${formatSizes(value.shape)} `
      + 'must have the same leading sizes');
    const [length, width] = query.shape.slice(-2) as [number, number];
    const [keys, keyWidth] = key.shape.slice(-2) as [number, number];
    const [values, valueWidth] = value.shape.slice(-2) as [number, number];
    const rows = elementCount(batch) * length;
    check(width === keyWidth, () => `mat1 and mat2 shapes cannot be multiplied (${rows}x${width} and ${keyWidth}x${keys})`);
    check(keys === values, () => `mat1 and mat2 shapes cannot be multiplied (${rows}x${keys} and ${values}x${valueWidth})`);
    if (mask !== undefined) checkMask(query, key, mask);
    // The backward pass needs more of the sums than a half type holds.
    const sums = query.dtype === 'float64' ? 'float64' : 'float32';
    return [{ dtype: query.dtype, shape: [...batch, length, valueWidth] }, { dtype: sums, shape: [...batch, length] }];
  },
  scaled_dot_product_attention_backward: ([, query, key, value]) => [query, key, value],
  ctc_loss: ([logProbs, targets, inputLengths, targetLengths], { blank }) => {
    checkImplemented('ctc_loss_cpu', logProbs.dtype, nonFloatTypes);
    const [steps, batch, classes] = logProbs.shape as [number, number, number];
    for (const lengths of [inputLengths, targetLengths]) {
      check(integerTypes.includes(lengths.dtype), () => `${lengths === inputLengths ? 'input' : 'target'}_lengths must be integral`);
    }
    check(targets.dtype === 'int64' || targets.dtype === 'int32', () => 'Expected tensor for argument #2 \'targets\' to have scalar type Long '
      + `or Int; but got ${scalarTypeNames[targets.dtype]} instead (while checking arguments for ctc_loss_cpu)`);
    check(blank >= 0 && blank < classes, () => 'blank must be in label range');
    check(elementCount(inputLengths.shape) === batch, () => 'input_lengths must be of size batch_size');
    check(elementCount(targetLengths.shape) === batch, () => 'target_lengths must be of size batch_size');
    // No target is longer than all of them together
    const longest = targets.shape.length === 2 ? targets.shape[1] : elementCount(targets.shape);
    const { dtype } = logProbs;
    return [{ dtype, shape: [batch] }, { dtype, shape: [batch, steps, 2 * longest + 1] }];
  },
  ctc_loss_backward: ([, logProbs]) => logProbs,
} satisfies Partial<InferenceRules>;
