// A logarithmic axis over values of which some may be zero, NaN or infinite: those never take part in its range. Pure.

export interface Decades {
  /** Whole powers of ten: the axis goes from 10^low to 10^high. */
  readonly low: number;
  readonly high: number;
}

/** A value this near to the beginning of the axis would have a bar of no length: the axis then begins a decade earlier. */
const edgeShare = 0.15;

/** The decades that hold all positive finite values; three around 1 where there are none, and never fewer than two. */
export function decadesOf(values: Iterable<number>): Decades {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (!(value > 0) || value === Infinity) continue;
    low = Math.min(low, Math.floor(Math.log10(value) - edgeShare));
    high = Math.max(high, Math.ceil(Math.log10(value)));
  }
  if (low > high) return { low: -3, high: 0 };
  if (high - low < 2) return { low: high - 2, high };
  return { low, high };
}

/** Position of a value on the axis, 0..1; NaN for what is not on it. */
export function positionOf(value: number, { low, high }: Decades): number {
  if (!(value > 0) || value === Infinity) return NaN;
  return Math.min(1, Math.max(0, (Math.log10(value) - low) / (high - low)));
}
