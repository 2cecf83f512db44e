// The transforms of Winograd's minimal filtering (Lavin and Gray 2015) for kernels of 3 × 3: Y = Aᵀ [(G g Gᵀ) ⊙ (Bᵀ d B)] A, four tiles or four
// weights side by side. F(2×2) interpolates at 0, 1, −1, ∞; F(4×4) at 0, ±√½, ±√2, ∞, which round about three times less than the usual 0, ±1, ±2, ∞
// (Barabasz et al., "Error analysis and improving the accuracy of Winograd convolution", 2020) for as many operations.
import { madd } from './simd';

/** Bytes that a transform needs `between` its two passes: a tile of 6 × 6, four side by side. */
export const betweenBytes: usize = 36 * 16;

const A: f32 = 0.7071067811865476, B: f32 = 1.4142135623730951;
/** 1 / Π (p − q) over the other points q: of ±√½, and of ±√2. */
const nearFactor: f32 = -2 / 3, farFactor: f32 = 1 / 6;

@inline function at(place: usize, n: usize, step: usize): v128 { return v128.load(place + n * step); }
@inline function times(a: v128, by: f32): v128 { return f32x4.mul(a, f32x4.splat(by)); }
@inline function plus(a: v128, b: v128): v128 { return f32x4.add(a, b); }
@inline function minus(a: v128, b: v128): v128 { return f32x4.sub(a, b); }
@inline function firsts(a: v128, b: v128): v128 { return v128.shuffle<f32>(a, b, 0, 4, 1, 5); }
@inline function seconds(a: v128, b: v128): v128 { return v128.shuffle<f32>(a, b, 2, 6, 3, 7); }
@inline function lows(a: v128, b: v128): v128 { return v128.shuffle<f32>(a, b, 0, 1, 4, 5); }
@inline function highs(a: v128, b: v128): v128 { return v128.shuffle<f32>(a, b, 2, 3, 6, 7); }

/** Bᵀ of six to six places `step` bytes apart. */
@inline function inputSix(d0: v128, d1: v128, d2: v128, d3: v128, d4: v128, d5: v128, to: usize, step: usize): void {
  v128.store(to, madd(f32x4.splat(-2.5), d2, plus(d0, d4)));
  const nearEven = madd(f32x4.splat(-2), d2, d4), nearOdd = times(madd(f32x4.splat(-2), d1, d3), A);
  v128.store(to + step, plus(nearEven, nearOdd));
  v128.store(to + 2 * step, minus(nearEven, nearOdd));
  const farEven = madd(f32x4.splat(-0.5), d2, d4), farOdd = times(madd(f32x4.splat(-0.5), d1, d3), B);
  v128.store(to + 3 * step, plus(farEven, farOdd));
  v128.store(to + 4 * step, minus(farEven, farOdd));
  v128.store(to + 5 * step, madd(f32x4.splat(-2.5), d3, plus(d1, d5)));
}

@inline function inputFour(d0: v128, d1: v128, d2: v128, d3: v128, to: usize, step: usize): void {
  v128.store(to, minus(d0, d2));
  v128.store(to + step, plus(d1, d2));
  v128.store(to + 2 * step, minus(d2, d1));
  v128.store(to + 3 * step, minus(d1, d3));
}

/** Bᵀ d B of four tiles of 6 × 6, whose rows are `row` bytes apart; element n of the result is written to `to + n * step`. */
export function transformInput6(p0: usize, p1: usize, p2: usize, p3: usize, row: usize, to: usize, step: usize, between: usize): void {
  for (let place = between, end = between + 576; place < end; place += 96) {
    let r0 = v128.load(p0), r1 = v128.load(p1), r2 = v128.load(p2), r3 = v128.load(p3);
    const t0 = firsts(r0, r1), t1 = firsts(r2, r3), t2 = seconds(r0, r1), t3 = seconds(r2, r3);
    r0 = v128.load64_zero(p0, 16); r1 = v128.load64_zero(p1, 16); r2 = v128.load64_zero(p2, 16); r3 = v128.load64_zero(p3, 16);
    const t4 = firsts(r0, r1), t5 = firsts(r2, r3);
    inputSix(lows(t0, t1), highs(t0, t1), lows(t2, t3), highs(t2, t3), lows(t4, t5), highs(t4, t5), place, 16);
    p0 += row; p1 += row; p2 += row; p3 += row;
  }
  for (let place = between, end = between + 96; place < end; place += 16, to += step) {
    inputSix(at(place, 0, 96), at(place, 1, 96), at(place, 2, 96), at(place, 3, 96), at(place, 4, 96), at(place, 5, 96), to, 6 * step);
  }
}

