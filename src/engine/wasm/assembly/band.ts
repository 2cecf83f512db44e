// The band of matrices, as tril and triu leave it.
import { shareStart } from './threads';

/** `rows`: of all matrices. Elements whose column minus row is within `from`..`to` stay, others become 0. */
@unmanaged class BandArguments { x: usize; y: usize; rows: i32; height: i32; width: i32; from: i32; to: i32; size: i32; }

export function band(address: usize, thread: i32, threads: i32): void {
  const b = changetype<BandArguments>(address);
  const end = shareStart(b.rows, 1, thread + 1, threads);
  const bytes = <usize>b.width * b.size;
  for (let row = shareStart(b.rows, 1, thread, threads); row < end; row++) {
    const at = row % b.height;
    const first = min(max(at + b.from, 0), b.width), last = max(min(at + b.to + 1, b.width), first);
    const y = b.y + row * bytes;
    memory.fill(y, 0, <usize>first * b.size);
    memory.copy(y + <usize>first * b.size, b.x + row * bytes + <usize>first * b.size, <usize>(last - first) * b.size);
    memory.fill(y + <usize>last * b.size, 0, <usize>(b.width - last) * b.size);
  }
}
