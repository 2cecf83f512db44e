// Types of normalizations. Their statistics have shapes that broadcast over the input: [C] per channel; for layer
// normalization the leading sizes followed by ones.
import { check, formatSizes } from '../opError.ts';
import { sameShape } from '../tensorType.ts';
import { checkImplemented, nonFloatTypes, type InferenceRules } from './inferenceRule.ts';

export const normalizationRules = {
  native_batch_norm: ([x, weight, bias]) => {
    const { shape, dtype } = x;
    // A vector has no channels, which PyTorch says in these words
    const channels = shape[1] ?? 0;
    check(sameShape(weight.shape, [channels]), () => `weight should contain ${channels} elements not ${weight.shape[0] ?? 1}`);
    check(sameShape(bias!.shape, [channels]), () => `bias should contain ${channels} elements not ${bias!.shape[0] ?? 1}`);
    checkImplemented('batch_norm', dtype, nonFloatTypes);
    const statistic = { dtype, shape: [channels] };
    return [x, statistic, statistic];
  },
  native_batch_norm_backward: ([, x, weight]) => [x, weight, weight],
  native_layer_norm: ([x, weight, bias], { normalizedRank }) => {
    const { shape, dtype } = x;
    const normalized = weight.shape.length === normalizedRank ? weight.shape : bias!.shape;
    const rank = shape.length - normalizedRank;
    check(rank >= 0 && sameShape(shape.slice(rank), normalized), () => `Given normalized_shape=${formatSizes(normalized)}, `
      + `expected input with shape [*, ${normalized.join(', ')}], but got input of size${formatSizes(shape)}`);
    for (const [name, type] of [['weight', weight], ['bias', bias!]] as const) {
      check(sameShape(type.shape, normalized), () => `Expected ${name} to be of same shape as normalized_shape, `
        + `but got ${name} of shape ${formatSizes(type.shape)} and normalized_shape = ${formatSizes(normalized)}`);
      check(type.dtype === dtype, () => 'mixed dtype (CPU): all inputs must share same datatype.');
    }
    checkImplemented('LayerNormKernelImpl', dtype, nonFloatTypes);
    const statistic = { dtype, shape: shape.map((size, axis) => (axis < rank ? size : 1)) };
    return [x, statistic, statistic];
  },
  native_layer_norm_backward: ([, x, weight]) => [x, weight, weight],
} satisfies Partial<InferenceRules>;
