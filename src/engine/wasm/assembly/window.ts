// Where a convolution's kernel lies over its image. An image's output pixels are dealt in units (slices, rows, or parts of one row) whose pixels lie
// one after the other; a block of units is a box of the output, and what the kernel sees of one channel from there is a strip: the box's part of the
// image with its padding, in scratch, or the image itself where there is no padding to add.

/** A plain convolution from the wide side (input) to the narrow one (output), in three axes. Sizes in elements, steps in bytes. */
@unmanaged export class Window {
  images: i32; groups: i32;
  /** Channels of one group. */
  inChannels: i32; outChannels: i32;
  inDepth: i32; inHeight: i32; inWidth: i32;
  outDepth: i32; outHeight: i32; outWidth: i32;
  strideDepth: i32; strideHeight: i32; strideWidth: i32;
  /** Can be negative: then the kernel never sees the image's margin. */
  paddingDepth: i32; paddingHeight: i32; paddingWidth: i32;
  /** From the kernel's first tap to past its last one. */
  spanDepth: i32; spanHeight: i32; spanWidth: i32;
  /** Positions of the kernel, and where each lies in a strip: bytes from the first. */
  taps: i32; tapOffsets: usize;
  /** Where each lies in the kernel: slice, row and column, in elements, dilation included. */
  tapPositions: usize;
  /** The image itself is the strip. */
  isInPlace: i32;
  /** Of a strip. */
  channelStep: i32; sliceStep: i32; rowStep: i32;
  /** 0: a unit is `unitWidth` pixels of a row, 1: a row, 2: a slice. */
  level: i32;
  unitWidth: i32; units: i32; unitsPerBlock: i32;
}

// The box at hand; each thread has an instance of its own.
export let boxDepth: i32 = 0, boxHeight: i32 = 0, boxWidth: i32 = 0;
/** Its first output pixel, axis by axis. */
export let firstDepth: i32 = 0, firstRow: i32 = 0, firstColumn: i32 = 0;
/** First pixel of the box in its image, and pixels in it. */
export let boxStart: i32 = 0, boxPixels: i32 = 0;

/** Takes a block from unit `unit` on, ending before `end` if need be; returns where the next begins. */
export function takeBox(w: Window, unit: i32, end: i32): i32 {
  let units = min(w.unitsPerBlock, end - unit);
  boxDepth = 1;
  firstColumn = 0;
  boxWidth = w.outWidth;
  if (w.level == 2) {
    firstDepth = unit;
    firstRow = 0;
    boxDepth = units;
    boxHeight = w.outHeight;
  } else if (w.level == 1) {
    firstDepth = unit / w.outHeight;
    firstRow = unit % w.outHeight;
    units = min(units, w.outHeight - firstRow);
    boxHeight = units;
  } else {
    units = 1;
    const perRow = (w.outWidth + w.unitWidth - 1) / w.unitWidth;
    const row = unit / perRow;
    firstDepth = row / w.outHeight;
    firstRow = row % w.outHeight;
    firstColumn = (unit % perRow) * w.unitWidth;
    boxHeight = 1;
    boxWidth = min(w.unitWidth, w.outWidth - firstColumn);
  }
  boxStart = (firstDepth * w.outHeight + firstRow) * w.outWidth + firstColumn;
  boxPixels = boxDepth * boxHeight * boxWidth;
  return unit + units;
}

/** Pixels of one image, on either side. */
@inline export function inPixels(w: Window): i32 { return w.inDepth * w.inHeight * w.inWidth; }
@inline export function outPixels(w: Window): i32 { return w.outDepth * w.outHeight * w.outWidth; }

/** Where the box's strip begins in a channel of the image that is its own strip. */
export function stripInPlace(w: Window, channel: usize): usize {
  return channel + firstDepth * w.strideDepth * w.sliceStep + firstRow * w.strideHeight * w.rowStep + firstColumn * w.strideWidth * 4;
}

/** Clears the strips of `channels` channels; what `fillStrip` does not write then stays the padding. */
export function clearStrips(w: Window, channels: i32, strips: usize): void {
  memory.fill(strips, 0, <usize>channels * w.channelStep);
}

/** Copies what the box's strip has of a channel of the image. */
export function fillStrip(w: Window, channel: usize, strip: usize): void {
  const slices = (boxDepth - 1) * w.strideDepth + w.spanDepth, rows = (boxHeight - 1) * w.strideHeight + w.spanHeight;
  const width = (boxWidth - 1) * w.strideWidth + w.spanWidth;
  const z0 = firstDepth * w.strideDepth - w.paddingDepth, y0 = firstRow * w.strideHeight - w.paddingHeight;
  const x0 = firstColumn * w.strideWidth - w.paddingWidth;
  const left = max(0, -x0), right = min(width, w.inWidth - x0);
  if (left >= right) return;
  const zEnd = min(slices, w.inDepth - z0), yEnd = min(rows, w.inHeight - y0);
  for (let z = max(0, -z0); z < zEnd; z++) {
    for (let y = max(0, -y0); y < yEnd; y++) {
      const from = channel + <usize>(((z0 + z) * w.inHeight + y0 + y) * w.inWidth + x0 + left) * 4;
      copyFloats(from, strip + z * w.sliceStep + y * w.rowStep + left * 4, right - left);
    }
  }
}

/** All units of all images and groups: what threads share. */
@inline export function unitsOf(w: Window): i32 { return w.images * w.groups * w.units; }

export function copyFloats(from: usize, to: usize, count: i32): void {
  if (count < 4) {
    for (; count > 0; count--, to += 4, from += 4) store<f32>(to, load<f32>(from));
    return;
  }
  // The last four can be partly done before.
  const last = <usize>(count - 4) * 4;
  for (let at: usize = 0; at < last; at += 16) v128.store(to + at, v128.load(from + at));
  v128.store(to + last, v128.load(from + last));
}

/** For each pixel of the box where the kernel's first tap lies in a strip, filled up to whole panels of 8. */
export function writePixelOffsets(w: Window, offsets: usize): void {
  let place = offsets;
  for (let z = 0; z < boxDepth; z++) {
    for (let y = 0; y < boxHeight; y++) {
      let offset = z * w.strideDepth * w.sliceStep + y * w.strideHeight * w.rowStep;
      for (let x = 0; x < boxWidth; x++) {
        store<i32>(place, offset);
        place += 4;
        offset += w.strideWidth * 4;
      }
    }
  }
  for (const end = offsets + <usize>((boxPixels + 7) & ~7) * 4; place < end; place += 4) store<i32>(place, load<i32>(offsets));
}
