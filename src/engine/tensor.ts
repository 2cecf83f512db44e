// A computed tensor: contiguous, row-major storage of a known type.
import { elementCount, type DType, type Shape } from '../graph/tensorType.ts';

export type TypedArray = Float32Array | Float64Array | Int32Array | Uint8Array;

/**
 * How each dtype is stored: half types as float32, every signed integer as int32 (checked where values enter), bool as bytes.
 */
export const storageOf = {
  bool: Uint8Array, uint8: Uint8Array, int8: Int32Array, int16: Int32Array, int32: Int32Array, int64: Int32Array,
  float16: Float32Array, bfloat16: Float32Array, float32: Float32Array, float64: Float64Array,
} as const satisfies Record<DType, new (length: number) => TypedArray>;

/** Types that hold less than their storage does. */
const narrowTypes: readonly DType[] = ['bool', 'int8', 'int16', 'float16', 'bfloat16'];

/** Whether a tensor of one type is one of another as it lies: both are stored alike, and every value of the one is a value of the other. */
export function isExactCast(from: DType, to: DType): boolean {
  return from === to || (storageOf[from] === storageOf[to] && !narrowTypes.includes(to));
}

export interface Tensor {
  readonly dtype: DType;
  readonly shape: Shape;
  /** Exactly `elementCount(shape)` elements of the class `storageOf[dtype]`. Never changed once a tensor was handed out. */
  readonly data: TypedArray;
}

/** A tensor of zeros. */
export function zeros(dtype: DType, shape: Shape): Tensor {
  return { dtype, shape, data: new storageOf[dtype](elementCount(shape)) };
}

export function byteLength(dtype: DType, shape: Shape): number {
  return elementCount(shape) * storageOf[dtype].BYTES_PER_ELEMENT;
}

/** A tensor of rank 1 as tensors of the given shapes over the same storage, one after the other. */
export function partsOf(whole: Tensor, shapes: readonly Shape[]): { readonly whole: Tensor; readonly parts: readonly Tensor[] } {
  let start = 0;
  const parts = shapes.map((shape) => {
    const data = whole.data.subarray(start, (start += elementCount(shape)));
    return { dtype: whole.dtype, shape, data };
  });
  return { whole, parts };
}
