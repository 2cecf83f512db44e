// The largest or smallest element so far along an axis, and where it is: the last of equal ones. A NaN gives way only to the next one.
import { shareStart } from './threads';

/** Element i of lane (o, n) is at (o · size + i) · inner + n. */
@unmanaged class RunningArguments { x: usize; values: usize; indices: usize; outer: i32; size: i32; inner: i32; isSmallest: i32; }

export function runningExtreme(address: usize, thread: i32, threads: i32): void {
  const r = changetype<RunningArguments>(address);
  const lanes = r.outer * r.inner;
  const sign: f32 = r.isSmallest != 0 ? -1 : 1;
  const end = shareStart(lanes, 1, thread + 1, threads);
  for (let lane = shareStart(lanes, 1, thread, threads); lane < end; lane++) {
    let at = (<usize>(lane / r.inner) * r.size * r.inner + <usize>(lane % r.inner)) * 4;
    let best = load<f32>(r.x + at);
    let place = 0;
    for (let i = 0; i < r.size; i++, at += <usize>r.inner * 4) {
      const value = load<f32>(r.x + at);
      if (value != value || (best == best && sign * value >= sign * best)) {
        best = value;
        place = i;
      }
      store<f32>(r.values + at, best);
      store<i32>(r.indices + at, place);
    }
  }
}
