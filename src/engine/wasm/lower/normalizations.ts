// Batch and layer normalization, and their backward passes.
import { typeOf, type Node } from '../../../graph/graph.ts';
import { elementCount } from '../../../graph/tensorType.ts';
import type { Place } from '../buffers.ts';
import type { Lowering } from '../lowering.ts';
import { isFloats } from '../storage.ts';
import { Float, type Fields } from '../task.ts';
import type { LoweringRules } from './rule.ts';

/** Operations for an element, about. */
const forwardWork = 6;
const backwardWork = 12;

function isOurs({ graph }: Lowering, { inputs }: Pick<Node, 'inputs'>): boolean {
  return inputs.every((value) => {
    const { dtype, shape } = typeOf(graph, value);
    return isFloats(dtype) && elementCount(shape) > 0;
  });
}

export const normalizationRules = {
  native_batch_norm: (node, lowering) => {
    if (!isOurs(lowering, node)) return false;
    const [y, ...statistics] = node.outputs;
    const { shape } = typeOf(lowering.graph, y);
    const [images, channels, ...behind] = shape;
    const count = elementCount(behind);
    const [x, weight, bias] = node.inputs.map((value) => lowering.readContiguous(value));
    const [means, rstds] = statistics.map((value) => lowering.write(value));
    const work = forwardWork * elementCount(shape);
    const fields = (result: Place, chain: Fields | 0): Fields =>
      ({ x, weight, bias, y: result, means, rstds, chain, images, channels, count, eps: new Float(node.attributes.eps) });
    if (count === 1) {
      lowering.command('batchNorm', work, fields(lowering.write(y), 0));
      return true;
    }
    lowering.chains.host(node, {
      axes: { sizes: [1, images, channels, count], groups: [0, 1, 1, behind.length] },
      finish: (result, chain) => lowering.command('batchNorm', work, fields(result, chain), node.id),
    });
    return true;
  },
  native_batch_norm_backward: (node, lowering) => {
    if (!isOurs(lowering, node)) return false;
    const [images, channels, ...behind] = typeOf(lowering.graph, node.inputs[1]).shape;
    const count = elementCount(behind);
    const [gradient, x, weight, means, rstds] = node.inputs.map((value) => lowering.readContiguous(value));
    const [dx, dweight, dbias] = node.outputs.map((value) => lowering.write(value));
    lowering.command('batchNormBackward', backwardWork * images * channels * count, {
      gradient, x, weight, means, rstds, dx, dweight, dbias, images, channels, count,
    });
    return true;
  },
  native_layer_norm: (node, lowering) => {
    if (!isOurs(lowering, node)) return false;
    const size = elementCount(typeOf(lowering.graph, node.inputs[1]).shape);
    const rows = elementCount(typeOf(lowering.graph, node.inputs[0]).shape) / size;
    const [x, weight, bias] = node.inputs.map((value) => lowering.readContiguous(value));
    const [y, means, rstds] = node.outputs.map((value) => lowering.write(value));
    lowering.command('layerNorm', forwardWork * rows * size, { x, weight, bias, y, means, rstds, rows, size, eps: new Float(node.attributes.eps) });
    return true;
  },
  native_layer_norm_backward: (node, lowering) => {
    if (!isOurs(lowering, node)) return false;
    const size = elementCount(typeOf(lowering.graph, node.inputs[2]).shape);
    const rows = elementCount(typeOf(lowering.graph, node.inputs[1]).shape) / size;
    const [gradient, x, weight, means, rstds] = node.inputs.map((value) => lowering.readContiguous(value));
    const [dx, dweight, dbias] = node.outputs.map((value) => lowering.write(value));
    // Each thread's sums begin on a cache line of their own.
    const stride = Math.ceil((24 * size + 8) / 64) * 64;
    lowering.command('layerNormBackward', backwardWork * rows * size, {
      gradient, x, weight, means, rstds, dx, dweight, dbias, scratch: lowering.scratchPerThread(stride), rows, size, stride,
    });
    return true;
  },
} satisfies LoweringRules;
