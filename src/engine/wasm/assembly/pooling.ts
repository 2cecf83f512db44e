// Pooling over three trailing axes, and its backward passes. Where windows begin and end is the host's business: a table per axis of (start,
// end, divisor) for each output position. A stretch of a row in which windows are alike is taken four windows at a time.
import { sumRun } from './reductions';
import { shareStart } from './threads';
import { choose } from './vectorMath';

/** `regularFrom`..`regularTo`: the output columns whose windows begin `stride` apart and are alike; fewer than four are none. */
@unmanaged class PoolArguments {
  x: usize; y: usize; indices: usize; spansZ: usize; spansY: usize; spansX: usize;
  planes: i32; depth: i32; height: i32; width: i32; outDepth: i32; outHeight: i32; outWidth: i32;
  dilationZ: i32; dilationY: i32; dilationX: i32; regularFrom: i32; regularTo: i32; stride: i32;
  /** What averages divide by; 0: by the product of the spans' divisors. */
  divisor: i32;
}
@unmanaged class Span { start: i32; end: i32; divisor: i32; }
const spanBytes: usize = 12;
/** Elements of a window up to which its average is summed in float32. */
const fewTaps = 16;

@inline function spanAt(spans: usize, position: i32): Span {
  return changetype<Span>(spans + <usize>position * spanBytes);
}

/** Four floats that lie `stride` apart; nothing beyond the last one is read. */
@inline function loadApart(x: usize, stride: i32): v128 {
  if (stride == 1) return v128.load(x);
  if (stride == 2) return v128.shuffle<f32>(v128.load(x), v128.load(x, 12), 0, 2, 5, 7);
  const step = <usize>stride * 4;
  let four = v128.load32_zero(x);
  four = v128.load_lane<f32>(x + step, four, 1);
  four = v128.load_lane<f32>(x + 2 * step, four, 2);
  return v128.load_lane<f32>(x + 3 * step, four, 3);
}

/** The largest of each window and its position in the plane: the first of equal ones, the last NaN. */
export function maxPool(address: usize, thread: i32, threads: i32): void {
  const p = changetype<PoolArguments>(address);
  const rows = p.planes * p.outDepth * p.outHeight;
  const end = shareStart(rows, 1, thread + 1, threads);
  for (let row = shareStart(rows, 1, thread, threads); row < end; row++) {
    const oy = row % p.outHeight, oz = (row / p.outHeight) % p.outDepth;
    const plane = p.x + <usize>(row / p.outHeight / p.outDepth) * p.depth * p.height * p.width * 4;
    const z = spanAt(p.spansZ, oz), y = spanAt(p.spansY, oy);
    const out = <usize>row * p.outWidth * 4;
    let ox = 0;
    for (; ox < p.regularFrom; ox++) maximumOfOne(p, plane, z, y, ox, out);
    const arePairs = p.stride == 2 && isPair(spanAt(p.spansX, p.regularFrom), p.dilationX) && isPair(y, p.dilationY) && z.end - z.start == 1;
    while (ox < p.regularTo) {
      // The last four can be partly done before.
      ox = min(ox, p.regularTo - 4);
      if (arePairs) maximumOfFourPairs(p, plane, z, y, ox, out);
      else maximumOfFour(p, plane, z, y, ox, out);
      ox += 4;
    }
    for (; ox < p.outWidth; ox++) maximumOfOne(p, plane, z, y, ox, out);
  }
}

function maximumOfOne(p: PoolArguments, plane: usize, spanZ: Span, spanY: Span, ox: i32, out: usize): void {
  const spanX = spanAt(p.spansX, ox);
  let best = (spanZ.start * p.height + spanY.start) * p.width + spanX.start;
  let largest = <f32>-Infinity;
  for (let z = spanZ.start; z < spanZ.end; z += p.dilationZ) {
    for (let y = spanY.start; y < spanY.end; y += p.dilationY) {
      const row = (z * p.height + y) * p.width;
      for (let x = spanX.start; x < spanX.end; x += p.dilationX) {
        const value = load<f32>(plane + <usize>(row + x) * 4);
        if (value > largest || value != value) {
          largest = value;
          best = row + x;
        }
      }
    }
  }
  store<f32>(p.y + out + <usize>ox * 4, largest);
  store<i32>(p.indices + out + <usize>ox * 4, best);
}

