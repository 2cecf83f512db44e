// Decompositions of small matrices in float64 by the textbook methods (Golub and Van Loan): Householder reflections with LAPACK's
// signs, Cholesky, elimination with pivots, and Jacobi's rotations for eigenvalues and singular values.
import { EngineError } from '../engineError.ts';

/** Row-major. */
export interface Dense {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float64Array;
}

export function dense(rows: number, columns: number, data = new Float64Array(rows * columns)): Dense {
  return { rows, columns, data };
}
export function transposed({ rows, columns, data }: Dense): Dense {
  const result = dense(columns, rows);
  for (let i = 0; i < rows; i += 1) for (let j = 0; j < columns; j += 1) result.data[j * rows + i] = data[i * columns + j];
  return result;
}
function identity(n: number): Dense {
  const result = dense(n, n);
  for (let i = 0; i < n; i += 1) result.data[i * n + i] = 1;
  return result;
}
function symmetricPart({ rows: n, data }: Dense): Dense {
  return dense(n, n, data.map((value, at) => (value + data[(at % n) * n + Math.floor(at / n)]) / 2));
}

/** x = L Lᵀ; `which` names the matrix in a batch for the error. */
export function cholesky(x: Dense, which: string): Dense {
  const n = x.rows;
  const { data: a } = symmetricPart(x);
  const l = dense(n, n);
  for (let j = 0; j < n; j += 1) {
    for (let i = j; i < n; i += 1) {
      let sum = a[i * n + j];
      for (let k = 0; k < j; k += 1) sum -= l.data[i * n + k] * l.data[j * n + k];
      if (i > j) {
        l.data[i * n + j] = sum / l.data[j * n + j];
      } else {
        if (!(sum > 0)) {
          throw new EngineError('RuntimeError', `linalg.cholesky: ${which}The factorization could not be completed because the input is not `
            + `positive-definite (the leading minor of order ${j + 1} is not positive-definite).`);
        }
        l.data[j * n + j] = Math.sqrt(sum);
      }
    }
  }
  return l;
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
  /** Of the permutation: 1 or −1. */
  readonly sign: number;
  /** The first pivot that is 0; −1: none. */
  readonly zeroPivot: number;
}

export function eliminate(x: Dense): Elimination {
  const n = x.rows;
  const a = x.data.slice();
  const order = Array.from({ length: n }, (_, i) => i);
  let sign = 1;
  let zeroPivot = -1;
  for (let k = 0; k < n; k += 1) {
    let pivot = k;
    for (let i = k + 1; i < n; i += 1) if (Math.abs(a[i * n + k]) > Math.abs(a[pivot * n + k])) pivot = i;
    if (a[pivot * n + k] === 0) {
      if (zeroPivot < 0) zeroPivot = k;
      continue;
    }
    if (pivot !== k) {
      for (let j = 0; j < n; j += 1) [a[k * n + j], a[pivot * n + j]] = [a[pivot * n + j], a[k * n + j]];
      [order[k], order[pivot]] = [order[pivot], order[k]];
      sign = -sign;
    }
    for (let i = k + 1; i < n; i += 1) {
      const factor = a[i * n + k] /= a[k * n + k];
      if (factor !== 0) for (let j = k + 1; j < n; j += 1) a[i * n + j] -= factor * a[k * n + j];
    }
  }
  return { lu: dense(n, n, a), order, sign, zeroPivot };
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
  for (let i = k; i < vector.length; i += 1) {
    const [weight, row] = [vector[i], i * columns];
    for (let j = k; j < columns; j += 1) dots[j] += weight * data[row + j];
  }
  for (let i = k; i < vector.length; i += 1) {
    const [weight, row] = [factor * vector[i], i * columns];
    for (let j = k; j < columns; j += 1) data[row + j] -= weight * dots[j];
  }
}

/** More sweeps than Jacobi's method needs for any matrix: it converges quadratically after a few. */
const mostSweeps = 60;

/** Eigenvalues ascending and eigenvectors as columns, of the symmetric part. */
export function eigenSymmetric(x: Dense): { values: Float64Array; vectors: Dense } {
  const n = x.rows;
  const { data: a } = symmetricPart(x);
  const v = identity(n);
  const rotate = (data: Float64Array, i: number, j: number, cos: number, sin: number): void => {
    const [left, right] = [data[i], data[j]];
    data[i] = cos * left - sin * right;
    data[j] = sin * left + cos * right;
  };
  for (let sweep = 0; sweep < mostSweeps; sweep += 1) {
    let rotations = 0;
    for (let p = 0; p < n; p += 1) {
      for (let q = p + 1; q < n; q += 1) {
        const off = a[p * n + q];
        if (!(Math.abs(off) > 1e-17 * Math.sqrt(Math.abs(a[p * n + p] * a[q * n + q])))) continue;
        rotations += 1;
        const theta = (a[q * n + q] - a[p * n + p]) / (2 * off);
        const tan = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(1, theta));
        const cos = 1 / Math.hypot(1, tan);
        for (let k = 0; k < n; k += 1) rotate(a, k * n + p, k * n + q, cos, cos * tan);
        for (let k = 0; k < n; k += 1) rotate(a, p * n + k, q * n + k, cos, cos * tan);
        a[p * n + q] = a[q * n + p] = 0;
        for (let k = 0; k < n; k += 1) rotate(v.data, k * n + p, k * n + q, cos, cos * tan);
      }
    }
    if (rotations === 0) break;
  }
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => a[i * n + i] - a[j * n + j]);
  const vectors = dense(n, n);
  order.forEach((from, to) => {
    const sign = signOfLargest(v, from);
    for (let k = 0; k < n; k += 1) vectors.data[k * n + to] = sign * v.data[k * n + from];
  });
  return { values: Float64Array.from(order, (i) => a[i * n + i]), vectors };
}

