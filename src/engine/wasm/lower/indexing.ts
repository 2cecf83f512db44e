// Reading and writing by integer index. Most are blocks of memory at offsets that the indices mean; `gather` and `scatter` go element by element.
import { typeOf, type NodeOf, type ValueId } from '../../../graph/graph.ts';
import { indexSelection } from '../../../graph/indexSelection.ts';
import { elementCount, type Shape } from '../../../graph/tensorType.ts';
import { elementBounds, indexBounds, type IndexBounds } from '../../indexBounds.ts';
import { contiguousStrides, merged } from '../../layout.ts';
import { Place } from '../buffers.ts';
import type { KernelName } from '../kernels.ts';
import type { Lowering } from '../lowering.ts';
import { elementBytes, isFloats, isIntegers } from '../storage.ts';
import { Inline } from '../task.ts';
import { contiguousView, expanded, permuted, type View } from '../view.ts';
import type { LoweringRules } from './rule.ts';

const isIndex = ({ graph }: Lowering, value: ValueId): boolean => isIntegers(typeOf(graph, value).dtype);
const isEmpty = ({ graph }: Lowering, values: readonly ValueId[]): boolean => values.some((value) => elementCount(typeOf(graph, value).shape) === 0);

/** One index for each block, along an axis of `size`; `stride`: bytes from one position to the next. */
interface AxisIndex {
  readonly index: Place;
  readonly dim: number;
  readonly size: number;
  readonly stride: number;
}

/** Offsets in bytes that `count` combinations of indices mean. */
function emitOffsets(lowering: Lowering, { allowsNegative, error }: IndexBounds, count: number, axes: readonly AxisIndex[]): Place {
  const offsets = new Place(lowering.buffers.add(4 * count));
  axes.forEach(({ index, dim, size, stride }, n) => {
    const faults = lowering.fault((found) => error(found, dim, size));
    lowering.command('indexOffsets', 4 * count, {
      index, offsets, faults, count, size, stride, isFirst: Number(n === 0), fromEnd: allowsNegative ? size : 0,
    });
  });
  return offsets;
}

/** Blocks of `inner` bytes of x: those at `offsets` from each of `outer` beginnings, `step` bytes apart. */
interface Blocks {
  readonly offsets: Place;
  readonly outer: number;
  readonly count: number;
  readonly inner: number;
  readonly step: number;
}

function emitBlocks(lowering: Lowering, kernel: KernelName, x: Place, blocks: Place, { offsets, outer, count, inner, step }: Blocks): void {
  lowering.command(kernel, (outer * count * inner) / 2, { x, offsets, blocks, outer, count, inner, step });
}

/** One index along one axis, as `index_select` and `index_add` have it. */
function alongAxis(lowering: Lowering, bounds: IndexBounds, shape: Shape, dtype: View['dtype'], dim: number, index: ValueId): Blocks {
  const scalar = shape.length === 0;
  const size = scalar ? 1 : shape[dim];
  const inner = (scalar ? 1 : elementCount(shape.slice(dim + 1))) * elementBytes(dtype);
  const count = elementCount(typeOf(lowering.graph, index).shape);
  const offsets = emitOffsets(lowering, bounds, count, [{ index: lowering.readContiguous(index), dim, size, stride: inner }]);
  return { offsets, outer: scalar ? 1 : elementCount(shape.slice(0, dim)), count, inner, step: size * inner };
}

/** What `index` and `index_put` select: x with the indexed axes together, and blocks of it. */
interface Selection {
  /** Axes of x in the order in which its elements have to lie. */
  readonly order: readonly number[];
  readonly blocks: Blocks;
  /** Shape of the result. */
  readonly shape: Shape;
}

function select(lowering: Lowering, x: ValueId, dims: readonly number[], indices: readonly ValueId[]): Selection {
  const { shape, dtype } = typeOf(lowering.graph, x);
  const { indexShape, before, after, shape: selected } = indexSelection(shape, dims, indices.map((index) => typeOf(lowering.graph, index).shape));
  const sizes = (axes: readonly number[]): number[] => axes.map((axis) => shape[axis]);
  const inner = elementCount(sizes(after)) * elementBytes(dtype);
  const count = elementCount(indexShape);
  const axes = indices.map((index, n): AxisIndex => ({
    index: lowering.contiguous(expanded(lowering.read(index), indexShape)), dim: dims[n], size: shape[dims[n]],
    stride: inner * elementCount(sizes(dims.slice(n + 1))),
  }));
  return {
    order: [...before, ...dims, ...after],
    blocks: { offsets: emitOffsets(lowering, indexBounds.index, count, axes), outer: elementCount(sizes(before)), count, inner, step: inner * elementCount(sizes(dims)) },
    shape: selected,
  };
}