/** Four windows side by side; those with a NaN are looked at again, one by one. */
@inline function maximumOfFour(p: PoolArguments, plane: usize, spanZ: Span, spanY: Span, ox: i32, out: usize): void {
  const spanX = spanAt(p.spansX, ox);
  const stride = p.stride, width = p.width, taps = spanX.end - spanX.start;
  const dilationX = p.dilationX, dilationY = p.dilationY, lastY = spanY.end;
  const further = i32x4.splat(dilationX);
  const lanes = i32x4.add(i32x4.mul(i32x4(0, 1, 2, 3), i32x4.splat(stride)), i32x4.splat(spanX.start));
  let best = i32x4.add(lanes, i32x4.splat((spanZ.start * p.height + spanY.start) * width));
  let largest = f32x4.splat(-Infinity), unordered = i32x4.splat(0);
  for (let z = spanZ.start; z < spanZ.end; z += p.dilationZ) {
    for (let y = spanY.start; y < lastY; y += dilationY) {
      const row = (z * p.height + y) * width;
      let at = plane + <usize>(row + spanX.start) * 4;
      let index = i32x4.add(lanes, i32x4.splat(row));
      for (let tap = 0; tap < taps; tap += dilationX) {
        const values = loadApart(at, stride);
        unordered = v128.or(unordered, f32x4.ne(values, values));
        best = choose(f32x4.gt(values, largest), index, best);
        largest = f32x4.pmax(largest, values);
        at += <usize>dilationX * 4;
        index = i32x4.add(index, further);
      }
    }
  }
  v128.store(p.y + out + <usize>ox * 4, largest);
  v128.store(p.indices + out + <usize>ox * 4, best);
  if (v128.any_true(unordered)) for (let lane = 0; lane < 4; lane++) maximumOfOne(p, plane, spanZ, spanY, ox + lane, out);
}

@inline function isPair(span: Span, dilation: i32): bool {
  return span.end - span.start == 2 && dilation == 1;
}

/** As `maximumOfFour`, of windows of 2 × 2 that lie beside each other: what most networks pool with, and without a loop several times as fast. */
@inline function maximumOfFourPairs(p: PoolArguments, plane: usize, spanZ: Span, spanY: Span, ox: i32, out: usize): void {
  const width = p.width, start = spanAt(p.spansX, ox).start;
  const first = (spanZ.start * p.height + spanY.start) * width + start;
  const above = plane + <usize>first * 4, below = above + <usize>width * 4;
  const a0 = v128.load(above), a1 = v128.load(above, 16), b0 = v128.load(below), b1 = v128.load(below, 16);
  const topLeft = v128.shuffle<f32>(a0, a1, 0, 2, 4, 6), topRight = v128.shuffle<f32>(a0, a1, 1, 3, 5, 7);
  const lowLeft = v128.shuffle<f32>(b0, b1, 0, 2, 4, 6), lowRight = v128.shuffle<f32>(b0, b1, 1, 3, 5, 7);
  // The first of equal ones: a later one has to be larger.
  const top = f32x4.pmax(topLeft, topRight), low = f32x4.pmax(lowLeft, lowRight);
  const inTop = v128.and(f32x4.gt(topRight, topLeft), i32x4.splat(1));
  const inLow = i32x4.add(v128.and(f32x4.gt(lowRight, lowLeft), i32x4.splat(1)), i32x4.splat(width));
  const index = i32x4.add(choose(f32x4.gt(low, top), inLow, inTop), i32x4.add(i32x4(0, 2, 4, 6), i32x4.splat(first)));
  v128.store(p.y + out + <usize>ox * 4, f32x4.pmax(top, low));
  v128.store(p.indices + out + <usize>ox * 4, index);
  // Sums have a NaN where one of them has, or infinities of both signs.
  const sum = f32x4.add(f32x4.add(topLeft, topRight), f32x4.add(lowLeft, lowRight));
  if (v128.any_true(f32x4.ne(sum, sum))) for (let lane = 0; lane < 4; lane++) maximumOfOne(p, plane, spanZ, spanY, ox + lane, out);
}

@unmanaged class MaxBackwardArguments { gradient: usize; indices: usize; dx: usize; planes: i32; outCount: i32; count: i32; }

/** Each element's gradient goes to where the maximum was. An index beyond the plane, which no pooling has made, goes nowhere. */
export function maxPoolBackward(address: usize, thread: i32, threads: i32): void {
  const p = changetype<MaxBackwardArguments>(address);
  const end = shareStart(p.planes, 1, thread + 1, threads);
  for (let plane = shareStart(p.planes, 1, thread, threads); plane < end; plane++) {
    const dx = p.dx + <usize>plane * p.count * 4, from = <usize>plane * p.outCount * 4;
    memory.fill(dx, 0, <usize>p.count * 4);
    for (let at = from, last = from + <usize>p.outCount * 4; at < last; at += 4) {
      const index = load<i32>(p.indices + at);
      if (<u32>index >= <u32>p.count) continue;
      const target = dx + <usize>index * 4;
      store<f32>(target, load<f32>(target) + load<f32>(p.gradient + at));
    }
  }
}