/** Of the component of column j that is largest in size, the first of several. */
function signOfLargest({ rows, columns, data }: Dense, j: number): number {
  let largest = 0;
  for (let i = 0; i < rows; i += 1) if (Math.abs(data[i * columns + j]) > Math.abs(largest) * (1 + 1e-9)) largest = data[i * columns + j];
  return largest < 0 ? -1 : 1;
}

/** x = U Σ Vᵀ with min(m, n) singular values, descending, by one-sided rotations (Hestenes 1958). */
export function singularValues(x: Dense): { u: Dense; s: Float64Array; vt: Dense } {
  if (x.rows < x.columns) {
    const { u, s, vt } = singularValues(transposed(x));
    const result = { u: transposed(vt), s, vt: transposed(u) };
    for (let j = 0; j < s.length; j += 1) if (signOfLargest(result.u, j) < 0) flipPair(result.u, result.vt, j);
    return result;
  }
  if (!x.data.every(Number.isFinite)) {
    throw new EngineError('RuntimeError', 'linalg.svd: The algorithm failed to converge because the input matrix contained non-finite values.');
  }
  const { rows: m, columns: n } = x;
  // Columns as rows: a rotation runs over neighbours
  const work = transposed(x).data;
  const v = identity(n).data;
  const rotate = (data: Float64Array, width: number, p: number, q: number, cos: number, sin: number): void => {
    for (let k = 0, i = p * width, j = q * width; k < width; k += 1, i += 1, j += 1) {
      const [left, right] = [data[i], data[j]];
      data[i] = cos * left - sin * right;
      data[j] = sin * left + cos * right;
    }
  };
  for (let sweep = 0; sweep < mostSweeps; sweep += 1) {
    let rotations = 0;
    for (let p = 0; p < n; p += 1) {
      for (let q = p + 1; q < n; q += 1) {
        let [alpha, beta, gamma] = [0, 0, 0];
        for (let k = 0, i = p * m, j = q * m; k < m; k += 1, i += 1, j += 1) {
          alpha += work[i] * work[i];
          beta += work[j] * work[j];
          gamma += work[i] * work[j];
        }
        if (!(Math.abs(gamma) > 1e-16 * Math.sqrt(alpha * beta))) continue;
        rotations += 1;
        const zeta = (beta - alpha) / (2 * gamma);
        const tan = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.hypot(1, zeta));
        const cos = 1 / Math.hypot(1, tan);
        rotate(work, m, p, q, cos, cos * tan);
        rotate(v, n, p, q, cos, cos * tan);
      }
    }
    if (rotations === 0) break;
  }
  const norms = Float64Array.from({ length: n }, (_, j) => Math.hypot(...work.subarray(j * m, (j + 1) * m)));
  const order = Array.from(norms, (_, j) => j).sort((i, j) => norms[j] - norms[i]);
  const [u, vt] = [dense(m, n), dense(n, n)];
  const negligible = Math.max(...norms, 0) * 1e-300;
  order.forEach((from, to) => {
    vt.data.set(v.subarray(from * n, (from + 1) * n), to * n);
    for (let k = 0; k < m; k += 1) u.data[k * n + to] = norms[from] > negligible ? work[from * m + k] / norms[from] : 0;
  });
  completeColumns(u, order.map((from) => norms[from] > negligible));
  for (let j = 0; j < n; j += 1) if (signOfLargest(u, j) < 0) flipPair(u, vt, j);
  return { u, s: Float64Array.from(order, (from) => norms[from]), vt };
}

function flipPair(u: Dense, vt: Dense, j: number): void {
  for (let k = 0; k < u.rows; k += 1) u.data[k * u.columns + j] *= -1;
  for (let k = 0; k < vt.columns; k += 1) vt.data[j * vt.columns + k] *= -1;
}

/** Fills columns that are not yet there with unit vectors orthogonal to the others (Gram and Schmidt). */
function completeColumns(u: Dense, isThere: readonly boolean[]): void {
  const { rows: m, columns: n, data } = u;
  const done = [...isThere];
  for (let j = 0; j < n; j += 1) {
    if (done[j]) continue;
    for (let axis = 0; axis < m && !done[j]; axis += 1) {
      const column = new Float64Array(m);
      column[axis] = 1;
      // twice is enough (Kahan and Parlett)
      for (let round = 0; round < 2; round += 1) {
        for (let other = 0; other < n; other += 1) {
          if (!done[other]) continue;
          let dot = 0;
          for (let k = 0; k < m; k += 1) dot += data[k * n + other] * column[k];
          for (let k = 0; k < m; k += 1) column[k] -= dot * data[k * n + other];
        }
      }
      const norm = Math.hypot(...column);
      if (norm < 0.5 / Math.sqrt(m)) continue;
      for (let k = 0; k < m; k += 1) data[k * n + j] = column[k] / norm;
      done[j] = true;
    }
  }
}
