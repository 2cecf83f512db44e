// Steps of an element-wise chain, by number: shared with the host, which writes them into the chain's description. Each has the meaning of the
// op of its name; `p` and `q` are the op's numbers in the order in which its attributes list them.
export enum Opcode {
  copy, round_float16, round_bfloat16,
  neg, abs, sign, exp, expm1, log, log1p, sqrt, rsqrt, square, reciprocal, sin, cos, tan, asin, acos, atan, sinh, cosh, asinh, acosh, atanh,
  log2, log10, erfc, erfinv, lgamma, digamma, polygamma, i0, i1, tanh, erf, floor, ceil, round, trunc, isnan, isinf, nonzero, logical_not,
  relu, sigmoid, silu, mish, selu, softsign, logsigmoid, hardsigmoid, hardswish, tanhshrink, relu6,
  leaky_relu, elu, celu, gelu, gelu_tanh, gelu_slope, softplus, hardtanh, hardshrink, softshrink, threshold,
  add, sub, mul, div, maximum, minimum, eq, ne, lt, le, gt, ge, logical_and, logical_or, logical_xor, prelu,
  pow, remainder, fmod, floor_divide, atan2, hypot, logaddexp,
  where,
  // Of int32; the first three take what they are given to another type.
  to_float, to_int, to_bool,
  add_ints, sub_ints, mul_ints, neg_ints, abs_ints, maximum_ints, minimum_ints, clamp_ints, eq_ints, ne_ints, lt_ints, le_ints, gt_ints, ge_ints,
  and_ints, or_ints, xor_ints, shift_left, shift_right, remainder_ints, fmod_ints, floor_divide_ints,
}

/** How an operand of a chain is read or written. Bytes hold bools; in registers these are 0 and 1. */
export enum OperandKind {
  /** A step's result that only later steps read. */
  register,
  /** float32 along the row. */
  floats,
  /** One float32 for the whole row. */
  float,
  /** Bytes along the row. */
  bytes,
  /** One byte for the whole row. */
  byte,
  /** A result, as float32. */
  floatsOut,
  /** A result, as bytes. */
  bytesOut,
}
