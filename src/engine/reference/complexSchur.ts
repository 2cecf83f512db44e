// The Schur form of a complex matrix, A = Z T Zᴴ with T upper triangular: Householder's Hessenberg form, and QR steps of one shift by
// Givens's rotations (Golub and Van Loan 7.4, 7.5).
import { EngineError } from '../engineError.ts';

export interface ComplexMatrix {
  /** Rows and columns. */
  readonly n: number;
  readonly re: Float64Array;
  readonly im: Float64Array;
}
export interface Complex {
  readonly re: number;
  readonly im: number;
}

export function complexMatrix(n: number, re: Float64Array = new Float64Array(n * n), im: Float64Array = new Float64Array(n * n)): ComplexMatrix {
  return { n, re, im };
}

/** Element p of x becomes conj(c) x[p] + s x[q], element q becomes c x[q] − s x[p]; s real. */
function rotate({ re, im }: ComplexMatrix, p: number, q: number, c: Complex, s: number): void {
  const [pr, pi, qr, qi] = [re[p], im[p], re[q], im[q]];
  [re[p], im[p]] = [c.re * pr + c.im * pi + s * qr, c.re * pi - c.im * pr + s * qi];
  [re[q], im[q]] = [c.re * qr - c.im * qi - s * pr, c.re * qi + c.im * qr - s * pi];
}
/** Rows k and k + 1 times the rotation that takes (c, s) to (1, 0). */
export function rotateRows(x: ComplexMatrix, k: number, c: Complex, s: number, from = 0): void {
  for (let j = from; j < x.n; j += 1) rotate(x, k * x.n + j, (k + 1) * x.n + j, c, s);
}
/** Columns k and k + 1 times that rotation's conjugate transposed. */
export function rotateColumns(x: ComplexMatrix, k: number, c: Complex, s: number, to = x.n): void {
  for (let i = 0; i < to; i += 1) rotate(x, i * x.n + k, i * x.n + k + 1, { re: c.re, im: -c.im }, s);
}

export function complexSchur(a: ComplexMatrix): { t: ComplexMatrix; z: ComplexMatrix } {
  const { n } = a;
  const t = complexMatrix(n, a.re.slice(), a.im.slice());
  const z = complexMatrix(n);
  for (let i = 0; i < n; i += 1) z.re[i * n + i] = 1;
  toHessenberg(t, z);
  for (let last = n - 1, steps = 0; last > 0;) {
    const first = deflate(t, last);
    if (first === last) {
      [last, steps] = [last - 1, 0];
      continue;
    }
    steps += 1;
    if (steps > 30 * Math.max(10, n)) throw new EngineError('LinAlgError', 'linalg.eig: The algorithm failed to converge.');
    step(t, z, first, last, steps % 10 === 0);
  }
  return { t, z };
}

/** By reflections 1 − factor · v vᴴ from both sides; what remains below the diagonal is made real by `step`. */
function toHessenberg(t: ComplexMatrix, z: ComplexMatrix): void {
  const { n, re, im } = t;
  for (let k = 0; k + 2 < n; k += 1) {
    const count = n - k - 1;
    const vr = Float64Array.from({ length: count }, (_, i) => re[(k + 1 + i) * n + k]);
    const vi = Float64Array.from({ length: count }, (_, i) => im[(k + 1 + i) * n + k]);
    let tail = 0;
    for (let i = 1; i < count; i += 1) tail = Math.hypot(tail, vr[i], vi[i]);
    if (tail === 0) continue;
    const head = Math.hypot(vr[0], vi[0]);
    const size = Math.hypot(head, tail);
    const [pr, pi] = head === 0 ? [1, 0] : [vr[0] / head, vi[0] / head];
    [vr[0], vi[0]] = [vr[0] + pr * size, vi[0] + pi * size];
    const factor = 1 / (size * (size + head));
    for (let j = k; j < n; j += 1) { // rows: x − factor v (vᴴ x)
      let [dr, di] = [0, 0];
      for (let i = 0, at = (k + 1) * n + j; i < count; i += 1, at += n) {
        dr += vr[i] * re[at] + vi[i] * im[at];
        di += vr[i] * im[at] - vi[i] * re[at];
      }
      for (let i = 0, at = (k + 1) * n + j; i < count; i += 1, at += n) {
        re[at] -= factor * (vr[i] * dr - vi[i] * di);
        im[at] -= factor * (vr[i] * di + vi[i] * dr);
      }
    }
    for (const x of [t, z]) { // columns: x − factor (x v) vᴴ
      for (let i = 0; i < n; i += 1) {
        let [dr, di] = [0, 0];
        for (let j = 0, at = i * n + k + 1; j < count; j += 1, at += 1) {
          dr += vr[j] * x.re[at] - vi[j] * x.im[at];
          di += vr[j] * x.im[at] + vi[j] * x.re[at];
        }
        for (let j = 0, at = i * n + k + 1; j < count; j += 1, at += 1) {
          x.re[at] -= factor * (dr * vr[j] + di * vi[j]);
          x.im[at] -= factor * (di * vr[j] - dr * vi[j]);
        }
      }
    }
    for (let i = k + 2; i < n; i += 1) [re[i * n + k], im[i * n + k]] = [0, 0];
  }
}

