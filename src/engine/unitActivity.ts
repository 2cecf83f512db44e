// What each unit of an activation did: a unit is a channel (over batch and space) or a feature of the last axis. Which units these
// figures call inactive or dormant is the analysis' matter.
import { elementCount } from '../graph/tensorType.ts';
import type { Tensor } from './tensor.ts';

/** Which axis holds the units: `first`, axis 1 where there are spatial or time axes after it (rank ≥ 3), else the last; `last`, the last. */
export type ChannelAxis = 'first' | 'last';

export interface UnitActivity {
  /** Number of units. */
  readonly count: number;
  /** Values seen of each unit. */
  readonly valuesPerUnit: number;
  /** Each unit's share of values that fired (are > 0), 0..1. */
  readonly firing: Float64Array;
  /** Each unit's mean |a| over its finite values; 0 where it has none. */
  readonly meanAbs: Float64Array;
  /** Share of all values outside of the range given, 0..1; 0 without a range. */
  readonly saturatedFraction: number;
}

export function unitAxis(rank: number, channelAxis: ChannelAxis): number {
  return channelAxis === 'first' && rank >= 3 ? 1 : rank - 1;
}

/** `range`: a value is saturated when it is below the first or above the second number. A scalar has no units. */
export function unitActivity(
  { shape, data }: Tensor, channelAxis: ChannelAxis, range: readonly [number, number] | null,
): UnitActivity {
  const axis = unitAxis(shape.length, channelAxis);
  const count = axis < 0 ? 0 : shape[axis];
  const inner = elementCount(shape.slice(axis + 1));
  const outer = count === 0 ? 0 : data.length / (count * inner);
  const valuesPerUnit = outer * inner;
  const fired = new Float64Array(count);
  const sums = new Float64Array(count);
  const finite = new Float64Array(count);
  const [low, high] = range ?? [-Infinity, Infinity];
  let saturated = 0;
  let i = 0;
  for (let o = 0; o < outer; o += 1) {
    for (let unit = 0; unit < count; unit += 1) {
      for (let n = 0; n < inner; n += 1, i += 1) {
        const x = data[i];
        if (x > 0) fired[unit] += 1;
        if (x < low || x > high) saturated += 1;
        if (x - x !== 0) continue;
        sums[unit] += Math.abs(x);
        finite[unit] += 1;
      }
    }
  }
  return {
    count, valuesPerUnit,
    firing: fired.map((times) => (valuesPerUnit === 0 ? 0 : times / valuesPerUnit)),
    meanAbs: sums.map((sum, unit) => (finite[unit] === 0 ? 0 : sum / finite[unit])),
    saturatedFraction: data.length === 0 ? 0 : saturated / data.length,
  };
}
