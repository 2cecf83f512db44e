// Four float32 at a time. The one place that knows whether multiply and add can be one instruction: the module is built twice, with
// relaxed SIMD and without, from the same sources.

/** a · b + c, rounded once where the machine can. */
@inline export function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  else return f32x4.add(f32x4.mul(a, b), c);
}

/** A mask as the float32 0 and 1. */
@inline export function truth(mask: v128): v128 {
  return v128.and(mask, f32x4.splat(1));
}

/** The sum of the four lanes. */
@inline export function sumLanes(a: v128): f32 {
  const pairs = f32x4.add(a, i8x16.shuffle(a, a, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7));
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1);
}

/** To int32, toward zero; only for values in its range. */
@inline export function truncate(x: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return i32x4.relaxed_trunc_f32x4_s(x);
  else return i32x4.trunc_sat_f32x4_s(x);
}

/** The upper two lanes as the lower ones. */
@inline export function upper(a: v128): v128 {
  return v128.shuffle<f32>(a, a, 2, 3, 0, 1);
}

/** Lanes 0 and 2, and 1 and 3, added in float64. */
@inline export function addedInDoubles(a: v128): v128 {
  return f64x2.add(f64x2.promote_low_f32x4(a), f64x2.promote_low_f32x4(upper(a)));
}

/** The sum of both lanes. */
@inline export function sumDoubles(a: v128): f64 {
  return f64x2.extract_lane(a, 0) + f64x2.extract_lane(a, 1);
}

/** The `count` (1 to 3) floats at `x`; `rest` in the other lanes. */
@inline export function loadFew(x: usize, count: i32, rest: f32): v128 {
  let few = v128.load_lane<f32>(x, f32x4.splat(rest), 0);
  if (count > 1) few = v128.load_lane<f32>(x, few, 1, 4);
  if (count > 2) few = v128.load_lane<f32>(x, few, 2, 8);
  return few;
}

/** Stores the first `count` (1 to 3) lanes. */
@inline export function storeFew(y: usize, a: v128, count: i32): void {
  v128.store_lane<f32>(y, a, 0);
  if (count > 1) v128.store_lane<f32>(y, a, 1, 4);
  if (count > 2) v128.store_lane<f32>(y, a, 2, 8);
}

/** Up to four floats: what is not there reads as `rest`. */
@inline export function loadUpTo4(x: usize, count: i32, rest: f32): v128 {
  return count >= 4 ? v128.load(x) : loadFew(x, count, rest);
}
@inline export function storeUpTo4(y: usize, a: v128, count: i32): void {
  if (count >= 4) v128.store(y, a);
  else storeFew(y, a, count);
}
