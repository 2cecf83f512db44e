// The logarithms of running sums of exponentials along an axis, and their gradient, in float64.
import { LaneArguments } from './lanes';
import { shareStart } from './threads';

/** The sum is kept as one of exp(x − largest), so that none overflows. */
export function logCumSumExp(address: usize, thread: i32, threads: i32): void {
  const s = changetype<LaneArguments>(address);
  const count = s.outer * s.inner, step = <usize>s.inner * 4;
  const end = shareStart(count, 1, thread + 1, threads);
  for (let lane = shareStart(count, 1, thread, threads); lane < end; lane++) {
    let at = <usize>s.firstOf(lane) * 4;
    let largest: f64 = -Infinity, sum: f64 = 0;
    for (let i = 0; i < s.size; i++, at += step) {
      const value = <f64>load<f32>(s.x + at);
      if (value > largest) {
        sum = sum * NativeMath.exp(largest - value) + 1;
        largest = value;
      } else {
        // Two infinite ones have no difference.
        sum += value == largest ? 1 : NativeMath.exp(value - largest);
      }
      store<f32>(s.y + at, <f32>(largest + NativeMath.log(sum)));
    }
  }
}

/** `x`: what was summed, `sums`: the results, `y`: the gradient by x. */
@unmanaged class BackwardArguments extends LaneArguments { gradient: usize; sums: usize; }

/** r = Σ_{j≥i} gⱼ exp(yᵢ − yⱼ) runs from the end: no exponent is positive, as y never falls. */
export function logCumSumExpBackward(address: usize, thread: i32, threads: i32): void {
  const s = changetype<BackwardArguments>(address);
  const count = s.outer * s.inner, step = <usize>s.inner * 4;
  const end = shareStart(count, 1, thread + 1, threads);
  for (let lane = shareStart(count, 1, thread, threads); lane < end; lane++) {
    let at = <usize>s.firstOf(lane) * 4 + <usize>(s.size - 1) * step;
    let rest: f64 = 0, next: f64 = 0;
    for (let i = s.size - 1; i >= 0; i--, at -= step) {
      const x = <f64>load<f32>(s.x + at), sum = <f64>load<f32>(s.sums + at);
      // Nothing of nothing, even where the sums are infinite.
      rest = <f64>load<f32>(s.gradient + at) + (rest == 0 ? 0 : NativeMath.exp(sum - next) * rest);
      next = sum;
      store<f32>(s.y + at, x == -Infinity ? 0 : <f32>(NativeMath.exp(x - sum) * rest));
    }
  }
}
