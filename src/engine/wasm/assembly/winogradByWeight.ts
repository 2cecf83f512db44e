// The gradient of a 3 × 3 kernel with stride 1 by Winograd's filtering, which is the forward one transposed: dg = Gᵀ [Σ (A dY Aᵀ) ⊙ (Bᵀ d B)] G, summed
// over tiles of 4 × 4 pixels of all images. Each thread sums over its own tiles; the sums of all are transformed back at the end.
import { multiplyBlock } from './gemm';
import { blockRows, chainAreaBytes } from './limits';
import { shareStart, threadArea } from './threads';
import { copyFloats } from './window';
import { betweenBytes, transformGradient6, transformInput6, transformWeightBack6 } from './winogradTransforms';

const elements = 36;
const tileElements = 4;
@unmanaged class ByWeightArguments {
  x: usize; weight: usize; y: usize; scratch: usize;
  images: i32; inChannels: i32; outChannels: i32;
  inHeight: i32; inWidth: i32; outHeight: i32; outWidth: i32; paddingHeight: i32; paddingWidth: i32;
  tilesDown: i32; tilesAcross: i32; tilesPerBlock: i32;
  /** Of a thread's scratch, which begins with its sums: for each element a matrix, outputs × inputs. */
  scratchBytes: i32; sumStep: i32; sumRow: i32;
  gradientsAt: i32; gradientStep: i32; panelsAt: i32; panelStep: i32; stripsAt: i32; edgeAt: i32;
  /** Two words: how many threads have sums, and whether some result is not finite, so that all has to be done again (winograd.ts). */
  state: usize;
}

/** (arguments, thread, threads): sums over the thread's share of the rows of tiles. */
export function winogradByWeight(address: usize, thread: i32, threads: i32): void {
  const g = changetype<ByWeightArguments>(address);
  const sums = g.scratch + <usize>thread * g.scratchBytes;
  if (thread == 0) {
    store<i32>(g.state, threads);
    store<i32>(g.state, 0, 4);
  }
  const rows = g.images * g.tilesDown;
  const start = shareStart(rows, 1, thread, threads) * g.tilesAcross, end = shareStart(rows, 1, thread + 1, threads) * g.tilesAcross;
  if (start >= end) memory.fill(sums, 0, <usize>elements * g.sumStep);
  for (let tile = start; tile < end; tile += g.tilesPerBlock) {
    const tiles = min(g.tilesPerBlock, end - tile);
    transformGradients(g, sums, tile, tiles);
    transformInputs(g, sums, tile, tiles);
    for (let element = 0; element < elements; element++) {
      for (let r = 0; r < g.outChannels; r += blockRows) {
        multiplyBlock(
          min(blockRows, g.outChannels - r), g.inChannels, tiles, sums + g.gradientsAt + <usize>element * g.gradientStep + <usize>(r * g.tilesPerBlock) * 4,
          <usize>g.tilesPerBlock * 4, 4, sums + g.panelsAt + <usize>element * g.panelStep,
          sums + <usize>element * g.sumStep + <usize>r * g.sumRow, g.sumRow, tile > start, sums + g.edgeAt,
        );
      }
    }
  }
}

/** Copies what tiles `from`..`to` of a row of tiles see of a channel: `size` pixels square for each, tileElements apart. */
function fillStrip(channel: usize, height: i32, width: i32, y0: i32, x0: i32, size: i32, from: i32, to: i32, strip: usize, step: usize): void {
  const left = max(from * tileElements, -x0), right = min((to - 1) * tileElements + size, width - x0);
  if (left >= right) return;
  for (let y = max(0, -y0), end = min(size, height - y0); y < end; y++) {
    copyFloats(channel + <usize>((y0 + y) * width + x0 + left) * 4, strip + y * step + <usize>left * 4, right - left);
  }
}

/** Gradients as the left side: for each element a row of tiles per channel, four tiles at a time. */
function transformGradients(g: ByWeightArguments, scratch: usize, first: i32, tiles: i32): void {
  const strip = scratch + g.stripsAt, between = threadArea() + chainAreaBytes;
  const step = <usize>(g.tilesAcross * tileElements) * 4;
  const firstRow = first / g.tilesAcross, endRow = (first + tiles - 1) / g.tilesAcross + 1;
  memory.fill(strip, 0, <usize>((endRow - firstRow) * tileElements) * step);
  for (let channel = 0; channel < g.outChannels; channel++) {
    for (let row = firstRow; row < endRow; row++) {
      const from = row == firstRow ? first % g.tilesAcross : 0, to = row == endRow - 1 ? (first + tiles - 1) % g.tilesAcross + 1 : g.tilesAcross;
      const plane = g.y + <usize>((row / g.tilesDown) * g.outChannels + channel) * g.outHeight * g.outWidth * 4;
      fillStrip(plane, g.outHeight, g.outWidth, (row % g.tilesDown) * tileElements, 0, tileElements, from, to, strip + <usize>((row - firstRow) * tileElements) * step, step);
    }
    let target = scratch + g.gradientsAt + <usize>(channel * g.tilesPerBlock) * 4;
    for (let n = 0; n < tiles; n += 4, target += 16) {
      const tile = first + n, last = first + tiles - 1;
      const p0 = strip + tilePlace(g, tile, firstRow, tileElements, step), p1 = strip + tilePlace(g, min(tile + 1, last), firstRow, tileElements, step);
      const p2 = strip + tilePlace(g, min(tile + 2, last), firstRow, tileElements, step), p3 = strip + tilePlace(g, min(tile + 3, last), firstRow, tileElements, step);
      transformGradient6(p0, p1, p2, p3, step, target, g.gradientStep, between);
    }
  }
}

