// Matrix products C = A · B with any strides of A and B, batched, with an element-wise chain over each finished part of C while it is in the cache.
// Goto and van de Geijn's blocking: a block of B (KC × NC) is packed into panels of 8 columns, row strips of A and C pass by. A is read in place
// where its rows lie in memory as such; where its columns do, each k would be a cache line of its own for six floats, and they are packed too.
import { chainRow } from './chain';
import { blockColumns, blockDepth, blockRows, gemmScratchBytes } from './limits';
import { multiplyRows, multiplySixRows } from './microKernel';
import { packPanels, packStrips } from './packing';
import { shareStart } from './threads';
import { multiplyTwoPanels } from './wideKernel';

/** Goto and van de Geijn's names. */
const KC = blockDepth, NC = blockColumns, MC = blockRows;
/** Columns from which on packing A pays: each packed element is used in so many products. */
const packedFrom = 48;
/** Products that one register sums up; of k products the error then grows as √sumDepth + √(k / sumDepth) instead of as √k. */
const sumDepth = 128;
const stripsAt: usize = KC * NC * 4, edgeAt: usize = stripsAt + MC * KC * 4;

/** Strides in bytes. `scratch` holds `gemmScratchBytes` per thread. */
@unmanaged export class GemmArguments {
  a: usize; b: usize; c: usize; chain: usize; scratch: usize;
  m: i32; n: i32; k: i32;
  /** Two batch axes, each operand with a stride of its own along each. */
  outer: i32; inner: i32;
  aRow: i32; aStep: i32; aOuter: i32; aInner: i32;
  bStep: i32; bColumn: i32; bOuter: i32; bInner: i32;
  cRow: i32; cOuter: i32; cInner: i32;
}

/** (arguments, thread, threads): shares are of the batch where it has enough parts, else of columns or rows. */
export function gemm(address: usize, thread: i32, threads: i32): void {
  const g = changetype<GemmArguments>(address);
  const scratch = g.scratch + <usize>thread * gemmScratchBytes;
  const batches = g.outer * g.inner;
  if (batches >= threads) {
    const end = shareStart(batches, 1, thread + 1, threads);
    for (let batch = shareStart(batches, 1, thread, threads); batch < end; batch++) gemmPart(g, scratch, batch, 0, g.m, 0, g.n);
  } else if (g.n >= g.m && g.n >= 8 * threads) {
    const from = shareStart(g.n, 8, thread, threads), to = shareStart(g.n, 8, thread + 1, threads);
    for (let batch = 0; batch < batches; batch++) gemmPart(g, scratch, batch, 0, g.m, from, to);
  } else {
    const from = shareStart(g.m, 6, thread, threads), to = shareStart(g.m, 6, thread + 1, threads);
    for (let batch = 0; batch < batches; batch++) gemmPart(g, scratch, batch, from, to, 0, g.n);
  }
}

function gemmPart(g: GemmArguments, scratch: usize, batch: i32, top: i32, bottom: i32, left: i32, right: i32): void {
  if (top >= bottom || left >= right) return;
  const outer = batch / g.inner, inner = batch % g.inner;
  const a = g.a + outer * g.aOuter + inner * g.aInner, b = g.b + outer * g.bOuter + inner * g.bInner, c = g.c + outer * g.cOuter + inner * g.cInner;
  const edge = scratch + edgeAt, strips = scratch + stripsAt;
  const isPacked = g.aRow == 4 && g.aStep != 4 && right - left >= packedFrom;
  for (let column = left; column < right; column += NC) {
    const columns = min(NC, right - column);
    for (let step = 0; step < g.k; step += KC) {
      const depth = min(KC, g.k - step);
      packPanels(b + <usize>step * g.bStep + <usize>column * g.bColumn, g.bStep, g.bColumn, depth, columns, scratch);
      const add = step > 0;
      const isLast = step + depth == g.k;
      for (let row = top; row < bottom; row += MC) {
        const rows = min(MC, bottom - row);
        const part = a + <usize>row * g.aRow + <usize>step * g.aStep;
        const target = c + <usize>row * g.cRow + <usize>column * 4;
        if (isPacked) {
          packStrips(part, g.aStep, depth, rows, strips);
          multiplyStrips(rows, columns, depth, strips, 4, 24, <usize>depth * 4, scratch, target, g.cRow, add, edge);
        } else {
          multiplyBlock(rows, columns, depth, part, g.aRow, g.aStep, scratch, target, g.cRow, add, edge);
        }
        if (isLast && g.chain != 0) {
          for (let r = row; r < row + rows; r++) chainRow(g.chain, outer, inner, r, column, column + columns);
        }
      }
    }
  }
}

