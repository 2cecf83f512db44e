// Matrix product of strided matrices: panels of 4 rows of A and 4 columns of B are packed side by side as float64, and a
// 4×4 block of C is kept in locals while it is summed.
import type { TypedArray } from '../tensor.ts';

/** Element (row, column) is at `start + row * rowStride + column * columnStride`. */
export interface Matrix {
  readonly data: TypedArray;
  readonly start: number;
  readonly rowStride: number;
  readonly columnStride: number;
}

export function matrix(data: TypedArray, start: number, rowStride: number, columnStride: number): Matrix {
  return { data, start, rowStride, columnStride };
}

/** Depth of a panel: 4 columns of it (8 KiB) stay in the first-level cache. */
const panelDepth = 256;
/** Columns of B that are packed at once (1 MiB at full depth), to stay in the second-level cache. */
const panelColumns = 512;

let packedA = new Float64Array(4 * panelDepth);
let packedB = new Float64Array(panelColumns * panelDepth);

/** C (m × n) = A (m × k) · B (k × n), or C += that. */
export function multiply(m: number, n: number, k: number, a: Matrix, b: Matrix, c: Matrix, accumulate: boolean): void {
  if (c.data instanceof Int32Array) {
    multiplyIntegers(m, n, k, a, b, c, accumulate);
    return;
  }
  if (k === 0 && !accumulate) clear(m, n, c);
  for (let column = 0; column < n; column += panelColumns) {
    const columns = Math.min(panelColumns, n - column);
    for (let depth = 0; depth < k; depth += panelDepth) {
      const length = Math.min(panelDepth, k - depth);
      packColumns(b, depth, length, column, columns);
      const add = accumulate || depth > 0;
      for (let row = 0; row < m; row += 4) {
        const rows = Math.min(4, m - row);
        packRows(a, row, rows, depth, length);
        for (let j = 0; j < columns; j += 4) {
          multiplyBlock(length, j * length, c, row, rows, column + j, Math.min(4, columns - j), add);
        }
      }
    }
  }
}

/** Of int32, whose products and sums wrap: float64 holds only their upper bits. */
function multiplyIntegers(m: number, n: number, k: number, a: Matrix, b: Matrix, c: Matrix, accumulate: boolean): void {
  for (let i = 0; i < m; i += 1) {
    for (let j = 0; j < n; j += 1) {
      const to = c.start + i * c.rowStride + j * c.columnStride;
      let sum = accumulate ? c.data[to] : 0;
      let left = a.start + i * a.rowStride;
      let right = b.start + j * b.columnStride;
      for (let p = 0; p < k; p += 1, left += a.columnStride, right += b.rowStride) sum = (sum + Math.imul(a.data[left], b.data[right])) | 0;
      c.data[to] = sum;
    }
  }
}

function clear(m: number, n: number, c: Matrix): void {
  for (let i = 0; i < m; i += 1) for (let j = 0; j < n; j += 1) c.data[c.start + i * c.rowStride + j * c.columnStride] = 0;
}

/** Panels of 4 columns; what is missing from the last one is zero. */
function packColumns(b: Matrix, depth: number, length: number, column: number, columns: number): void {
  const { data, rowStride, columnStride } = b;
  const packed = packedB;
  for (let j = 0; j < columns; j += 4) {
    const width = Math.min(4, columns - j);
    let o = j * length;
    let i = b.start + depth * rowStride + (column + j) * columnStride;
    if (width === 4) {
      for (let p = 0; p < length; p += 1, o += 4, i += rowStride) {
        packed[o] = data[i];
        packed[o + 1] = data[i + columnStride];
        packed[o + 2] = data[i + 2 * columnStride];
        packed[o + 3] = data[i + 3 * columnStride];
      }
    } else {
      for (let p = 0; p < length; p += 1, o += 4, i += rowStride) {
        for (let w = 0; w < 4; w += 1) packed[o + w] = w < width ? data[i + w * columnStride] : 0;
      }
    }
  }
}

function packRows(a: Matrix, row: number, rows: number, depth: number, length: number): void {
  const { data, rowStride, columnStride } = a;
  const packed = packedA;
  let i = a.start + row * rowStride + depth * columnStride;
  if (rows === 4) {
    for (let p = 0, o = 0; p < length; p += 1, o += 4, i += columnStride) {
      packed[o] = data[i];
      packed[o + 1] = data[i + rowStride];
      packed[o + 2] = data[i + 2 * rowStride];
      packed[o + 3] = data[i + 3 * rowStride];
    }
  } else {
    for (let p = 0, o = 0; p < length; p += 1, o += 4, i += columnStride) {
      for (let r = 0; r < 4; r += 1) packed[o + r] = r < rows ? data[i + r * rowStride] : 0;
    }
  }
}

const block = new Float64Array(16);

function multiplyBlock(
  length: number, panel: number, c: Matrix, row: number, rows: number, column: number, columns: number, add: boolean,
): void {
  const a = packedA;
  const b = packedB;
  let c00 = 0, c01 = 0, c02 = 0, c03 = 0;
  let c10 = 0, c11 = 0, c12 = 0, c13 = 0;
  let c20 = 0, c21 = 0, c22 = 0, c23 = 0;
  let c30 = 0, c31 = 0, c32 = 0, c33 = 0;
  for (let i = 0, j = panel, end = 4 * length; i < end; i += 4, j += 4) {
    const b0 = b[j], b1 = b[j + 1], b2 = b[j + 2], b3 = b[j + 3];
    let x = a[i];
    c00 += x * b0; c01 += x * b1; c02 += x * b2; c03 += x * b3;
    x = a[i + 1];
    c10 += x * b0; c11 += x * b1; c12 += x * b2; c13 += x * b3;
    x = a[i + 2];
    c20 += x * b0; c21 += x * b1; c22 += x * b2; c23 += x * b3;
    x = a[i + 3];
    c30 += x * b0; c31 += x * b1; c32 += x * b2; c33 += x * b3;
  }
  block[0] = c00; block[1] = c01; block[2] = c02; block[3] = c03;
  block[4] = c10; block[5] = c11; block[6] = c12; block[7] = c13;
  block[8] = c20; block[9] = c21; block[10] = c22; block[11] = c23;
  block[12] = c30; block[13] = c31; block[14] = c32; block[15] = c33;
  const { data, rowStride, columnStride } = c;
  for (let r = 0; r < rows; r += 1) {
    let o = c.start + (row + r) * rowStride + column * columnStride;
    for (let w = 0; w < columns; w += 1, o += columnStride) {
      data[o] = add ? data[o] + block[4 * r + w] : block[4 * r + w];
    }
  }
}
