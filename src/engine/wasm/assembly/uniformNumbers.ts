// Uniform numbers and coin tosses of a generator's outputs, to the bit as engine/random.ts defines them.
import { upper } from './simd';
import { shareStart } from './threads';

/** `y`: 32-bit outputs of the generator, which become `count` float32 from `from` to below `to`. */
@unmanaged class UniformArguments { y: usize; count: i32; from: f32; to: f32; }

export function uniformNumbers(address: usize, thread: i32, threads: i32): void {
  const o = changetype<UniformArguments>(address);
  const from = f64x2.splat(<f64>o.from), range = f64x2.splat(<f64>(o.to - o.from));
  const low = f32x4.splat(o.from), high = f32x4.splat(o.to);
  const start = shareStart(o.count, 16, thread, threads);
  let left = shareStart(o.count, 16, thread + 1, threads) - start;
  for (let y = o.y + (<usize>start << 2); left > 0; left -= 4, y += 16) {
    const words = left >= 4 ? v128.load(y) : v128.load32_zero(y);
    const share = f32x4.mul(f32x4.convert_i32x4_s(v128.and(words, i32x4.splat(0xffffff))), f32x4.splat(5.9604644775390625e-8));
    // One rounding, as of a fused multiply-add: float64 holds the product exactly.
    const first = f64x2.add(f64x2.mul(f64x2.promote_low_f32x4(share), range), from);
    const second = f64x2.add(f64x2.mul(f64x2.promote_low_f32x4(upper(share)), range), from);
    const numbers = v128.shuffle<f32>(f32x4.demote_f64x2_zero(first), f32x4.demote_f64x2_zero(second), 0, 1, 4, 5);
    const inside = v128.bitselect(low, numbers, f32x4.eq(numbers, high));
    if (left >= 4) {
      v128.store(y, inside);
      continue;
    }
    // The last few, one by one.
    v128.store_lane<f32>(y, inside, 0);
    left += 3;
    y -= 12;
  }
}

/**
 * `words`: two outputs for each of `count` elements; `limit`: the float64 uniform of 53 bits that they are is below p where these bits, an integer, are
 * below it. `areBytes`: bools, else float32.
 */
@unmanaged class BernoulliArguments { words: usize; y: usize; count: i32; areBytes: i32; limitLow: u32; limitHigh: u32; }

export function bernoulli(address: usize, thread: i32, threads: i32): void {
  const o = changetype<BernoulliArguments>(address);
  const limit = <u64>o.limitLow | (<u64>o.limitHigh << 32);
  const limits = i64x2.splat(limit), bits = i64x2.splat(0x1fffffffffffff);
  const start = shareStart(o.count, 64, thread, threads), end = shareStart(o.count, 64, thread + 1, threads);
  let i = start;
  if (o.areBytes == 0) {
    for (; i + 4 <= end; i += 4) {
      const at = o.words + (<usize>i << 3);
      const first = i64x2.lt_s(v128.and(swapped(v128.load(at)), bits), limits), second = i64x2.lt_s(v128.and(swapped(v128.load(at, 16)), bits), limits);
      v128.store(o.y + (<usize>i << 2), v128.and(v128.shuffle<i32>(first, second, 0, 2, 4, 6), f32x4.splat(1)));
    }
  }
  for (; i < end; i++) {
    const at = o.words + (<usize>i << 3);
    const value = (<u64>load<u32>(at) << 32 | <u64>load<u32>(at, 4)) & 0x1fffffffffffff;
    if (o.areBytes == 0) store<f32>(o.y + (<usize>i << 2), value < limit ? 1 : 0);
    else store<u8>(o.y + <usize>i, value < limit ? 1 : 0);
  }
}

/** The first output of an element is the upper half of its number. */
@inline function swapped(words: v128): v128 {
  return v128.shuffle<i32>(words, words, 1, 0, 3, 2);
}
