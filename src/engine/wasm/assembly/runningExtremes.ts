// The largest or smallest element so far along an axis, and where it is: the last of equal ones. A NaN gives way only to the next one.
import { LaneArguments } from './lanes';
import { shareStart } from './threads';

/** `kind`: 0 float32, 1 int32, 2 bytes without a sign. */
@unmanaged class RunningArguments extends LaneArguments { indices: usize; isSmallest: i32; kind: i32; }

export function runningExtreme(address: usize, thread: i32, threads: i32): void {
  const r = changetype<RunningArguments>(address);
  if (r.kind == 0) lanes<f32>(r, thread, threads);
  else if (r.kind == 1) lanes<i32>(r, thread, threads);
  else lanes<u8>(r, thread, threads);
}

function lanes<T>(r: RunningArguments, thread: i32, threads: i32): void {
  const count = r.outer * r.inner;
  const isSmallest = r.isSmallest != 0;
  const end = shareStart(count, 1, thread + 1, threads);
  for (let lane = shareStart(count, 1, thread, threads); lane < end; lane++) {
    let at = <usize>r.firstOf(lane);
    let best = load<T>(r.x + at * sizeof<T>());
    let place = 0;
    for (let i = 0; i < r.size; i++, at += r.inner) {
      const value = load<T>(r.x + at * sizeof<T>());
      if (value != value || (best == best && (isSmallest ? value <= best : value >= best))) {
        best = value;
        place = i;
      }
      store<T>(r.y + at * sizeof<T>(), best);
      store<i32>(r.indices + at * 4, place);
    }
  }
}
