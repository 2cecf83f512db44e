// What the steps of a chain compute, four elements at a time. Comparisons are written so that NaN passes through as it does in PyTorch:
// pmax(x, y) is x < y ? y : x, one instruction where max takes many.
import { madd, truth } from './simd';
import { choose, cos, erf, exp, expm1, log, log1p, sigmoid, sin, softplus, tanh } from './vectorMath';

@inline function splat(x: f32): v128 { return f32x4.splat(x); }
@inline function isTrue(x: v128): v128 { return f32x4.ne(x, splat(0)); }

// One input. `p`, `q`: the step's numbers, in all lanes.
@unmanaged export class Copy { @inline of(x: v128, p: v128, q: v128): v128 { return x; } }
/** The nearest float16, ties to even: what is added to 1.5 times the number 13 binary places above it keeps the eleven bits that a float16 has. */
@unmanaged export class RoundFloat16 {
  @inline of(x: v128, p: v128, q: v128): v128 {
    const size = f32x4.abs(x);
    const power = f32x4.pmin(f32x4.pmax(v128.and(size, i32x4.splat(0x7f800000)), splat(6.103515625e-5)), splat(32768));
    const shifter = f32x4.mul(power, splat(12288));
    const rounded = f32x4.sub(f32x4.add(size, shifter), shifter);
    return v128.or(choose(f32x4.gt(rounded, splat(65504)), splat(Infinity), rounded), v128.and(x, i32x4.splat(0x80000000)));
  }
}
/** The nearest bfloat16, ties to even: the upper half of the bits. */
@unmanaged export class RoundBfloat16 {
  @inline of(x: v128, p: v128, q: v128): v128 {
    const isOdd = v128.and(i32x4.shr_u(x, 16), i32x4.splat(1));
    const rounded = v128.and(i32x4.add(x, i32x4.add(isOdd, i32x4.splat(0x7fff))), i32x4.splat(0xffff0000));
    return choose(f32x4.ne(x, x), x, rounded);
  }
}
@unmanaged export class Neg { @inline of(x: v128, p: v128, q: v128): v128 { return f32x4.neg(x); } }
@unmanaged export class Abs { @inline of(x: v128, p: v128, q: v128): v128 { return f32x4.abs(x); } }
@unmanaged export class Sign {
  @inline of(x: v128, p: v128, q: v128): v128 { return f32x4.sub(truth(f32x4.gt(x, splat(0))), truth(f32x4.lt(x, splat(0)))); }
}
@unmanaged export class Exp { @inline of(x: v128, p: v128, q: v128): v128 { return exp(x); } }
@unmanaged export class Expm1 { @inline of(x: v128, p: v128, q: v128): v128 { return expm1(x); } }
@unmanaged export class Log { @inline of(x: v128, p: v128, q: v128): v128 { return log(x); } }
@unmanaged export class Log1p { @inline of(x: v128, p: v128, q: v128): v128 { return log1p(x); } }
@unmanaged export class Sqrt { @inline of(x: v128, p: v128, q: v128): v128 { return f32x4.sqrt(x); } }
@unmanaged export class Rsqrt { @inline of(x: v128, p: v128, q: v128): v128 { return f32x4.div(splat(1), f32x4.sqrt(x)); } }
@unmanaged export class Square { @inline of(x: v128, p: v128, q: v128): v128 { return f32x4.mul(x, x); } }
@unmanaged export class Reciprocal { @inline of(x: v128, p: v128, q: v128): v128 { return f32x4.div(splat(1), x); } }
@unmanaged export class Sin { @inline of(x: v128, p: v128, q: v128): v128 { return sin(x); } }
@unmanaged export class Cos { @inline of(x: v128, p: v128, q: v128): v128 { return cos(x); } }
@unmanaged export class Tanh { @inline of(x: v128, p: v128, q: v128): v128 { return tanh(x); } }
@unmanaged export class Erf { @inline of(x: v128, p: v128, q: v128): v128 { return erf(x); } }
@unmanaged export class Floor { @inline of(x: v128, p: v128, q: v128): v128 { return f32x4.floor(x); } }
@unmanaged export class Ceil { @inline of(x: v128, p: v128, q: v128): v128 { return f32x4.ceil(x); } }
@unmanaged export class Round { @inline of(x: v128, p: v128, q: v128): v128 { return f32x4.nearest(x); } }
@unmanaged export class Trunc { @inline of(x: v128, p: v128, q: v128): v128 { return f32x4.trunc(x); } }
@unmanaged export class IsNan { @inline of(x: v128, p: v128, q: v128): v128 { return truth(f32x4.ne(x, x)); } }
@unmanaged export class IsInf { @inline of(x: v128, p: v128, q: v128): v128 { return truth(f32x4.eq(f32x4.abs(x), splat(Infinity))); } }
@unmanaged export class NonZero { @inline of(x: v128, p: v128, q: v128): v128 { return truth(f32x4.ne(x, splat(0))); } }
@unmanaged export class LogicalNot { @inline of(x: v128, p: v128, q: v128): v128 { return truth(f32x4.eq(x, splat(0))); } }
@unmanaged export class Relu { @inline of(x: v128, p: v128, q: v128): v128 { return f32x4.pmax(x, splat(0)); } }
@unmanaged export class Sigmoid { @inline of(x: v128, p: v128, q: v128): v128 { return sigmoid(x); } }
@unmanaged export class Silu { @inline of(x: v128, p: v128, q: v128): v128 { return f32x4.mul(x, sigmoid(x)); } }
@unmanaged export class Mish { @inline of(x: v128, p: v128, q: v128): v128 { return f32x4.mul(x, tanh(softplus(x))); } }
// Klambauer et al. 2017
@unmanaged export class Selu {
  @inline of(x: v128, p: v128, q: v128): v128 {
    return f32x4.mul(splat(1.0507009873554805), choose(f32x4.le(x, splat(0)), f32x4.mul(splat(1.6732632423543772), expm1(x)), x));
  }
}
@unmanaged export class Softsign { @inline of(x: v128, p: v128, q: v128): v128 { return f32x4.div(x, f32x4.add(splat(1), f32x4.abs(x))); } }
@unmanaged export class LogSigmoid { @inline of(x: v128, p: v128, q: v128): v128 { return f32x4.neg(softplus(f32x4.neg(x))); } }
@inline function hardSigmoid(x: v128): v128 {
  return f32x4.div(f32x4.pmin(f32x4.pmax(f32x4.add(x, splat(3)), splat(0)), splat(6)), splat(6));
}
@unmanaged export class HardSigmoid { @inline of(x: v128, p: v128, q: v128): v128 { return hardSigmoid(x); } }
@unmanaged export class HardSwish { @inline of(x: v128, p: v128, q: v128): v128 { return f32x4.mul(x, hardSigmoid(x)); } }
@unmanaged export class TanhShrink { @inline of(x: v128, p: v128, q: v128): v128 { return f32x4.sub(x, tanh(x)); } }
@unmanaged export class Relu6 { @inline of(x: v128, p: v128, q: v128): v128 { return f32x4.pmin(f32x4.pmax(x, splat(0)), splat(6)); } }
/** p: slope */
@unmanaged export class LeakyRelu {
  @inline of(x: v128, p: v128, q: v128): v128 { return choose(f32x4.gt(x, splat(0)), x, f32x4.mul(x, p)); }
}
/** p: alpha */
@unmanaged export class Elu {
  @inline of(x: v128, p: v128, q: v128): v128 { return choose(f32x4.le(x, splat(0)), f32x4.mul(p, expm1(x)), x); }
}
@unmanaged export class Celu {
  @inline of(x: v128, p: v128, q: v128): v128 { return choose(f32x4.le(x, splat(0)), f32x4.mul(p, expm1(f32x4.div(x, p))), x); }
}
@unmanaged export class Gelu {
  @inline of(x: v128, p: v128, q: v128): v128 {
    return f32x4.mul(f32x4.mul(splat(0.5), x), f32x4.add(splat(1), erf(f32x4.mul(x, splat(0.7071067811865476)))));
  }
}
/** Φ(x) + x φ(x) */
@unmanaged export class GeluSlope {
  @inline of(x: v128, p: v128, q: v128): v128 {
    const u = f32x4.mul(x, splat(0.7071067811865476));
    const distribution = madd(erf(u), splat(0.5), splat(0.5));
    return madd(f32x4.mul(x, splat(0.3989422804014327)), exp(f32x4.neg(f32x4.mul(u, u))), distribution);
  }
}
/** Hendrycks and Gimpel 2016 */
@unmanaged export class GeluTanh {
  @inline of(x: v128, p: v128, q: v128): v128 {
    const inner = f32x4.mul(splat(0.7978845608028654), madd(f32x4.mul(f32x4.mul(x, x), x), splat(0.044715), x));
    return f32x4.mul(f32x4.mul(splat(0.5), x), f32x4.add(splat(1), tanh(inner)));
  }
}
/** p: beta, q: threshold */
@unmanaged export class Softplus {
  @inline of(x: v128, p: v128, q: v128): v128 {
    const scaled = f32x4.mul(x, p);
    return choose(f32x4.gt(scaled, q), x, f32x4.div(softplus(scaled), p));
  }
}
/** p, q: lower and upper bound */
@unmanaged export class HardTanh { @inline of(x: v128, p: v128, q: v128): v128 { return f32x4.pmin(f32x4.pmax(x, p), q); } }
/** p: lambda */
@unmanaged export class HardShrink {
  @inline of(x: v128, p: v128, q: v128): v128 {
    return choose(v128.and(f32x4.ge(x, f32x4.neg(p)), f32x4.le(x, p)), splat(0), x);
  }
}
@unmanaged export class SoftShrink {
  @inline of(x: v128, p: v128, q: v128): v128 {
    const inside = choose(f32x4.lt(x, f32x4.neg(p)), f32x4.add(x, p), f32x4.mul(x, splat(0)));
    return choose(f32x4.gt(x, p), f32x4.sub(x, p), inside);
  }
}
/** p: threshold, q: value */
@unmanaged export class Threshold { @inline of(x: v128, p: v128, q: v128): v128 { return choose(f32x4.le(x, p), q, x); } }

