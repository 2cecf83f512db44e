// Ops along one axis: softmax and its logarithm, running sums and products, sorting, and where the extreme elements are.
import { typeOf, type NodeOf } from '../../../graph/graph.ts';
import { elementCount, type Shape } from '../../../graph/tensorType.ts';
import type { Lowering } from '../lowering.ts';
import { elementBytes, isFloats } from '../storage.ts';
import type { KernelName } from '../kernels.ts';
import type { LoweringRules } from './rule.ts';

/** The axes before, at and after `dim`: element (o, i, n) is at `(o · size + i) · inner + n`. A scalar is one lane of one element. */
export function lanesAlong(shape: Shape, dim: number): [outer: number, size: number, inner: number] {
  return shape.length === 0 ? [1, 1, 1] : [elementCount(shape.slice(0, dim)), shape[dim], elementCount(shape.slice(dim + 1))];
}

/** About as many operations as an exponential takes. */
const EXPONENTIAL_WORK = 24;

type LaneNode = NodeOf<'softmax' | 'log_softmax' | 'argmax' | 'argmin' | 'cumsum' | 'cumprod'>;

function alongLanes(node: LaneNode, lowering: Lowering, kernel: KernelName, workPerElement: number, ...more: readonly number[]): boolean {
  const { dtype, shape } = typeOf(lowering.graph, node.inputs[0]);
  if (!isFloats(dtype) || elementCount(shape) === 0) return false;
  const x = lowering.readContiguous(node.inputs[0]);
  lowering.command(kernel, workPerElement * elementCount(shape), [x, lowering.write(node.outputs[0]), ...lanesAlong(shape, node.attributes.dim), ...more]);
  return true;
}

function sort(node: NodeOf<'sort'>, lowering: Lowering): boolean {
  const { dtype, shape } = typeOf(lowering.graph, node.inputs[0]);
  if (dtype === 'float64' || elementCount(shape) === 0) return false;
  const { dim, descending } = node.attributes;
  const [outer, size, inner] = lanesAlong(shape, dim);
  const x = lowering.readContiguous(node.inputs[0]);
  const [values, indices] = node.outputs.map((output) => lowering.write(output));
  const kind = isFloats(dtype) ? 0 : elementBytes(dtype) === 1 ? 2 : 1;
  lowering.command('sort', 4 * elementCount(shape) * Math.ceil(Math.log2(size + 1)), [
    x, values, outer, size, inner, indices, lowering.spacePerLane(16 * size, outer * inner), kind, descending ? 1 : 0,
  ]);
  return true;
}

function runningExtreme(node: NodeOf<'cummax' | 'cummin'>, lowering: Lowering, isSmallest: 0 | 1): boolean {
  const { dtype, shape } = typeOf(lowering.graph, node.inputs[0]);
  if (!isFloats(dtype) || elementCount(shape) === 0) return false;
  const x = lowering.readContiguous(node.inputs[0]);
  const [values, indices] = node.outputs.map((output) => lowering.write(output));
  lowering.command('runningExtreme', 4 * elementCount(shape), [x, values, ...lanesAlong(shape, node.attributes.dim), indices, isSmallest]);
  return true;
}

export const laneRules = {
  softmax: (node, lowering) => alongLanes(node, lowering, 'softmax', EXPONENTIAL_WORK),
  log_softmax: (node, lowering) => alongLanes(node, lowering, 'logSoftmax', EXPONENTIAL_WORK),
  argmax: (node, lowering) => alongLanes(node, lowering, 'argExtreme', 2, 0),
  argmin: (node, lowering) => alongLanes(node, lowering, 'argExtreme', 2, 1),
  cumsum: (node, lowering) => alongLanes(node, lowering, 'scan', 4, 0),
  cumprod: (node, lowering) => alongLanes(node, lowering, 'scan', 4, 1),
  sort,
  cummax: (node, lowering) => runningExtreme(node, lowering, 0),
  cummin: (node, lowering) => runningExtreme(node, lowering, 1),
} satisfies LoweringRules;
