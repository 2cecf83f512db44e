// Eigenvalues of symmetric matrices and singular values by Jacobi's rotations: slow for large matrices, exact to the last digits for all.
import { EngineError } from '../engineError.ts';
import { dense, identity, transposed, type Dense } from './dense.ts';

/** More sweeps than Jacobi's method needs for any matrix: it converges quadratically after a few. */
const mostSweeps = 60;

/** Cosine and sine of the smaller of the two angles of which twice has the cotangent `cot`. */
function rotation(cot: number): [cos: number, sin: number] {
  const tan = (cot < 0 ? -1 : 1) / (Math.abs(cot) + Math.hypot(1, cot));
  const cos = 1 / Math.hypot(1, tan);
  return [cos, cos * tan];
}

/** Turns the point (data[i], data[j]). */
function rotate(data: Float64Array, i: number, j: number, cos: number, sin: number): void {
  const [left, right] = [data[i], data[j]];
  data[i] = cos * left - sin * right;
  data[j] = sin * left + cos * right;
}

/** Eigenvalues ascending and eigenvectors as columns, of a symmetric matrix. */
export function eigenSymmetric({ rows: n, data }: Dense): { values: Float64Array; vectors: Dense } {
  const a = data.slice();
  const v = identity(n);
  for (let sweep = 0; sweep < mostSweeps; sweep += 1) {
    let rotations = 0;
    for (let p = 0; p < n; p += 1) {
      for (let q = p + 1; q < n; q += 1) {
        const off = a[p * n + q];
        if (!(Math.abs(off) > 1e-17 * Math.sqrt(Math.abs(a[p * n + p] * a[q * n + q])))) continue;
        rotations += 1;
        const [cos, sin] = rotation((a[q * n + q] - a[p * n + p]) / (2 * off));
        for (let k = 0; k < n; k += 1) rotate(a, k * n + p, k * n + q, cos, sin);
        for (let k = 0; k < n; k += 1) rotate(a, p * n + k, q * n + k, cos, sin);
        a[p * n + q] = a[q * n + p] = 0;
        for (let k = 0; k < n; k += 1) rotate(v.data, k * n + p, k * n + q, cos, sin);
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
    throw new EngineError('LinAlgError', 'linalg.svd: The algorithm failed to converge because the input matrix contained non-finite values.');
  }
  const { rows: m, columns: n } = x;
  // Columns as rows: a rotation runs over neighbours
  const work = transposed(x).data;
  const v = identity(n).data;
  const rotateRows = (data: Float64Array, width: number, p: number, q: number, cos: number, sin: number): void => {
    for (let k = 0; k < width; k += 1) rotate(data, p * width + k, q * width + k, cos, sin);
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
        const [cos, sin] = rotation((beta - alpha) / (2 * gamma));
        rotateRows(work, m, p, q, cos, sin);
        rotateRows(v, n, p, q, cos, sin);
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
