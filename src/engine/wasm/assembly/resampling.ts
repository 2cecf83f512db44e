// Interpolation along one axis: each output is a weighted sum of some inputs, and the gradient goes back the same ways.
import { madd } from './simd';
import { shareStart } from './threads';

/** Element i of lane (o, n) is at (o · size + i) · inner + n. `places`, `weights`: `count` for each output. `isBack`: from outputs to inputs. */
@unmanaged class ResampleArguments {
  from: usize; to: usize; places: usize; weights: usize; outer: i32; inputs: i32; outputs: i32; inner: i32; count: i32; isBack: i32;
}

export function resampleAxis(address: usize, thread: i32, threads: i32): void {
  const r = changetype<ResampleArguments>(address);
  const row = <usize>r.inner * 4;
  const fromBytes = row * (r.isBack != 0 ? r.outputs : r.inputs), toBytes = row * (r.isBack != 0 ? r.inputs : r.outputs);
  const end = shareStart(r.outer, 1, thread + 1, threads);
  for (let plane = shareStart(r.outer, 1, thread, threads); plane < end; plane++) {
    const from = r.from + plane * fromBytes, to = r.to + plane * toBytes;
    memory.fill(to, 0, toBytes);
    let tap: usize = 0;
    for (let o = 0; o < r.outputs; o++) {
      for (let n = 0; n < r.count; n++, tap += 4) {
        const weight = load<f32>(r.weights + tap);
        if (weight == 0) continue;
        const ofOutput = o * row, ofInput = load<i32>(r.places + tap) * row;
        if (r.isBack != 0) addRow(to + ofInput, from + ofOutput, r.inner, weight);
        else addRow(to + ofOutput, from + ofInput, r.inner, weight);
      }
    }
  }
}

@inline function addRow(to: usize, from: usize, count: i32, weight: f32): void {
  const factor = f32x4.splat(weight);
  let left = count;
  for (; left >= 4; left -= 4, to += 16, from += 16) v128.store(to, madd(v128.load(from), factor, v128.load(to)));
  for (; left > 0; left--, to += 4, from += 4) store<f32>(to, load<f32>(to) + weight * load<f32>(from));
}
