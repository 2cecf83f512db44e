// Convolutions whose groups have one input channel each (depthwise): no matrix product, so each result is summed tap by tap over strips (window.ts) that stay
// in the first-level cache, and so are the gradients.
import { chainRow } from './chain';
import { addColumns } from './columnSums';
import { madd, sumLanes } from './simd';
import { shareStart } from './threads';
import {
  boxDepth, boxHeight, boxPixels, boxStart, boxWidth, clearStrips, fillStrip, inPixels, outPixels, stripInPlace, takeBox, unitsOf, Window,
} from './window';

/** `sumsAt`: where sums, float64 for each tap of a group's kernels, lie behind the strip. */
@unmanaged class DepthwiseArguments { window: usize; x: usize; weight: usize; y: usize; chain: usize; scratch: usize; scratchBytes: i32; sumsAt: i32; }

/** The box's strip of a channel: the image itself, or its copy in scratch. */
function stripOf(w: Window, channel: usize, scratch: usize): usize {
  if (w.isInPlace != 0) return stripInPlace(w, channel);
  clearStrips(w, 1, scratch);
  fillStrip(w, channel, scratch);
  return scratch;
}

@inline function rowOffset(w: Window, z: i32, y: i32): usize {
  return z * w.strideDepth * w.sliceStep + y * w.strideHeight * w.rowStep;
}

/** Every second float of eight, of which the last is not read. */
@inline function everySecond(from: usize): v128 {
  return v128.shuffle<f32>(v128.load(from), v128.load(from, 12), 0, 2, 5, 7);
}

/** (arguments, thread, threads): y = weight ∗ x, with the chain over each finished block. */
export function depthwise(address: usize, thread: i32, threads: i32): void {
  const g = changetype<DepthwiseArguments>(address);
  const w = changetype<Window>(g.window);
  const scratch = g.scratch + <usize>thread * g.scratchBytes;
  const all = unitsOf(w), end = shareStart(all, 1, thread + 1, threads);
  let unit = shareStart(all, 1, thread, threads);
  while (unit < end) {
    const part = unit / w.units, first = part * w.units;
    unit = first + takeBox(w, unit - first, min(end - first, w.units));
    const group = part % w.groups, image = part / w.groups;
    const strip = stripOf(w, g.x + <usize>part * inPixels(w) * 4, scratch);
    for (let n = 0; n < w.outChannels; n++) {
      const channel = group * w.outChannels + n;
      const weight = g.weight + <usize>(channel * w.taps) * 4;
      let y = g.y + (<usize>(part * w.outChannels + n) * outPixels(w) + boxStart) * 4;
      for (let z = 0; z < boxDepth; z++) {
        for (let row = 0; row < boxHeight; row++, y += <usize>boxWidth * 4) sumRow(w, weight, strip + rowOffset(w, z, row), y);
      }
      if (g.chain != 0) chainRow(g.chain, 0, image, channel, boxStart, boxStart + boxPixels);
    }
  }
}

/** A row of results: for each the sum over taps of weight · what lies there. */
function sumRow(w: Window, weight: usize, from: usize, to: usize): void {
  const first = w.tapOffsets, last = first + <usize>w.taps * 4, step = <usize>w.strideWidth * 4;
  let left = boxWidth;
  if (step == 4) {
    for (; left >= 16; left -= 16, from += 64, to += 64) {
      let s0 = f32x4.splat(0), s1 = s0, s2 = s0, s3 = s0, factor = weight;
      for (let tap = first; tap < last; tap += 4, factor += 4) {
        const at = from + load<i32>(tap), by = v128.load32_splat(factor);
        s0 = madd(by, v128.load(at), s0);
        s1 = madd(by, v128.load(at, 16), s1);
        s2 = madd(by, v128.load(at, 32), s2);
        s3 = madd(by, v128.load(at, 48), s3);
      }
      v128.store(to, s0); v128.store(to, s1, 16); v128.store(to, s2, 32); v128.store(to, s3, 48);
    }
    for (; left >= 4; left -= 4, from += 16, to += 16) {
      let sum = f32x4.splat(0), factor = weight;
      for (let tap = first; tap < last; tap += 4, factor += 4) sum = madd(v128.load32_splat(factor), v128.load(from + load<i32>(tap)), sum);
      v128.store(to, sum);
    }
  } else if (step == 8) {
    for (; left >= 8; left -= 8, from += 64, to += 32) {
      let s0 = f32x4.splat(0), s1 = s0, factor = weight;
      for (let tap = first; tap < last; tap += 4, factor += 4) {
        const at = from + load<i32>(tap), by = v128.load32_splat(factor);
        s0 = madd(by, everySecond(at), s0);
        s1 = madd(by, everySecond(at + 32), s1);
      }
      v128.store(to, s0); v128.store(to, s1, 16);
    }
  }
  for (; left > 0; left--, from += step, to += 4) {
    let sum: f32 = 0, factor = weight;
    for (let tap = first; tap < last; tap += 4, factor += 4) sum += load<f32>(factor) * load<f32>(from + load<i32>(tap));
    store<f32>(to, sum);
  }
}

