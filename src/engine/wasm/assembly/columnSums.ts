// From columns back to the image: each tap's row of values is added where the tap looks.
import { madd } from './simd';
import { boxDepth, boxHeight, boxWidth, firstColumn, firstDepth, firstRow, Window } from './window';

/**
 * Adds one channel's columns (`taps` rows of `width` bytes) for the box at hand to that channel of the image. `factors`: what each row is multiplied
 * with; 0: nothing.
 */
export function addColumns(w: Window, columns: usize, width: usize, image: usize, factors: usize): void {
  const stride = w.strideWidth;
  for (let tap = 0; tap < w.taps; tap++, columns += width) {
    const factor: f32 = factors == 0 ? 1 : load<f32>(factors + <usize>tap * 4);
    const position = w.tapPositions + <usize>tap * 12;
    const z0 = firstDepth * w.strideDepth - w.paddingDepth + load<i32>(position);
    const y0 = firstRow * w.strideHeight - w.paddingHeight + load<i32>(position, 4);
    const x0 = firstColumn * stride - w.paddingWidth + load<i32>(position, 8);
    // The box's columns that this tap finds in the image: x0 + x · stride from 0 to the last one.
    const from = x0 < 0 ? (-x0 + stride - 1) / stride : 0;
    const to = x0 >= w.inWidth ? 0 : min(boxWidth, (w.inWidth - 1 - x0) / stride + 1);
    if (from >= to) continue;
    for (let z = 0; z < boxDepth; z++) {
      const iz = z0 + z * w.strideDepth;
      if (iz < 0 || iz >= w.inDepth) continue;
      for (let y = 0; y < boxHeight; y++) {
        const iy = y0 + y * w.strideHeight;
        if (iy < 0 || iy >= w.inHeight) continue;
        addRow(
          columns + <usize>((z * boxHeight + y) * boxWidth + from) * 4, to - from, image + <usize>((iz * w.inHeight + iy) * w.inWidth + x0 + from * stride) * 4,
          <usize>stride * 4, factor,
        );
      }
    }
  }
}

@inline function addRow(from: usize, count: i32, target: usize, step: usize, factor: f32): void {
  let left = count;
  const by = f32x4.splat(factor);
  if (step == 4) for (; left >= 4; left -= 4, from += 16, target += 16) v128.store(target, madd(v128.load(from), by, v128.load(target)));
  for (; left > 0; left--, from += 4, target += step) store<f32>(target, load<f32>(target) + factor * load<f32>(from));
}
