// Ops that put a tensor's elements elsewhere: concatenation, slices, borders, mirrored axes, triangles, diagonals. All are copies of strided regions.
import { typeOf, type ValueId } from '../../../graph/graph.ts';
import { elementCount, type DType, type Shape } from '../../../graph/tensorType.ts';
import { merged } from '../../layout.ts';
import { padSources } from '../../padSources.ts';
import { Place } from '../buffers.ts';
import type { Lowering } from '../lowering.ts';
import { elementBytes, isFloats } from '../storage.ts';
import { Inline } from '../task.ts';
import { expanded, sliced, type View } from '../view.ts';
import type { LoweringRules } from './rule.ts';

/** Columns beyond any matrix. */
const beyondAll = 2 ** 30;

/** Copies, or adds, `from` to `to`, of one shape. */
export function emitRegion(lowering: Lowering, kernel: 'copyRegion' | 'addRegion', from: View, to: View): void {
  const count = elementCount(from.shape);
  if (count === 0) return;
  const { sizes, strides: [fromStrides, toStrides] } = merged(from.shape, [from.strides, to.strides]);
  const bytes = elementBytes(from.dtype);
  const place = ({ buffer, offset }: View): Place => new Place(buffer, offset * bytes);
  const isShared = sizes.length > 0 && toStrides[0] !== 0;
  lowering.command(kernel, 2 * count, {
    from: place(from), to: place(to), size: bytes, rank: sizes.length, isShared: Number(isShared),
    axes: new Inline([...sizes, ...fromStrides.map((stride) => stride * bytes), ...toStrides.map((stride) => stride * bytes)]),
  });
}

/** Fills a view with one number. */
export function fill(lowering: Lowering, view: View, value: number): void {
  lowering.copyInto(expanded(lowering.scalar(value, view.dtype), view.shape), new Place(view.buffer));
}

/** Whether the type's storage holds the number as it is. */
const isFillable = (dtype: DType, value: number): boolean => isFloats(dtype) || value === 0;

/** A stretch of padded positions whose sources are evenly apart. */
interface Run {
  readonly start: number;
  readonly count: number;
  readonly source: number;
  readonly step: number;
}

function runsOf(sources: readonly number[]): Run[] {
  const runs: Run[] = [];
  for (let start = 0; start < sources.length;) {
    const step = start + 1 < sources.length ? sources[start + 1] - sources[start] : 1;
    let end = start + 1;
    while (end < sources.length && sources[end] - sources[end - 1] === step) end += 1;
    runs.push({ start, count: end - start, source: sources[start], step });
    start = end;
  }
  return runs;
}

/** All pairs of regions, of the padded tensor and of the unpadded one, that hold the same elements. */
function paddedRegions(padded: View, unpadded: View, sources: readonly (readonly number[])[]): { padded: View; unpadded: View }[] {
  return sources.reduce((regions, axis, dim) => {
    const runs = runsOf(axis);
    return regions.flatMap((region) => runs.map(({ start, count, source, step }) => ({
      padded: part(region.padded, dim, start, count, 1), unpadded: part(region.unpadded, dim, source, count, step),
    })));
  }, [{ padded, unpadded }]);
}

/** `count` positions of an axis from `start` on; `step` can be 0 or negative. */
function part(view: View, dim: number, start: number, count: number, step: number): View {
  return {
    ...view, offset: view.offset + start * view.strides[dim],
    shape: view.shape.map((size, axis) => (axis === dim ? count : size)),
    strides: view.strides.map((stride, axis) => (axis === dim ? stride * step : stride)),
  };
}

