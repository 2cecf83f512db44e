// Types of what has no inputs: constants, ranges and random draws.
import { check, formatSizes, OpError } from '../opError.ts';
import type { DType, Shape, TensorType } from '../tensorType.ts';
import type { InferenceRules } from './inferenceRule.ts';

function created(shape: Shape, dtype: DType): TensorType {
  const negative = shape.find((size) => size < 0);
  if (negative !== undefined) {
    throw new OpError(`Trying to create tensor with negative dimension ${negative}: ${formatSizes(shape)}`);
  }
  return { dtype, shape };
}

export const leafRules = {
  constant: (_, { shape, dtype }) => created(shape, dtype),
  full: (_, { shape, dtype }) => created(shape, dtype),
  arange: (_, { length, dtype }) => {
    check(length >= 0, () => 'upper bound and lower bound inconsistent with step sign');
    return { dtype, shape: [length] };
  },
  eye: (_, { n, m, dtype }) => {
    check(n >= 0, () => `n must be greater or equal to 0, got ${n}`);
    check(m >= 0, () => `m must be greater or equal to 0, got ${m}`);
    return { dtype, shape: [n, m] };
  },
  uniform: (_, { shape, from, to, dtype }) => {
    check(from <= to, () => `uniform_ expects to return a [from, to) range, but found from=${from} > to=${to}`);
    return created(shape, dtype);
  },
  normal: (_, { shape, std, dtype }) => {
    check(std >= 0, () => `normal expects std >= 0.0, but found std ${std}`);
    return created(shape, dtype);
  },
  randint: (_, { shape, low, high, dtype }) => {
    check(low < high, () => `random_ expects 'from' to be less than 'to', but got from=${low} >= to=${high}`);
    return created(shape, dtype);
  },
  randperm: (_, { n, dtype }) => created([n], dtype),
  bernoulli: (_, { shape, p, dtype }) => {
    check(p >= 0 && p <= 1, () => `bernoulli_ expects p to be in [0, 1], but got p=${p}`);
    return created(shape, dtype);
  },
} satisfies Partial<InferenceRules>;