/** As `transformInput6`, of 4 × 4. */
export function transformInput4(p0: usize, p1: usize, p2: usize, p3: usize, row: usize, to: usize, step: usize, between: usize): void {
  for (let place = between, end = between + 256; place < end; place += 64) {
    const r0 = v128.load(p0), r1 = v128.load(p1), r2 = v128.load(p2), r3 = v128.load(p3);
    const t0 = firsts(r0, r1), t1 = firsts(r2, r3), t2 = seconds(r0, r1), t3 = seconds(r2, r3);
    inputFour(lows(t0, t1), highs(t0, t1), lows(t2, t3), highs(t2, t3), place, 16);
    p0 += row; p1 += row; p2 += row; p3 += row;
  }
  for (let place = between, end = between + 64; place < end; place += 16, to += step) {
    inputFour(at(place, 0, 64), at(place, 1, 64), at(place, 2, 64), at(place, 3, 64), to, 4 * step);
  }
}

/**
 * Aᵀ M A of four tiles, element n at `from + n * step`, as 4 × 4 pixels each: rows `row` bytes apart. Returns `seen`, with NaN
 * where a pixel is not finite.
 */
export function transformOutput6(from: usize, step: usize, p0: usize, p1: usize, p2: usize, p3: usize, row: usize, between: usize, seen: v128): v128 {
  const zero = f32x4.splat(0);
  for (let place = between, end = between + 96; place < end; place += 16, from += step) {
    const down = 6 * step;
    const m1 = at(from, 1, down), m2 = at(from, 2, down), m3 = at(from, 3, down), m4 = at(from, 4, down);
    const s1 = plus(m1, m2), d1 = minus(m1, m2), s2 = plus(m3, m4), d2 = minus(m3, m4);
    v128.store(place, plus(at(from, 0, down), plus(s1, s2)));
    v128.store(place, madd(f32x4.splat(A), d1, times(d2, B)), 96);
    v128.store(place, madd(f32x4.splat(0.5), s1, plus(s2, s2)), 192);
    v128.store(place, plus(at(from, 5, down), madd(f32x4.splat(A / 2), d1, times(d2, 2 * B))), 288);
  }
  for (let place = between, end = between + 384; place < end; place += 96) {
    const m1 = v128.load(place, 16), m2 = v128.load(place, 32), m3 = v128.load(place, 48), m4 = v128.load(place, 64);
    const s1 = plus(m1, m2), d1 = minus(m1, m2), s2 = plus(m3, m4), d2 = minus(m3, m4);
    const y0 = plus(v128.load(place), plus(s1, s2)), y1 = madd(f32x4.splat(A), d1, times(d2, B));
    const y2 = madd(f32x4.splat(0.5), s1, plus(s2, s2)), y3 = plus(v128.load(place, 80), madd(f32x4.splat(A / 2), d1, times(d2, 2 * B)));
    seen = madd(y0, zero, madd(y1, zero, madd(y2, zero, madd(y3, zero, seen))));
    const t0 = firsts(y0, y1), t1 = firsts(y2, y3), t2 = seconds(y0, y1), t3 = seconds(y2, y3);
    v128.store(p0, lows(t0, t1)); v128.store(p1, highs(t0, t1)); v128.store(p2, lows(t2, t3)); v128.store(p3, highs(t2, t3));
    p0 += row; p1 += row; p2 += row; p3 += row;
  }
  return seen;
}

/** As `transformOutput6`, of 2 × 2 pixels. */
export function transformOutput4(from: usize, step: usize, p0: usize, p1: usize, p2: usize, p3: usize, row: usize, between: usize, seen: v128): v128 {
  const zero = f32x4.splat(0);
  for (let place = between, end = between + 64; place < end; place += 16, from += step) {
    const down = 4 * step;
    const m1 = at(from, 1, down), m2 = at(from, 2, down);
    v128.store(place, plus(at(from, 0, down), plus(m1, m2)));
    v128.store(place, minus(minus(m1, m2), at(from, 3, down)), 64);
  }
  for (let place = between, end = between + 128; place < end; place += 64) {
    const m1 = v128.load(place, 16), m2 = v128.load(place, 32);
    const y0 = plus(v128.load(place), plus(m1, m2)), y1 = minus(minus(m1, m2), v128.load(place, 48));
    seen = madd(y0, zero, madd(y1, zero, seen));
    const low = firsts(y0, y1), high = seconds(y0, y1);
    v128.store64_lane(p0, low, 0); v128.store64_lane(p1, low, 1); v128.store64_lane(p2, high, 0); v128.store64_lane(p3, high, 1);
    p0 += row; p1 += row; p2 += row; p3 += row;
  }
  return seen;
}

/** G of three to six places. */
@inline function weightSix(g0: v128, g1: v128, g2: v128, to: usize, step: usize): void {
  v128.store(to, g0);
  const nearEven = times(madd(f32x4.splat(0.5), g2, g0), nearFactor), nearOdd = times(g1, A * nearFactor);
  v128.store(to + step, plus(nearEven, nearOdd));
  v128.store(to + 2 * step, minus(nearEven, nearOdd));
  const farEven = times(madd(f32x4.splat(2), g2, g0), farFactor), farOdd = times(g1, B * farFactor);
  v128.store(to + 3 * step, plus(farEven, farOdd));
  v128.store(to + 4 * step, minus(farEven, farOdd));
  v128.store(to + 5 * step, g2);
}

