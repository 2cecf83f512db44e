// Figures of one tensor's values: two passes, the first for what needs no mean, the second for the deviation and the bins.
import type { Tensor } from './tensor.ts';
import { binCount } from './wasm/assembly/limits.ts';

/** As `Stats` of the protocol, whose figures docs/figures.md defines. */
export interface TensorStatistics {
  readonly count: number;
  readonly mean: number;
  readonly std: number;
  readonly min: number;
  readonly max: number;
  readonly l2: number;
  readonly meanAbs: number;
  readonly maxAbs: number;
  readonly zeroFraction: number;
  readonly nan: number;
  readonly posInf: number;
  readonly negInf: number;
  readonly histogram: { readonly min: number; readonly max: number; readonly counts: readonly number[] };
}

/**
 * Moments are over the finite values, in float64, the deviation by the mean of this tensor (two passes, so that a large mean costs no digits).
 * Without a finite value moments and extremes are NaN, and the histogram runs from 0 to 0 with empty bins; where all finite values
 * are equal, min = max and all of them are in the first bin. `zeroFraction` is of all elements; of none, 0.
 */
export function statistics({ data }: Tensor): TensorStatistics {
  const count = data.length;
  let finite = 0, nan = 0, posInf = 0, negInf = 0, zeros = 0;
  let sum = 0, sumAbs = 0, sumSquares = 0;
  let min = Infinity, max = -Infinity;
  for (let i = 0; i < count; i += 1) {
    const x = data[i];
    // Infinite and NaN alike: x − x is not 0.
    if (x - x !== 0) {
      if (x === Infinity) posInf += 1;
      else if (x === -Infinity) negInf += 1;
      else nan += 1;
      continue;
    }
    finite += 1;
    if (x === 0) zeros += 1;
    sum += x;
    sumAbs += Math.abs(x);
    sumSquares += x * x;
    if (x < min) min = x;
    if (x > max) max = x;
  }
  const zeroFraction = count === 0 ? 0 : zeros / count;
  if (finite === 0) {
    return noFiniteValue({ count, zeroFraction, nan, posInf, negInf });
  }
  const mean = sum / finite;
  const counts = new Float64Array(binCount);
  // A range beyond the largest float64 is halved.
  const shrink = max - min === Infinity ? 0.5 : 1;
  const start = min * shrink;
  const range = max > min ? max * shrink - start : 1;
  const last = binCount - 1;
  let squares = 0;
  for (let i = 0; i < count; i += 1) {
    const x = data[i];
    if (x - x !== 0) continue;
    const deviation = x - mean;
    squares += deviation * deviation;
    const bin = (((x * shrink - start) / range) * binCount) | 0;
    counts[bin < last ? bin : last] += 1;
  }
  return {
    count, mean, std: Math.sqrt(squares / finite), min, max, l2: Math.sqrt(sumSquares), meanAbs: sumAbs / finite,
    maxAbs: Math.max(-min, max), zeroFraction, nan, posInf, negInf, histogram: { min, max, counts: Array.from(counts) },
  };
}

export function noFiniteValue(counts: Pick<TensorStatistics, 'count' | 'zeroFraction' | 'nan' | 'posInf' | 'negInf'>): TensorStatistics {
  return {
    ...counts, mean: NaN, std: NaN, min: NaN, max: NaN, l2: NaN, meanAbs: NaN, maxAbs: NaN,
    histogram: { min: 0, max: 0, counts: new Array<number>(binCount).fill(0) },
  };
}
