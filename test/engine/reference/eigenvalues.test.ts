import { strict as assert } from 'node:assert';
import { complexMatrix } from '../../../src/engine/reference/complexSchur.ts';
import { eigenGeneral } from '../../../src/engine/reference/eigenvalues.ts';

/** Eigenvectors as columns, and whether each solves A v = λ v to within a few digits of A's size. */
function vectorsOf(n: number, entries: readonly number[]): readonly number[] {
  const { values, vectors: { re, im } } = eigenGeneral(complexMatrix(n, Float64Array.from(entries)), false);
  const size = Math.max(...entries.map(Math.abs));
  for (let j = 0; j < n; j += 1) {
    assert.ok(Math.abs(Math.hypot(...Array.from({ length: n }, (_, i) => Math.hypot(re[i * n + j], im[i * n + j]))) - 1) < 1e-12, 'of length 1');
    for (let i = 0; i < n; i += 1) {
      let residual = -(values[2 * j] * re[i * n + j] - values[2 * j + 1] * im[i * n + j]);
      for (let k = 0; k < n; k += 1) residual += entries[i * n + k] * re[k * n + j];
      assert.ok(Math.abs(residual) <= 1e-13 * size, `A v = λ v, of column ${j}: ${residual} of ${size}`);
    }
  }
  return [...re];
}

describe('eigenvectors of a general matrix', () => {
  it('are numbers where all eigenvalues are zero', () => {
    assert.deepEqual(vectorsOf(2, [0, 0, 0, 0]), [1, 0, 0, 1]);
  });

  it('are those of the matrix whatever its size is, also where two eigenvalues are one', () => {
    for (const size of [1, 1e-160, 1e-300, 1e160]) {
      const [a, b] = vectorsOf(2, [size, size, 0, size]);
      assert.ok(a === 1 && Math.abs(Math.abs(b) - 1) < 1e-12, `${size}: both lie along the first axis`);
      vectorsOf(3, [1, 2, 3, 4, 5, 6, 7, 8, 10].map((one) => one * size));
    }
  });
});