@inline function weightFour(g0: v128, g1: v128, g2: v128, to: usize, step: usize): void {
  v128.store(to, g0);
  const even = times(plus(g0, g2), 0.5), odd = times(g1, 0.5);
  v128.store(to + step, plus(even, odd));
  v128.store(to + 2 * step, minus(even, odd));
  v128.store(to + 3 * step, g2);
}

/** Four kernels' taps side by side, the nine in order from place to place. */
@inline function taps(p0: usize, p1: usize, p2: usize, p3: usize, n: usize): v128 {
  return v128.load32_lane(p3 + n, v128.load32_lane(p2 + n, v128.load32_lane(p1 + n, v128.load32_zero(p0 + n), 1), 2), 3);
}

/** G g Gᵀ of four kernels, whose rows of taps begin `row` bytes apart and go on `tap` bytes apart (negative: backwards). */
export function transformWeight6(p0: usize, p1: usize, p2: usize, p3: usize, row: usize, tap: usize, to: usize, step: usize, between: usize): void {
  for (let n: usize = 0; n < 3; n++) {
    weightSix(taps(p0, p1, p2, p3, n * tap), taps(p0, p1, p2, p3, n * tap + row), taps(p0, p1, p2, p3, n * tap + 2 * row), between + n * 16, 48);
  }
  for (let place = between, end = between + 288; place < end; place += 48, to += 6 * step) {
    weightSix(v128.load(place), v128.load(place, 16), v128.load(place, 32), to, step);
  }
}

/** As `transformWeight6`, to 4 × 4. */
export function transformWeight4(p0: usize, p1: usize, p2: usize, p3: usize, row: usize, tap: usize, to: usize, step: usize, between: usize): void {
  for (let n: usize = 0; n < 3; n++) {
    weightFour(taps(p0, p1, p2, p3, n * tap), taps(p0, p1, p2, p3, n * tap + row), taps(p0, p1, p2, p3, n * tap + 2 * row), between + n * 16, 48);
  }
  for (let place = between, end = between + 192; place < end; place += 48, to += 4 * step) {
    weightFour(v128.load(place), v128.load(place, 16), v128.load(place, 32), to, step);
  }
}

/** A of four places to six. */
@inline function gradientSix(y0: v128, y1: v128, y2: v128, y3: v128, to: usize, step: usize): void {
  v128.store(to, y0);
  const nearEven = madd(f32x4.splat(0.5), y2, y0), nearOdd = times(madd(f32x4.splat(0.5), y3, y1), A);
  v128.store(to + step, plus(nearEven, nearOdd));
  v128.store(to + 2 * step, minus(nearEven, nearOdd));
  const farEven = madd(f32x4.splat(2), y2, y0), farOdd = times(madd(f32x4.splat(2), y3, y1), B);
  v128.store(to + 3 * step, plus(farEven, farOdd));
  v128.store(to + 4 * step, minus(farEven, farOdd));
  v128.store(to + 5 * step, y3);
}

/** A dY Aᵀ of four tiles of 4 × 4, whose rows are `row` bytes apart: what the gradient of the weight multiplies Bᵀ d B with. */
export function transformGradient6(p0: usize, p1: usize, p2: usize, p3: usize, row: usize, to: usize, step: usize, between: usize): void {
  for (let place = between, end = between + 384; place < end; place += 96) {
    const r0 = v128.load(p0), r1 = v128.load(p1), r2 = v128.load(p2), r3 = v128.load(p3);
    const t0 = firsts(r0, r1), t1 = firsts(r2, r3), t2 = seconds(r0, r1), t3 = seconds(r2, r3);
    gradientSix(lows(t0, t1), highs(t0, t1), lows(t2, t3), highs(t2, t3), place, 16);
    p0 += row; p1 += row; p2 += row; p3 += row;
  }
  for (let place = between, end = between + 96; place < end; place += 16, to += step) {
    gradientSix(at(place, 0, 96), at(place, 1, 96), at(place, 2, 96), at(place, 3, 96), to, 6 * step);
  }
}

/** Gᵀ M G of four kernels, element n at `from + n * step`: the nine taps, four kernels side by side each, to `to` on. */
export function transformWeightBack6(from: usize, step: usize, to: usize, between: usize): void {
  for (let place = between, end = between + 96; place < end; place += 16, from += step) {
    weightBack(from, 6 * step, place, 96);
  }
  for (let place = between, end = between + 288; place < end; place += 96, to += 48) weightBack(place, 16, to, 16);
}

@inline function weightBack(from: usize, step: usize, to: usize, toStep: usize): void {
  const m1 = at(from, 1, step), m2 = at(from, 2, step), m3 = at(from, 3, step), m4 = at(from, 4, step);
  const near = times(plus(m1, m2), nearFactor), far = times(plus(m3, m4), farFactor);
  v128.store(to, plus(at(from, 0, step), plus(near, far)));
  v128.store(to + toStep, madd(f32x4.splat(A * nearFactor), minus(m1, m2), times(minus(m3, m4), B * farFactor)));
  v128.store(to + 2 * toStep, madd(f32x4.splat(0.5), near, plus(plus(far, far), at(from, 5, step))));
}
