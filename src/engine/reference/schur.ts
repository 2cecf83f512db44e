// The real Schur form of a general matrix, A = Z T Zᵀ with T upper triangular but for 2 × 2 blocks: balancing, Householder's Hessenberg form
// and Francis's steps with two shifts (Golub and Van Loan 7.4, 7.5; deflation by Ahues and Tisseur 1997), in LAPACK's order of eigenvalues.
import { EngineError } from '../engineError.ts';
import { dense, identity, type Dense } from './dense.ts';

const epsilon = 2 ** -52;
/** Below it a number has lost digits: LAPACK's `smlnum`. */
const tiny = Number.MIN_VALUE * 2 ** 52 / epsilon;
/** Of steps per eigenvalue, as in LAPACK. */
const mostSteps = 30;

export interface Balanced {
  readonly matrix: Dense;
  /** Undoes, in its rows, what balancing did to eigenvectors. */
  readonly restore: (rows: Float64Array, columns: number) => void;
}

function swapRows(data: Float64Array, columns: number, i: number, j: number): void {
  for (let k = 0; k < columns; k += 1) [data[i * columns + k], data[j * columns + k]] = [data[j * columns + k], data[i * columns + k]];
}

/** Eigenvalues that stand alone go to the borders, and rows and columns get sizes alike by powers of two (Parlett and Reinsch 1969). */
export function balanced({ rows: n, data }: Dense): Balanced {
  const a = data.slice();
  const swaps: [number, number][] = [];
  let [low, high] = [0, n - 1];
  const swap = (i: number, j: number): void => {
    if (i === j) return;
    for (let k = 0; k < n; k += 1) [a[k * n + i], a[k * n + j]] = [a[k * n + j], a[k * n + i]];
    swapRows(a, n, i, j);
    swaps.push([i, j]);
  };
  const standsAlone = (j: number, byRow: boolean): boolean => {
    for (let i = low; i <= high; i += 1) if (i !== j && a[byRow ? j * n + i : i * n + j] !== 0) return false;
    return true;
  };
  for (let j = high; j >= 0 && high > 0; j -= 1) if (standsAlone(j, true)) [swap(j, high), high -= 1, j = high + 1];
  for (let j = low; j <= high && low < high; j += 1) if (standsAlone(j, false)) [swap(j, low), low += 1, j = low - 1];

  const scale = new Float64Array(n).fill(1);
  for (let isDone = false; !isDone;) {
    isDone = true;
    for (let i = low; i <= high; i += 1) {
      let [column, row] = [0, 0];
      for (let k = low; k <= high; k += 1) [column, row] = [Math.hypot(column, a[k * n + i]), Math.hypot(row, a[i * n + k])];
      if (!(column > 0 && row > 0 && column + row < Infinity)) continue;
      const before = column + row;
      let factor = 1;
      while (column < row / 2) [factor, column, row] = [factor * 2, column * 2, row / 2];
      while (column / 2 >= row) [factor, column, row] = [factor / 2, column / 2, row * 2];
      if (column + row >= 0.95 * before) continue;
      isDone = false;
      scale[i] *= factor;
      for (let k = 0; k < n; k += 1) a[i * n + k] /= factor;
      for (let k = 0; k < n; k += 1) a[k * n + i] *= factor;
    }
  }
  return {
    matrix: dense(n, n, a),
    restore: (rows, columns) => {
      scale.forEach((factor, i) => {
        for (let k = 0; k < columns; k += 1) rows[i * columns + k] *= factor;
      });
      for (const [i, j] of [...swaps].reverse()) swapRows(rows, columns, i, j);
    },
  };
}

