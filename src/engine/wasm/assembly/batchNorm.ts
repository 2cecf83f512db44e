// Batch normalization per channel, over images and what lies behind the channel, and its backward pass. A channel's planes are read from the
// caches after the first pass. Where a plane is a single element, channels lie side by side and are taken four at a time.
import { chainRow } from './chain';
import { chainAreaBytes } from './limits';
import { squaresAbout, sumRun } from './reductions';
import { addedInDoubles, loadUpTo4, madd, storeUpTo4, sumDoubles, upper } from './simd';
import { shareStart, threadArea } from './threads';

/** x and y: images × channels × count. `chain`: steps on y, over [1, images, channels, count], or 0, as where `count` is 1. */
@unmanaged class ForwardArguments {
  x: usize; weight: usize; bias: usize; y: usize; means: usize; rstds: usize; chain: usize; images: i32; channels: i32; count: i32; eps: f32;
}

export function batchNorm(address: usize, thread: i32, threads: i32): void {
  const n = changetype<ForwardArguments>(address);
  if (n.count == 1) {
    const end = shareStart(n.channels, 16, thread + 1, threads);
    for (let channel = shareStart(n.channels, 16, thread, threads); channel < end; channel += 4) fourChannels(n, channel, min(4, end - channel));
    return;
  }
  const end = shareStart(n.channels, 1, thread + 1, threads);
  for (let channel = shareStart(n.channels, 1, thread, threads); channel < end; channel++) oneChannel(n, channel);
}

function oneChannel(n: ForwardArguments, channel: i32): void {
  const count = n.count, step = <usize>n.channels * count * 4, first = <usize>channel * count * 4;
  const elements = <f64>n.images * <f64>count;
  let sum = 0.0;
  for (let image = 0; image < n.images; image++) sum += sumRun(n.x + first + image * step, count);
  const mean = <f32>(sum / elements);
  const sums = threadArea() + chainAreaBytes;
  store<f64>(sums, 0);
  store<f64>(sums, 0, 8);
  for (let image = 0; image < n.images; image++) squaresAbout(n.x + first + image * step, count, mean, sums);
  // What is missing to the mean is known better now than the mean was.
  const missing = load<f64>(sums, 8) / elements;
  const rstd = 1 / Math.sqrt(load<f64>(sums) / elements - missing * missing + <f64>n.eps);
  store<f32>(n.means + <usize>channel * 4, <f32>(<f64>mean + missing));
  store<f32>(n.rstds + <usize>channel * 4, <f32>rstd);
  const factor = rstd * <f64>load<f32>(n.weight + <usize>channel * 4);
  const middle = f32x4.splat(mean), scale = f32x4.splat(<f32>factor);
  const shift = f32x4.splat(<f32>(<f64>load<f32>(n.bias + <usize>channel * 4) - missing * factor));
  for (let image = 0; image < n.images; image++) {
    let x = n.x + first + image * step, y = n.y + first + image * step;
    let left = count;
    for (; left >= 4; left -= 4, x += 16, y += 16) v128.store(y, madd(f32x4.sub(v128.load(x), middle), scale, shift));
    if (left > 0) storeUpTo4(y, madd(f32x4.sub(loadUpTo4(x, left, 0), middle), scale, shift), left);
    if (n.chain != 0) chainRow(n.chain, 0, image, channel, 0, count);
  }
}

