// Eigenvalues and eigenvectors of general matrices, real or complex, of their Schur form A = Z T Zᴴ: T's diagonal, and Z times what solves
// (T − λ) x = 0 from below (Golub and Van Loan 7.6).
import { complexMatrix, complexSchur, rotateColumns, rotateRows, type ComplexMatrix } from './complexSchur.ts';
import { dense } from './dense.ts';
import { balanced, realSchur } from './schur.ts';

export interface Eigen {
  /** As pairs. */
  readonly values: Float64Array;
  /** As columns of length 1, the largest component of each real and positive. */
  readonly vectors: ComplexMatrix;
}

/** Beyond it, or below its inverse, squares of elements and of gaps are lost: LAPACK scales such matrices too (`dgeev`). */
const mostSize = 2 ** 400;

/** Of a matrix and of one that is its own conjugate transposed: that has orthogonal vectors, and values that ascend. */
export function eigenGeneral(a: ComplexMatrix, isHermitian: boolean): Eigen {
  const { n } = a;
  const size = Math.max(largestOf(a.re), largestOf(a.im));
  if (size > 0 && size < Infinity && (size < 1 / mostSize || size > mostSize)) return multiplied(a, 2 ** Math.floor(Math.log2(size)), isHermitian);
  if (!isHermitian && a.im.every((part) => part === 0)) return ofReal(a);
  const { t, z } = complexSchur(a);
  if (!isHermitian) return normalized(t, triangularVectors(t, z));
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => t.re[i * n + i] - t.re[j * n + j]);
  const [values, vectors] = [complexMatrix(n), complexMatrix(n)];
  order.forEach((from, to) => {
    values.re[to * n + to] = t.re[from * n + from];
    for (let i = 0; i < n; i += 1) [vectors.re[i * n + to], vectors.im[i * n + to]] = [z.re[i * n + from], z.im[i * n + from]];
  });
  return normalized(values, vectors);
}

function largestOf(parts: Float64Array): number {
  return parts.reduce((most, part) => Math.max(most, Math.abs(part)), 0);
}

/** As of the matrix divided by a power of two, whose eigenvectors are the same. */
function multiplied({ n, re, im }: ComplexMatrix, power: number, isHermitian: boolean): Eigen {
  const { values, vectors } = eigenGeneral(complexMatrix(n, re.map((part) => part / power), im.map((part) => part / power)), isHermitian);
  return { values: values.map((part) => part * power), vectors };
}

function ofReal({ n, re }: ComplexMatrix): Eigen {
  const { matrix, restore } = balanced(dense(n, n, Float64Array.from(re)));
  const { t: real, z: basis } = realSchur(matrix);
  const [t, z] = [complexMatrix(n, real.data), complexMatrix(n, basis.data)];
  const isReal = Array.from({ length: n }, () => true);
  for (let k = 0; k + 1 < n; k += 1) {
    if (t.re[(k + 1) * n + k] === 0) continue;
    isReal[k] = isReal[k + 1] = false;
    splitBlock(t, z, k);
  }
  const vectors = triangularVectors(t, z);
  restore(vectors.re, n);
  restore(vectors.im, n);
  // What is real is so to the last digit, and the second of a pair is the first's conjugate
  for (let j = 0; j < n; j += 1) {
    const isSecond = !isReal[j] && j > 0 && !isReal[j - 1] && t.im[j * n + j] < 0;
    if (isReal[j]) t.im[j * n + j] = 0;
    else if (isSecond) [t.re[j * n + j], t.im[j * n + j]] = [t.re[(j - 1) * (n + 1)], -t.im[(j - 1) * (n + 1)]];
    for (let i = 0; i < n; i += 1) {
      if (isReal[j]) vectors.im[i * n + j] = 0;
      else if (isSecond) [vectors.re[i * n + j], vectors.im[i * n + j]] = [vectors.re[i * n + j - 1], -vectors.im[i * n + j - 1]];
    }
  }
  return normalized(t, vectors);
}

