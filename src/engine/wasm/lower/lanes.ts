// Ops along one axis: softmax and its logarithm, running sums and products, sorting, and where the extreme elements are.
import { typeOf, type NodeOf } from '../../../graph/graph.ts';
import { elementCount, type DType } from '../../../graph/tensorType.ts';
import { overflow } from '../../engineError.ts';
import { lanesAlong } from '../../layout.ts';
import type { Lowering } from '../lowering.ts';
import { elementBytes, isFloats } from '../storage.ts';
import type { KernelName } from '../kernels.ts';
import type { Fields } from '../task.ts';
import { converted, isCounted } from './integers.ts';
import type { LoweringRules } from './rule.ts';

/** About as many operations as an exponential takes. */
const exponentialWork = 24;

type LaneNode = NodeOf<'softmax' | 'log_softmax' | 'argmax' | 'argmin' | 'cumsum' | 'cumprod' | 'logcumsumexp'>;

function alongLanes(node: LaneNode, lowering: Lowering, kernel: KernelName, workPerElement: number, more: Fields = {}): boolean {
  const { dtype, shape } = typeOf(lowering.graph, node.inputs[0]);
  if (!isFloats(dtype) || elementCount(shape) === 0) return false;
  const x = lowering.readContiguous(node.inputs[0]);
  lowering.command(kernel, workPerElement * elementCount(shape), { x, y: lowering.write(node.outputs[0]), ...lanesAlong(shape, node.attributes.dim), ...more });
  return true;
}

/** What kernels that move elements along an axis tell apart: float32, int32, and bytes without a sign; undefined: what they do not take. */
function kindOf(dtype: DType): 0 | 1 | 2 | undefined {
  if (dtype === 'float64') return undefined;
  return isFloats(dtype) ? 0 : elementBytes(dtype) === 1 ? 2 : 1;
}

function sort(node: NodeOf<'sort'>, lowering: Lowering): boolean {
  const { dtype, shape } = typeOf(lowering.graph, node.inputs[0]);
  const kind = kindOf(dtype);
  if (kind === undefined || elementCount(shape) === 0) return false;
  const { dim, descending } = node.attributes;
  const { outer, size, inner } = lanesAlong(shape, dim);
  const x = lowering.readContiguous(node.inputs[0]);
  const [values, indices] = node.outputs.map((output) => lowering.write(output));
  lowering.command('sort', 4 * elementCount(shape) * Math.ceil(Math.log2(size + 1)), {
    x, y: values, outer, size, inner, indices, space: lowering.spacePerLane(16 * size, outer * inner), kind, isDescending: descending ? 1 : 0,
  });
  return true;
}

function runningExtreme(node: NodeOf<'cummax' | 'cummin'>, lowering: Lowering, isSmallest: 0 | 1): boolean {
  const { dtype, shape } = typeOf(lowering.graph, node.inputs[0]);
  const kind = kindOf(dtype);
  if (kind === undefined || elementCount(shape) === 0) return false;
  const x = lowering.readContiguous(node.inputs[0]);
  const [values, indices] = node.outputs.map((output) => lowering.write(output));
  lowering.command('runningExtreme', 4 * elementCount(shape), { x, y: values, ...lanesAlong(shape, node.attributes.dim), indices, isSmallest, kind });
  return true;
}

/** Sums of integers and bools are of int64, which 32 bits may not hold. */
function runningSum(node: NodeOf<'cumsum'>, lowering: Lowering): boolean {
  const [input] = node.inputs;
  const { dtype, shape } = typeOf(lowering.graph, input);
  if (isFloats(dtype)) return alongLanes(node, lowering, 'scan', 4, { isProduct: 0, faults: 0 });
  if (!isCounted(dtype) || elementCount(shape) === 0) return false;
  const integers = lowering.contiguous(converted(node, lowering, lowering.read(input), 'integers'));
  lowering.command('scanIntegers', 4 * elementCount(shape), {
    x: integers, y: lowering.write(node.outputs[0]), ...lanesAlong(shape, node.attributes.dim), isProduct: 0, faults: lowering.fault(overflow),
  });
  return true;
}

function searchSorted({ inputs, outputs, attributes }: NodeOf<'searchsorted'>, lowering: Lowering): boolean {
  const [sorted, values] = inputs.map((input) => typeOf(lowering.graph, input));
  const kinds = [sorted, values].map(({ dtype }) => kindOf(dtype));
  const count = elementCount(values.shape);
  if (kinds[0] !== kinds[1] || kinds[0] === undefined || kinds[0] === 2 || count === 0) return false;
  const [row, each] = inputs.map((input) => lowering.readContiguous(input));
  const size = sorted.shape.at(-1)!;
  const rowValues = sorted.shape.length === 1 ? count : values.shape.at(-1)!;
  lowering.command('searchSorted', 4 * count * Math.ceil(Math.log2(size + 1)), {
    sorted: row, values: each, places: lowering.write(outputs[0]), size, count, rowValues, isRight: Number(attributes.right), isInteger: kinds[0],
  });
  return true;
}

function logCumSumExpBackward({ inputs, outputs, attributes }: NodeOf<'logcumsumexp_backward'>, lowering: Lowering): boolean {
  const { dtype, shape } = typeOf(lowering.graph, outputs[0]);
  if (!isFloats(dtype) || elementCount(shape) === 0) return false;
  const [gradient, x, sums] = inputs.map((input) => lowering.readContiguous(input));
  lowering.command('logCumSumExpBackward', 2 * exponentialWork * elementCount(shape), {
    x, y: lowering.write(outputs[0]), ...lanesAlong(shape, attributes.dim), gradient, sums,
  });
  return true;
}

export const laneRules = {
  softmax: (node, lowering) => alongLanes(node, lowering, 'softmax', exponentialWork),
  log_softmax: (node, lowering) => alongLanes(node, lowering, 'logSoftmax', exponentialWork),
  argmax: (node, lowering) => alongLanes(node, lowering, 'argExtreme', 2, { isSmallest: 0 }),
  argmin: (node, lowering) => alongLanes(node, lowering, 'argExtreme', 2, { isSmallest: 1 }),
  cumsum: runningSum,
  cumprod: (node, lowering) => alongLanes(node, lowering, 'scan', 4, { isProduct: 1, faults: 0 }),
  logcumsumexp: (node, lowering) => alongLanes(node, lowering, 'logCumSumExp', 2 * exponentialWork),
  logcumsumexp_backward: logCumSumExpBackward,
  searchsorted: searchSorted,
  sort,
  cummax: (node, lowering) => runningExtreme(node, lowering, 0),
  cummin: (node, lowering) => runningExtreme(node, lowering, 1),
} satisfies LoweringRules;
