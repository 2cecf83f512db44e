// Convolutions of one to three axes as matrix products. Forward, output = weight · columns: the columns of a block of pixels are packed a few channels at a
// time, and never exist as a whole. Backward by weight, the sum over images of gradient · columnsᵀ. Backward by input, weightᵀ · gradient gives
// columns that are added to the image; where the stride is 1 the host writes it as a forward convolution instead.
import { chainRow } from './chain';
import { addColumns } from './columnSums';
import { packChannel, packTransposed } from './columns';
import { multiplyBlock } from './gemm';
import { blockRows } from './limits';
import { packPanels } from './packing';
import { shareStart } from './threads';
import { boxPixels, boxStart, clearStrips, fillStrip, inPixels, outPixels, stripInPlace, takeBox, unitsOf, Window, writePixelOffsets } from './window';

/** Bytes of `scratch` are per thread; in it, strips, pixel offsets and the edge lie behind the panels. */
@unmanaged class ConvolutionArguments {
  window: usize;
  x: usize; weight: usize; y: usize; chain: usize; scratch: usize;
  scratchBytes: i32; stripsAt: i32; offsetsAt: i32; edgeAt: i32;
  /** Channels (forward), columns (by weight) or gradient channels (by input) that are packed at a time. */
  blockSize: i32;
  /** 1: threads share rows of the result rather than its pixels. */
  sharesRows: i32;
  /** Unless 0, a word: nothing is to be done where it is 0. */
  condition: usize;
}

/** (arguments, thread, threads): y = weight · columns(x), with the chain over each finished part. */
export function convolve(address: usize, thread: i32, threads: i32): void {
  const g = changetype<ConvolutionArguments>(address);
  const w = changetype<Window>(g.window);
  if (g.condition != 0 && load<i32>(g.condition) == 0) return;
  const all = unitsOf(w);
  if (g.sharesRows != 0 || all < threads) {
    convolvePart(g, w, thread, 0, all, shareStart(w.outChannels, 6, thread, threads), shareStart(w.outChannels, 6, thread + 1, threads));
  } else {
    convolvePart(g, w, thread, shareStart(all, 1, thread, threads), shareStart(all, 1, thread + 1, threads), 0, w.outChannels);
  }
}

function convolvePart(g: ConvolutionArguments, w: Window, thread: i32, start: i32, end: i32, top: i32, bottom: i32): void {
  if (top >= bottom) return;
  const panels = g.scratch + <usize>thread * g.scratchBytes;
  const strip = panels + g.stripsAt, offsets = panels + g.offsetsAt, edge = panels + g.edgeAt;
  const pixels = outPixels(w), row = <usize>(w.inChannels * w.taps) * 4;
  const isPlain = w.isInPlace != 0 && w.taps == 1 && w.strideDepth * w.strideHeight * w.strideWidth == 1
    // The gradient of a transposed convolution's output has more pixels, where that was padded.
    && w.inDepth == w.outDepth && w.inHeight == w.outHeight && w.inWidth == w.outWidth;
  let unit = start;
  while (unit < end) {
    const part = unit / w.units, first = part * w.units;
    unit = first + takeBox(w, unit - first, min(end - first, w.units));
    const group = part % w.groups, image = part / w.groups;
    const x = g.x + <usize>part * w.inChannels * inPixels(w) * 4;
    const y = g.y + (<usize>(part * w.outChannels) * pixels + boxStart) * 4;
    const weight = g.weight + <usize>(group * w.outChannels) * row;
    if (!isPlain) writePixelOffsets(w, offsets);
    if (w.isInPlace == 0) clearStrips(w, 1, strip);
    for (let channel = 0; channel < w.inChannels; channel += g.blockSize) {
      const channels = min(g.blockSize, w.inChannels - channel), depth = channels * w.taps;
      if (isPlain) {
        packPanels(stripInPlace(w, x + <usize>channel * w.channelStep), w.channelStep, 4, depth, boxPixels, panels);
      } else {
        for (let c = 0; c < channels; c++) {
          let source = strip;
          if (w.isInPlace != 0) source = stripInPlace(w, x + <usize>(channel + c) * w.channelStep);
          else fillStrip(w, x + <usize>(channel + c) * inPixels(w) * 4, strip);
          packChannel(w, source, offsets, panels + <usize>(c * w.taps) * 32, <usize>depth * 32);
        }
      }
      const isLast = channel + channels == w.inChannels;
      for (let r = top; r < bottom; r += blockRows) {
        const rows = min(blockRows, bottom - r);
        multiplyBlock(
          rows, boxPixels, depth, weight + r * row + <usize>(channel * w.taps) * 4, row, 4, panels,
          y + <usize>r * pixels * 4, <usize>pixels * 4, channel > 0, edge,
        );
        if (!isLast || g.chain == 0) continue;
        for (let n = r; n < r + rows; n++) chainRow(g.chain, 0, image, group * w.outChannels + n, boxStart, boxStart + boxPixels);
      }
    }
  }
}