/** `width` channels of planes of one element. */
function fourChannels(n: ForwardArguments, channel: i32, width: i32): void {
  const step = <usize>n.channels * 4, at = <usize>channel * 4;
  const images = f64x2.splat(<f64>n.images);
  let low = f64x2.splat(0), high = f64x2.splat(0);
  for (let image = 0; image < n.images; image++) {
    const value = loadUpTo4(n.x + at + image * step, width, 0);
    low = f64x2.add(low, f64x2.promote_low_f32x4(value));
    high = f64x2.add(high, f64x2.promote_low_f32x4(upper(value)));
  }
  low = f64x2.div(low, images);
  high = f64x2.div(high, images);
  let lowSquares = f64x2.splat(0), highSquares = f64x2.splat(0);
  for (let image = 0; image < n.images; image++) {
    const value = loadUpTo4(n.x + at + image * step, width, 0);
    const p = f64x2.sub(f64x2.promote_low_f32x4(value), low), q = f64x2.sub(f64x2.promote_low_f32x4(upper(value)), high);
    lowSquares = f64x2.add(lowSquares, f64x2.mul(p, p));
    highSquares = f64x2.add(highSquares, f64x2.mul(q, q));
  }
  const one = f64x2.splat(1), eps = f64x2.splat(<f64>n.eps);
  const lowRstd = f64x2.div(one, f64x2.sqrt(f64x2.add(f64x2.div(lowSquares, images), eps)));
  const highRstd = f64x2.div(one, f64x2.sqrt(f64x2.add(f64x2.div(highSquares, images), eps)));
  const mean = narrowed(low, high), rstd = narrowed(lowRstd, highRstd);
  storeUpTo4(n.means + at, mean, width);
  storeUpTo4(n.rstds + at, rstd, width);
  const scale = f32x4.mul(rstd, loadUpTo4(n.weight + at, width, 0));
  const rounding = narrowed(f64x2.sub(f64x2.promote_low_f32x4(mean), low), f64x2.sub(f64x2.promote_low_f32x4(upper(mean)), high));
  const shift = madd(rounding, scale, loadUpTo4(n.bias + at, width, 0));
  for (let image = 0; image < n.images; image++) {
    const x = n.x + at + image * step;
    storeUpTo4(n.y + at + image * step, madd(f32x4.sub(loadUpTo4(x, width, 0), mean), scale, shift), width);
  }
}

@inline function narrowed(low: v128, high: v128): v128 {
  return v128.shuffle<f32>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 1, 4, 5);
}

@unmanaged class BackwardArguments {
  gradient: usize; x: usize; weight: usize; means: usize; rstds: usize; dx: usize; dweight: usize; dbias: usize; images: i32; channels: i32; count: i32;
}

/** With d = x − mean: dx = rstd · weight · (g − mean(g) − d · rstd² · mean(g · d)), dweight = rstd · Σ g d, dbias = Σ g. */
export function batchNormBackward(address: usize, thread: i32, threads: i32): void {
  const n = changetype<BackwardArguments>(address);
  if (n.count == 1) {
    const end = shareStart(n.channels, 16, thread + 1, threads);
    for (let channel = shareStart(n.channels, 16, thread, threads); channel < end; channel += 4) fourBackward(n, channel, min(4, end - channel));
    return;
  }
  const end = shareStart(n.channels, 1, thread + 1, threads);
  for (let channel = shareStart(n.channels, 1, thread, threads); channel < end; channel++) oneBackward(n, channel);
}

