// Sorting along an axis, stably: each element becomes one 64-bit number, its order above its index, and those are merged in runs that double.
import { laneSlot, LaneArguments } from './lanes';
import { shareStart } from './threads';

/** `space`: two numbers for each element of each lane that is sorted at the same time. `kind`: 0 for floats, 1 for integers, 2 for bytes. */
@unmanaged class SortArguments extends LaneArguments { indices: usize; space: usize; kind: i32; isDescending: i32; }

export function sort(address: usize, thread: i32, threads: i32): void {
  const s = changetype<SortArguments>(address);
  const lanes = s.outer * s.inner;
  const end = shareStart(lanes, 1, thread + 1, threads);
  for (let lane = shareStart(lanes, 1, thread, threads); lane < end; lane++) {
    sortLane(s, s.firstOf(lane), s.space + <usize>laneSlot(lane, lanes, thread, threads) * <usize>s.size * 16);
  }
}

function sortLane(s: SortArguments, first: i32, space: usize): void {
  const flipped: u32 = s.isDescending != 0 ? 0xffffffff : 0;
  for (let i = 0, at = first; i < s.size; i++, at += s.inner) {
    store<u64>(space + <usize>i * 8, <u64>(orderOf(s.x, <usize>at, s.kind) ^ flipped) << 32 | <u64>i);
  }
  const sorted = merged(space, space + <usize>s.size * 8, s.size);
  for (let i = 0, at = first; i < s.size; i++, at += s.inner) {
    const index = load<i32>(sorted + <usize>i * 8);
    const from = <usize>(first + index * s.inner);
    if (s.kind == 2) store<u8>(s.y + <usize>at, load<u8>(s.x + from));
    else store<u32>(s.y + <usize>at * 4, load<u32>(s.x + from * 4));
    store<i32>(s.indices + <usize>at * 4, index);
  }
}

/** A whole number that is larger where the element is: both zeros have the same, and NaN the largest. */
@inline function orderOf(x: usize, at: usize, kind: i32): u32 {
  if (kind == 2) return load<u8>(x + at);
  const bits = load<u32>(x + at * 4);
  if (kind == 1) return bits ^ 0x80000000;
  const value = load<f32>(x + at * 4);
  if (value != value) return 0xffffffff;
  if (value == 0) return 0x80000000;
  return <i32>bits < 0 ? ~bits : bits | 0x80000000;
}

/** Where the numbers are in order: at `from` or at `to`. */
function merged(from: usize, to: usize, count: i32): usize {
  const bytes = <usize>count * 8;
  for (let run: usize = 8; run < bytes; run *= 2) {
    for (let start: usize = 0; start < bytes; start += 2 * run) {
      const middle = min(start + run, bytes), end = min(start + 2 * run, bytes);
      let left = from + start, right = from + middle;
      for (let y = to + start; y < to + end; y += 8) {
        const isLeft = right == from + end || (left < from + middle && load<u64>(left) < load<u64>(right));
        store<u64>(y, load<u64>(isLeft ? left : right));
        if (isLeft) left += 8;
        else right += 8;
      }
    }
    const swapped = from;
    from = to;
    to = swapped;
  }
  return from;
}