/** Makes a real 2 × 2 block with a pair of conjugate eigenvalues triangular, the one above the real axis first. */
function splitBlock(t: ComplexMatrix, z: ComplexMatrix, k: number): void {
  const { n, re } = t;
  const [a, b, c, d] = [re[k * n + k], re[k * n + k + 1], re[(k + 1) * n + k], re[(k + 1) * n + k + 1]];
  const half = (a - d) / 2;
  const above = Math.sqrt(Math.max(0, -(half * half + b * c)));
  // the eigenvector (λ − d, c), where λ − d = half + i above
  const size = Math.hypot(half, above, c);
  const cos = { re: half / size, im: above / size };
  rotateRows(t, k, cos, c / size);
  rotateColumns(t, k, cos, c / size);
  rotateColumns(z, k, cos, c / size);
  [t.re[(k + 1) * n + k], t.im[(k + 1) * n + k]] = [0, 0];
}

/** Eigenvectors of Z T Zᴴ, T triangular, as columns. */
function triangularVectors(t: ComplexMatrix, z: ComplexMatrix): ComplexMatrix {
  const { n } = t;
  let largest = 0;
  for (let i = 0; i < n * n; i += 1) largest = Math.max(largest, Math.abs(t.re[i]) + Math.abs(t.im[i]));
  const least = Math.max(2 ** -52 * largest, 2 ** -500); // whose square is a number
  const result = complexMatrix(n);
  for (let k = 0; k < n; k += 1) {
    const [xr, xi] = [new Float64Array(n), new Float64Array(n)];
    xr[k] = 1;
    for (let i = k - 1; i >= 0; i -= 1) {
      let [sr, si] = [0, 0];
      for (let j = i + 1; j <= k; j += 1) {
        sr -= t.re[i * n + j] * xr[j] - t.im[i * n + j] * xi[j];
        si -= t.re[i * n + j] * xi[j] + t.im[i * n + j] * xr[j];
      }
      let [gr, gi] = [t.re[i * n + i] - t.re[k * n + k], t.im[i * n + i] - t.im[k * n + k]];
      // of equal eigenvalues a gap as small as what was rounded
      if (Math.abs(gr) + Math.abs(gi) < least) [gr, gi] = [least, 0];
      const size = gr * gr + gi * gi;
      [xr[i], xi[i]] = [(sr * gr + si * gi) / size, (si * gr - sr * gi) / size];
      const most = Math.hypot(xr[i], xi[i]);
      if (most > 1e100) for (let j = i; j <= k; j += 1) [xr[j], xi[j]] = [xr[j] / most, xi[j] / most];
    }
    for (let i = 0; i < n; i += 1) {
      for (let j = 0; j <= k; j += 1) {
        result.re[i * n + k] += z.re[i * n + j] * xr[j] - z.im[i * n + j] * xi[j];
        result.im[i * n + k] += z.re[i * n + j] * xi[j] + z.im[i * n + j] * xr[j];
      }
    }
  }
  return result;
}

function normalized(t: ComplexMatrix, vectors: ComplexMatrix): Eigen {
  const { n, re, im } = vectors;
  for (let j = 0; j < n; j += 1) {
    let [size, largest, at] = [0, 0, j];
    for (let i = j; i < n * n; i += n) {
      const part = Math.hypot(re[i], im[i]);
      size = Math.hypot(size, part);
      if (part > largest * (1 + 1e-9)) [largest, at] = [part, i];
    }
    const [cos, sin] = largest > 0 ? [re[at] / largest / size, -im[at] / largest / size] : [1, 0];
    for (let i = j; i < n * n; i += n) [re[i], im[i]] = [re[i] * cos - im[i] * sin, re[i] * sin + im[i] * cos];
    im[at] = 0;
  }
  return { values: Float64Array.from({ length: 2 * n }, (_, i) => (i % 2 ? t.im : t.re)[(i >> 1) * (n + 1)]), vectors };
}
