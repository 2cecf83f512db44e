// What a shape-inference rule is, and what several families of rules need. A rule sees normalized attributes (`../normalize.ts`).
import type { Op, OpAttributes } from '../opAttributes.ts';
import { check, OpError } from '../opError.ts';
import { scalarTypeNames } from '../promotion.ts';
import { dtypesOf, type DType, type Shape, type TensorType } from '../tensorType.ts';

/** Types of an op's outputs, in order; one type stands for a list of one. Throws `OpError`. */
export type InferenceRule<O extends Op> = (
  inputs: readonly TensorType[], attributes: OpAttributes[O],
) => TensorType | readonly TensorType[];

export type InferenceRules = { readonly [O in Op]: InferenceRule<O> };

export function checkImplemented(kernel: string, dtype: DType, refused: readonly DType[]): void {
  if (refused.includes(dtype)) throw new OpError(`"${kernel}" not implemented for '${scalarTypeNames[dtype]}'`, 'NotImplementedError');
}

export const boolOnly = dtypesOf('bool');
export const integerTypes = dtypesOf('integer');
export const floatTypes = dtypesOf('float');
export const nonFloatTypes = dtypesOf('bool', 'integer');

export function checkIndex(dtype: DType, message: () => string, name?: OpError['name']): void {
  check(dtype === 'int64' || dtype === 'int32', message, name);
}

/** `shape` with one size replaced. */
export function withSize(shape: Shape, axis: number, size: number): Shape {
  return shape.map((own, at) => (at === axis ? size : own));
}
