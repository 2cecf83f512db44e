// Running sums and products along an axis, in float64, and those of integers.
import { fault } from './faults';
import { LaneArguments } from './lanes';
import { upper } from './simd';
import { shareStart, threadArea } from './threads';

/** `faults`: of integers; 0 where sums wrap around. */
@unmanaged class ScanArguments extends LaneArguments { isProduct: i32; faults: usize; }

@unmanaged class Sum {
  @inline get first(): f64 { return 0; }
  @inline join(a: f64, b: f64): f64 { return a + b; }
  @inline joinPairs(a: v128, b: v128): v128 { return f64x2.add(a, b); }
}
@unmanaged class Product {
  @inline get first(): f64 { return 1; }
  @inline join(a: f64, b: f64): f64 { return a * b; }
  @inline joinPairs(a: v128, b: v128): v128 { return f64x2.mul(a, b); }
}

export function scan(address: usize, thread: i32, threads: i32): void {
  const s = changetype<ScanArguments>(address);
  if (s.isProduct != 0) lanes<Product>(s, thread, threads);
  else lanes<Sum>(s, thread, threads);
}

/** Lanes that lie side by side are taken sixteen at a time, a cache line of each row. */
function lanes<F>(s: ScanArguments, thread: i32, threads: i32): void {
  const step = <usize>s.inner * 4;
  const groups = (s.inner + 15) >> 4;
  const end = shareStart(s.outer * groups, 1, thread + 1, threads);
  for (let group = shareStart(s.outer * groups, 1, thread, threads); group < end; group++) {
    const first = (group % groups) * 16;
    const at = (group / groups) * step * s.size + <usize>first * 4;
    if (s.inner - first >= 16) sixteen<F>(s.x + at, s.y + at, s.size, step);
    else for (let lane = first; lane < s.inner; lane++) one<F>(s.x + at + <usize>(lane - first) * 4, s.y + at + <usize>(lane - first) * 4, s.size, step);
  }
}

function one<F>(x: usize, y: usize, count: i32, step: usize): void {
  const f = changetype<F>(0);
  let result = f.first;
  for (let i = 0; i < count; i++, x += step, y += step) {
    result = f.join(result, <f64>load<f32>(x));
    store<f32>(y, <f32>result);
  }
}

function sixteen<F>(x: usize, y: usize, count: i32, step: usize): void {
  const f = changetype<F>(0);
  const sums = threadArea();
  for (let pair: usize = 0; pair < 128; pair += 16) v128.store(sums + pair, f64x2.splat(f.first));
  for (let i = 0; i < count; i++, x += step, y += step) {
    for (let part: usize = 0; part < 64; part += 16) {
      const values = v128.load(x + part);
      const low = f.joinPairs(v128.load(sums + 2 * part), f64x2.promote_low_f32x4(values));
      const high = f.joinPairs(v128.load(sums + 2 * part, 16), f64x2.promote_low_f32x4(upper(values)));
      v128.store(sums + 2 * part, low);
      v128.store(sums + 2 * part, high, 16);
      v128.store(y + part, v128.shuffle<f32>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 1, 4, 5));
    }
  }
}

/** Running sums of int32. */
export function scanIntegers(address: usize, thread: i32, threads: i32): void {
  const s = changetype<ScanArguments>(address);
  const count = s.outer * s.inner, step = <usize>s.inner * 4;
  const end = shareStart(count, 1, thread + 1, threads);
  for (let lane = shareStart(count, 1, thread, threads); lane < end; lane++) {
    const first = s.firstOf(lane);
    let x = s.x + <usize>first * 4, y = s.y + <usize>first * 4;
    let sum: i64 = 0;
    for (let i = 0; i < s.size; i++, x += step, y += step) {
      sum += <i64>load<i32>(x);
      if (s.faults != 0 && <i64>(<i32>sum) != sum) fault(s.faults, <f64>first + <f64>i * <f64>s.inner, <f64>sum);
      store<i32>(y, <i32>sum);
    }
  }
}