// Two inputs
@unmanaged export class Add { @inline of(x: v128, y: v128): v128 { return f32x4.add(x, y); } }
@unmanaged export class Sub { @inline of(x: v128, y: v128): v128 { return f32x4.sub(x, y); } }
@unmanaged export class Mul { @inline of(x: v128, y: v128): v128 { return f32x4.mul(x, y); } }
@unmanaged export class Div { @inline of(x: v128, y: v128): v128 { return f32x4.div(x, y); } }
@unmanaged export class Maximum { @inline of(x: v128, y: v128): v128 { return f32x4.max(x, y); } }
@unmanaged export class Minimum { @inline of(x: v128, y: v128): v128 { return f32x4.min(x, y); } }
@unmanaged export class Eq { @inline of(x: v128, y: v128): v128 { return truth(f32x4.eq(x, y)); } }
@unmanaged export class Ne { @inline of(x: v128, y: v128): v128 { return truth(f32x4.ne(x, y)); } }
@unmanaged export class Lt { @inline of(x: v128, y: v128): v128 { return truth(f32x4.lt(x, y)); } }
@unmanaged export class Le { @inline of(x: v128, y: v128): v128 { return truth(f32x4.le(x, y)); } }
@unmanaged export class Gt { @inline of(x: v128, y: v128): v128 { return truth(f32x4.gt(x, y)); } }
@unmanaged export class Ge { @inline of(x: v128, y: v128): v128 { return truth(f32x4.ge(x, y)); } }
@unmanaged export class LogicalAnd { @inline of(x: v128, y: v128): v128 { return truth(v128.and(isTrue(x), isTrue(y))); } }
@unmanaged export class LogicalOr { @inline of(x: v128, y: v128): v128 { return truth(v128.or(isTrue(x), isTrue(y))); } }
@unmanaged export class LogicalXor { @inline of(x: v128, y: v128): v128 { return truth(v128.xor(isTrue(x), isTrue(y))); } }
@unmanaged export class PRelu { @inline of(x: v128, y: v128): v128 { return choose(f32x4.gt(x, splat(0)), x, f32x4.mul(x, y)); } }