/** C (rows × columns) = or += A · packed panels, with any strides of A. A last panel of less than 8 columns goes through `edge` (6 × 8 floats). */
export function multiplyBlock(
  rows: i32, columns: i32, depth: i32, a: usize, aRow: usize, aStep: usize, panels: usize, c: usize, cRow: usize, add: bool, edge: usize,
): void {
  multiplyStrips(rows, columns, depth, a, aRow, aStep, aRow, panels, c, cRow, add, edge);
}

/** `multiplyRows`, `sumDepth` products at a time. */
function multiplyDown(rows: i32, depth: i32, a: usize, aRow: usize, aStep: usize, panel: usize, c: usize, cRow: usize, add: bool): void {
  for (let k = 0; k < depth; k += sumDepth) {
    multiplyRows(rows, min(sumDepth, depth - k), a + <usize>k * aStep, aRow, aStep, panel + <usize>k * 32, c, cRow, add || k > 0);
  }
}

/** As `multiplyBlock`, of a matrix A whose row r, where a strip of six begins, is at `a + r * aStrip`. */
function multiplyStrips(
  rows: i32, columns: i32, depth: i32, a: usize, aRow: usize, aStep: usize, aStrip: usize, panels: usize, c: usize, cRow: usize, add: bool, edge: usize,
): void {
  let column = 0;
  // WIDE is 1 in the build for a V8 that revectorizes (scripts/kernels.mjs).
  if (WIDE == 1) {
    for (; column + 16 <= columns; column += 16) {
      const panel = panels + <usize>column * depth * 4;
      let row = 0;
      for (; row + 6 <= rows; row += 6) {
        const source = a + <usize>row * aStrip, target = c + <usize>row * cRow + <usize>column * 4;
        for (let k = 0; k < depth; k += sumDepth) {
          multiplyTwoPanels(min(sumDepth, depth - k), source + <usize>k * aStep, aRow, aStep, panel + <usize>k * 32, <usize>depth * 32, target, cRow, add || k > 0);
        }
      }
      if (row == rows) continue;
      for (let half = 0; half < 2; half++) {
        const target = c + <usize>row * cRow + <usize>(column + half * 8) * 4;
        multiplyDown(rows - row, depth, a + <usize>row * aStrip, aRow, aStep, panel + <usize>(half * depth) * 32, target, cRow, add);
      }
    }
  }
  for (; column < columns; column += 8) {
    const panel = panels + <usize>column * depth * 4;
    const width = min(8, columns - column);
    let row = 0;
    if (width == 8) {
      for (; row + 6 <= rows; row += 6) {
        const source = a + <usize>row * aStrip, target = c + <usize>row * cRow + <usize>column * 4;
        for (let k = 0; k < depth; k += sumDepth) {
          multiplySixRows(min(sumDepth, depth - k), source + <usize>k * aStep, aRow, aStep, panel + <usize>k * 32, target, cRow, add || k > 0);
        }
      }
    }
    for (; row < rows; row += 6) {
      const height = min(6, rows - row);
      const target = c + <usize>row * cRow + <usize>column * 4;
      const source = a + <usize>row * aStrip;
      if (width == 8) {
        multiplyDown(height, depth, source, aRow, aStep, panel, target, cRow, add);
        continue;
      }
      multiplyDown(height, depth, source, aRow, aStep, panel, edge, 32, false);
      for (let r = 0; r < height; r++) {
        for (let w = 0; w < width; w++) {
          const place = target + <usize>r * cRow + <usize>w * 4;
          const value = load<f32>(edge + <usize>(r * 8 + w) * 4);
          store<f32>(place, add ? load<f32>(place) + value : value);
        }
      }
    }
  }
}