/** v of the reflection 1 − factor · v vᵀ, v[0] = 1, that takes x to (beta, 0, …), in place of x. */
function reflection(x: Float64Array): { factor: number; beta: number } {
  const [head] = x;
  const tail = x.subarray(1).reduce((size, value) => Math.hypot(size, value), 0);
  if (tail === 0) {
    x[0] = 1;
    return { factor: 0, beta: head };
  }
  const beta = head < 0 ? Math.hypot(head, tail) : -Math.hypot(head, tail);
  for (let i = 1; i < x.length; i += 1) x[i] /= head - beta;
  x[0] = 1;
  return { factor: (beta - head) / beta, beta };
}

function reflectRows(data: Float64Array, n: number, at: number, v: Float64Array, factor: number, from: number): void {
  for (let j = from; j < n; j += 1) {
    let dot = 0;
    for (let i = 0; i < v.length; i += 1) dot += v[i] * data[(at + i) * n + j];
    for (let i = 0; i < v.length; i += 1) data[(at + i) * n + j] -= factor * dot * v[i];
  }
}
function reflectColumns(data: Float64Array, n: number, at: number, v: Float64Array, factor: number, to: number): void {
  for (let i = 0; i < to; i += 1) {
    let dot = 0;
    for (let j = 0; j < v.length; j += 1) dot += v[j] * data[i * n + at + j];
    for (let j = 0; j < v.length; j += 1) data[i * n + at + j] -= factor * dot * v[j];
  }
}

export function realSchur({ rows: n, data }: Dense): { t: Dense; z: Dense } {
  const h = data.slice();
  const z = identity(n);
  for (let k = 0; k + 2 < n; k += 1) {
    const v = Float64Array.from({ length: n - k - 1 }, (_, i) => h[(k + 1 + i) * n + k]);
    const { factor, beta } = reflection(v);
    reflectRows(h, n, k + 1, v, factor, k + 1);
    reflectColumns(h, n, k + 1, v, factor, n);
    reflectColumns(z.data, n, k + 1, v, factor, n);
    h[(k + 1) * n + k] = beta;
    for (let i = k + 2; i < n; i += 1) h[i * n + k] = 0;
  }
  for (let last = n - 1, steps = 0; last >= 0;) {
    const first = deflate(h, n, last);
    if (first >= last - 1) {
      if (first === last - 1) splitPair(h, z.data, n, first);
      last = first - 1;
      steps = 0;
    } else {
      steps += 1;
      if (steps > mostSteps * Math.max(10, n)) throw new EngineError('LinAlgError', 'linalg.eig: The algorithm failed to converge.');
      francisStep(h, z.data, n, first, last, steps);
    }
  }
  return { t: dense(n, n, h), z };
}

/** The first row of the block that ends at `last`: where the element below the diagonal is 0, or as good as. */
function deflate(h: Float64Array, n: number, last: number): number {
  for (let k = last; k > 0; k -= 1) {
    const below = Math.abs(h[k * n + k - 1]);
    const isSmall = (): boolean => {
      if (below <= tiny) return true;
      const [upper, lower, above] = [h[(k - 1) * n + k - 1], h[k * n + k], Math.abs(h[(k - 1) * n + k])];
      let size = Math.abs(upper) + Math.abs(lower);
      if (size === 0) size = Math.abs(k > 1 ? h[(k - 1) * n + k - 2] : 0) + Math.abs(k + 1 < n ? h[(k + 1) * n + k] : 0);
      if (below > epsilon * size) return false;
      const [most, least] = [Math.max(below, above), Math.min(below, above)];
      const [large, gap] = [Math.max(Math.abs(lower), Math.abs(upper - lower)), Math.min(Math.abs(lower), Math.abs(upper - lower))];
      return least * (most / (large + most)) <= Math.max(tiny, epsilon * (gap * (large / (large + most))));
    };
    if (!isSmall()) continue;
    h[k * n + k - 1] = 0;
    return k;
  }
  return 0;
}

