// Whether two engines computed the same: a few numbers of each result, compared before anything is timed. `engines/pytorch.py` takes
// the same samples.
import type { Figures } from './engines/protocol.ts';

const sampledElements = 16;
const tolerance = 1e-3;

/** Evenly spaced elements, and the mean magnitude of all. */
export function sampleOf(data: ArrayLike<number>): number[] {
  // Odd, so that no axis of an even size is always met at the same place.
  const stride = Math.floor(data.length / sampledElements) | 1;
  const sample: number[] = [];
  for (let n = 0; n < sampledElements && n * stride < data.length; n += 1) sample.push(data[n * stride]);
  let magnitude = 0;
  for (let i = 0; i < data.length; i += 1) magnitude += Math.abs(data[i]);
  return [...sample, magnitude / data.length];
}

export interface Difference {
  /** Which of the parts differs most. */
  readonly part: number;
  /** 0..∞ */
  readonly relative: number;
}

/**
 * Largest difference of `found` from `expected`, relative to the larger of the number itself and the mean magnitude of its part. An engine
 * that gives fewer parts (one without a histogram, or that keeps its gradients to itself) is compared in those.
 */
export function largestDifference(found: Figures, expected: Figures): Difference {
  const differences = found.map((part, n) => ({ part: n, relative: partDifference(part, expected[n] ?? []) }));
  return differences.reduce((largest, own) => (own.relative > largest.relative ? own : largest), { part: 0, relative: found.length === 0 ? Infinity : 0 });
}

function partDifference(found: readonly number[], expected: readonly number[]): number {
  if (found.length !== expected.length) return Infinity;
  if (found.every((number, n) => number === expected[n])) return 0;
  const scale = expected.reduce((sum, number) => sum + Math.abs(number), 0) / expected.length;
  const differences = found.map((number, n) => Math.abs(number - expected[n]) / Math.max(Math.abs(expected[n]), scale));
  return differences.some(Number.isNaN) ? Infinity : Math.max(...differences);
}

export const isSame = ({ relative }: Difference): boolean => relative <= tolerance;
