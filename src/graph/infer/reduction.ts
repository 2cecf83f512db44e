// Types of reductions and of what runs along an axis.
import type { Reduction } from '../opAttributes.ts';
import { check, formatSizes } from '../opError.ts';
import { floatType, scalarTypeNames, sumType } from '../promotion.ts';
import { elementCount, isFloat, sameShape, type DType, type Shape, type TensorType } from '../tensorType.ts';
import { checkImplemented, nonFloatTypes, type InferenceRules } from './inferenceRule.ts';

/** The shape after reducing the axes `dim`. */
export function reducedShape(shape: Shape, { dim, keepdim }: Reduction): Shape {
  return keepdim
    ? shape.map((size, axis) => (dim.includes(axis) ? 1 : size))
    : shape.filter((_, axis) => !dim.includes(axis));
}

type ReductionRule = (inputs: readonly TensorType[], attributes: Reduction) => TensorType;
function reducing(dtypeOf: (dtype: DType) => DType): ReductionRule {
  return ([x], attributes) => ({ dtype: dtypeOf(x.dtype), shape: reducedShape(x.shape, attributes) });
}

/** A largest element of nothing does not exist. */
function extremum(name: string): ReductionRule {
  return ([x], attributes) => {
    const { shape, dtype } = x;
    if (elementCount(shape) === 0) {
      const empty = attributes.dim.find((axis) => shape[axis] === 0);
      check(attributes.dim.length < shape.length || shape.length === 1 && attributes.keepdim, () =>
        `${name}(): Expected reduction dim to be specified for input.numel() == 0. Specify the reduction dim with the 'dim' argument.`);
      check(empty === undefined, () => `${name}(): Expected reduction dim ${empty} to have non-zero size.`, 'IndexError');
    }
    return { dtype, shape: reducedShape(shape, attributes) };
  };
}

function position(name: string) {
  return ([x]: readonly TensorType[], { dim, keepdim }: { dim: number; keepdim: boolean }): TensorType => {
    check(x.dtype !== 'bool', () => `${name}(): does not support bool input`);
    check(x.shape[dim] !== 0, () => `${name}(): Expected reduction dim ${dim} to have non-zero size.`, 'IndexError');
    return { dtype: 'int64', shape: reducedShape(x.shape, { dim: [dim], keepdim }) };
  };
}

function normalizing(kernel: string) {
  return ([x]: readonly TensorType[]): TensorType => {
    checkImplemented(kernel, x.dtype, nonFloatTypes);
    return x;
  };
}

const withIndices = ([x]: readonly TensorType[]): TensorType[] => [x, { dtype: 'int64', shape: x.shape }];
const accumulating = ([x]: readonly TensorType[]): TensorType => ({ dtype: sumType(x.dtype), shape: x.shape });
// PyTorch keeps uint8 here, from the time when it had no bool.
const truth = reducing((dtype) => (dtype === 'uint8' ? 'uint8' : 'bool'));

export const reductionRules = {
  sum: reducing(sumType),
  prod: reducing(sumType),
  mean: ([x], attributes) => {
    check(isFloat(x.dtype), () => 'mean(): could not infer output dtype. Input dtype must be either a floating point or '
      + `complex dtype. Got: ${scalarTypeNames[x.dtype]}`);
    return { dtype: x.dtype, shape: reducedShape(x.shape, attributes) };
  },
  amax: extremum('amax'),
  amin: extremum('amin'),
  any: truth,
  all: truth,
  var: ([x], attributes) => {
    check(isFloat(x.dtype), () => 'std and var only support floating point and complex dtypes');
    return { dtype: x.dtype, shape: reducedShape(x.shape, attributes) };
  },
  argmax: position('argmax'),
  argmin: position('argmin'),
  cumsum: accumulating,
  cumprod: accumulating,
  softmax: normalizing('softmax_kernel_impl'),
  log_softmax: normalizing('log_softmax_kernel_impl'),
  logsumexp: reducing(floatType),
  logcumsumexp: ([x]) => {
    checkImplemented('logcumsumexp_out_cpu', x.dtype, nonFloatTypes);
    return x;
  },
  logcumsumexp_backward: ([, x]) => x,
  cummax: withIndices,
  cummin: withIndices,
  sort: withIndices,
  searchsorted: ([sorted, values]) => {
    const rows = sorted.shape.slice(0, -1);
    check(sorted.shape.length > 0, () => 'torch.searchsorted(): input value can be a scalar only when boundaries tensor dimension is 1, '
      + 'but we got boundaries tensor dim(0)');
    check(rows.length === 0 || sameShape(rows, values.shape.slice(0, -1)), () =>
      'torch.searchsorted(): boundaries tensor should be 1 dimension or the first N-1 dimensions of boundaries tensor and input value '
      + `tensor must match, but we got boundaries tensor ${formatSizes(sorted.shape)} and input value tensor ${formatSizes(values.shape)}`);
    return { dtype: 'int64', shape: values.shape };
  },
} satisfies Partial<InferenceRules>;
