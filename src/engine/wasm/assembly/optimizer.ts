// Steps of optimizers, one pass over all parameters: see engine/optimizerStep.ts for the formulas.
import { loadUpTo4, madd, storeUpTo4 } from './simd';
import { shareStart } from './threads';

/** `count` floats each; the numbers of a rule follow. */
@unmanaged class UpdateArguments { parameter: usize; gradient: usize; first: usize; second: usize; count: i32; }

@inline function splat(x: f32): v128 { return f32x4.splat(x); }

/** Adam and AdamW, with the corrections of the moments taken into the step's size and scale. */
@unmanaged class AdamArguments extends UpdateArguments {
  /** What of the parameter is added to its gradient, and what is kept of it. */
  decay: f32; shrink: f32;
  /** 1 − β₁, 1 − β₂ */
  rest1: f32; rest2: f32;
  /** Learning rate / (1 − β₁ᵗ), 1 / √(1 − β₂ᵗ) */
  size: f32; scale: f32;
  epsilon: f32;
}

export function adam(address: usize, thread: i32, threads: i32): void {
  const o = changetype<AdamArguments>(address);
  const start = shareStart(o.count, 16, thread, threads), end = shareStart(o.count, 16, thread + 1, threads);
  const whole = start + ((end - start) & ~3);
  const decay = splat(o.decay), shrink = splat(o.shrink), rest1 = splat(o.rest1), beta2 = splat(1 - o.rest2), rest2 = splat(o.rest2);
  const size = splat(-o.size), scale = splat(o.scale), epsilon = splat(o.epsilon);
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
    const p = load<f32>(at), g = load<f32>(at + gradient) + o.decay * p, m0 = load<f32>(at + first);
    const m = m0 + o.rest1 * (g - m0), v = o.rest2 * g * g + (1 - o.rest2) * load<f32>(at + second);
    store<f32>(at + first, m);
    store<f32>(at + second, v);
    store<f32>(at, o.shrink * p - o.size * m / (sqrt(v) * o.scale + o.epsilon));
  }
}

@unmanaged class SgdArguments extends UpdateArguments {
  weightDecay: f32; momentum: f32; learningRate: f32;
  /** Not 0: yes. */
  isFirst: f32; isNesterov: f32;
}

export function sgd(address: usize, thread: i32, threads: i32): void {
  const o = changetype<SgdArguments>(address);
  const decay = splat(o.weightDecay), momentum = splat(o.momentum), rate = splat(-o.learningRate);
  const hasMomentum = o.momentum != 0, isFirst = o.isFirst != 0, isNesterov = o.isNesterov != 0;
  const end = shareStart(o.count, 16, thread + 1, threads);
  for (let i = shareStart(o.count, 16, thread, threads); i < end; i += 4) {
    const at = <usize>i * 4;
    const p = loadUpTo4(o.parameter + at, end - i, 0);
    let d = madd(decay, p, loadUpTo4(o.gradient + at, end - i, 0));
    if (hasMomentum) {
      const b = isFirst ? d : madd(momentum, loadUpTo4(o.first + at, end - i, 0), d);
      storeUpTo4(o.first + at, b, end - i);
      d = isNesterov ? madd(momentum, b, d) : b;
    }
    storeUpTo4(o.parameter + at, madd(rate, d, p), end - i);
  }
}

@unmanaged class RmspropArguments extends UpdateArguments {
  weightDecay: f32; momentum: f32; learningRate: f32;
  /** 1 − α */
  rest: f32;
  epsilon: f32;
}

export function rmsprop(address: usize, thread: i32, threads: i32): void {
  const o = changetype<RmspropArguments>(address);
  const decay = splat(o.weightDecay), momentum = splat(o.momentum), rate = splat(-o.learningRate);
  const alpha = splat(1 - o.rest), rest = splat(o.rest), epsilon = splat(o.epsilon);
  const hasMomentum = o.momentum > 0;
  const end = shareStart(o.count, 16, thread + 1, threads);
  for (let i = shareStart(o.count, 16, thread, threads); i < end; i += 4) {
    const at = <usize>i * 4;
    const p = loadUpTo4(o.parameter + at, end - i, 0);
    const d = madd(decay, p, loadUpTo4(o.gradient + at, end - i, 0));
    const s = madd(f32x4.mul(rest, d), d, f32x4.mul(alpha, loadUpTo4(o.first + at, end - i, 0)));
    storeUpTo4(o.first + at, s, end - i);
    let quotient = f32x4.div(d, f32x4.add(f32x4.sqrt(s), epsilon));
    if (hasMomentum) {
      quotient = madd(momentum, loadUpTo4(o.second + at, end - i, 0), quotient);
      storeUpTo4(o.second + at, quotient, end - i);
    }
    storeUpTo4(o.parameter + at, madd(rate, quotient, p), end - i);
  }
}
