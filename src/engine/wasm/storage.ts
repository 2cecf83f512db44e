// How elements of each type lie in the kernels' memory.
import type { DType } from '../../graph/tensorType.ts';
import { storageOf } from '../tensor.ts';

/** Stored as float32. */
export function isFloats(dtype: DType): boolean {
  return dtype === 'float32' || dtype === 'float16' || dtype === 'bfloat16';
}

export function elementBytes(dtype: DType): number {
  return storageOf[dtype].BYTES_PER_ELEMENT;
}
