// Sums of integers, and whether any or all of bools hold, of rows of `count` neighbours.
import { fault } from './faults';
import { shareStart } from './threads';

/** `faults`: 0 where sums wrap around. `isAll`: of `anyOrAll`. */
@unmanaged class RowArguments { x: usize; y: usize; faults: usize; rows: i32; count: i32; isAll: i32; }

export function sumIntegers(address: usize, thread: i32, threads: i32): void {
  const r = changetype<RowArguments>(address);
  const end = shareStart(r.rows, 16, thread + 1, threads);
  for (let row = shareStart(r.rows, 16, thread, threads); row < end; row++) {
    let x = r.x + <usize>row * r.count * 4;
    let low = i64x2.splat(0), high = i64x2.splat(0);
    let left = r.count;
    for (; left >= 4; left -= 4, x += 16) {
      const values = v128.load(x);
      low = i64x2.add(low, i64x2.extend_low_i32x4_s(values));
      high = i64x2.add(high, i64x2.extend_high_i32x4_s(values));
    }
    const pairs = i64x2.add(low, high);
    let sum = i64x2.extract_lane(pairs, 0) + i64x2.extract_lane(pairs, 1);
    for (; left > 0; left--, x += 4) sum += <i64>load<i32>(x);
    if (r.faults != 0 && <i64>(<i32>sum) != sum) fault(r.faults, <f64>row, <f64>sum);
    store<i32>(r.y + <usize>row * 4, <i32>sum);
  }
}

export function sumBools(address: usize, thread: i32, threads: i32): void {
  const r = changetype<RowArguments>(address);
  const end = shareStart(r.rows, 16, thread + 1, threads);
  for (let row = shareStart(r.rows, 16, thread, threads); row < end; row++) {
    let x = r.x + <usize>row * r.count;
    let sums = i32x4.splat(0);
    let left = r.count;
    for (; left >= 16; left -= 16, x += 16) sums = i32x4.add(sums, i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(v128.load(x))));
    let sum = i32x4.extract_lane(sums, 0) + i32x4.extract_lane(sums, 1) + i32x4.extract_lane(sums, 2) + i32x4.extract_lane(sums, 3);
    for (; left > 0; left--, x++) sum += <i32>load<u8>(x);
    store<i32>(r.y + <usize>row * 4, sum);
  }
}

export function anyOrAll(address: usize, thread: i32, threads: i32): void {
  const r = changetype<RowArguments>(address);
  const end = shareStart(r.rows, 64, thread + 1, threads);
  const wanted: u8 = r.isAll != 0 ? 0 : 1;
  for (let row = shareStart(r.rows, 64, thread, threads); row < end; row++) {
    const x = r.x + <usize>row * r.count;
    let isFound = false;
    for (let i = 0; i < r.count && !isFound; i++) isFound = load<u8>(x + i) == wanted;
    store<u8>(r.y + row, isFound ? wanted : 1 - wanted);
  }
}
