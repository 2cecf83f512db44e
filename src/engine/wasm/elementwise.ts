// The ops that are steps of a chain, with the step that computes each: all of float32 and bool. Whatever is not in this table has a kernel of
// its own, or runs on the reference kernels.
import type { Op, OpAttributes } from '../../graph/opAttributes.ts';
import type { DType } from '../../graph/tensorType.ts';
import { Opcode } from './assembly/opcodes.ts';

export interface ChainStep {
  readonly opcode: Opcode;
  readonly p?: number;
  readonly q?: number;
}

/** The step that rounds to a half type; null: what a chain stores is of the type as it is. */
export const roundingSteps: { readonly [D in DType]: Opcode | null } = {
  bool: null, uint8: null, int8: null, int16: null, int32: null, int64: null,
  float16: Opcode.round_float16, bfloat16: Opcode.round_bfloat16, float32: null, float64: null,
};

/** Ops whose steps give 0 and 1 alone; of another that gives bools, what is not 0 is true. */
export const truthOps: ReadonlySet<Op> = new Set<Op>(['eq', 'ne', 'lt', 'le', 'gt', 'ge', 'logical_and', 'logical_or', 'logical_xor', 'logical_not', 'isnan', 'isinf']);

type StepOf<O extends Op> = (attributes: OpAttributes[O]) => ChainStep;

const plain = (opcode: Opcode) => (): ChainStep => ({ opcode });

export const chainSteps: { readonly [O in Op]?: StepOf<O> } = {
  cast: plain(Opcode.copy),
  neg: plain(Opcode.neg), abs: plain(Opcode.abs), sign: plain(Opcode.sign), exp: plain(Opcode.exp), expm1: plain(Opcode.expm1),
  log: plain(Opcode.log), log1p: plain(Opcode.log1p), sqrt: plain(Opcode.sqrt), rsqrt: plain(Opcode.rsqrt), square: plain(Opcode.square),
  reciprocal: plain(Opcode.reciprocal), tanh: plain(Opcode.tanh), erf: plain(Opcode.erf), floor: plain(Opcode.floor), ceil: plain(Opcode.ceil),
  round: plain(Opcode.round), trunc: plain(Opcode.trunc), isnan: plain(Opcode.isnan), isinf: plain(Opcode.isinf),
  logical_not: plain(Opcode.logical_not),
  relu: plain(Opcode.relu), sigmoid: plain(Opcode.sigmoid), silu: plain(Opcode.silu), mish: plain(Opcode.mish), selu: plain(Opcode.selu),
  softsign: plain(Opcode.softsign), logsigmoid: plain(Opcode.logsigmoid), hardsigmoid: plain(Opcode.hardsigmoid),
  hardswish: plain(Opcode.hardswish), tanhshrink: plain(Opcode.tanhshrink), relu6: plain(Opcode.relu6),
  leaky_relu: ({ negativeSlope }) => ({ opcode: Opcode.leaky_relu, p: negativeSlope }),
  elu: ({ alpha }) => ({ opcode: Opcode.elu, p: alpha }),
  celu: ({ alpha }) => ({ opcode: Opcode.celu, p: alpha }),
  gelu: ({ approximate }) => ({ opcode: approximate === 'tanh' ? Opcode.gelu_tanh : Opcode.gelu }),
  gelu_slope: plain(Opcode.gelu_slope),
  softplus: ({ beta, threshold }) => ({ opcode: Opcode.softplus, p: beta, q: threshold }),
  hardtanh: ({ minVal, maxVal }) => ({ opcode: Opcode.hardtanh, p: minVal, q: maxVal }),
  clamp: ({ min, max }) => ({ opcode: Opcode.hardtanh, p: min ?? -Infinity, q: max ?? Infinity }),
  hardshrink: ({ lambd }) => ({ opcode: Opcode.hardshrink, p: lambd }),
  softshrink: ({ lambd }) => ({ opcode: Opcode.softshrink, p: lambd }),
  threshold: ({ threshold, value }) => ({ opcode: Opcode.threshold, p: threshold, q: value }),
  add: plain(Opcode.add), sub: plain(Opcode.sub), mul: plain(Opcode.mul), div: plain(Opcode.div), maximum: plain(Opcode.maximum),
  minimum: plain(Opcode.minimum), eq: plain(Opcode.eq), ne: plain(Opcode.ne), lt: plain(Opcode.lt), le: plain(Opcode.le), gt: plain(Opcode.gt),
  ge: plain(Opcode.ge), logical_and: plain(Opcode.logical_and), logical_or: plain(Opcode.logical_or), logical_xor: plain(Opcode.logical_xor),
  bitwise_and: plain(Opcode.logical_and), bitwise_or: plain(Opcode.logical_or), bitwise_xor: plain(Opcode.logical_xor),
  where: plain(Opcode.where), prelu: plain(Opcode.prelu),
  sin: plain(Opcode.sin), cos: plain(Opcode.cos), tan: plain(Opcode.tan), asin: plain(Opcode.asin), acos: plain(Opcode.acos), atan: plain(Opcode.atan),
  sinh: plain(Opcode.sinh), cosh: plain(Opcode.cosh), asinh: plain(Opcode.asinh), acosh: plain(Opcode.acosh), atanh: plain(Opcode.atanh),
  log2: plain(Opcode.log2), log10: plain(Opcode.log10),
  erfc: plain(Opcode.erfc), erfinv: plain(Opcode.erfinv), lgamma: plain(Opcode.lgamma), digamma: plain(Opcode.digamma),
  polygamma: ({ n }) => ({ opcode: Opcode.polygamma, p: n }), i0: plain(Opcode.i0), i1: plain(Opcode.i1),
  pow: plain(Opcode.pow), remainder: plain(Opcode.remainder), fmod: plain(Opcode.fmod), floor_divide: plain(Opcode.floor_divide),
  atan2: plain(Opcode.atan2), hypot: plain(Opcode.hypot), logaddexp: plain(Opcode.logaddexp),
};