/** (arguments, thread, threads): weight = Σ over images and pixels of y · x. Threads share groups. */
export function depthwiseByWeight(address: usize, thread: i32, threads: i32): void {
  const g = changetype<DepthwiseArguments>(address);
  const w = changetype<Window>(g.window);
  const scratch = g.scratch + <usize>thread * g.scratchBytes, sums = scratch + g.sumsAt;
  const count = w.outChannels * w.taps;
  const end = shareStart(w.groups, 1, thread + 1, threads);
  for (let group = shareStart(w.groups, 1, thread, threads); group < end; group++) {
    memory.fill(sums, 0, <usize>count * 8);
    for (let image = 0; image < w.images; image++) {
      const part = image * w.groups + group;
      for (let unit = 0; unit < w.units;) {
        unit = takeBox(w, unit, w.units);
        const strip = stripOf(w, g.x + <usize>part * inPixels(w) * 4, scratch);
        for (let n = 0; n < count; n++) {
          const y = g.y + (<usize>(part * w.outChannels + n / w.taps) * outPixels(w) + boxStart) * 4;
          const sum = sums + <usize>n * 8;
          store<f64>(sum, load<f64>(sum) + <f64>dot(w, strip + load<i32>(w.tapOffsets + <usize>(n % w.taps) * 4), y));
        }
      }
    }
    for (let n = 0; n < count; n++) store<f32>(g.weight + <usize>(group * count + n) * 4, <f32>load<f64>(sums + <usize>n * 8));
  }
}

/** Σ over the box of y · what a tap sees. */
function dot(w: Window, strip: usize, y: usize): f32 {
  const step = <usize>w.strideWidth * 4;
  let s0 = f32x4.splat(0), s1 = s0;
  let rest: f32 = 0;
  for (let z = 0; z < boxDepth; z++) {
    for (let row = 0; row < boxHeight; row++) {
      let from = strip + rowOffset(w, z, row), left = boxWidth;
      if (step == 4) {
        for (; left >= 8; left -= 8, from += 32, y += 32) {
          s0 = madd(v128.load(y), v128.load(from), s0);
          s1 = madd(v128.load(y, 16), v128.load(from, 16), s1);
        }
      } else if (step == 8) {
        for (; left >= 4; left -= 4, from += 32, y += 16) s0 = madd(v128.load(y), everySecond(from), s0);
      }
      for (; left > 0; left--, from += step, y += 4) rest += load<f32>(y) * load<f32>(from);
    }
  }
  return sumLanes(f32x4.add(s0, s1)) + rest;
}

/** (arguments, thread, threads): x = the gradient of the input, each tap's share added where it looks, with the chain over each finished channel. */
export function depthwiseByInput(address: usize, thread: i32, threads: i32): void {
  const g = changetype<DepthwiseArguments>(address);
  const w = changetype<Window>(g.window);
  const parts = w.images * w.groups, size = inPixels(w);
  const end = shareStart(parts, 1, thread + 1, threads);
  for (let part = shareStart(parts, 1, thread, threads); part < end; part++) {
    const group = part % w.groups;
    const x = g.x + <usize>part * size * 4;
    memory.fill(x, 0, <usize>size * 4);
    for (let unit = 0; unit < w.units;) {
      unit = takeBox(w, unit, w.units);
      for (let n = 0; n < w.outChannels; n++) {
        addColumns(
          w, g.y + (<usize>(part * w.outChannels + n) * outPixels(w) + boxStart) * 4, 0, x, g.weight + <usize>((group * w.outChannels + n) * w.taps) * 4,
        );
      }
    }
    if (g.chain != 0) chainRow(g.chain, 0, part / w.groups, group, 0, size);
  }
}
