// Ops whose output keeps the lanes along one axis: running sums and products, softmax, sorting.
import type { Tensor, TypedArray } from '../tensor.ts';
import type { Kernels } from './kernel.ts';
import { lanesAlong } from './strided.ts';

type ScanOp = 'cumsum' | 'cumprod' | 'softmax' | 'log_softmax' | 'sort';

/** Elements of one lane: start, start + step, … `count` of them, in x and y alike. */
function eachLane(x: Tensor, dim: number, visit: (start: number, step: number, count: number) => void): void {
  const { outer, size, inner } = lanesAlong(x.shape, dim);
  for (let o = 0; o < outer; o += 1) {
    for (let i = 0; i < inner; i += 1) visit(o * size * inner + i, inner, size);
  }
}

function laneMax(x: TypedArray, start: number, step: number, end: number): number {
  let largest = -Infinity;
  for (let i = start; i < end; i += step) largest = Math.max(largest, x[i]);
  return largest;
}

/** NaN sorts as the largest number. */
function compare(a: number, b: number): number {
  if (a < b) return -1;
  if (a > b) return 1;
  if (a === b) return 0;
  return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
}

export const scanKernels: Kernels<ScanOp> = {
  cumsum: ([x], { dim }, [y]) => eachLane(x, dim, (start, step, count) => {
    let sum = 0;
    for (let n = 0, i = start; n < count; n += 1, i += step) y.data[i] = sum += x.data[i];
  }),
  cumprod: ([x], { dim }, [y]) => eachLane(x, dim, (start, step, count) => {
    let product = 1;
    for (let n = 0, i = start; n < count; n += 1, i += step) y.data[i] = product *= x.data[i];
  }),
  softmax: ([x], { dim }, [y]) => {
    const lane = new Float64Array(lanesAlong(x.shape, dim).size);
    eachLane(x, dim, (start, step, count) => {
      const largest = laneMax(x.data, start, step, start + count * step);
      let sum = 0;
      for (let n = 0, i = start; n < count; n += 1, i += step) sum += lane[n] = Math.exp(x.data[i] - largest);
      for (let n = 0, i = start; n < count; n += 1, i += step) y.data[i] = lane[n] / sum;
    });
  },
  log_softmax: ([x], { dim }, [y]) => eachLane(x, dim, (start, step, count) => {
    const end = start + count * step;
    const largest = laneMax(x.data, start, step, end);
    let sum = 0;
    for (let i = start; i < end; i += step) sum += Math.exp(x.data[i] - largest);
    const logSum = largest + Math.log(sum);
    for (let i = start; i < end; i += step) y.data[i] = x.data[i] - logSum;
  }),
  sort: ([x], { dim, descending }, [values, indices]) => eachLane(x, dim, (start, step, count) => {
    // Stable, as Array.prototype.sort is: equal elements keep their order both ways.
    const order = Array.from({ length: count }, (_, n) => n);
    order.sort(descending
      ? (a, b) => compare(x.data[start + b * step], x.data[start + a * step])
      : (a, b) => compare(x.data[start + a * step], x.data[start + b * step]));
    for (let n = 0; n < count; n += 1) {
      values.data[start + n * step] = x.data[start + order[n] * step];
      indices.data[start + n * step] = order[n];
    }
  }),
};
