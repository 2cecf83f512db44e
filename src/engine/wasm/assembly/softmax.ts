// Softmax, its logarithm and the logarithm of the sum, of lanes whose elements lie side by side, or of lanes that lie side by side, four
// at a time. NaN and infinities go the way of the arithmetic, which is the reference's.
import { LaneArguments } from './lanes';
import { largestOf } from './reductions';
import { addedInDoubles, loadFew, loadUpTo4, storeFew, storeUpTo4, sumDoubles, upper } from './simd';
import { shareStart } from './threads';
import { exp, log } from './vectorMath';

/** What is made of a lane once its maximum and the sum of its exponentials are known. */
@unmanaged class Softmax {
  /** In the second pass, of e = exp(x − max). */
  @inline get keepsExponentials(): bool { return true; }
  @inline scale(sum: v128): v128 { return f32x4.div(f32x4.splat(1), sum); }
  @inline of(kept: v128, maximum: v128, scale: v128): v128 { return f32x4.mul(kept, scale); }
}
@unmanaged class LogSoftmax {
  @inline get keepsExponentials(): bool { return false; }
  @inline scale(sum: v128): v128 { return log(sum); }
  @inline of(x: v128, maximum: v128, scale: v128): v128 { return f32x4.sub(f32x4.sub(x, maximum), scale); }
}

export function softmax(address: usize, thread: i32, threads: i32): void {
  lanes<Softmax>(changetype<LaneArguments>(address), thread, threads);
}
export function logSoftmax(address: usize, thread: i32, threads: i32): void {
  lanes<LogSoftmax>(changetype<LaneArguments>(address), thread, threads);
}

function lanes<F>(l: LaneArguments, thread: i32, threads: i32): void {
  const row = <usize>l.inner * 4, all = row * l.size;
  if (l.inner == 1) {
    const end = shareStart(l.outer, 1, thread + 1, threads);
    for (let o = shareStart(l.outer, 1, thread, threads); o < end; o++) along<F>(l.x + o * all, l.y + o * all, l.size);
    return;
  }
  const groups = (l.inner + 3) >> 2;
  const end = shareStart(l.outer * groups, 1, thread + 1, threads);
  for (let n = shareStart(l.outer * groups, 1, thread, threads); n < end; n++) {
    const start = (n % groups) * 4;
    const at = (n / groups) * all + <usize>start * 4;
    across<F>(l.x + at, l.y + at, l.size, row, l.inner - start);
  }
}

/** One lane of neighbours. */
function along<F>(x: usize, y: usize, count: i32): void {
  const f = changetype<F>(0);
  const maximum = f32x4.splat(largestOf(x, count, false));
  let sums = f64x2.splat(0);
  let at: usize = 0, left = count;
  for (; left >= 4; left -= 4, at += 16) {
    const e = exp(f32x4.sub(v128.load(x + at), maximum));
    if (f.keepsExponentials) v128.store(y + at, e);
    sums = f64x2.add(sums, addedInDoubles(e));
  }
  if (left > 0) {
    const e = exp(f32x4.sub(loadFew(x + at, left, -Infinity), maximum));
    if (f.keepsExponentials) storeFew(y + at, e, left);
    // Lanes beyond the end count nothing, also where the maximum is infinite.
    sums = f64x2.add(sums, addedInDoubles(v128.and(e, firstLanes(left))));
  }
  const scale = f.scale(f32x4.splat(<f32>sumDoubles(sums)));
  const from = f.keepsExponentials ? y : x;
  at = 0;
  for (left = count; left >= 4; left -= 4, at += 16) v128.store(y + at, f.of(v128.load(from + at), maximum, scale));
  if (left > 0) storeFew(y + at, f.of(loadFew(from + at, left, 0), maximum, scale), left);
}

/** A mask of the first `count` (0 to 3) lanes. */
@inline function firstLanes(count: i32): v128 {
  return i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(count));
}

/** Four lanes, or the `width` that there are, whose elements are `step` bytes apart. */
function across<F>(x: usize, y: usize, count: i32, step: usize, width: i32): void {
  const f = changetype<F>(0);
  let maximum = f32x4.splat(-Infinity);
  let at: usize = 0;
  // A NaN that is passed over here reaches the sum, and with it the whole lane.
  for (let i = 0; i < count; i++, at += step) maximum = f32x4.pmax(maximum, loadUpTo4(x + at, width, 0));
  let low = f64x2.splat(0), high = f64x2.splat(0);
  at = 0;
  for (let i = 0; i < count; i++, at += step) {
    const e = exp(f32x4.sub(loadUpTo4(x + at, width, 0), maximum));
    if (f.keepsExponentials) storeUpTo4(y + at, e, width);
    low = f64x2.add(low, f64x2.promote_low_f32x4(e));
    high = f64x2.add(high, f64x2.promote_low_f32x4(upper(e)));
  }
  const scale = f.scale(v128.shuffle<f32>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 1, 4, 5));
  at = 0;
  for (let i = 0; i < count; i++, at += step) {
    const from = f.keepsExponentials ? y + at : x + at;
    storeUpTo4(y + at, f.of(loadUpTo4(from, width, 0), maximum, scale), width);
  }
}

/** Rows of `size` neighbours → one number each: log Σ eˣ. An infinite maximum would make Inf − Inf of itself, and is the result. */
export function logSumExp(address: usize, thread: i32, threads: i32): void {
  const l = changetype<LaneArguments>(address);
  const end = shareStart(l.outer, 1, thread + 1, threads);
  for (let o = shareStart(l.outer, 1, thread, threads); o < end; o++) {
    const x = l.x + <usize>o * l.size * 4;
    const maximum = largestOf(x, l.size, false);
    let result = maximum;
    if (maximum - maximum == 0) {
      let sums = f64x2.splat(0);
      let at = x;
      for (let left = l.size; left > 0; left -= 4, at += 16) {
        sums = f64x2.add(sums, addedInDoubles(exp(f32x4.sub(loadUpTo4(at, left, -Infinity), f32x4.splat(maximum)))));
      }
      result += f32x4.extract_lane(log(f32x4.splat(<f32>sumDoubles(sums))), 0);
    }
    store<f32>(l.y + <usize>o * 4, result);
  }
}
