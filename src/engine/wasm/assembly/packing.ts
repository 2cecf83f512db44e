// Packs blocks of matrices as the micro-kernel reads them: B into panels of 8 columns, for each row of the block 8 neighbouring elements, zeros where the
// block has fewer columns; A into strips of 6 rows.

/** Element (k, n) of the block is at `source + k * step + n * column` (bytes). Panel p is at `panels + p * depth * 32`. */
export function packPanels(source: usize, step: usize, column: usize, depth: i32, columns: i32, panels: usize): void {
  let target = panels;
  let from = source;
  for (let left = columns; left > 0; left -= 8) {
    if (left < 8) packEdge(from, step, column, depth, left, target);
    else if (column == 4) packRows(from, step, depth, target);
    else if (step == 4) packColumns(from, column, depth, target);
    else packEdge(from, step, column, depth, 8, target);
    target += <usize>depth * 32;
    from += column * 8;
  }
}

/** Rows lie as they are wanted. */
function packRows(from: usize, step: usize, depth: i32, target: usize): void {
  for (let k = 0; k < depth; k++) {
    v128.store(target, v128.load(from));
    v128.store(target, v128.load(from, 16), 16);
    from += step;
    target += 32;
  }
}

/** Columns lie in memory one after the other: 4 × 4 blocks are transposed in registers. */
function packColumns(from: usize, column: usize, depth: i32, target: usize): void {
  const second = from + 4 * column;
  let k = 0;
  for (; k + 4 <= depth; k += 4) {
    transposeColumns(from + <usize>k * 4, column, target);
    transposeColumns(second + <usize>k * 4, column, target + 16);
    target += 128;
  }
  for (; k < depth; k++) {
    for (let n: usize = 0; n < 8; n++) store<f32>(target + n * 4, load<f32>(from + n * column + <usize>k * 4));
    target += 32;
  }
}

@inline function transposeColumns(from: usize, column: usize, target: usize): void {
  transpose4(from, from + column, from + 2 * column, from + 3 * column, target);
}

/** Four floats from each of four places, into four rows 32 bytes apart: the first of each, the second of each, … */
@inline export function transpose4(from0: usize, from1: usize, from2: usize, from3: usize, target: usize): void {
  const r0 = v128.load(from0), r1 = v128.load(from1), r2 = v128.load(from2), r3 = v128.load(from3);
  const t0 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5), t1 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
  const t2 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7), t3 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
  v128.store(target, v128.shuffle<f32>(t0, t1, 0, 1, 4, 5));
  v128.store(target, v128.shuffle<f32>(t0, t1, 2, 3, 6, 7), 32);
  v128.store(target, v128.shuffle<f32>(t2, t3, 0, 1, 4, 5), 64);
  v128.store(target, v128.shuffle<f32>(t2, t3, 2, 3, 6, 7), 96);
}

function packEdge(from: usize, step: usize, column: usize, depth: i32, columns: i32, target: usize): void {
  for (let k = 0; k < depth; k++) {
    for (let n: usize = 0; n < 8; n++) store<f32>(target + n * 4, n < <usize>columns ? load<f32>(from + n * column) : 0);
    from += step;
    target += 32;
  }
}

/** Steps of k that are packed together: a strip's part of them is 192 bytes, and the lines that they are read from stay in the first-level cache. */
const stripSteps = 8;

/** Element (row, k) of the block is at `source + 4 * row + k * step`; of strip s, at `strips + s * depth * 24 + k * 24 + 4 * (row − 6 s)`. */
export function packStrips(source: usize, step: usize, depth: i32, rows: i32, strips: usize): void {
  for (let first = 0; first < depth; first += stripSteps) {
    const steps = min(stripSteps, depth - first);
    for (let row = 0; row < rows; row += 6) {
      let from = source + <usize>row * 4 + <usize>first * step;
      let to = strips + <usize>(row * depth + first * 6) * 4;
      if (rows - row >= 6) {
        for (let k = 0; k < steps; k++, from += step, to += 24) {
          v128.store(to, v128.load(from));
          v128.store64_lane(to, v128.load64_zero(from, 16), 0, 16);
        }
        continue;
      }
      for (let k = 0; k < steps; k++, from += step, to += 24) {
        for (let n = row; n < rows; n++) store<f32>(to + <usize>(n - row) * 4, load<f32>(from + <usize>(n - row) * 4));
      }
    }
  }
}