/** (arguments, thread, threads): weight = Σ over images of y · columns(x)ᵀ. */
export function convolveByWeight(address: usize, thread: i32, threads: i32): void {
  const g = changetype<ConvolutionArguments>(address);
  const w = changetype<Window>(g.window);
  if (g.condition != 0 && load<i32>(g.condition) == 0) return;
  const columns = w.inChannels * w.taps;
  let firstGroup = 0, lastGroup = w.groups, top = 0, bottom = w.outChannels, left = 0, right = columns;
  if (w.groups >= threads) {
    firstGroup = shareStart(w.groups, 1, thread, threads);
    lastGroup = shareStart(w.groups, 1, thread + 1, threads);
  } else if (columns >= 32 * threads) {
    left = shareStart(columns, 8, thread, threads);
    right = shareStart(columns, 8, thread + 1, threads);
  } else {
    top = shareStart(w.outChannels, 6, thread, threads);
    bottom = shareStart(w.outChannels, 6, thread + 1, threads);
  }
  if (top >= bottom) return;
  for (let group = firstGroup; group < lastGroup; group++) {
    for (let column = left; column < right; column += g.blockSize) {
      byWeightBlock(g, w, thread, group, top, bottom, column, min(right, column + g.blockSize));
    }
  }
}

function byWeightBlock(g: ConvolutionArguments, w: Window, thread: i32, group: i32, top: i32, bottom: i32, left: i32, right: i32): void {
  const panels = g.scratch + <usize>thread * g.scratchBytes;
  const strips = panels + g.stripsAt, edge = panels + g.edgeAt;
  const firstChannel = left / w.taps, channels = (right - 1) / w.taps + 1 - firstChannel;
  const pixels = outPixels(w), row = <usize>(w.inChannels * w.taps) * 4;
  const result = g.weight + <usize>(group * w.outChannels + top) * row + <usize>left * 4;
  for (let image = 0; image < w.images; image++) {
    const part = image * w.groups + group;
    const x = g.x + <usize>(part * w.inChannels + firstChannel) * inPixels(w) * 4;
    for (let unit = 0; unit < w.units;) {
      const isFirst = image == 0 && unit == 0;
      unit = takeBox(w, unit, w.units);
      let source = strips;
      if (w.isInPlace != 0) {
        source = stripInPlace(w, x);
      } else {
        clearStrips(w, channels, strips);
        for (let c = 0; c < channels; c++) fillStrip(w, x + <usize>c * inPixels(w) * 4, strips + <usize>c * w.channelStep);
      }
      packTransposed(w, source, left, right, panels);
      const gradient = g.y + (<usize>(part * w.outChannels + top) * pixels + boxStart) * 4;
      for (let r = 0; r < bottom - top; r += blockRows) {
        multiplyBlock(
          min(blockRows, bottom - top - r), right - left, boxPixels, gradient + <usize>r * pixels * 4, <usize>pixels * 4, 4, panels,
          result + r * row, row, !isFirst, edge,
        );
      }
    }
  }
}

