// Half types, kept as float32: the nearest number of the type, ties to even.
import type { DType } from '../graph/tensorType.ts';
import type { TypedArray } from './tensor.ts';

const single = new Float32Array(1);
const bits = new Int32Array(single.buffer);
/** 1.5 · 2⁵²: a float64 that is added to it loses its fraction, rounded to even. */
const shifter = 1.5 * 2 ** 52;

/** The nearest float16 of a float32. */
export function nearestFloat16(x: number): number {
  single[0] = x;
  const exponent = Math.max(((bits[0] >>> 23) & 0xff) - 127, -14);
  const quantum = 2 ** (exponent - 10);
  const rounded = (x / quantum + shifter - shifter) * quantum;
  return Math.abs(rounded) > 65504 ? rounded * Infinity : rounded;
}

/** The nearest bfloat16 of a float32 that is a number. */
export function nearestBfloat16(x: number): number {
  single[0] = x;
  bits[0] = (bits[0] + 0x7fff + ((bits[0] >>> 16) & 1)) & ~0xffff;
  return single[0];
}

/** Rounds values of a half type in place; those of other types stay. */
export function roundHalves(values: TypedArray, dtype: DType): void {
  if (dtype === 'float16') for (let i = 0; i < values.length; i += 1) values[i] = nearestFloat16(values[i]);
  if (dtype === 'bfloat16') for (let i = 0; i < values.length; i += 1) values[i] = nearestBfloat16(values[i]);
}