/** Inputs as panels of 8 channels: for each element and tile, the channels side by side. */
function transformInputs(g: ByWeightArguments, scratch: usize, first: i32, tiles: i32): void {
  const strips = scratch + g.stripsAt, between = threadArea() + chainAreaBytes;
  const size = tileElements + 2;
  const step = <usize>(g.tilesAcross * tileElements + 4) * 4;
  const firstRow = first / g.tilesAcross, endRow = (first + tiles - 1) / g.tilesAcross + 1;
  const stripBytes = <usize>((endRow - firstRow) * size) * step;
  memory.fill(strips, 0, 8 * stripBytes);
  for (let channel = 0; channel < g.inChannels; channel += 8) {
    const channels = min(8, g.inChannels - channel);
    for (let c = 0; c < channels; c++) {
      for (let row = firstRow; row < endRow; row++) {
        const from = row == firstRow ? first % g.tilesAcross : 0, to = row == endRow - 1 ? (first + tiles - 1) % g.tilesAcross + 1 : g.tilesAcross;
        const plane = g.x + <usize>((row / g.tilesDown) * g.inChannels + channel + c) * g.inHeight * g.inWidth * 4;
        fillStrip(
          plane, g.inHeight, g.inWidth, (row % g.tilesDown) * tileElements - g.paddingHeight, -g.paddingWidth, size, from, to,
          strips + <usize>c * stripBytes + <usize>((row - firstRow) * size) * step, step,
        );
      }
    }
    let target = scratch + g.panelsAt + <usize>(channel * tiles) * 4;
    for (let n = 0; n < tiles; n++, target += 32) {
      // Strips of channels past the last hold an earlier one's, which nobody uses.
      const p = strips + tilePlace(g, first + n, firstRow, size, step), q = p + 4 * stripBytes;
      transformInput6(p, p + stripBytes, p + 2 * stripBytes, p + 3 * stripBytes, step, target, g.panelStep, between);
      if (channels > 4) transformInput6(q, q + stripBytes, q + 2 * stripBytes, q + 3 * stripBytes, step, target + 16, g.panelStep, between);
    }
  }
}

@inline function tilePlace(g: ByWeightArguments, tile: i32, firstRow: i32, size: i32, step: usize): usize {
  const row = tile / g.tilesAcross;
  return <usize>((row - firstRow) * size) * step + <usize>((tile - row * g.tilesAcross) * tileElements) * 4;
}

/** (arguments, thread, threads): the gradient of the weight from the sums of all threads. */
export function winogradWeightBack(address: usize, thread: i32, threads: i32): void {
  const g = changetype<ByWeightArguments>(address);
  const parts = load<i32>(g.state);
  const between = threadArea() + chainAreaBytes, taps = between + betweenBytes;
  let seen = f32x4.splat(0);
  const end = shareStart(g.outChannels, 1, thread + 1, threads);
  for (let output = shareStart(g.outChannels, 1, thread, threads); output < end; output++) {
    for (let input = 0; input < g.inChannels; input += 4) {
      const place = g.scratch + <usize>output * g.sumRow + <usize>input * 4;
      for (let part = 1; part < parts; part++) {
        const other = place + <usize>part * g.scratchBytes;
        for (let at: usize = 0, last = <usize>elements * g.sumStep; at < last; at += g.sumStep) {
          v128.store(place + at, f32x4.add(v128.load(place + at), v128.load(other + at)));
        }
      }
      transformWeightBack6(place, g.sumStep, taps, between);
      const to = g.weight + <usize>(output * g.inChannels + input) * 36;
      const channels = min(4, g.inChannels - input);
      for (let tap: usize = 0; tap < 9; tap++) {
        for (let c = 0; c < channels; c++) {
          const value = load<f32>(taps + tap * 16 + <usize>c * 4);
          store<f32>(to + <usize>c * 36 + tap * 4, value);
          seen = f32x4.add(seen, f32x4.splat(value * 0));
        }
      }
    }
  }
  if (v128.any_true(f32x4.ne(seen, seen))) store<i32>(g.state, 1, 4);
}
