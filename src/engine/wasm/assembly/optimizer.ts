// Steps of optimizers, one pass over all parameters: see engine/optimizerStep.ts for the formulas.
import { madd } from './simd';
import { shareStart } from './threads';

/** `count` floats each; which numbers the rule reads is beside it. */
@unmanaged class OptimizerArguments {
  parameter: usize; gradient: usize; first: usize; second: usize; count: i32;
  a: f32; b: f32; c: f32; d: f32; e: f32; f: f32;
}

@inline function splat(x: f32): v128 { return f32x4.splat(x); }

/**
 * Adam and AdamW. a: what of the parameter is added to its gradient, b: what is kept of it, c: 1 − β₁, d: 1 − β₂, e: step size, f: √ of the second moment's
 * correction, inverted; epsilon follows.
 */
@unmanaged class AdamArguments extends OptimizerArguments { epsilon: f32; }

export function adam(address: usize, thread: i32, threads: i32): void {
  const o = changetype<AdamArguments>(address);
  const start = shareStart(o.count, 16, thread, threads), end = shareStart(o.count, 16, thread + 1, threads);
  const whole = start + ((end - start) & ~3);
  const decay = splat(o.a), shrink = splat(o.b), rest1 = splat(o.c), beta2 = splat(1 - o.d), rest2 = splat(o.d);
  const size = splat(-o.e), scale = splat(o.f), epsilon = splat(o.epsilon);
  const first = o.first - o.parameter, second = o.second - o.parameter, gradient = o.gradient - o.parameter;
  for (let at = o.parameter + <usize>start * 4, last = o.parameter + <usize>whole * 4; at < last; at += 16) {
    const p = v128.load(at), g = madd(decay, p, v128.load(at + gradient)), m0 = v128.load(at + first);
    const m = madd(rest1, f32x4.sub(g, m0), m0);
    const v = madd(f32x4.mul(rest2, g), g, f32x4.mul(beta2, v128.load(at + second)));
    v128.store(at + first, m);
    v128.store(at + second, v);
    v128.store(at, madd(shrink, p, f32x4.div(f32x4.mul(size, m), madd(f32x4.sqrt(v), scale, epsilon))));
  }
  for (let at = o.parameter + <usize>whole * 4, last = o.parameter + <usize>end * 4; at < last; at += 4) {
    const p = load<f32>(at), g = load<f32>(at + gradient) + o.a * p, m0 = load<f32>(at + first);
    const m = m0 + o.c * (g - m0), v = o.d * g * g + (1 - o.d) * load<f32>(at + second);
    store<f32>(at + first, m);
    store<f32>(at + second, v);
    store<f32>(at, o.b * p - o.e * m / (sqrt(v) * o.f + o.epsilon));
  }
}

/** a: weight decay, b: momentum, c: learning rate, d: 1 for the first step, e: 1 for Nesterov's form. */
export function sgd(address: usize, thread: i32, threads: i32): void {
  const o = changetype<OptimizerArguments>(address);
  const decay = splat(o.a), momentum = splat(o.b), rate = splat(-o.c);
  const hasMomentum = o.b != 0, isFirst = o.d != 0, isNesterov = o.e != 0;
  const end = shareStart(o.count, 16, thread + 1, threads);
  for (let i = shareStart(o.count, 16, thread, threads); i < end; i += 4) {
    const at = <usize>i * 4;
    const isWhole = i + 4 <= end;
    const p = read(o.parameter + at, isWhole, end - i);
    let d = madd(decay, p, read(o.gradient + at, isWhole, end - i));
    if (hasMomentum) {
      const b = isFirst ? d : madd(momentum, read(o.first + at, isWhole, end - i), d);
      write(o.first + at, b, isWhole, end - i);
      d = isNesterov ? madd(momentum, b, d) : b;
    }
    write(o.parameter + at, madd(rate, d, p), isWhole, end - i);
  }
}

/** a: weight decay, b: momentum, c: learning rate, d: 1 − alpha, e: epsilon. */
export function rmsprop(address: usize, thread: i32, threads: i32): void {
  const o = changetype<OptimizerArguments>(address);
  const decay = splat(o.a), momentum = splat(o.b), rate = splat(-o.c), alpha = splat(1 - o.d), rest = splat(o.d), epsilon = splat(o.e);
  const hasMomentum = o.b > 0;
  const end = shareStart(o.count, 16, thread + 1, threads);
  for (let i = shareStart(o.count, 16, thread, threads); i < end; i += 4) {
    const at = <usize>i * 4;
    const isWhole = i + 4 <= end;
    const p = read(o.parameter + at, isWhole, end - i);
    const d = madd(decay, p, read(o.gradient + at, isWhole, end - i));
    const s = madd(f32x4.mul(rest, d), d, f32x4.mul(alpha, read(o.first + at, isWhole, end - i)));
    write(o.first + at, s, isWhole, end - i);
    let quotient = f32x4.div(d, f32x4.add(f32x4.sqrt(s), epsilon));
    if (hasMomentum) {
      quotient = madd(momentum, read(o.second + at, isWhole, end - i), quotient);
      write(o.second + at, quotient, isWhole, end - i);
    }
    write(o.parameter + at, madd(rate, quotient, p), isWhole, end - i);
  }
}

/** Four floats, or the one to three that are left, the other lanes 0. */
@inline function read(at: usize, isWhole: bool, left: i32): v128 {
  if (isWhole) return v128.load(at);
  let x = v128.load32_zero(at);
  if (left > 1) x = v128.load_lane<f32>(at + 4, x, 1);
  if (left > 2) x = v128.load_lane<f32>(at + 8, x, 2);
  return x;
}
@inline function write(at: usize, x: v128, isWhole: bool, left: i32): void {
  if (isWhole) {
    v128.store(at, x);
    return;
  }
  store<f32>(at, f32x4.extract_lane(x, 0));
  if (left > 1) store<f32>(at + 4, f32x4.extract_lane(x, 1));
  if (left > 2) store<f32>(at + 8, f32x4.extract_lane(x, 2));
}
