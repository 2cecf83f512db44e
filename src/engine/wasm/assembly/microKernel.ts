// The innermost product: up to 6 × 8 elements of C in twelve registers, one panel of B (8 columns side by side for each k), rows of A
// read in place. With two registers for B and one for A these are 15 of the 16 that x86-64 has. The loop is not unrolled: longer
// bodies make V8 move the products below the loads and spill (docs/engine.md, Traps).
import { madd } from './simd';

// A number of rows as a type, which has to be known when a body is compiled: `offsetof<Rows>()` is it.
@unmanaged class Rows1 { a: i8; }
@unmanaged class Rows2 { a: i8; b: i8; }
@unmanaged class Rows3 { a: i8; b: i8; c: i8; }
@unmanaged class Rows4 { a: i8; b: i8; c: i8; d: i8; }
@unmanaged class Rows5 { a: i8; b: i8; c: i8; d: i8; e: i8; }
@unmanaged class Rows6 { a: i8; b: i8; c: i8; d: i8; e: i8; f: i8; }

/**
 * C (size of `Rows` ×  8 at `c`, `cStride` bytes from row to row) = A · panel, or += where `add`. Element (i, k) of A is at `a + i * aStride + k * aStep`.
 * There is a body for each type of `Rows`. `depth` ≥ 1.
 */
function multiplyPanel<Rows>(
  depth: i32, a: usize, aStride: usize, aStep: usize, panel: usize, c: usize, cStride: usize, add: bool,
): void {
  let a0 = a, a1 = a, a2 = a, a3 = a, a4 = a, a5 = a;
  if (offsetof<Rows>() > 1) a1 = a0 + aStride;
  if (offsetof<Rows>() > 2) a2 = a1 + aStride;
  if (offsetof<Rows>() > 3) a3 = a2 + aStride;
  if (offsetof<Rows>() > 4) a4 = a3 + aStride;
  if (offsetof<Rows>() > 5) a5 = a4 + aStride;
  let c00 = f32x4.splat(0), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00;
  let c30 = c00, c31 = c00, c40 = c00, c41 = c00, c50 = c00, c51 = c00;
  let b = panel;
  let left = depth - 1;
  if (left >= 0) do {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    let x = v128.load32_splat(a0);
    c00 = madd(x, b0, c00); c01 = madd(x, b1, c01);
    if (offsetof<Rows>() > 1) { x = v128.load32_splat(a1); c10 = madd(x, b0, c10); c11 = madd(x, b1, c11); }
    if (offsetof<Rows>() > 2) { x = v128.load32_splat(a2); c20 = madd(x, b0, c20); c21 = madd(x, b1, c21); }
    if (offsetof<Rows>() > 3) { x = v128.load32_splat(a3); c30 = madd(x, b0, c30); c31 = madd(x, b1, c31); }
    if (offsetof<Rows>() > 4) { x = v128.load32_splat(a4); c40 = madd(x, b0, c40); c41 = madd(x, b1, c41); }
    if (offsetof<Rows>() > 5) { x = v128.load32_splat(a5); c50 = madd(x, b0, c50); c51 = madd(x, b1, c51); }
    b += 32;
    a0 += aStep;
    if (offsetof<Rows>() > 1) a1 += aStep;
    if (offsetof<Rows>() > 2) a2 += aStep;
    if (offsetof<Rows>() > 3) a3 += aStep;
    if (offsetof<Rows>() > 4) a4 += aStep;
    if (offsetof<Rows>() > 5) a5 += aStep;
    left -= 1;
  } while (left >= 0);
  let row = c;
  if (add) {
    addRow(row, c00, c01);
    if (offsetof<Rows>() > 1) { row += cStride; addRow(row, c10, c11); }
    if (offsetof<Rows>() > 2) { row += cStride; addRow(row, c20, c21); }
    if (offsetof<Rows>() > 3) { row += cStride; addRow(row, c30, c31); }
    if (offsetof<Rows>() > 4) { row += cStride; addRow(row, c40, c41); }
    if (offsetof<Rows>() > 5) { row += cStride; addRow(row, c50, c51); }
  } else {
    writeRow(row, c00, c01);
    if (offsetof<Rows>() > 1) { row += cStride; writeRow(row, c10, c11); }
    if (offsetof<Rows>() > 2) { row += cStride; writeRow(row, c20, c21); }
    if (offsetof<Rows>() > 3) { row += cStride; writeRow(row, c30, c31); }
    if (offsetof<Rows>() > 4) { row += cStride; writeRow(row, c40, c41); }
    if (offsetof<Rows>() > 5) { row += cStride; writeRow(row, c50, c51); }
  }
}

@inline function writeRow(c: usize, left: v128, right: v128): void {
  v128.store(c, left);
  v128.store(c, right, 16);
}
@inline function addRow(c: usize, left: v128, right: v128): void {
  writeRow(c, f32x4.add(v128.load(c), left), f32x4.add(v128.load(c, 16), right));
}

/** 6 × 8 elements of C, as `multiplyRows`. */
@inline export function multiplySixRows(depth: i32, a: usize, aStride: usize, aStep: usize, panel: usize, c: usize, cStride: usize, add: bool): void {
  multiplyPanel<Rows6>(depth, a, aStride, aStep, panel, c, cStride, add);
}

/** `rows` × 8 elements of C, `rows` from 1 to 6. */
export function multiplyRows(
  rows: i32, depth: i32, a: usize, aStride: usize, aStep: usize, panel: usize, c: usize, cStride: usize, add: bool,
): void {
  switch (rows) {
    case 6: multiplyPanel<Rows6>(depth, a, aStride, aStep, panel, c, cStride, add); break;
    case 5: multiplyPanel<Rows5>(depth, a, aStride, aStep, panel, c, cStride, add); break;
    case 4: multiplyPanel<Rows4>(depth, a, aStride, aStep, panel, c, cStride, add); break;
    case 3: multiplyPanel<Rows3>(depth, a, aStride, aStep, panel, c, cStride, add); break;
    case 2: multiplyPanel<Rows2>(depth, a, aStride, aStep, panel, c, cStride, add); break;
    default: multiplyPanel<Rows1>(depth, a, aStride, aStep, panel, c, cStride, add); break;
  }
}
