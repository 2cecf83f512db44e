// Half types, kept as float32. Every op rounds its results to the type they have, as PyTorch does: to the nearest number, ties to even. What is computed on
// the way to a result, a sum or a mean, is not rounded.

const single = new Float32Array(1);
const bits = new Int32Array(single.buffer);
/** 1.5 · 2⁵²: a float64 that is added to it loses its fraction, rounded to even. */
const shifter = 1.5 * 2 ** 52;
/** What is larger is infinite. */
export const largestFloat16 = 65504;

/** The nearest float16 of the nearest float32: PyTorch takes a float64 that way too. */
export function nearestFloat16(x: number): number {
  single[0] = x;
  const exponent = Math.max(((bits[0] >>> 23) & 0xff) - 127, -14);
  const quantum = 2 ** (exponent - 10);
  const size = Math.abs((single[0] / quantum + shifter - shifter) * quantum);
  const rounded = size > largestFloat16 ? Infinity : size;
  return bits[0] < 0 ? -rounded : rounded;
}

/** The nearest bfloat16 of the nearest float32. */
export function nearestBfloat16(x: number): number {
  if (Number.isNaN(x)) return x;
  single[0] = x;
  bits[0] = (bits[0] + 0x7fff + ((bits[0] >>> 16) & 1)) & ~0xffff;
  return single[0];
}
