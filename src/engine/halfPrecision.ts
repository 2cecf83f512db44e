// Half types, kept as float32. Every op rounds its results to the type they have, as PyTorch does: to the nearest number, ties to even. What is computed on
// the way to a result, a sum or a mean, is not rounded.
import type { Op } from '../graph/opAttributes.ts';
import type { DType } from '../graph/tensorType.ts';
import type { TypedArray } from './tensor.ts';

const single = new Float32Array(1);
const bits = new Int32Array(single.buffer);
/** 1.5 · 2⁵²: a float64 that is added to it loses its fraction, rounded to even. */
const shifter = 1.5 * 2 ** 52;
const LARGEST_FLOAT16 = 65504;

/** The nearest float16 of the nearest float32: PyTorch takes a float64 that way too. */
export function nearestFloat16(x: number): number {
  single[0] = x;
  const exponent = Math.max(((bits[0] >>> 23) & 0xff) - 127, -14);
  const quantum = 2 ** (exponent - 10);
  const size = Math.abs((single[0] / quantum + shifter - shifter) * quantum);
  const rounded = size > LARGEST_FLOAT16 ? Infinity : size;
  return bits[0] < 0 ? -rounded : rounded;
}

/** The nearest bfloat16 of the nearest float32. */
export function nearestBfloat16(x: number): number {
  if (Number.isNaN(x)) return x;
  single[0] = x;
  bits[0] = (bits[0] + 0x7fff + ((bits[0] >>> 16) & 1)) & ~0xffff;
  return single[0];
}

const nearest: { readonly [D in DType]?: (x: number) => number } = { float16: nearestFloat16, bfloat16: nearestBfloat16 };

/** A number as the type holds it; those of other types than halves stay. */
export function roundedTo(dtype: DType, x: number): number {
  return nearest[dtype]?.(x) ?? x;
}

/** Rounds values of a half type in place; those of other types stay. */
export function roundHalves(values: TypedArray, dtype: DType): void {
  const round = nearest[dtype];
  if (round) for (let i = 0; i < values.length; i += 1) values[i] = round(values[i]);
}

/** Ops whose results are elements of what they are given, and so of its type already. */
export const movingOps: ReadonlySet<Op> = new Set<Op>([
  'reshape', 'detach', 'expand', 'permute', 'slice', 'slice_scatter', 'cat', 'flip', 'tril', 'triu', 'gather', 'scatter', 'index_select', 'index', 'embedding',
]);
