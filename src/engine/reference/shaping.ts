// Ops that move elements without changing them: views are the plan's (it shares their storage), so `reshape` copies only
// where it is asked to compute.
import { broadcastStrides, contiguousStrides } from '../layout.ts';
import { padSources } from '../padSources.ts';
import type { Kernels } from './kernel.ts';
import { copyRegion, type Region } from './strided.ts';
import type { Tensor, TypedArray } from '../tensor.ts';

type ShapeOp =
  | 'reshape' | 'permute' | 'expand' | 'slice' | 'slice_scatter' | 'cat' | 'pad' | 'pad_backward' | 'flip' | 'tril' | 'triu';

function whole(tensor: Tensor): Region {
  return { data: tensor.data, start: 0, strides: contiguousStrides(tensor.shape) };
}

/** The part of a tensor from `start` by `step` along one axis. */
function part(tensor: Tensor, dim: number, start: number, step: number): Region {
  const strides = contiguousStrides(tensor.shape);
  return { data: tensor.data, start: start * strides[dim], strides: strides.map((stride, axis) => (axis === dim ? stride * step : stride)) };
}

/** For each element of the padded tensor, in order, where it comes from in the unpadded one. */
function eachPadded(inputShape: readonly number[], sources: readonly number[][], visit: (padded: number, unpadded: number) => void): void {
  const strides = contiguousStrides(inputShape);
  const counters = sources.map(() => 0);
  const total = sources.reduce((product, axis) => product * axis.length, 1);
  for (let o = 0; o < total; o += 1) {
    let i = 0;
    for (let axis = 0; axis < sources.length; axis += 1) i += sources[axis][counters[axis]] * strides[axis];
    visit(o, i);
    for (let axis = sources.length - 1; axis >= 0; axis -= 1) {
      counters[axis] += 1;
      if (counters[axis] < sources[axis].length) break;
      counters[axis] = 0;
    }
  }
}

/** Keeps the elements whose column minus row is at least `from` and at most `to`. */
function band(x: Tensor, y: TypedArray, from: number, to: number): void {
  const [rows, columns] = x.shape.slice(-2);
  for (let i = 0; i < y.length; i += 1) {
    const diagonal = (i % columns) - (Math.floor(i / columns) % rows);
    y[i] = diagonal >= from && diagonal <= to ? x.data[i] : 0;
  }
}

export const shapeKernels: Kernels<ShapeOp> = {
  reshape: ([x], _, [y]) => y.data.set(x.data),
  permute: ([x], { dims }, [y]) => {
    const strides = contiguousStrides(x.shape);
    copyRegion(y.shape, { data: x.data, start: 0, strides: dims.map((dim) => strides[dim]) }, whole(y));
  },
  expand: ([x], _, [y]) => copyRegion(y.shape, { data: x.data, start: 0, strides: broadcastStrides(x.shape, y.shape) }, whole(y)),
  slice: ([x], { dim, start, step }, [y]) => copyRegion(y.shape, part(x, dim, start, step), whole(y)),
  slice_scatter: ([x, source], { dim, start, step }, [y]) => {
    y.data.set(x.data);
    copyRegion(source.shape, whole(source), part(y, dim, start, step));
  },
  cat: (inputs, { dim }, [y]) => {
    let start = 0;
    for (const x of inputs) {
      copyRegion(x.shape, whole(x), part(y, dim, start, 1));
      start += x.shape[dim];
    }
  },
  pad: ([x], { pads, mode, value }, [y]) => {
    if (mode !== 'constant') {
      eachPadded(x.shape, padSources(x.shape, pads, mode), (padded, unpadded) => { y.data[padded] = x.data[unpadded]; });
      return;
    }
    y.data.fill(value);
    const from = contiguousStrides(x.shape);
    const into = contiguousStrides(y.shape);
    const offset = (strides: readonly number[], sign: number): number =>
      strides.reduce((sum, stride, axis) => sum + stride * Math.max(0, sign * pads[axis][0]), 0);
    // A negative pad crops: that much of x is left out instead.
    const kept = x.shape.map((size, axis) => size + Math.min(0, pads[axis][0]) + Math.min(0, pads[axis][1]));
    if (kept.some((size) => size <= 0)) return;
    copyRegion(kept, { data: x.data, start: offset(from, -1), strides: from }, { data: y.data, start: offset(into, 1), strides: into });
  },
  pad_backward: ([dy], { pads, mode, inputShape }, [dx]) => {
    dx.data.fill(0);
    eachPadded(inputShape, padSources(inputShape, pads, mode), (padded, unpadded) => { dx.data[unpadded] += dy.data[padded]; });
  },
  flip: ([x], { dims }, [y]) => {
    const strides = contiguousStrides(x.shape);
    const start = dims.reduce((sum, dim) => sum + strides[dim] * (x.shape[dim] - 1), 0);
    copyRegion(x.shape, { data: x.data, start, strides: strides.map((stride, axis) => (dims.includes(axis) ? -stride : stride)) }, whole(y));
  },
  tril: ([x], { diagonal }, [y]) => band(x, y.data, -Infinity, diagonal),
  triu: ([x], { diagonal }, [y]) => band(x, y.data, diagonal, Infinity),
};

