// Normal numbers of uniform ones by Box–Muller, to the bit as engine/normalNumbers.ts defines them: float32 arithmetic in which each product and
// sum that can be one fused multiply-add is one. Two float32 are held in the lanes of two float64, which hold products exactly.
import { upper } from './simd';
import { shareStart } from './threads';

/** `y`: 32-bit outputs of the generator, which become `count` numbers; `last`: the 16 outputs that the last 16 numbers are made of, where `count` is no multiple. */
@unmanaged class NormalArguments { y: usize; last: usize; count: i32; mean: f32; std: f32; }

export function normalBlocks(address: usize, thread: i32, threads: i32): void {
  const o = changetype<NormalArguments>(address);
  const mean = f64x2.splat(o.mean), std = f64x2.splat(o.std);
  const whole = o.count & ~15;
  const end = shareStart(whole, 16, thread + 1, threads);
  for (let i = shareStart(whole, 16, thread, threads); i < end; i += 16) {
    const block = o.y + (<usize>i << 2);
    transform(block, block, mean, std);
  }
  // After the last whole block, which is this thread's too.
  if (whole != o.count && thread == threads - 1) transform(o.last, o.y + (<usize>(o.count - 16) << 2), mean, std);
}

/** Numbers j and j + 8 are made of outputs j and j + 8. */
function transform(words: usize, y: usize, mean: v128, std: v128): void {
  for (let j: usize = 0; j < 32; j += 16) {
    const u1 = f32x4.sub(f32x4.splat(1), uniform(v128.load(words + j)));
    const theta = f32x4.mul(f32x4.splat(<f32>6.283185307179586), uniform(v128.load(words + j, 32)));
    const radius = f32x4.sqrt(f32x4.mul(f32x4.splat(-2), log(u1)));
    const octant = v128.and(i32x4.add(i32x4.trunc_sat_f32x4_s(f32x4.mul(theta, f32x4.splat(<f32>1.2732395447351628))), i32x4.splat(1)), i32x4.splat(~1));
    const turns = f32x4.convert_i32x4_s(octant);
    const low = reduced(f64x2.promote_low_f32x4(theta), f64x2.promote_low_f32x4(turns));
    const high = reduced(f64x2.promote_low_f32x4(upper(theta)), f64x2.promote_low_f32x4(upper(turns)));
    const even = joined(evenSeries(low), evenSeries(high)), odd = joined(oddSeries(low), oddSeries(high));
    const isSwapped = i32x4.ne(v128.and(octant, i32x4.splat(2)), i32x4.splat(0));
    const sinSign = i32x4.shl(v128.and(octant, i32x4.splat(4)), 29);
    const cosSign = i32x4.shl(v128.andnot(i32x4.splat(4), i32x4.sub(octant, i32x4.splat(2))), 29);
    const cos = v128.xor(v128.bitselect(odd, even, isSwapped), cosSign), sin = v128.xor(v128.bitselect(even, odd, isSwapped), sinSign);
    v128.store(y + j, scaled(f32x4.mul(radius, cos), mean, std));
    v128.store(y + j, scaled(f32x4.mul(radius, sin), mean, std), 32);
  }
}

/** In [0, 1), a multiple of 2⁻²⁴. */
@inline function uniform(words: v128): v128 {
  return f32x4.mul(f32x4.convert_i32x4_s(v128.and(words, i32x4.splat(0xffffff))), f32x4.splat(5.9604644775390625e-8));
}

@inline function splat(x: f32): v128 { return f64x2.splat(x); }
@inline function rounded(x: v128): v128 { return f64x2.promote_low_f32x4(f32x4.demote_f64x2_zero(x)); }
@inline function fused(a: v128, b: v128, c: v128): v128 { return rounded(f64x2.add(f64x2.mul(a, b), c)); }
/** Two and two as four float32. */
@inline function joined(low: v128, high: v128): v128 {
  return v128.shuffle<f32>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 1, 4, 5);
}
@inline function scaled(x: v128, mean: v128, std: v128): v128 {
  return joined(
    f64x2.add(f64x2.mul(f64x2.promote_low_f32x4(x), std), mean), f64x2.add(f64x2.mul(f64x2.promote_low_f32x4(upper(x)), std), mean));
}

/** ln x for x in (0, 1]: Cephes' logf. */
@inline function log(x: v128): v128 {
  const fraction = v128.or(v128.and(x, i32x4.splat(0x7fffff)), i32x4.splat(0x3f000000));
  const isLow = f32x4.lt(fraction, f32x4.splat(<f32>0.7071067811865476));
  const exponent = f32x4.convert_i32x4_s(i32x4.add(i32x4.sub(i32x4.shr_u(x, 23), i32x4.splat(126)), isLow));
  const m = f32x4.add(f32x4.sub(fraction, f32x4.splat(1)), v128.and(fraction, isLow));
  return joined(
    logSeries(f64x2.promote_low_f32x4(m), f64x2.promote_low_f32x4(exponent)),
    logSeries(f64x2.promote_low_f32x4(upper(m)), f64x2.promote_low_f32x4(upper(exponent))));
}

@inline function logSeries(m: v128, exponent: v128): v128 {
  const square = rounded(f64x2.mul(m, m));
  let p = fused(splat(7.0376836292e-2), m, splat(-1.1514610310e-1));
  p = fused(p, m, splat(1.1676998740e-1));
  p = fused(p, m, splat(-1.2420140846e-1));
  p = fused(p, m, splat(1.4249322787e-1));
  p = fused(p, m, splat(-1.6668057665e-1));
  p = fused(p, m, splat(2.0000714765e-1));
  p = fused(p, m, splat(-2.4999993993e-1));
  p = fused(p, m, splat(3.3333331174e-1));
  const cubic = rounded(f64x2.mul(p, m));
  const tail = fused(cubic, square, rounded(f64x2.mul(exponent, splat(-2.12194440e-4))));
  const rest = rounded(f64x2.sub(tail, f64x2.mul(square, splat(0.5))));
  return f64x2.add(f64x2.mul(exponent, splat(0.693359375)), rounded(f64x2.add(m, rest)));
}

/** x − octant · π/4, of which π/4 is in three parts. */
@inline function reduced(x: v128, octant: v128): v128 {
  return fused(octant, splat(-3.77489497744594108e-8), fused(octant, splat(-2.4187564849853515625e-4), fused(octant, splat(-0.78515625), x)));
}
/** Cosine and sine within ±π/4: Cephes' cosf and sinf. */
@inline function evenSeries(x: v128): v128 {
  const square = rounded(f64x2.mul(x, x));
  const p = fused(fused(splat(2.443315711809948e-5), square, splat(-1.388731625493765e-3)), square, splat(4.166664568298827e-2));
  const rest = fused(rounded(f64x2.mul(p, square)), square, f64x2.mul(square, splat(-0.5)));
  return f64x2.add(rest, splat(1));
}
@inline function oddSeries(x: v128): v128 {
  const square = rounded(f64x2.mul(x, x));
  const p = fused(fused(splat(-1.9515295891e-4), square, splat(8.3321608736e-3)), square, splat(-1.6666654611e-1));
  return f64x2.add(f64x2.mul(rounded(f64x2.mul(p, square)), x), x);
}
