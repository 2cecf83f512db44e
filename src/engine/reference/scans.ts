// Ops whose output keeps the lanes along one axis: running sums and products, softmax, sorting.
import { lanesAlong } from '../layout.ts';
import type { Tensor, TypedArray } from '../tensor.ts';
import type { Kernel, Kernels } from './kernel.ts';

type ScanOp =
  | 'cumsum' | 'cumprod' | 'cummax' | 'cummin' | 'logcumsumexp' | 'logcumsumexp_backward' | 'softmax' | 'log_softmax' | 'sort' | 'searchsorted';

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

/** Running extremum: `isNext(x, best)` says that x takes its place; a NaN stays. */
function runningExtremum(isNext: (x: number, best: number) => boolean): Kernel<'cummax' | 'cummin'> {
  return ([x], { dim }, [values, indices]) => eachLane(x, dim, (start, step, count) => {
    let best = x.data[start];
    let place = 0;
    for (let n = 0, i = start; n < count; n += 1, i += step) {
      if (Number.isNaN(x.data[i]) || !Number.isNaN(best) && isNext(x.data[i], best)) {
        best = x.data[i];
        place = n;
      }
      values.data[i] = best;
      indices.data[i] = place;
    }
  });
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
  cummax: runningExtremum((x, best) => x >= best),
  cummin: runningExtremum((x, best) => x <= best),
  logcumsumexp: ([x], { dim }, [y]) => eachLane(x, dim, (start, step, count) => {
    let largest = -Infinity;
    let sum = 0; // of exp(x − largest)
    for (let n = 0, i = start; n < count; n += 1, i += step) {
      const value = x.data[i];
      if (value > largest) {
        sum = sum * Math.exp(largest - value) + 1;
        largest = value;
      } else {
        // two infinite ones have no difference
        sum += value === largest ? 1 : Math.exp(value - largest);
      }
      y.data[i] = largest + Math.log(sum);
    }
  }),
  // r = Σ_{j≥i} gⱼ exp(yᵢ − yⱼ) runs from the end: no exponent is positive, as y never falls.
  logcumsumexp_backward: ([g, x, y], { dim }, [dx]) => eachLane(x, dim, (start, step, count) => {
    let rest = 0;
    let next = 0;
    for (let n = count - 1, i = start + n * step; n >= 0; n -= 1, i -= step) {
      rest = g.data[i] + (n === count - 1 || rest === 0 ? 0 : Math.exp(y.data[i] - next) * rest);
      next = y.data[i];
      dx.data[i] = x.data[i] === -Infinity ? 0 : Math.exp(x.data[i] - y.data[i]) * rest;
    }
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
  searchsorted: ([sorted, values], { right }, [places]) => {
    const size = sorted.shape[sorted.shape.length - 1];
    const rowLength = values.shape[values.shape.length - 1] ?? 1;
    for (let o = 0; o < places.data.length; o += 1) {
      const start = sorted.shape.length === 1 ? 0 : Math.floor(o / rowLength) * size;
      let low = 0;
      let high = size;
      while (low < high) {
        const middle = (low + high) >> 1;
        const order = compare(sorted.data[start + middle], values.data[o]);
        if (order < 0 || right && order === 0) low = middle + 1;
        else high = middle;
      }
      places.data[o] = low;
    }
  },
};
