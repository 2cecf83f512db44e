// Types of element-wise ops: the shape is the broadcast one; families differ in what they make of the dtypes.
import { broadcastShapes } from '../broadcast.ts';
import { check, OpError } from '../opError.ts';
import { floatType, resultType, scalarTypeNames } from '../promotion.ts';
import { elementCount, type DType, type Shape, type TensorType } from '../tensorType.ts';
import { boolOnly, checkImplemented, floatTypes, nonFloatTypes, type InferenceRules } from './inferenceRule.ts';

type Unary = (inputs: readonly TensorType[]) => TensorType;

const notNegatable = 'If you are trying to invert a mask, use the `~` or `logical_not()` operator instead.';

/** Keeps the dtype. */
const same: Unary = ([x]) => x;
/** Defined for real numbers: integers become float32. */
const float: Unary = ([x]) => ({ dtype: floatType(x.dtype), shape: x.shape });
const predicate: Unary = ([x]) => ({ dtype: 'bool', shape: x.shape });
/** Keeps the dtype; PyTorch's kernel of that name refuses some dtypes. */
function refusing(kernel: string, refused: readonly DType[]): Unary {
  return ([x]) => {
    checkImplemented(kernel, x.dtype, refused);
    return x;
  };
}
function refusingBool(message: string): Unary {
  return ([x]) => {
    check(x.dtype !== 'bool', () => message);
    return x;
  };
}
const floatOnly = (kernel: string) => refusing(kernel, nonFloatTypes);

function broadcast(inputs: readonly TensorType[]): Shape {
  return inputs.map((input) => input.shape).reduce(broadcastShapes);
}
/** Of the common dtype; a kernel name given is one that PyTorch does not have for bool. */
function promoted(boolKernel?: string): Unary {
  return (inputs) => {
    const dtype = resultType(inputs);
    if (boolKernel !== undefined) checkImplemented(boolKernel, dtype, boolOnly);
    return { dtype, shape: broadcast(inputs) };
  };
}
const promotedFloat: Unary = (inputs) => ({ dtype: floatType(resultType(inputs)), shape: broadcast(inputs) });
/** As `promoted`, of floating point only. */
const promotedFloats = (kernel: string): Unary => (inputs) => {
  const dtype = resultType(inputs);
  checkImplemented(kernel, dtype, nonFloatTypes);
  return { dtype, shape: broadcast(inputs) };
};
/** As `promoted`, not of floating point. */
const integral = (kernel: string, ...refused: DType[]): Unary => (inputs) => {
  const dtype = resultType(inputs);
  checkImplemented(kernel, dtype, [...floatTypes, ...refused]);
  return { dtype, shape: broadcast(inputs) };
};
const comparison: Unary = (inputs) => ({ dtype: 'bool', shape: broadcast(inputs) });

const subtraction: Unary = (inputs) => {
  const bools = inputs.filter((input) => input.dtype === 'bool').length;
  check(bools < 2, () => 'Subtraction, the `-` operator, with two bool tensors is not supported. '
    + 'Use the `^` or `logical_xor()` operator instead.');
  check(bools < 1, () => `Subtraction, the \`-\` operator, with a bool tensor is not supported. ${notNegatable}`);
  return { dtype: resultType(inputs), shape: broadcast(inputs) };
};