function francisStep(h: Float64Array, z: Float64Array, n: number, first: number, last: number, steps: number): void {
  const at = (i: number, j: number) => h[i * n + j];
  let [a, b, c, d] = [at(last - 1, last - 1), at(last - 1, last), at(last, last - 1), at(last, last)];
  // a step with other shifts every now and then, as LAPACK: none converges for every matrix
  if (steps % 20 === 10) {
    const size = Math.abs(at(first + 1, first)) + Math.abs(at(first + 2, first + 1));
    [a, b, c] = [0.75 * size + at(first, first), -0.4375 * size, size];
    d = a;
  } else if (steps % 20 === 0) {
    const size = Math.abs(c) + Math.abs(at(last - 1, last - 2));
    [a, b, c] = [0.75 * size + d, -0.4375 * size, size];
    d = a;
  }
  let [sum, product] = [a + d, a * d - b * c];
  const root = ((a - d) / 2) ** 2 + b * c;
  if (root >= 0) { // real shifts: the one nearer to the last element, twice
    const near = sum / 2 + (d > sum / 2 ? 1 : -1) * Math.sqrt(root);
    [sum, product] = [2 * near, near * near];
  }
  // The first column of (H − s₁)(H − s₂), as far down as two small elements in a row let it begin
  const column = (m: number): Float64Array => {
    const below = at(m + 1, m);
    const v = Float64Array.of(
      (at(m, m) * (at(m, m) - sum) + product) / below + at(m, m + 1), at(m, m) + at(m + 1, m + 1) - sum, at(m + 2, m + 1));
    const size = Math.abs(v[0]) + Math.abs(v[1]) + Math.abs(v[2]);
    return v.map((value) => value / size);
  };
  let m = last - 2;
  let v = column(m);
  for (; m > first; m -= 1, v = column(m)) {
    const neighbours = Math.abs(at(m - 1, m - 1)) + Math.abs(at(m, m)) + Math.abs(at(m + 1, m + 1));
    if (Math.abs(at(m, m - 1)) * (Math.abs(v[1]) + Math.abs(v[2])) <= epsilon * Math.abs(v[0]) * neighbours) break;
  }
  for (let k = m; k < last; k += 1) {
    const size = Math.min(3, last - k + 1);
    if (k > m) v = Float64Array.from({ length: size }, (_, i) => at(k + i, k - 1));
    const { factor, beta } = reflection(v);
    if (k > m) {
      h[k * n + k - 1] = beta;
      for (let i = 1; i < size; i += 1) h[(k + i) * n + k - 1] = 0;
    } else if (m > first) {
      h[k * n + k - 1] *= 1 - factor;
    }
    reflectRows(h, n, k, v, factor, k);
    reflectColumns(h, n, k, v, factor, Math.min(k + 4, last + 1));
    reflectColumns(z, n, k, v, factor, n);
  }
}

/** Makes the 2 × 2 block at k triangular if its eigenvalues are real. */
function splitPair(h: Float64Array, z: Float64Array, n: number, k: number): void {
  const [a, b, c, d] = [h[k * n + k], h[k * n + k + 1], h[(k + 1) * n + k], h[(k + 1) * n + k + 1]];
  const half = (a - d) / 2;
  const root = half * half + b * c;
  if (c === 0 || root < 0) return;
  // the eigenvector of the value that is farther from d: (value − d, c)
  const x = half + (half < 0 ? -1 : 1) * Math.sqrt(root);
  const size = Math.hypot(x, c);
  const [cos, sin] = [x / size, c / size];
  for (let j = 0; j < n; j += 1) {
    const [upper, lower] = [h[k * n + j], h[(k + 1) * n + j]];
    [h[k * n + j], h[(k + 1) * n + j]] = [cos * upper + sin * lower, cos * lower - sin * upper];
  }
  for (const rows of [h, z]) {
    for (let i = 0; i < n; i += 1) {
      const [left, right] = [rows[i * n + k], rows[i * n + k + 1]];
      [rows[i * n + k], rows[i * n + k + 1]] = [cos * left + sin * right, cos * right - sin * left];
    }
  }
  h[(k + 1) * n + k] = 0;
}