/** `target` with `kernel` applied to the elements of `index`, each with the one of `beside` at its coordinates. */
function elementwise(lowering: Lowering, kernel: KernelName, target: View, beside: View, index: ValueId, dim: number, { error }: IndexBounds): void {
  const { shape } = typeOf(lowering.graph, index);
  const isScalar = shape.length === 0;
  const along = isScalar ? 1 : target.strides[dim];
  const size = isScalar ? elementCount(target.shape) : target.shape[dim];
  const lists = isScalar ? [[], [], []] : [contiguousStrides(shape), target.strides.map((stride, axis) => (axis === dim ? 0 : stride)), beside.strides];
  const { sizes, strides } = merged(shape, lists);
  // Writes to one place are in order along the axis: threads share another one, which goes first.
  const free = kernel === 'gatherElements' ? sizes.map((_, axis) => axis) : sizes.map((_, axis) => axis).filter((axis) => strides[1][axis] !== 0);
  const shared = free.reduce((best, axis) => (best < 0 || sizes[axis] > sizes[best] ? axis : best), -1);
  const order = sizes.map((_, axis) => axis).sort((a, b) => Number(b === shared) - Number(a === shared));
  const axes = [sizes, ...strides.map((each) => each.map((stride) => 4 * stride))].flatMap((list) => order.map((axis) => list[axis]));
  const faults = lowering.fault((found) => error(found, isScalar ? 0 : dim, size));
  lowering.command(kernel, 4 * elementCount(shape), {
    index: lowering.readContiguous(index), target: new Place(target.buffer, target.offset * 4), beside: new Place(beside.buffer, beside.offset * 4), faults,
    size, step: 4 * along, rank: sizes.length, isShared: Number(shared >= 0), axes: new Inline(axes),
  });
}

interface Scattering {
  readonly kernel: KernelName;
  readonly bounds: IndexBounds;
  readonly ofType: (dtype: View['dtype']) => boolean;
  /** What the elements at the indices are first; undefined: what they are in x. */
  readonly start: number | undefined;
}

function scatterInto(node: NodeOf<'scatter' | 'scatter_add' | 'scatter_reduce'>, lowering: Lowering, { kernel, bounds, ofType, start }: Scattering): boolean {
  const [x, index, source] = node.inputs;
  const { dtype, shape } = typeOf(lowering.graph, x);
  if (!ofType(dtype) || !isIndex(lowering, index) || isEmpty(lowering, [x, index, source])) return false;
  // Whatever these read is written down before the result is.
  const beside = lowering.read(source);
  lowering.readContiguous(index);
  const from = lowering.read(x);
  const y = lowering.write(node.outputs[0]);
  lowering.copyInto(from, y);
  const target = contiguousView(y.buffer, dtype, shape);
  if (start !== undefined) elementwise(lowering, 'scatterElements', target, expanded(lowering.scalar(start, dtype), beside.shape), index, node.attributes.dim, bounds);
  elementwise(lowering, kernel, target, beside, index, node.attributes.dim, bounds);
  return true;
}

const isWord = (dtype: View['dtype']): boolean => elementBytes(dtype) === 4;

