// Functions of four float32 at a time. Polynomials are least-maximum fits of the relative error over the interval named (Lawson's
// algorithm, in float64); what each function is off by is measured in test/engine/wasm/vectorMath.test.ts. All are
// inlined where they are used: a call takes as long as most of them.
import { madd, truncate } from './simd';

@inline function splat(x: f32): v128 { return f32x4.splat(x); }
/** Lanes of `a` where the mask is set, else of `b`. */
@inline export function choose(mask: v128, a: v128, b: v128): v128 { return v128.bitselect(a, b, mask); }

/** 2ⁿ x for n of -252..254, in two steps, as a single factor could not hold them. */
@inline function scaleByPower(x: v128, n: v128): v128 {
  const half = i32x4.shr_s(n, 1);
  const rest = i32x4.sub(n, half);
  const bias = i32x4.splat(127);
  return f32x4.mul(f32x4.mul(x, i32x4.shl(i32x4.add(half, bias), 23)), i32x4.shl(i32x4.add(rest, bias), 23));
}

/**
 * eˣ = 2ⁿ eʳ, n = round(x / ln 2), r within ± ln 2 / 2. Denormal results are kept; what is below all of them, as the −∞ of a mask is, goes another way than
 * through denormal products, which take a processor many times as long.
 */
@inline export function exp(x: v128): v128 {
  const isNothing = f32x4.lt(x, splat(-104));
  const inside = v128.andnot(f32x4.pmin(x, splat(89)), isNothing);
  const n = f32x4.nearest(f32x4.mul(inside, splat(1.4426950408889634)));
  // ln 2 in two parts: the first has so few bits that n times it is exact.
  const r = madd(n, splat(2.12194440e-4), madd(n, splat(-0.693359375), inside));
  let p = splat(0.0013836552388966084);
  p = madd(p, r, splat(0.008375036530196667));
  p = madd(p, r, splat(0.04166824370622635));
  p = madd(p, r, splat(0.16666416823863983));
  p = madd(p, r, splat(0.49999991059303284));
  p = madd(f32x4.mul(p, r), r, r);
  // Of NaN, whose n is none, p is NaN too.
  return v128.andnot(scaleByPower(f32x4.add(p, splat(1)), truncate(n)), isNothing);
}

/** eˣ − 1, without loss near 0. */
@inline export function expm1(x: v128): v128 {
  let p = splat(0.00019841146422550082);
  p = madd(p, x, splat(0.001400170149281621));
  p = madd(p, x, splat(0.00833365973085165));
  p = madd(p, x, splat(0.0416652075946331));
  p = madd(p, x, splat(0.16666662693023682));
  p = madd(p, x, splat(0.5000000596046448));
  const near = madd(f32x4.mul(p, x), x, x);
  return choose(f32x4.lt(f32x4.abs(x), splat(0.5)), near, f32x4.sub(exp(x), splat(1)));
}

/** ln x = e ln 2 + ln m, m of √½..√2. ln 0 = −∞, of a negative number NaN. */
@inline export function log(x: v128): v128 {
  // A denormal is made normal first.
  const isTiny = f32x4.lt(x, splat(1.17549435e-38));
  const scaled = choose(isTiny, f32x4.mul(x, splat(8388608)), x);
  const bits = i32x4.sub(scaled, i32x4.splat(0x3f3504f3));
  const exponent = i32x4.add(i32x4.shr_s(bits, 23), v128.and(isTiny, i32x4.splat(-23)));
  const m = i32x4.add(v128.and(bits, i32x4.splat(0x007fffff)), i32x4.splat(0x3f3504f3));
  const f = f32x4.sub(m, splat(1));
  const e = f32x4.convert_i32x4_s(exponent);
  let p = splat(0.07046882063150406);
  p = madd(p, f, splat(-0.11529514938592911));
  p = madd(p, f, splat(0.11680560559034348));
  p = madd(p, f, splat(-0.12418440729379654));
  p = madd(p, f, splat(0.14248822629451752));
  p = madd(p, f, splat(-0.16668109595775604));
  p = madd(p, f, splat(0.20000728964805603));
  p = madd(p, f, splat(-0.24999994039535522));
  p = madd(p, f, splat(0.3333333134651184));
  const square = f32x4.mul(f, f);
  let y = f32x4.mul(f32x4.mul(p, f), square);
  y = madd(e, splat(-2.12194440e-4), y);
  y = madd(square, splat(-0.5), y);
  y = madd(e, splat(0.693359375), f32x4.add(f, y));
  y = choose(f32x4.eq(x, splat(Infinity)), x, y);
  y = choose(f32x4.eq(x, splat(0)), splat(-Infinity), y);
  // Of a negative number or NaN: NaN.
  return choose(f32x4.ge(x, splat(0)), y, splat(NaN));
}

/** ln(1 + x) = ln u · x / (u − 1), u = 1 + x as it was rounded (Kahan). */
@inline export function log1p(x: v128): v128 {
  const u = f32x4.add(x, splat(1));
  const y = f32x4.mul(log(u), f32x4.div(x, f32x4.sub(u, splat(1))));
  const isUnchanged = v128.or(f32x4.eq(u, splat(1)), f32x4.eq(u, splat(Infinity)));
  return choose(isUnchanged, x, choose(f32x4.eq(u, splat(0)), splat(-Infinity), y));
}

/** x between −limit and limit; NaN stays NaN. */
@inline function within(x: v128, limit: f32): v128 {
  return f32x4.pmax(f32x4.pmin(x, splat(limit)), splat(-limit));
}