export const elementwiseRules = {
  cast: ([x], { dtype }) => ({ dtype, shape: x.shape }),
  detach: same, with_gradient: same,
  neg: refusingBool(`Negation, the \`-\` operator, on a bool tensor is not supported. ${notNegatable}`),
  abs: refusing('abs_cpu', boolOnly),
  sign: same,
  exp: float, expm1: float, log: float, log1p: float, log2: float, log10: float, sqrt: float, rsqrt: float, reciprocal: float,
  square: ([x]) => ({ dtype: x.dtype === 'bool' ? 'int64' : x.dtype, shape: x.shape }),
  sin: float, cos: float, tan: float, asin: float, acos: float, atan: float, sinh: float, cosh: float, tanh: float, erf: float,
  asinh: float, acosh: float, atanh: float, erfc: float, erfinv: float, lgamma: float, digamma: float, i0: float, i1: float,
  polygamma: ([x], { n }) => {
    check(n >= 0, () => 'polygamma(n, x) does not support negative n.');
    return float([x]);
  },
  floor: refusing('floor_vml_cpu', boolOnly),
  ceil: refusing('ceil_vml_cpu', boolOnly),
  round: refusing('round_vml_cpu', boolOnly),
  trunc: refusing('trunc_vml_cpu', boolOnly),
  isnan: predicate, isinf: predicate, logical_not: predicate,
  relu: refusingBool('Boolean inputs not supported for relu'),
  sigmoid: float,
  silu: floatOnly('silu_cpu'),
  mish: floatOnly('mish_cpu'),
  selu: floatOnly('elu_cpu'),
  softsign: ([x]) => {
    checkImplemented('abs_cpu', x.dtype, boolOnly);
    return { dtype: floatType(x.dtype), shape: x.shape };
  },
  logsigmoid: floatOnly('log_sigmoid_cpu'),
  hardsigmoid: floatOnly('hardsigmoid_cpu'),
  hardswish: floatOnly('hardswish_cpu'),
  tanhshrink: (inputs) => float([refusingBool(
    `Subtraction, the \`-\` operator, with a bool tensor is not supported. ${notNegatable}`)(inputs)]),
  relu6: refusingBool('Bool inputs not supported for hardtanh'),
  leaky_relu: floatOnly('leaky_relu_cpu'),
  elu: floatOnly('elu_cpu'),
  celu: floatOnly('elu_cpu'),
  gelu: floatOnly('GeluKernelImpl'),
  gelu_slope: floatOnly('GeluBackwardKernelImpl'),
  softplus: floatOnly('softplus_cpu'),
  hardtanh: refusingBool('Bool inputs not supported for hardtanh'),
  // A bound with a fraction makes floats of integers, as a Python float does.
  clamp: ([x], { min, max }) => {
    check(min !== null || max !== null, () => 'torch.clamp: At least one of \'min\' or \'max\' must not be None');
    const whole = Number.isInteger(min ?? 0) && Number.isInteger(max ?? 0);
    const dtype = whole ? (x.dtype === 'bool' ? 'int64' : x.dtype) : floatType(x.dtype);
    return { dtype, shape: x.shape };
  },
  hardshrink: floatOnly('hardshrink_cpu'),
  softshrink: floatOnly('softshrink_check'),
  threshold: refusing('threshold_cpu', boolOnly),

  add: promoted(), sub: subtraction, mul: promoted(), div: promotedFloat, pow: promoted('pow'),
  maximum: promoted(), minimum: promoted(), remainder: promoted('remainder_cpu'), fmod: promoted('fmod_cpu'),
  floor_divide: promoted('div_floor_cpu'), atan2: promotedFloat,
  hypot: promotedFloats('hypot_cpu'), logaddexp: promotedFloats('logaddexp_cpu'),
  bitwise_and: integral('bitwise_and_cpu'), bitwise_or: integral('bitwise_or_cpu'), bitwise_xor: integral('bitwise_xor_cpu'),
  bitwise_left_shift: integral('lshift_cpu', 'bool'), bitwise_right_shift: integral('rshift_cpu', 'bool'),
  eq: comparison, ne: comparison, lt: comparison, le: comparison, gt: comparison, ge: comparison,
  logical_and: comparison, logical_or: comparison, logical_xor: comparison,

  prelu: ([x, slope]) => {
    check(x.dtype === slope.dtype, () =>
      `prelu: Type promoting not supported. Got ${scalarTypeNames[x.dtype]} and ${scalarTypeNames[slope.dtype]}`);
    const slopes = elementCount(slope.shape);
    if (slopes !== 1) {
      check(x.shape.length > 0, () => 'Not allow zero-dim input tensor.');
      const channels = x.shape[1] ?? 1;
      check(slopes === channels, () =>
        `Mismatch of parameter numbers and input channel size. Found parameter numbers = ${slopes} and channel size = ${channels}.`);
    }
    return x;
  },
  where: ([condition, x, y]) => {
    if (condition.dtype !== 'bool' && condition.dtype !== 'uint8') {
      throw new OpError('where expected condition to be a boolean tensor, '
        + `but got a tensor with dtype ${scalarTypeNames[condition.dtype]}`);
    }
    return { dtype: resultType([x, y]), shape: broadcast([condition, x, y]) };
  },
} satisfies Partial<InferenceRules>;
