// Data types and shapes: what is known of a tensor before it is computed.

/** Types a framework can name, with what their elements are. How each is stored is the engine's matter (`engine/tensor.ts`). */
const kinds = {
  bool: 'bool', uint8: 'integer', int8: 'integer', int16: 'integer', int32: 'integer', int64: 'integer',
  float16: 'float', bfloat16: 'float', float32: 'float', float64: 'float',
} as const;
export type DType = keyof typeof kinds;
export type DTypeKind = (typeof kinds)[DType];
export const dtypes = Object.keys(kinds) as readonly DType[];

export type Shape = readonly number[];

export interface TensorType {
  readonly dtype: DType;
  readonly shape: Shape;
}

export function elementCount(shape: Shape): number {
  let count = 1;
  for (const size of shape) count *= size;
  return count;
}

export function kindOf(dtype: DType): DTypeKind {
  return kinds[dtype];
}

export function isFloat(dtype: DType): boolean {
  return kinds[dtype] === 'float';
}

export function dtypesOf(...some: readonly DTypeKind[]): readonly DType[] {
  return dtypes.filter((dtype) => some.includes(kinds[dtype]));
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((size, axis) => size === b[axis]);
}

/** `(32, 784)` as Python writes a tuple. */
export function formatShape(shape: Shape): string {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
}