export const regionRules = {
  cat: (node, lowering) => {
    const { dim } = node.attributes;
    const { dtype, shape } = typeOf(lowering.graph, node.outputs[0]);
    const sameType = node.inputs.every((input) => typeOf(lowering.graph, input).dtype === dtype);
    if (!sameType || shape.length === 0) return false;
    const parts = node.inputs.map((input) => lowering.read(input));
    const y = lowering.newView(node.outputs[0]);
    let start = 0;
    for (const x of parts) {
      const end = start + x.shape[dim];
      emitRegion(lowering, 'copyRegion', x, sliced(y, dim, start, end, 1));
      start = end;
    }
    return true;
  },
  slice_scatter: (node, lowering) => {
    const [x, source] = node.inputs.map((input) => lowering.read(input));
    if (x.dtype !== source.dtype) return false;
    const { dim, start, end, step } = node.attributes;
    const y = lowering.newView(node.outputs[0]);
    lowering.copyInto(x, new Place(y.buffer));
    emitRegion(lowering, 'copyRegion', source, sliced(y, dim, start, end, step));
    return true;
  },
  pad: (node, lowering) => {
    const { pads, mode, value } = node.attributes;
    const { dtype, shape } = typeOf(lowering.graph, node.inputs[0]);
    if (mode === 'constant' && !isFillable(dtype, value)) return false;
    if (mode !== 'constant' && elementCount(shape) === 0) return false;
    const x = lowering.read(node.inputs[0]);
    const y = lowering.newView(node.outputs[0]);
    if (mode !== 'constant') {
      for (const region of paddedRegions(y, x, padSources(shape, pads, mode))) emitRegion(lowering, 'copyRegion', region.unpadded, region.padded);
      return true;
    }
    if (elementCount(y.shape) === 0) return true;
    fill(lowering, y, value);
    // A negative pad crops: that much of x is left out instead.
    const kept = shape.map((size, axis) => size + Math.min(0, pads[axis][0]) + Math.min(0, pads[axis][1]));
    if (kept.some((size) => size <= 0)) return true;
    const inside = (view: View, sign: number): View => kept.reduce((region, count, dim) => part(region, dim, Math.max(0, sign * pads[dim][0]), count, 1), view);
    emitRegion(lowering, 'copyRegion', inside(x, -1), inside(y, 1));
    return true;
  },
  pad_backward: (node, lowering) => {
    const { pads, mode, inputShape } = node.attributes;
    const { dtype } = typeOf(lowering.graph, node.outputs[0]);
    if (!isFloats(dtype) || elementCount(inputShape) === 0) return false;
    const gradient = lowering.read(node.inputs[0]);
    const dx = lowering.newView(node.outputs[0]);
    fill(lowering, dx, 0);
    for (const region of paddedRegions(gradient, dx, padSources(inputShape, pads, mode))) emitRegion(lowering, 'addRegion', region.padded, region.unpadded);
    return true;
  },
  flip: (node, lowering) => {
    const view = lowering.read(node.inputs[0]);
    const turned = node.attributes.dims.reduce((each, dim) => part(each, dim, Math.max(0, each.shape[dim] - 1), each.shape[dim], -1), view);
    emitRegion(lowering, 'copyRegion', turned, lowering.newView(node.outputs[0]));
    return true;
  },
  eye: ({ outputs, attributes: { n, m } }, lowering) => {
    const y = lowering.newView(outputs[0]);
    fill(lowering, y, 0);
    const diagonal: View = { ...y, shape: [Math.min(n, m)], strides: [m + 1] };
    emitRegion(lowering, 'copyRegion', expanded(lowering.scalar(1, y.dtype), diagonal.shape), diagonal);
    return true;
  },
  tril: (node, lowering) => band(node.inputs[0], node.outputs[0], lowering, -beyondAll, node.attributes.diagonal),
  triu: (node, lowering) => band(node.inputs[0], node.outputs[0], lowering, node.attributes.diagonal, beyondAll),
} satisfies LoweringRules;

/** Keeps the elements whose column minus row is within `from`..`to`. */
function band(input: ValueId, output: ValueId, lowering: Lowering, from: number, to: number): boolean {
  const { dtype, shape } = typeOf(lowering.graph, input);
  const count = elementCount(shape);
  if (count === 0) return false;
  const [height, width]: Shape = shape.slice(-2);
  const x = lowering.readContiguous(input);
  lowering.command('band', count, { x, y: lowering.write(output), rows: count / width, height, width, from, to, size: elementBytes(dtype) });
  return true;
}
