// Reductions over any axes. Axes are brought to three kept and three reduced ones and a row of neighbours, which is reduced (a lane is a series
// of runs) or kept (lanes lie side by side); what does not fit is copied first, the reduced axes last.
import { typeOf, type NodeOf } from '../../../graph/graph.ts';
import type { Reduction } from '../../../graph/opAttributes.ts';
import { elementCount } from '../../../graph/tensorType.ts';
import { overflow } from '../../engineError.ts';
import { fewLanes } from '../assembly/limits.ts';
import { Place } from '../buffers.ts';
import type { KernelName } from '../kernels.ts';
import type { Lowering } from '../lowering.ts';
import { elementBytes, isFloats } from '../storage.ts';
import { Float, type Word } from '../task.ts';
import { isContiguous, permuted, type View } from '../view.ts';
import type { LoweringRules } from './rule.ts';

interface Axis {
  readonly size: number;
  /** In elements. */
  readonly stride: number;
}

/** A tensor as a reduction goes through it. */
interface Layout {
  readonly view: View;
  readonly kept: readonly Axis[];
  readonly reduced: readonly Axis[];
  /** Elements side by side, in each kept and reduced position. */
  readonly count: number;
  readonly isReduced: boolean;
}

/** Neighbours of a list of axes that are one in effect, as one. */
function joined(axes: readonly Axis[]): Axis[] {
  const result: Axis[] = [];
  for (const axis of axes) {
    const outer = result.at(-1);
    if (outer?.stride === axis.stride * axis.size) result[result.length - 1] = { size: outer.size * axis.size, stride: axis.stride };
    else result.push(axis);
  }
  return result;
}

/** null: the view has to be copied first. `besides`: whether lanes can be taken side by side. */
function layoutOf(view: View, dim: readonly number[], besides: boolean): Layout | null {
  const axes = view.shape.map((size, axis) => ({ size, stride: view.strides[axis], isReduced: dim.includes(axis) })).filter(({ size }) => size !== 1);
  const kept = joined(axes.filter(({ isReduced }) => !isReduced));
  // A sum knows no order.
  const reduced = joined(axes.filter(({ isReduced }) => isReduced).sort((a, b) => b.stride - a.stride));
  const isRun = reduced.at(-1)?.stride === 1 || (kept.length === 0 && reduced.length === 0);
  if (!isRun && !(besides && kept.at(-1)?.stride === 1)) return null;
  const count = (isRun ? reduced.pop() : kept.pop())?.size ?? 1;
  return kept.length <= 3 && reduced.length <= 3 ? { view, kept, reduced, count, isReduced: isRun } : null;
}

function padded(axes: readonly Axis[]): Axis[] {
  return [...new Array<Axis>(3 - axes.length).fill({ size: 1, stride: 0 }), ...axes];
}

function layOut(node: NodeOf<ReductionOp>, lowering: Lowering, besides: boolean): Layout | null {
  const { dim } = node.attributes as Reduction;
  const [x] = node.inputs;
  const { dtype, shape } = typeOf(lowering.graph, x);
  if (!isFloats(dtype) || elementCount(shape) === 0) return null;
  const view = lowering.read(x);
  return layoutOf(view, dim, besides) ?? layoutOf(lowering.copied(permuted(view, reducedLast(dim, shape.length))), lastAxes(dim, shape.length), false);
}

const reducedLast = (dim: readonly number[], rank: number): number[] => [...Array(rank).keys()].sort((a, b) => Number(dim.includes(a)) - Number(dim.includes(b)));
const lastAxes = (dim: readonly number[], rank: number): number[] => dim.map((_, n) => rank - dim.length + n);

type ReductionOp = 'sum' | 'mean' | 'prod' | 'amax' | 'amin' | 'var' | 'logsumexp';