/** x p(x²) / q(x²) up to 9, from where on it is ±1. */
@inline export function tanh(x: v128): v128 {
  const a = within(x, 9), s = f32x4.mul(a, a);
  let p = splat(1.8251501004984405e-11);
  p = madd(p, s, splat(-1.2778875735364181e-08));
  p = madd(p, s, splat(9.266876077163033e-06));
  p = madd(p, s, splat(0.0029207016341388226));
  p = madd(p, s, splat(0.12919172644615173));
  p = madd(p, s, splat(0.9999999403953552));
  let q = splat(0.0002280918852193281);
  q = madd(q, s, splat(0.02376292273402214));
  q = madd(q, s, splat(0.46252456307411194));
  q = madd(q, s, splat(1));
  return within(f32x4.div(f32x4.mul(a, p), q), 1);
}

/** 1 / (1 + e⁻ˣ), by e^−|x|, which does not overflow where the result is still a number. */
@inline export function sigmoid(x: v128): v128 {
  const e = exp(f32x4.neg(f32x4.abs(x)));
  return f32x4.div(choose(f32x4.lt(x, splat(0)), e, splat(1)), f32x4.add(splat(1), e));
}

/** x p(x²) / q(x²) up to 3.92, from where on it is ±1. */
@inline export function erf(x: v128): v128 {
  const a = within(x, 3.92), s = f32x4.mul(a, a);
  let p = splat(-1.2795828396860998e-08);
  p = madd(p, s, splat(4.6084014684311114e-06));
  p = madd(p, s, splat(0.00037673074984923005));
  p = madd(p, s, splat(0.003838686738163233));
  p = madd(p, s, splat(0.0542437843978405));
  p = madd(p, s, splat(0.18513916432857513));
  p = madd(p, s, splat(1.128379225730896));
  let q = splat(6.239124923013151e-05);
  q = madd(q, s, splat(0.0013014996657148004));
  q = madd(q, s, splat(0.015430080704391003));
  q = madd(q, s, splat(0.11387473344802856));
  q = madd(q, s, splat(0.4974087178707123));
  q = madd(q, s, splat(1));
  const y = within(f32x4.div(f32x4.mul(a, p), q), 1);
  // Exactly ±1, so that 1 − |erf x| is 0 there whatever it is multiplied by.
  const isFar = f32x4.ge(f32x4.abs(x), splat(3.92));
  return choose(isFar, v128.or(splat(1), v128.and(x, i32x4.splat(0x80000000))), y);
}

/** ln(1 + eˣ), without overflow. */
@inline export function softplus(x: v128): v128 {
  return f32x4.add(f32x4.pmax(x, splat(0)), log1p(exp(f32x4.neg(f32x4.abs(x)))));
}

/** Sine (`quarter` 0) or cosine (`quarter` 1) by quarter turns, up to `fewTurns`: the parts of π/2 have no more digits. */
@inline function sinusoid(x: v128, quarter: i32): v128 {
  const turns = f32x4.nearest(f32x4.mul(x, splat(0.6366197723675814)));
  // π/2 in three parts, of which the first two have few bits.
  let r = madd(turns, splat(-1.5703125), x);
  r = madd(turns, splat(-4.837512969970703125e-4), r);
  r = madd(turns, splat(-7.549789948768648e-8), r);
  const s = f32x4.mul(r, r);
  let p = splat(2.724951855270774e-06);
  p = madd(p, s, splat(-0.00019840082677546889));
  p = madd(p, s, splat(0.008333331905305386));
  p = madd(p, s, splat(-0.1666666716337204));
  const sine = madd(f32x4.mul(p, s), r, r);
  let q = splat(-2.698089360819722e-07);
  q = madd(q, s, splat(2.479786598996725e-05));
  q = madd(q, s, splat(-0.001388888224028051));
  q = madd(q, s, splat(0.0416666679084301));
  const cosine = madd(f32x4.mul(q, s), s, madd(s, splat(-0.5), splat(1)));
  const n = i32x4.add(i32x4.trunc_sat_f32x4_s(turns), i32x4.splat(quarter));
  const isOdd = i32x4.eq(v128.and(n, i32x4.splat(1)), i32x4.splat(1));
  const sign = i32x4.shl(v128.and(n, i32x4.splat(2)), 30);
  return v128.xor(choose(isOdd, cosine, sine), sign);
}

/** Radians up to which quarter turns are subtracted in float32. */
const fewTurns: f32 = 8192;
@inline function isFar(x: v128): bool { return v128.any_true(f32x4.gt(f32x4.abs(x), splat(fewTurns))); }

@inline export function sin(x: v128): v128 {
  return isFar(x) ? eachSine(x) : sinusoid(x, 0);
}
@inline export function cos(x: v128): v128 {
  return isFar(x) ? eachCosine(x) : sinusoid(x, 1);
}

/** One by one, by the library's function, which reduces any argument to a quarter turn. */
function eachSine(x: v128): v128 {
  return f32x4(
    <f32>NativeMath.sin(f32x4.extract_lane(x, 0)), <f32>NativeMath.sin(f32x4.extract_lane(x, 1)),
    <f32>NativeMath.sin(f32x4.extract_lane(x, 2)), <f32>NativeMath.sin(f32x4.extract_lane(x, 3)));
}
function eachCosine(x: v128): v128 {
  return f32x4(
    <f32>NativeMath.cos(f32x4.extract_lane(x, 0)), <f32>NativeMath.cos(f32x4.extract_lane(x, 1)),
    <f32>NativeMath.cos(f32x4.extract_lane(x, 2)), <f32>NativeMath.cos(f32x4.extract_lane(x, 3)));
}
