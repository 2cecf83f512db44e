// As microKernel.ts, for a V8 that makes one 256-bit instruction of two neighbouring 128-bit ones (--experimental-wasm-revectorize): 6 × 16 elements of C
// from two panels of B. In 128 bits its 24 accumulators would not fit the registers, so that only the build for such a V8 has it.
import { madd } from './simd';

/** C (6 × 16) = A · panels, or += where `add`; the second panel is `panelBytes` behind the first. See `multiplyPanel`. */
export function multiplyTwoPanels(
  depth: i32, a: usize, aStride: usize, aStep: usize, panel: usize, panelBytes: usize, c: usize, cStride: usize, add: bool,
): void {
  let a0 = a, a1 = a0 + aStride, a2 = a1 + aStride, a3 = a2 + aStride, a4 = a3 + aStride, a5 = a4 + aStride;
  let c00 = f32x4.splat(0), c01 = c00, c02 = c00, c03 = c00;
  let c10 = c00, c11 = c00, c12 = c00, c13 = c00;
  let c20 = c00, c21 = c00, c22 = c00, c23 = c00;
  let c30 = c00, c31 = c00, c32 = c00, c33 = c00;
  let c40 = c00, c41 = c00, c42 = c00, c43 = c00;
  let c50 = c00, c51 = c00, c52 = c00, c53 = c00;
  let b = panel, d = panel + panelBytes;
  let left = depth - 1;
  if (left >= 0) do {
    const b0 = v128.load(b), b1 = v128.load(b, 16), b2 = v128.load(d), b3 = v128.load(d, 16);
    const x0 = v128.load32_splat(a0);
    c00 = madd(x0, b0, c00); c01 = madd(x0, b1, c01); c02 = madd(x0, b2, c02); c03 = madd(x0, b3, c03);
    const x1 = v128.load32_splat(a1);
    c10 = madd(x1, b0, c10); c11 = madd(x1, b1, c11); c12 = madd(x1, b2, c12); c13 = madd(x1, b3, c13);
    const x2 = v128.load32_splat(a2);
    c20 = madd(x2, b0, c20); c21 = madd(x2, b1, c21); c22 = madd(x2, b2, c22); c23 = madd(x2, b3, c23);
    const x3 = v128.load32_splat(a3);
    c30 = madd(x3, b0, c30); c31 = madd(x3, b1, c31); c32 = madd(x3, b2, c32); c33 = madd(x3, b3, c33);
    const x4 = v128.load32_splat(a4);
    c40 = madd(x4, b0, c40); c41 = madd(x4, b1, c41); c42 = madd(x4, b2, c42); c43 = madd(x4, b3, c43);
    const x5 = v128.load32_splat(a5);
    c50 = madd(x5, b0, c50); c51 = madd(x5, b1, c51); c52 = madd(x5, b2, c52); c53 = madd(x5, b3, c53);
    b += 32; d += 32;
    a0 += aStep; a1 += aStep; a2 += aStep; a3 += aStep; a4 += aStep; a5 += aStep;
    left -= 1;
  } while (left >= 0);
  let row = c;
  if (add) {
    addRow(row, c00, c01, c02, c03); row += cStride;
    addRow(row, c10, c11, c12, c13); row += cStride;
    addRow(row, c20, c21, c22, c23); row += cStride;
    addRow(row, c30, c31, c32, c33); row += cStride;
    addRow(row, c40, c41, c42, c43); row += cStride;
    addRow(row, c50, c51, c52, c53);
  } else {
    writeRow(row, c00, c01, c02, c03); row += cStride;
    writeRow(row, c10, c11, c12, c13); row += cStride;
    writeRow(row, c20, c21, c22, c23); row += cStride;
    writeRow(row, c30, c31, c32, c33); row += cStride;
    writeRow(row, c40, c41, c42, c43); row += cStride;
    writeRow(row, c50, c51, c52, c53);
  }
}

@inline function writeRow(c: usize, v0: v128, v1: v128, v2: v128, v3: v128): void {
  v128.store(c, v0);
  v128.store(c, v1, 16);
  v128.store(c, v2, 32);
  v128.store(c, v3, 48);
}
@inline function addRow(c: usize, v0: v128, v1: v128, v2: v128, v3: v128): void {
  writeRow(c, f32x4.add(v128.load(c), v0), f32x4.add(v128.load(c, 16), v1), f32x4.add(v128.load(c, 32), v2), f32x4.add(v128.load(c, 48), v3));
}
