// Factors of small matrices by the textbook methods (Golub and Van Loan): Cholesky, elimination with pivots, and Householder reflections
// with LAPACK's signs.
import { dense, type Dense } from './dense.ts';

/** x = L Lᵀ, of a symmetric x. `failed`: the order of the first leading minor that is not positive, from where on x stays as it is; 0: none. */
export function cholesky({ rows: n, data: a }: Dense): { factor: Dense; failed: number } {
  const l = dense(n, n);
  for (let j = 0; j < n; j += 1) {
    for (let i = j; i < n; i += 1) {
      let sum = a[i * n + j];
      for (let k = 0; k < j; k += 1) sum -= l.data[i * n + k] * l.data[j * n + k];
      if (i > j) {
        l.data[i * n + j] = sum / l.data[j * n + j];
      } else {
        if (!(sum > 0)) {
          for (let row = j; row < n; row += 1) for (let k = j; k <= row; k += 1) l.data[row * n + k] = a[row * n + k];
          l.data[j * n + j] = sum;
          return { factor: l, failed: j + 1 };
        }
        l.data[j * n + j] = Math.sqrt(sum);
      }
    }
  }
  return { factor: l, failed: 0 };
}

/** Solves a x = b in place of b, `a` triangular. */
export function solveTriangular(a: Dense, b: Dense, isUpper: boolean, isUnit: boolean): void {
  const n = a.rows;
  for (let step = 0; step < n; step += 1) {
    const i = isUpper ? n - 1 - step : step;
    const [from, to] = isUpper ? [i + 1, n] : [0, i];
    for (let column = 0; column < b.columns; column += 1) {
      let sum = b.data[i * b.columns + column];
      for (let k = from; k < to; k += 1) sum -= a.data[i * n + k] * b.data[k * b.columns + column];
      b.data[i * b.columns + column] = isUnit ? sum : sum / a.data[i * n + i];
    }
  }
}

export interface Elimination {
  /** U above and on the diagonal, L below it. */
  readonly lu: Dense;
  /** Row i of the result was row `order[i]`. */
  readonly order: readonly number[];
  /** Step k exchanged row k with row `pivots[k] − 1`, as LAPACK counts. */
  readonly pivots: readonly number[];
  /** Of the permutation: 1 or −1. */
  readonly sign: number;
  /** The first pivot that is 0; −1: none. */
  readonly zeroPivot: number;
}

export function eliminate(x: Dense): Elimination {
  const { rows: m, columns: n } = x;
  const a = x.data.slice();
  const order = Array.from({ length: m }, (_, i) => i);
  const pivots: number[] = [];
  let sign = 1;
  let zeroPivot = -1;
  for (let k = 0; k < Math.min(m, n); k += 1) {
    let pivot = k;
    for (let i = k + 1; i < m; i += 1) if (Math.abs(a[i * n + k]) > Math.abs(a[pivot * n + k])) pivot = i;
    pivots.push(pivot + 1);
    if (a[pivot * n + k] === 0) {
      if (zeroPivot < 0) zeroPivot = k;
      continue;
    }
    if (pivot !== k) {
      for (let j = 0; j < n; j += 1) [a[k * n + j], a[pivot * n + j]] = [a[pivot * n + j], a[k * n + j]];
      [order[k], order[pivot]] = [order[pivot], order[k]];
      sign = -sign;
    }
    for (let i = k + 1; i < m; i += 1) {
      const factor = a[i * n + k] /= a[k * n + k];
      if (factor !== 0) for (let j = k + 1; j < n; j += 1) a[i * n + j] -= factor * a[k * n + j];
    }
  }
  return { lu: dense(m, n, a), order, pivots, sign, zeroPivot };
}

/** The solution of a x = b. */
export function solveEliminated({ lu, order }: Elimination, b: Dense): Dense {
  const x = dense(b.rows, b.columns);
  order.forEach((from, i) => x.data.set(b.data.subarray(from * b.columns, (from + 1) * b.columns), i * b.columns));
  solveTriangular(lu, x, false, true);
  solveTriangular(lu, x, true, false);
  return x;
}

/** x = Q R; Q has `width` columns. */
export function householder(x: Dense, width: number): { q: Dense; r: Dense } {
  const { rows: m, columns: n } = x;
  const a = x.data.slice();
  const reflections: { column: number; vector: Float64Array; factor: number }[] = [];
  for (let k = 0; k < Math.min(m - 1, n); k += 1) {
    const head = a[k * n + k];
    const vector = new Float64Array(m);
    let tail = 0;
    for (let i = k + 1; i < m; i += 1) tail = Math.max(tail, Math.abs(vector[i] = a[i * n + k]));
    const largest = Math.max(tail, Math.abs(head));
    let squares = (head / largest) ** 2;
    for (let i = k + 1; i < m; i += 1) squares += (vector[i] / largest) ** 2;
    const norm = largest * Math.sqrt(squares);
    // LAPACK leaves a column alone that has nothing below the diagonal
    if (tail === 0) continue;
    const beta = head < 0 || Object.is(head, -0) ? norm : -norm;
    vector[k] = head - beta;
    const factor = 2 / vector.reduce((sum, value) => sum + value * value, 0);
    reflect(a, n, k, vector, factor);
    reflections.push({ column: k, vector, factor });
  }
  const q = dense(m, width);
  for (let i = 0; i < width; i += 1) q.data[i * width + i] = 1;
  for (const { column, vector, factor } of reflections.reverse()) reflect(q.data, width, column, vector, factor);
  const r = dense(width, n);
  for (let i = 0; i < width; i += 1) for (let j = i; j < n; j += 1) r.data[i * n + j] = a[i * n + j];
  return { q, r };
}

/** Rows and columns from `k` on, times 1 − factor · v vᵀ: the others hold zeros, or nothing that is read. Row by row, as memory lies. */
function reflect(data: Float64Array, columns: number, k: number, vector: Float64Array, factor: number): void {
  const dots = new Float64Array(columns);
  let i = k;
  // Four rows at a time: the sums are read and written a quarter as often.
  for (; i + 4 <= vector.length; i += 4) {
    const [w0, w1, w2, w3] = [vector[i], vector[i + 1], vector[i + 2], vector[i + 3]];
    const r0 = i * columns;
    const [r1, r2, r3] = [r0 + columns, r0 + 2 * columns, r0 + 3 * columns];
    for (let j = k; j < columns; j += 1) dots[j] += w0 * data[r0 + j] + w1 * data[r1 + j] + (w2 * data[r2 + j] + w3 * data[r3 + j]);
  }
  for (; i < vector.length; i += 1) {
    const row = i * columns;
    for (let j = k; j < columns; j += 1) dots[j] += vector[i] * data[row + j];
  }
  for (i = k; i < vector.length; i += 1) {
    const [weight, row] = [factor * vector[i], i * columns];
    for (let j = k; j < columns; j += 1) data[row + j] -= weight * dots[j];
  }
}