/** (arguments, thread, threads): x = columns back to the image of weightᵀ · y, with the chain over each finished channel. */
export function convolveByInput(address: usize, thread: i32, threads: i32): void {
  const g = changetype<ConvolutionArguments>(address);
  const w = changetype<Window>(g.window);
  const parts = w.images * w.groups;
  const byPart = parts >= threads;
  const start = byPart ? shareStart(parts, 1, thread, threads) : 0, end = byPart ? shareStart(parts, 1, thread + 1, threads) : parts;
  const from = byPart ? 0 : shareStart(w.inChannels, 1, thread, threads), to = byPart ? w.inChannels : shareStart(w.inChannels, 1, thread + 1, threads);
  if (from < to) for (let part = start; part < end; part++) byInputPart(g, w, thread, part, from, to);
}

function byInputPart(g: ConvolutionArguments, w: Window, thread: i32, part: i32, from: i32, to: i32): void {
  const panels = g.scratch + <usize>thread * g.scratchBytes;
  const columns = panels + g.stripsAt, edge = panels + g.edgeAt;
  const size = inPixels(w), pixels = outPixels(w), weightRow = <usize>(w.inChannels * w.taps) * 4;
  const group = part % w.groups;
  const x = g.x + <usize>part * w.inChannels * size * 4;
  const weight = g.weight + <usize>(group * w.outChannels) * weightRow;
  memory.fill(x + <usize>from * size * 4, 0, <usize>(to - from) * size * 4);
  const atOnce = max(1, blockRows / w.taps);
  for (let unit = 0; unit < w.units;) {
    unit = takeBox(w, unit, w.units);
    const y = g.y + (<usize>(part * w.outChannels) * pixels + boxStart) * 4;
    const width = <usize>((boxPixels + 7) & ~7) * 4;
    for (let channel = 0; channel < w.outChannels; channel += g.blockSize) {
      const depth = min(g.blockSize, w.outChannels - channel);
      packPanels(y + <usize>channel * pixels * 4, <usize>pixels * 4, 4, depth, boxPixels, panels);
      for (let c = from; c < to; c += atOnce) {
        const channels = min(atOnce, to - c);
        multiplyBlock(
          channels * w.taps, boxPixels, depth, weight + channel * weightRow + <usize>(c * w.taps) * 4, 4, weightRow, panels, columns, width, false, edge,
        );
        for (let n = 0; n < channels; n++) addColumns(w, columns + <usize>(n * w.taps) * width, width, x + <usize>(c + n) * size * 4, 0);
      }
    }
  }
  if (g.chain == 0) return;
  for (let c = from; c < to; c++) chainRow(g.chain, 0, part / w.groups, group * w.inChannels + c, 0, size);
}

@unmanaged class FlipArguments { weight: usize; flipped: usize; groups: i32; inChannels: i32; outChannels: i32; taps: i32; condition: usize; }

/** (arguments, thread, threads): per group, outputs × inputs × taps → inputs × outputs × taps backwards. */
export function flipWeight(address: usize, thread: i32, threads: i32): void {
  const g = changetype<FlipArguments>(address);
  if (g.condition != 0 && load<i32>(g.condition) == 0) return;
  const taps = <usize>g.taps, row = <usize>g.inChannels * taps;
  const rows = g.groups * g.inChannels;
  const end = shareStart(rows, 1, thread + 1, threads);
  for (let n = shareStart(rows, 1, thread, threads); n < end; n++) {
    const group = n / g.inChannels, channel = n % g.inChannels;
    let target = g.flipped + <usize>n * g.outChannels * taps * 4;
    for (let output = 0; output < g.outChannels; output++) {
      const source = g.weight + ((group * g.outChannels + output) * row + channel * taps) * 4;
      for (let tap = taps; tap > 0; tap--, target += 4) store<f32>(target, load<f32>(source + (tap - 1) * 4));
    }
  }
}
