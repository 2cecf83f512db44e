// Reductions over any axes: where the reduced axes lie apart, they are first brought together. Sums run in float64.
import type { Op, Reduction } from '../../graph/opAttributes.ts';
import type { Shape } from '../../graph/tensorType.ts';
import { contiguousStrides, lanesAlong, type Lanes } from '../layout.ts';
import type { Tensor, TypedArray } from '../tensor.ts';
import type { Kernel, Kernels } from './kernel.ts';
import { copyRegion } from './strided.ts';

type ReductionOp =
  | 'sum' | 'mean' | 'prod' | 'amax' | 'amin' | 'any' | 'all' | 'var' | 'argmax' | 'argmin' | 'logsumexp';

/** Elements of one lane: x[start], x[start + step], … `count` of them. */
type LaneReducer = (x: TypedArray, start: number, step: number, count: number) => number;

function reduceLanes(x: TypedArray, { outer, size, inner }: Lanes, y: TypedArray, reduce: LaneReducer): void {
  for (let o = 0; o < outer; o += 1) {
    for (let i = 0; i < inner; i += 1) y[o * inner + i] = reduce(x, o * size * inner + i, inner, size);
  }
}

/** The input as (outer, reduced, inner), whose lanes are in the order of the output's elements. */
function gathered(x: Tensor, dim: readonly number[]): { data: TypedArray; lanes: Lanes } {
  // Axes of size 1 have no order to keep.
  const axes = x.shape.map((_, axis) => axis).filter((axis) => x.shape[axis] !== 1);
  const reduced = axes.filter((axis) => dim.includes(axis));
  const sizeOf = (some: readonly number[]): number => some.reduce((product, axis) => product * x.shape[axis], 1);
  const first = axes.indexOf(reduced[0] ?? -1);
  const together = reduced.every((axis, n) => axes[first + n] === axis);
  if (together) {
    const outer = first < 0 ? axes.length : first;
    return {
      data: x.data,
      lanes: { outer: sizeOf(axes.slice(0, outer)), size: sizeOf(reduced), inner: sizeOf(axes.slice(outer + reduced.length)) },
    };
  }
  const kept = axes.filter((axis) => !dim.includes(axis));
  const order = [...kept, ...reduced];
  const shape: Shape = order.map((axis) => x.shape[axis]);
  const strides = contiguousStrides(x.shape);
  const data = x.data.slice();
  copyRegion(shape, { data: x.data, start: 0, strides: order.map((axis) => strides[axis]) }, { data, start: 0, strides: contiguousStrides(shape) });
  return { data, lanes: { outer: sizeOf(kept), size: sizeOf(reduced), inner: 1 } };
}

function reduction(reduce: LaneReducer): Kernel<Op> {
  return ([x], attributes, [y]) => {
    const { data, lanes } = gathered(x, (attributes as unknown as Reduction).dim);
    reduceLanes(data, lanes, y.data, reduce);
  };
}

/** Lanes that lie side by side are summed row by row, which reads memory in order. */
function sumLanes(x: TypedArray, { outer, size, inner }: Lanes, y: TypedArray, scale: number): void {
  if (inner === 1) {
    for (let o = 0; o < outer; o += 1) y[o] = sumLane(x, o * size, 1, size) * scale;
    return;
  }
  const sums = new Float64Array(inner);
  for (let o = 0; o < outer; o += 1) {
    sums.fill(0);
    for (let n = 0; n < size; n += 1) {
      const start = (o * size + n) * inner;
      for (let i = 0; i < inner; i += 1) sums[i] += x[start + i];
    }
    for (let i = 0; i < inner; i += 1) y[o * inner + i] = sums[i] * scale;
  }
}

function sumLane(x: TypedArray, start: number, step: number, count: number): number {
  let sum = 0;
  for (let n = 0, i = start; n < count; n += 1, i += step) sum += x[i];
  return sum;
}

/** Position of the first largest element; NaN is larger than all. */
function argMax(x: TypedArray, start: number, step: number, count: number): number {
  let best = 0;
  let largest = x[start];
  for (let n = 1, i = start + step; n < count && !Number.isNaN(largest); n += 1, i += step) {
    if (x[i] > largest || Number.isNaN(x[i])) {
      best = n;
      largest = x[i];
    }
  }
  return best;
}

/** Position of the first smallest element; NaN is smaller than all. */
function argMin(x: TypedArray, start: number, step: number, count: number): number {
  let best = 0;
  let smallest = x[start];
  for (let n = 1, i = start + step; n < count && !Number.isNaN(smallest); n += 1, i += step) {
    if (x[i] < smallest || Number.isNaN(x[i])) {
      best = n;
      smallest = x[i];
    }
  }
  return best;
}

export const reductionKernels: Kernels<ReductionOp> = {
  sum: ([x], { dim }, [y]) => {
    const { data, lanes } = gathered(x, dim);
    sumLanes(data, lanes, y.data, 1);
  },
  mean: ([x], { dim }, [y]) => {
    const { data, lanes } = gathered(x, dim);
    // Of nothing: 0 · NaN.
    sumLanes(data, lanes, y.data, lanes.size === 0 ? NaN : 1 / lanes.size);
  },
  prod: reduction((x, start, step, count) => {
    let product = 1;
    for (let n = 0, i = start; n < count; n += 1, i += step) product *= x[i];
    return product;
  }),
  amax: reduction((x, start, step, count) => x[start + step * argMax(x, start, step, count)]),
  amin: reduction((x, start, step, count) => x[start + step * argMin(x, start, step, count)]),
  any: reduction((x, start, step, count) => {
    for (let n = 0, i = start; n < count; n += 1, i += step) if (x[i] !== 0) return 1;
    return 0;
  }),
  all: reduction((x, start, step, count) => {
    for (let n = 0, i = start; n < count; n += 1, i += step) if (x[i] === 0) return 0;
    return 1;
  }),
  var: ([x], { dim, correction }, [y]) => {
    const { data, lanes } = gathered(x, dim);
    reduceLanes(data, lanes, y.data, (values, start, step, count) => {
      const mean = sumLane(values, start, step, count) / count;
      let sum = 0;
      for (let n = 0, i = start; n < count; n += 1, i += step) sum += (values[i] - mean) ** 2;
      return sum / Math.max(count - correction, 0);
    });
  },
  argmax: ([x], { dim }, [y]) => reduceLanes(x.data, lanesAlong(x.shape, dim), y.data, argMax),
  argmin: ([x], { dim }, [y]) => reduceLanes(x.data, lanesAlong(x.shape, dim), y.data, argMin),
  logsumexp: reduction((x, start, step, count) => {
    const largest = count === 0 ? -Infinity : x[start + step * argMax(x, start, step, count)];
    // An infinite maximum would make Inf − Inf of itself.
    if (!Number.isFinite(largest)) return largest;
    let sum = 0;
    for (let n = 0, i = start; n < count; n += 1, i += step) sum += Math.exp(x[i] - largest);
    return largest + Math.log(sum);
  }),
};
