// Columns of a convolution as the matrix product wants them, packed straight from strips (window.ts): one for each output pixel, with a row for each
// tap of each channel, or transposed, for the gradient of the weight; and the way back, from columns to the image.
import { transpose4 } from './packing';
import { boxDepth, boxHeight, boxPixels, boxWidth, Window } from './window';

/** A channel's rows of the block's panels: panel p is at `panels + p * panelStep`, its rows for this channel the next `taps`. */
export function packChannel(w: Window, strip: usize, offsets: usize, panels: usize, panelStep: usize): void {
  const taps = w.taps, tapOffsets = w.tapOffsets;
  const ends = (boxPixels + 7) >> 3;
  for (let panel = 0; panel < ends; panel++, panels += panelStep, offsets += 32) {
    packHalf(taps, tapOffsets, strip, offsets, panels);
    packHalf(taps, tapOffsets, strip, offsets + 16, panels + 16);
  }
}

/** Four pixels: neighbours, every second one, or wherever they are. */
@inline function packHalf(taps: i32, tapOffsets: usize, strip: usize, offsets: usize, target: usize): void {
  const o0 = load<i32>(offsets), o1 = load<i32>(offsets, 4), o2 = load<i32>(offsets, 8), o3 = load<i32>(offsets, 12);
  const step = o1 - o0;
  const p0 = strip + o0;
  const end = tapOffsets + <usize>taps * 4;
  if (o2 - o1 == step && o3 - o2 == step && step == 4) {
    for (let tap = tapOffsets; tap < end; tap += 4, target += 32) v128.store(target, v128.load(p0 + load<i32>(tap)));
  } else if (o2 - o1 == step && o3 - o2 == step && step == 8) {
    for (let tap = tapOffsets; tap < end; tap += 4, target += 32) {
      const from = p0 + load<i32>(tap);
      v128.store(target, v128.shuffle<f32>(v128.load(from), v128.load(from, 12), 0, 2, 5, 7));
    }
  } else {
    const p1 = strip + o1, p2 = strip + o2, p3 = strip + o3;
    for (let tap = tapOffsets; tap < end; tap += 4, target += 32) {
      const at = load<i32>(tap);
      store<f32>(target, load<f32>(p0 + at));
      store<f32>(target, load<f32>(p1 + at), 4);
      store<f32>(target, load<f32>(p2 + at), 8);
      store<f32>(target, load<f32>(p3 + at), 12);
    }
  }
}

/** Rows `from`..`to` of the columns, transposed: panels of 8 rows side by side for each of the box's pixels. `strips`: those of the channel of row `from` and on. */
export function packTransposed(w: Window, strips: usize, from: i32, to: i32, panels: usize): void {
  const firstChannel = from / w.taps;
  for (let row = from; row < to; row += 8) {
    const p0 = tapPlace(w, strips, firstChannel, row, to), p1 = tapPlace(w, strips, firstChannel, row + 1, to);
    const p2 = tapPlace(w, strips, firstChannel, row + 2, to), p3 = tapPlace(w, strips, firstChannel, row + 3, to);
    const p4 = tapPlace(w, strips, firstChannel, row + 4, to), p5 = tapPlace(w, strips, firstChannel, row + 5, to);
    const p6 = tapPlace(w, strips, firstChannel, row + 6, to), p7 = tapPlace(w, strips, firstChannel, row + 7, to);
    const step = <usize>w.strideWidth * 4;
    for (let z = 0; z < boxDepth; z++) {
      for (let y = 0; y < boxHeight; y++) {
        let at: usize = z * w.strideDepth * w.sliceStep + y * w.strideHeight * w.rowStep;
        let x = 0;
        if (step == 4) {
          for (; x + 4 <= boxWidth; x += 4, at += 16, panels += 128) {
            transpose4(p0 + at, p1 + at, p2 + at, p3 + at, panels);
            transpose4(p4 + at, p5 + at, p6 + at, p7 + at, panels + 16);
          }
        }
        for (; x < boxWidth; x++, at += step, panels += 32) {
          store<f32>(panels, load<f32>(p0 + at));
          store<f32>(panels, load<f32>(p1 + at), 4);
          store<f32>(panels, load<f32>(p2 + at), 8);
          store<f32>(panels, load<f32>(p3 + at), 12);
          store<f32>(panels, load<f32>(p4 + at), 16);
          store<f32>(panels, load<f32>(p5 + at), 20);
          store<f32>(panels, load<f32>(p6 + at), 24);
          store<f32>(panels, load<f32>(p7 + at), 28);
        }
      }
    }
  }
}

/** Where a row of the columns begins in the strips; rows past the last are some other one, which nobody uses. */
@inline function tapPlace(w: Window, strips: usize, firstChannel: i32, row: i32, end: i32): usize {
  const known = min(row, end - 1);
  return strips + (known / w.taps - firstChannel) * w.channelStep + load<i32>(w.tapOffsets + <usize>(known % w.taps) * 4);
}
