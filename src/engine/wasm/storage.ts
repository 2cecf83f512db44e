// How elements of each type lie in the kernels' memory.
import type { DType } from '../../graph/tensorType.ts';
import { representation } from '../tensor.ts';

/** Stored as float32. */
export function isFloats(dtype: DType): boolean {
  return representation[dtype].storage === Float32Array;
}

/** Stored as int32, the shorter ones with their sign. */
export function isIntegers(dtype: DType): boolean {
  return representation[dtype].storage === Int32Array;
}

export function elementBytes(dtype: DType): number {
  return representation[dtype].storage.BYTES_PER_ELEMENT;
}
