// Where the largest or smallest element of a lane is: the first of equal ones. NaN is larger and smaller than all.
import { LaneArguments } from './lanes';
import { loadUpTo4, storeUpTo4 } from './simd';
import { shareStart } from './threads';
import { choose } from './vectorMath';

@unmanaged class ExtremeArguments extends LaneArguments { isSmallest: i32; }

export function argExtreme(address: usize, thread: i32, threads: i32): void {
  const l = changetype<ExtremeArguments>(address);
  const sign = i32x4.splat(l.isSmallest != 0 ? 0x80000000 : 0);
  if (l.inner == 1) {
    const end = shareStart(l.outer, 1, thread + 1, threads);
    for (let o = shareStart(l.outer, 1, thread, threads); o < end; o++) {
      store<i32>(l.y + <usize>o * 4, along(l.x + <usize>o * l.size * 4, l.size, sign));
    }
    return;
  }
  const groups = (l.inner + 3) >> 2;
  const row = <usize>l.inner * 4;
  const end = shareStart(l.outer * groups, 1, thread + 1, threads);
  for (let n = shareStart(l.outer * groups, 1, thread, threads); n < end; n++) {
    const start = (n % groups) * 4, outer = n / groups;
    const x = l.x + outer * row * l.size + <usize>start * 4;
    storeUpTo4(l.y + outer * row + <usize>start * 4, across(x, l.size, row, l.inner - start, sign), l.inner - start);
  }
}

/** Lanes of `x` that are better than those of `best`: larger, or the first NaN. */
@inline function isBetter(x: v128, best: v128): v128 {
  return v128.or(f32x4.gt(x, best), v128.and(f32x4.ne(x, x), f32x4.eq(best, best)));
}

function across(x: usize, count: i32, step: usize, width: i32, sign: v128): v128 {
  let best = v128.xor(loadUpTo4(x, width, 0), sign);
  let positions = i32x4.splat(0);
  for (let i = 1; i < count; i++) {
    x += step;
    const value = v128.xor(loadUpTo4(x, width, 0), sign);
    const better = isBetter(value, best);
    best = choose(better, value, best);
    positions = choose(better, i32x4.splat(i), positions);
  }
  return positions;
}

/** Four lanes take every fourth element each; then the best of the four, the earliest of equal ones. */
function along(x: usize, count: i32, sign: v128): i32 {
  if (count < 4) {
    let best = 0;
    for (let i = 1; i < count; i++) if (isFirst(value(x, i, sign), i, value(x, best, sign), best)) best = i;
    return best;
  }
  let best = v128.xor(v128.load(x), sign);
  let positions = i32x4(0, 1, 2, 3);
  let at = positions;
  let i = 4;
  for (; i + 4 <= count; i += 4) {
    at = i32x4.add(at, i32x4.splat(4));
    const values = v128.xor(v128.load(x + <usize>i * 4), sign);
    const better = isBetter(values, best);
    best = choose(better, values, best);
    positions = choose(better, at, positions);
  }
  let position = i32x4.extract_lane(positions, 0);
  position = earlier(x, i32x4.extract_lane(positions, 1), position, sign);
  position = earlier(x, i32x4.extract_lane(positions, 2), position, sign);
  position = earlier(x, i32x4.extract_lane(positions, 3), position, sign);
  for (; i < count; i++) position = earlier(x, i, position, sign);
  return position;
}

@inline function value(x: usize, position: i32, sign: v128): f32 {
  return f32x4.extract_lane(v128.xor(v128.load32_zero(x + <usize>position * 4), sign), 0);
}
function earlier(x: usize, a: i32, b: i32, sign: v128): i32 {
  return isFirst(value(x, a, sign), a, value(x, b, sign), b) ? a : b;
}
/** Whether element i, x, comes before element j, y: better, or as good and earlier. */
function isFirst(x: f32, i: i32, y: f32, j: i32): bool {
  if (x != x || y != y) return x != x && (y == y || i < j);
  return x > y || (x == y && i < j);
}