export function averagePool(address: usize, thread: i32, threads: i32): void {
  const p = changetype<PoolArguments>(address);
  const rows = p.planes * p.outDepth * p.outHeight;
  const end = shareStart(rows, 1, thread + 1, threads);
  for (let row = shareStart(rows, 1, thread, threads); row < end; row++) {
    const oy = row % p.outHeight, oz = (row / p.outHeight) % p.outDepth;
    const plane = p.x + <usize>(row / p.outHeight / p.outDepth) * p.depth * p.height * p.width * 4;
    const z = spanAt(p.spansZ, oz), y = spanAt(p.spansY, oy);
    const out = p.y + <usize>row * p.outWidth * 4;
    let ox = 0;
    const regular = spanAt(p.spansX, p.regularFrom);
    if (p.regularTo - p.regularFrom >= 4 && (z.end - z.start) * (y.end - y.start) * (regular.end - regular.start) <= fewTaps) {
      for (; ox < p.regularFrom; ox++) averageOfOne(p, plane, z, y, ox, out);
      while (ox < p.regularTo) {
        ox = min(ox, p.regularTo - 4);
        averageOfFour(p, plane, z, y, ox, out);
        ox += 4;
      }
    }
    for (; ox < p.outWidth; ox++) averageOfOne(p, plane, z, y, ox, out);
  }
}

@inline function divisorOf(p: PoolArguments, z: Span, y: Span, x: Span): i32 {
  return p.divisor != 0 ? p.divisor : z.divisor * y.divisor * x.divisor;
}

function averageOfOne(p: PoolArguments, plane: usize, spanZ: Span, spanY: Span, ox: i32, out: usize): void {
  const spanX = spanAt(p.spansX, ox);
  const count = spanX.end - spanX.start, rows = spanY.end - spanY.start;
  const isWhole = count == p.width;
  let sum = 0.0;
  for (let z = spanZ.start; z < spanZ.end; z++) {
    const first = plane + <usize>((z * p.height + spanY.start) * p.width + spanX.start) * 4;
    if (isWhole) sum += rows > 0 ? sumRun(first, rows * count) : 0;
    else for (let y = 0; y < rows; y++) sum += sumShort(first + <usize>y * p.width * 4, count);
  }
  store<f32>(out + <usize>ox * 4, <f32>(sum / <f64>divisorOf(p, spanZ, spanY, spanX)));
}

@inline function sumShort(x: usize, count: i32): f64 {
  if (count >= 16) return sumRun(x, count);
  let sum = 0.0;
  for (let i = 0; i < count; i++) sum += <f64>load<f32>(x + <usize>i * 4);
  return sum;
}

function averageOfFour(p: PoolArguments, plane: usize, spanZ: Span, spanY: Span, ox: i32, out: usize): void {
  const spanX = spanAt(p.spansX, ox);
  let sum = f32x4.splat(0);
  for (let z = spanZ.start; z < spanZ.end; z++) {
    for (let y = spanY.start; y < spanY.end; y++) {
      const row = plane + <usize>((z * p.height + y) * p.width) * 4;
      for (let x = spanX.start; x < spanX.end; x++) sum = f32x4.add(sum, loadApart(row + <usize>x * 4, p.stride));
    }
  }
  v128.store(out + <usize>ox * 4, f32x4.div(sum, f32x4.splat(<f32>divisorOf(p, spanZ, spanY, spanX))));
}

/** x is the gradient of the output, y that of the input; sizes are as forward. */
export function averagePoolBackward(address: usize, thread: i32, threads: i32): void {
  const p = changetype<PoolArguments>(address);
  const count = <usize>p.depth * p.height * p.width * 4;
  const end = shareStart(p.planes, 1, thread + 1, threads);
  for (let plane = shareStart(p.planes, 1, thread, threads); plane < end; plane++) {
    const dx = p.y + plane * count;
    let gradient = p.x + <usize>plane * p.outDepth * p.outHeight * p.outWidth * 4;
    memory.fill(dx, 0, count);
    for (let oz = 0; oz < p.outDepth; oz++) {
      const z = spanAt(p.spansZ, oz);
      for (let oy = 0; oy < p.outHeight; oy++) {
        const y = spanAt(p.spansY, oy);
        for (let ox = 0; ox < p.outWidth; ox++, gradient += 4) spread(p, dx, z, y, spanAt(p.spansX, ox), load<f32>(gradient));
      }
    }
  }
}

function spread(p: PoolArguments, dx: usize, spanZ: Span, spanY: Span, spanX: Span, gradient: f32): void {
  const share = gradient / <f32>divisorOf(p, spanZ, spanY, spanX);
  const four = f32x4.splat(share);
  for (let z = spanZ.start; z < spanZ.end; z++) {
    for (let y = spanY.start; y < spanY.end; y++) {
      let at = dx + <usize>((z * p.height + y) * p.width + spanX.start) * 4;
      let left = spanX.end - spanX.start;
      for (; left >= 4; left -= 4, at += 16) v128.store(at, f32x4.add(v128.load(at), four));
      for (; left > 0; left--, at += 4) store<f32>(at, load<f32>(at) + share);
    }
  }
}