export const indexingRules = {
  gather: (node, lowering) => {
    const [x, index] = node.inputs;
    const { dtype } = typeOf(lowering.graph, x);
    if (!isWord(dtype) || !isIndex(lowering, index) || isEmpty(lowering, [x, index])) return false;
    const view = lowering.read(x);
    lowering.readContiguous(index);
    elementwise(lowering, 'gatherElements', view, lowering.newView(node.outputs[0]), index, node.attributes.dim, elementBounds(node.attributes));
    return true;
  },
  scatter: (node, lowering) => scatterInto(node, lowering, { kernel: 'scatterElements', bounds: elementBounds(node.attributes), ofType: isWord, start: undefined }),
  scatter_add: (node, lowering) => scatterInto(node, lowering, { kernel: 'scatterAddElements', bounds: indexBounds.scatter_add, ofType: isFloats, start: undefined }),
  scatter_reduce: (node, lowering) => {
    const isLargest = node.attributes.reduce === 'amax';
    const kernel = isLargest ? 'scatterMaximumElements' : 'scatterMinimumElements';
    // What does not count is first replaced by what gives way to all else.
    const start = node.attributes.includeSelf ? undefined : isLargest ? -Infinity : Infinity;
    return scatterInto(node, lowering, { kernel, bounds: indexBounds.scatter_reduce, ofType: isFloats, start });
  },
  index_select: (node, lowering) => {
    const [x, index] = node.inputs;
    const { dtype, shape } = typeOf(lowering.graph, x);
    if (!isIndex(lowering, index) || isEmpty(lowering, [x, index])) return false;
    const place = lowering.readContiguous(x);
    const blocks = alongAxis(lowering, indexBounds.index_select, shape, dtype, node.attributes.dim, index);
    emitBlocks(lowering, 'takeBlocks', place, lowering.write(node.outputs[0]), blocks);
    return true;
  },
  index_add: (node, lowering) => {
    const [x, index, source] = node.inputs;
    const { dtype, shape } = typeOf(lowering.graph, x);
    if (!isFloats(dtype) || !isIndex(lowering, index) || isEmpty(lowering, [x, index, source])) return false;
    const added = lowering.readContiguous(source);
    const blocks = alongAxis(lowering, indexBounds.index_add, shape, dtype, node.attributes.dim, index);
    const from = lowering.read(x);
    const y = lowering.write(node.outputs[0]);
    lowering.copyInto(from, y);
    emitBlocks(lowering, 'addBlocks', y, added, blocks);
    return true;
  },
  index: (node, lowering) => {
    const [x, ...indices] = node.inputs;
    if (!indices.every((index) => isIndex(lowering, index)) || isEmpty(lowering, node.inputs)) return false;
    const { order, blocks } = select(lowering, x, node.attributes.dims, indices);
    emitBlocks(lowering, 'takeBlocks', lowering.contiguous(permuted(lowering.read(x), order)), lowering.write(node.outputs[0]), blocks);
    return true;
  },
  index_put: (node, lowering) => {
    const [x, values, ...indices] = node.inputs;
    const { dims, accumulate } = node.attributes;
    const { dtype, shape } = typeOf(lowering.graph, x);
    if (!indices.every((index) => isIndex(lowering, index)) || isEmpty(lowering, node.inputs)) return false;
    if ((accumulate && !isFloats(dtype)) || typeOf(lowering.graph, values).dtype !== dtype) return false;
    const { order, blocks, shape: selected } = select(lowering, x, dims, indices);
    const source = lowering.contiguous(expanded(lowering.read(values), selected));
    // The result lies in the order of the selection, and is seen in that of x.
    const from = permuted(lowering.read(x), order);
    const isInOrder = order.every((axis, n) => axis === n);
    const y = isInOrder ? lowering.write(node.outputs[0]) : new Place(lowering.buffers.of(dtype, shape));
    lowering.copyInto(from, y);
    emitBlocks(lowering, accumulate ? 'addBlocks' : 'putBlocks', y, source, blocks);
    if (!isInOrder) lowering.alias(node.outputs[0], permuted(contiguousView(y.buffer, dtype, from.shape), order.map((_, axis) => order.indexOf(axis))));
    return true;
  },
  embedding: (node, lowering) => {
    const [weight, indices] = node.inputs;
    const { dtype, shape: [rows, width] } = typeOf(lowering.graph, weight);
    if (!isIndex(lowering, indices) || isEmpty(lowering, node.inputs)) return false;
    const place = lowering.readContiguous(weight);
    const blocks = rowsAt(lowering, indices, rows, width * elementBytes(dtype));
    emitBlocks(lowering, 'takeBlocks', place, lowering.write(node.outputs[0]), blocks);
    return true;
  },
  embedding_backward: (node, lowering) => {
    const [gradient, indices] = node.inputs;
    const { dtype, shape: [rows, width] } = typeOf(lowering.graph, node.outputs[0]);
    if (!isFloats(dtype) || !isIndex(lowering, indices) || isEmpty(lowering, [...node.inputs, node.outputs[0]])) return false;
    const added = lowering.readContiguous(gradient);
    const blocks = rowsAt(lowering, indices, rows, width * 4);
    const y = lowering.write(node.outputs[0]);
    lowering.copyInto(expanded(lowering.scalar(0, dtype), [rows, width]), y);
    emitBlocks(lowering, 'addBlocks', y, added, blocks);
    return true;
  },
} satisfies LoweringRules;

/** Rows of an embedding. */
function rowsAt(lowering: Lowering, indices: ValueId, rows: number, inner: number): Blocks {
  const count = elementCount(typeOf(lowering.graph, indices).shape);
  const index = lowering.readContiguous(indices);
  return { offsets: emitOffsets(lowering, indexBounds.embedding, count, [{ index, dim: 0, size: rows, stride: inner }]), outer: 1, count, inner, step: rows * inner };
}
