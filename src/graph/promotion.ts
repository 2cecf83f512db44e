// PyTorch's type promotion: which dtype an op of several dtypes has. Python's own numbers are tensors of rank 0 here, which
// like PyTorch's do not widen a dimensioned tensor of their category (bool < integer < floating).
import { isFloat, kindOf, type DType, type DTypeKind, type TensorType } from './tensorType.ts';

const signedOrder: readonly DType[] = ['int8', 'int16', 'int32', 'int64'];
const categories: { readonly [K in DTypeKind]: number } = { bool: 0, integer: 1, float: 2 };

/** torch.promote_types */
export function promoteTypes(a: DType, b: DType): DType {
  if (a === b || b === 'bool') return a;
  if (a === 'bool') return b;
  if (isFloat(a) !== isFloat(b)) return isFloat(a) ? a : b;
  if (isFloat(a)) {
    if (a === 'float64' || b === 'float64') return 'float64';
    // float32 with a half type, or the two half types together, of which neither holds the other
    return 'float32';
  }
  if (a === 'uint8') return b === 'int8' ? 'int16' : b;
  if (b === 'uint8') return a === 'int8' ? 'int16' : a;
  return signedOrder[Math.max(signedOrder.indexOf(a), signedOrder.indexOf(b))];
}

/** torch.result_type over any number of tensors. */
export function resultType(types: readonly TensorType[]): DType {
  let dimensioned: DType | undefined;
  let scalar: DType | undefined;
  for (const { dtype, shape } of types) {
    if (shape.length > 0) dimensioned = dimensioned === undefined ? dtype : promoteTypes(dimensioned, dtype);
    else scalar = scalar === undefined ? dtype : promoteTypes(scalar, dtype);
  }
  if (dimensioned === undefined || scalar === undefined) return dimensioned ?? scalar!;
  return categories[kindOf(scalar)] > categories[kindOf(dimensioned)] ? promoteTypes(dimensioned, scalar) : dimensioned;
}

/**
 * The common type of operands, if one of them has to be cast to it that it does not hold: one of rank 0, beside dimensioned ones of a narrower
 * type. Arithmetic of halves alone takes such a number as it is. `result`: the dtype of what is computed.
 */
export function narrowingType(types: readonly TensorType[], result: DType): DType | undefined {
  if (result === 'float16' || result === 'bfloat16') return undefined;
  const common = resultType(types);
  return types.some((type) => isNarrowed(type, common)) ? common : undefined;
}

/** Whether an operand's type is wider than the common one. */
export function isNarrowed({ dtype, shape }: TensorType, common: DType): boolean {
  return shape.length === 0 && promoteTypes(dtype, common) !== common;
}

/** The dtype of a function that is only defined for real numbers (exp, division, …): integers become PyTorch's default dtype. */
export function floatType(dtype: DType): DType {
  return isFloat(dtype) ? dtype : 'float32';
}

/** The dtype of a sum: integers and bool are added up in int64. */
export function sumType(dtype: DType): DType {
  return isFloat(dtype) ? dtype : 'int64';
}

/** `Long`: what PyTorch's messages call a dtype. */
export const scalarTypeNames: { readonly [D in DType]: string } = {
  bool: 'Bool', uint8: 'Byte', int8: 'Char', int16: 'Short', int32: 'Int', int64: 'Long',
  float16: 'Half', bfloat16: 'BFloat16', float32: 'Float', float64: 'Double',
};

/** `long int`: what some of them call it instead. */
export const cppTypeNames: { readonly [D in DType]: string } = {
  bool: 'bool', uint8: 'unsigned char', int8: 'signed char', int16: 'short int', int32: 'int', int64: 'long int',
  float16: 'c10::Half', bfloat16: 'c10::BFloat16', float32: 'float', float64: 'double',
};