/** `beside`: the kernel for lanes side by side, if there is one. */
function reduce(node: NodeOf<ReductionOp>, lowering: Lowering, runs: KernelName, beside: KernelName | null, divisor: (reduced: number) => number): boolean {
  const layout = layOut(node, lowering, beside !== null);
  if (layout === null) return false;
  const { view, kept, reduced, count, isReduced } = layout;
  const [[kept0, kept1, kept2], [reduced0, reduced1, reduced2]] = [padded(kept), padded(reduced)];
  const elements = elementCount(view.shape);
  const outputs = elementCount(typeOf(lowering.graph, node.outputs[0]).shape);
  const partials: Word = isReduced && outputs <= fewLanes ? lowering.scratchPerThread(fewLanes * 8) : 0;
  lowering.command(isReduced ? runs : beside!, elements, {
    x: new Place(view.buffer, view.offset * 4), y: lowering.write(node.outputs[0]), partials, divisor: new Float(divisor(elements / outputs)), count,
    kept0: kept0.size, kept1: kept1.size, kept2: kept2.size, keptStride0: 4 * kept0.stride, keptStride1: 4 * kept1.stride, keptStride2: 4 * kept2.stride,
    reduced0: reduced0.size, reduced1: reduced1.size, reduced2: reduced2.size,
    reducedStride0: 4 * reduced0.stride, reducedStride1: 4 * reduced1.stride, reducedStride2: 4 * reduced2.stride,
  });
  return true;
}

const undivided = (): number => 1;

/** Integers and bools, the reduced elements of each output brought side by side. */
function reduceRows(node: NodeOf<'sum' | 'any' | 'all'>, lowering: Lowering, kernel: KernelName, isAll = 0): boolean {
  const { dim } = node.attributes;
  const { graph } = lowering;
  const { dtype, shape } = typeOf(graph, node.inputs[0]);
  const { dtype: result, shape: outputShape } = typeOf(graph, node.outputs[0]);
  if (elementCount(shape) === 0) return false;
  const view = permuted(lowering.read(node.inputs[0]), reducedLast(dim, shape.length));
  const { buffer, offset } = isContiguous(view) ? view : lowering.copied(view);
  const rows = elementCount(outputShape);
  const faults: Word = kernel === 'sumIntegers' && result === 'int64' ? lowering.fault(overflow) : 0;
  lowering.command(kernel, elementCount(shape), {
    x: new Place(buffer, offset * elementBytes(dtype)), y: lowering.write(node.outputs[0]), faults, rows, count: elementCount(shape) / rows, isAll,
  });
  return true;
}

function sumOfIntegers(node: NodeOf<'sum'>, lowering: Lowering): boolean {
  const [from, to] = [node.inputs[0], node.outputs[0]].map((value) => typeOf(lowering.graph, value).dtype);
  if (to !== 'int64' && to !== 'int32') return false;
  if (from === 'bool') return reduceRows(node, lowering, 'sumBools');
  return (from === 'int32' || from === 'int64') && reduceRows(node, lowering, 'sumIntegers');
}

const isOfBools = ({ inputs, outputs }: NodeOf<'any' | 'all'>, { graph }: Lowering): boolean =>
  [inputs[0], outputs[0]].every((value) => typeOf(graph, value).dtype === 'bool');

export const reductionRules = {
  sum: (node, lowering) => reduce(node, lowering, 'sumRuns', 'sumLanesBeside', undivided) || sumOfIntegers(node, lowering),
  mean: (node, lowering) => reduce(node, lowering, 'sumRuns', 'sumLanesBeside', (count) => count),
  amax: (node, lowering) => reduce(node, lowering, 'maximumRuns', 'maximumLanesBeside', undivided),
  amin: (node, lowering) => reduce(node, lowering, 'minimumRuns', 'minimumLanesBeside', undivided),
  prod: (node, lowering) => reduce(node, lowering, 'productRuns', null, undivided),
  var: (node, lowering) => reduce(node, lowering, 'variance', null, (count) => Math.max(count - node.attributes.correction, 0)),
  any: (node, lowering) => isOfBools(node, lowering) && reduceRows(node as NodeOf<'any' | 'all'>, lowering, 'anyOrAll'),
  all: (node, lowering) => isOfBools(node, lowering) && reduceRows(node as NodeOf<'any' | 'all'>, lowering, 'anyOrAll', 1),
  logsumexp: (node, lowering) => {
    const { dim } = node.attributes;
    const [x] = node.inputs;
    const { dtype, shape } = typeOf(lowering.graph, x);
    const count = elementCount(shape);
    if (!isFloats(dtype) || count === 0) return false;
    const lastly = permuted(lowering.read(x), reducedLast(dim, shape.length));
    const view = isContiguous(lastly) ? lastly : lowering.copied(lastly);
    const outputs = elementCount(typeOf(lowering.graph, node.outputs[0]).shape);
    lowering.command('logSumExp', 24 * count, {
      x: new Place(view.buffer, view.offset * 4), y: lowering.write(node.outputs[0]), outer: outputs, size: count / outputs, inner: 1,
    });
    return true;
  },
} satisfies LoweringRules;
