// The largest or smallest element so far along an axis, and where it is: the last of equal ones. A NaN gives way only to the next one.
import { LaneArguments } from './lanes';
import { shareStart } from './threads';

@unmanaged class RunningArguments extends LaneArguments { indices: usize; isSmallest: i32; }

export function runningExtreme(address: usize, thread: i32, threads: i32): void {
  const r = changetype<RunningArguments>(address);
  const lanes = r.outer * r.inner;
  const sign: f32 = r.isSmallest != 0 ? -1 : 1;
  const end = shareStart(lanes, 1, thread + 1, threads);
  for (let lane = shareStart(lanes, 1, thread, threads); lane < end; lane++) {
    let at = <usize>r.firstOf(lane) * 4;
    let best = load<f32>(r.x + at);
    let place = 0;
    for (let i = 0; i < r.size; i++, at += <usize>r.inner * 4) {
      const value = load<f32>(r.x + at);
      if (value != value || (best == best && sign * value >= sign * best)) {
        best = value;
        place = i;
      }
      store<f32>(r.y + at, best);
      store<i32>(r.indices + at, place);
    }
  }
}
