// A computed tensor: contiguous, row-major storage of a known type.
import { elementCount, isFloat, type DType, type Shape } from '../graph/tensorType.ts';
import { overflow } from './engineError.ts';
import { nearestBfloat16, nearestFloat16 } from './halfPrecision.ts';

export type TypedArray = Float32Array | Float64Array | Int32Array | Uint8Array;

/** How tensors of a type are held. */
interface Representation {
  readonly storage: new (length: number) => TypedArray;
  /** The least and the greatest integer that is kept; null: of floats. */
  readonly range: readonly [number, number] | null;
  /** The element that a number becomes; null: it is what storing it makes of it. Throws `EngineError`. */
  readonly settle: ((x: number) => number) | null;
}

/** Half types are stored as float32, every signed integer as int32, bool as bytes. */
export const representation = {
  bool: { storage: Uint8Array, range: [0, 1], settle: (x) => (x !== 0 ? 1 : 0) },
  uint8: { storage: Uint8Array, range: [0, 255], settle: null },
  int8: { storage: Int32Array, range: [-128, 127], settle: (x) => (x << 24) >> 24 },
  int16: { storage: Int32Array, range: [-32768, 32767], settle: (x) => (x << 16) >> 16 },
  int32: { storage: Int32Array, range: [-2147483648, 2147483647], settle: null },
  int64: { storage: Int32Array, range: [-2147483648, 2147483647], settle: within32Bits },
  float16: { storage: Float32Array, range: null, settle: nearestFloat16 },
  bfloat16: { storage: Float32Array, range: null, settle: nearestBfloat16 },
  float32: { storage: Float32Array, range: null, settle: null },
  float64: { storage: Float64Array, range: null, settle: null },
} as const satisfies { readonly [D in DType]: Representation };

function within32Bits(x: number): number {
  if (x >= -2147483648.5 && x < 2147483648) return x;
  throw overflow(x);
}

/** Whether a tensor of one type is one of another as it lies: both are stored alike, and every value of the one is a value of the other. */
export function isExactCast(from: DType, to: DType): boolean {
  const [source, target] = [representation[from], representation[to]];
  if (from === to || source.storage !== target.storage) return from === to;
  if (target.settle === null) return true;
  return source.range !== null && target.range !== null && source.range[0] >= target.range[0] && source.range[1] <= target.range[1];
}

/** A number as the type has it. Throws `EngineError`. */
export function settled(dtype: DType, x: number): number {
  return representation[dtype].settle?.(x) ?? x;
}

/** Rounds values of a half type in place; those of other types stay. */
export function roundHalves(values: TypedArray, dtype: DType): void {
  const round = isFloat(dtype) ? representation[dtype].settle : null;
  if (round) for (let i = 0; i < values.length; i += 1) values[i] = round(values[i]);
}

export interface Tensor {
  readonly dtype: DType;
  readonly shape: Shape;
  /** Exactly `elementCount(shape)` elements of the class `representation[dtype].storage`. Never changed once a tensor was handed out. */
  readonly data: TypedArray;
}

/** A tensor of zeros. */
export function zeros(dtype: DType, shape: Shape): Tensor {
  return { dtype, shape, data: new representation[dtype].storage(elementCount(shape)) };
}

export function byteLength(dtype: DType, shape: Shape): number {
  return elementCount(shape) * representation[dtype].storage.BYTES_PER_ELEMENT;
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