function deflate({ n, re, im }: ComplexMatrix, last: number): number {
  const size = (i: number, j: number) => Math.abs(re[i * n + j]) + Math.abs(im[i * n + j]);
  for (let k = last; k > 0; k -= 1) {
    if (size(k, k - 1) > 2 ** -52 * (size(k - 1, k - 1) + size(k, k) || 1)) continue;
    [re[k * n + k - 1], im[k * n + k - 1]] = [0, 0];
    return k;
  }
  return 0;
}

function root({ re, im }: Complex): Complex {
  const size = Math.hypot(re, im);
  const real = Math.sqrt((size + Math.abs(re)) / 2);
  if (real === 0) return { re: 0, im: 0 };
  return re >= 0 ? { re: real, im: im / (2 * real) } : { re: Math.abs(im) / (2 * real), im: im < 0 ? -real : real };
}

/** One QR step of the block first … last with Wilkinson's shift: the eigenvalue of the last 2 × 2 block that is nearer to the last element. */
function step(t: ComplexMatrix, z: ComplexMatrix, first: number, last: number, isExceptional: boolean): void {
  const { n, re, im } = t;
  const [p, q] = [(last - 1) * n + last - 1, last * n + last];
  const half = { re: (re[p] - re[q]) / 2, im: (im[p] - im[q]) / 2 };
  const [b, c] = [{ re: re[p + 1], im: im[p + 1] }, { re: re[q - 1], im: im[q - 1] }];
  const d = root({
    re: half.re * half.re - half.im * half.im + b.re * c.re - b.im * c.im, im: 2 * half.re * half.im + b.re * c.im + b.im * c.re,
  });
  const sign = half.re * d.re + half.im * d.im > 0 ? -1 : 1;
  const shift = isExceptional
    ? { re: re[q] + Math.hypot(c.re, c.im), im: im[q] }
    : { re: re[q] + half.re + sign * d.re, im: im[q] + half.im + sign * d.im };
  for (let i = first; i <= last; i += 1) [re[i * n + i], im[i * n + i]] = [re[i * n + i] - shift.re, im[i * n + i] - shift.im];
  const turns: { c: Complex; s: number }[] = [];
  for (let k = first; k < last; k += 1) {
    makeReal(t, z, k + 1, k);
    const [upper, lower] = [k * n + k, (k + 1) * n + k];
    const size = Math.hypot(re[upper], im[upper], re[lower]);
    const turn = size === 0 ? { c: { re: 1, im: 0 }, s: 0 } : { c: { re: re[upper] / size, im: im[upper] / size }, s: re[lower] / size };
    rotateRows(t, k, turn.c, turn.s, k);
    turns.push(turn);
  }
  turns.forEach(({ c: cos, s }, i) => {
    rotateColumns(t, first + i, cos, s, Math.min(first + i + 2, last + 1));
    rotateColumns(z, first + i, cos, s);
  });
  for (let i = first; i <= last; i += 1) [re[i * n + i], im[i * n + i]] = [re[i * n + i] + shift.re, im[i * n + i] + shift.im];
}

/** Turns row i by a number of size 1, and column i back, so that element (i, k) is real. */
function makeReal(t: ComplexMatrix, z: ComplexMatrix, i: number, k: number): void {
  const { n } = t;
  const [re, im] = [t.re[i * n + k], t.im[i * n + k]];
  if (im === 0) return;
  const size = Math.hypot(re, im);
  const [pr, pi] = [re / size, im / size];
  const turn = (x: ComplexMatrix, at: number, sign: number): void => {
    [x.re[at], x.im[at]] = [x.re[at] * pr - sign * x.im[at] * pi, x.im[at] * pr + sign * x.re[at] * pi];
  };
  for (let j = 0; j < n; j += 1) turn(t, i * n + j, -1);
  for (let j = 0; j < n; j += 1) turn(t, j * n + i, 1);
  for (let j = 0; j < n; j += 1) turn(z, j * n + i, 1);
  t.im[i * n + k] = 0;
}