function oneBackward(n: BackwardArguments, channel: i32): void {
  const count = n.count, step = <usize>n.channels * count * 4, first = <usize>channel * count * 4;
  const elements = <f64>n.images * <f64>count;
  const rstd = <f64>load<f32>(n.rstds + <usize>channel * 4);
  const middle = f32x4.splat(load<f32>(n.means + <usize>channel * 4));
  let sums = f64x2.splat(0), dots = f64x2.splat(0);
  for (let image = 0; image < n.images; image++) {
    let gradient = n.gradient + first + image * step, x = n.x + first + image * step;
    for (let left = count; left > 0; ) {
      let block = min(left, 64);
      left -= block;
      let a = f32x4.splat(0), b = a, c = a, d = a;
      for (; block >= 8; block -= 8, x += 32, gradient += 32) {
        const g = v128.load(gradient), h = v128.load(gradient, 16);
        a = f32x4.add(a, g);
        b = f32x4.add(b, h);
        c = madd(g, f32x4.sub(v128.load(x), middle), c);
        d = madd(h, f32x4.sub(v128.load(x, 16), middle), d);
      }
      for (; block > 0; block -= 4, x += 16, gradient += 16) {
        const g = loadUpTo4(gradient, block, 0);
        a = f32x4.add(a, g);
        // A lane beyond the end is x itself, so that an infinite mean makes no NaN there that is not elsewhere too.
        c = madd(g, f32x4.sub(loadUpTo4(x, block, f32x4.extract_lane(middle, 0)), middle), c);
      }
      sums = f64x2.add(sums, addedInDoubles(f32x4.add(a, b)));
      dots = f64x2.add(dots, addedInDoubles(f32x4.add(c, d)));
    }
  }
  const sum = sumDoubles(sums), dot = sumDoubles(dots);
  store<f32>(n.dweight + <usize>channel * 4, <f32>(dot * rstd));
  store<f32>(n.dbias + <usize>channel * 4, <f32>sum);
  const factor = rstd * <f64>load<f32>(n.weight + <usize>channel * 4);
  const scale = f32x4.splat(<f32>factor), slope = f32x4.splat(<f32>(-dot * rstd * rstd / elements)), meanGradient = f32x4.splat(<f32>(sum / elements));
  for (let image = 0; image < n.images; image++) {
    let gradient = n.gradient + first + image * step, x = n.x + first + image * step, dx = n.dx + first + image * step;
    let left = count;
    for (; left >= 4; left -= 4, x += 16, gradient += 16, dx += 16) {
      v128.store(dx, f32x4.mul(scale, madd(f32x4.sub(v128.load(x), middle), slope, f32x4.sub(v128.load(gradient), meanGradient))));
    }
    if (left > 0) {
      const d = f32x4.sub(loadUpTo4(x, left, 0), middle);
      storeUpTo4(dx, f32x4.mul(scale, madd(d, slope, f32x4.sub(loadUpTo4(gradient, left, 0), meanGradient))), left);
    }
  }
}

function fourBackward(n: BackwardArguments, channel: i32, width: i32): void {
  const step = <usize>n.channels * 4, at = <usize>channel * 4;
  const mean = loadUpTo4(n.means + at, width, 0), rstd = loadUpTo4(n.rstds + at, width, 0), weight = loadUpTo4(n.weight + at, width, 0);
  let low = f64x2.splat(0), high = low, lowDot = low, highDot = low;
  for (let image = 0; image < n.images; image++) {
    const g = loadUpTo4(n.gradient + at + image * step, width, 0);
    const dot = f32x4.mul(g, f32x4.sub(loadUpTo4(n.x + at + image * step, width, 0), mean));
    low = f64x2.add(low, f64x2.promote_low_f32x4(g));
    high = f64x2.add(high, f64x2.promote_low_f32x4(upper(g)));
    lowDot = f64x2.add(lowDot, f64x2.promote_low_f32x4(dot));
    highDot = f64x2.add(highDot, f64x2.promote_low_f32x4(upper(dot)));
  }
  const sum = narrowed(low, high), dot = narrowed(lowDot, highDot);
  storeUpTo4(n.dweight + at, f32x4.mul(dot, rstd), width);
  storeUpTo4(n.dbias + at, sum, width);
  const images = f32x4.splat(<f32>n.images);
  const scale = f32x4.mul(rstd, weight), meanGradient = f32x4.div(sum, images), slope = f32x4.div(f32x4.mul(f32x4.neg(dot), f32x4.mul(rstd, rstd)), images);
  for (let image = 0; image < n.images; image++) {
    const g = loadUpTo4(n.gradient + at + image * step, width, 0), d = f32x4.sub(loadUpTo4(n.x + at + image * step, width, 0), mean);
    storeUpTo4(n.dx + at + image * step, f32x4.mul(scale, madd(d, slope, f32x4.sub(g, meanGradient))), width);
  }
}
