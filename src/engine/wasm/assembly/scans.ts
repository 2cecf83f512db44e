// Running sums and products along an axis, in float64, and the bands of matrices.
import { shareStart } from './threads';

/** Element i of lane (o, n) is at (o · size + i) · inner + n. */
@unmanaged class ScanArguments { x: usize; y: usize; outer: i32; size: i32; inner: i32; isProduct: i32; }

export function scan(address: usize, thread: i32, threads: i32): void {
  const s = changetype<ScanArguments>(address);
  const step = <usize>s.inner * 4;
  const lanes = s.outer * s.inner;
  const end = shareStart(lanes, 16, thread + 1, threads);
  for (let lane = shareStart(lanes, 16, thread, threads); lane < end; lane++) {
    const start = (lane / s.inner) * step * s.size + <usize>(lane % s.inner) * 4;
    let x = s.x + start, y = s.y + start;
    if (s.isProduct != 0) {
      let product = 1.0;
      for (let i = 0; i < s.size; i++, x += step, y += step) {
        product *= <f64>load<f32>(x);
        store<f32>(y, <f32>product);
      }
    } else {
      let sum = 0.0;
      for (let i = 0; i < s.size; i++, x += step, y += step) {
        sum += <f64>load<f32>(x);
        store<f32>(y, <f32>sum);
      }
    }
  }
}

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
