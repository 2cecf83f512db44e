import { strict as assert } from 'node:assert';
import { MersenneTwister } from '../../src/engine/mersenneTwister.ts';
import { matrix, multiply } from '../../src/engine/reference/gemm.ts';

const twister = MersenneTwister.seeded(1);
const random = (length: number): Float32Array => Float32Array.from({ length }, () => twister.uint32() / 2 ** 31 - 1);

function checkProduct(m: number, n: number, k: number, isTransposedA: boolean, isTransposedB: boolean, accumulate: boolean): void {
  const [a, b, c] = [random(m * k + 3), random(k * n + 5), random(m * n + 7)];
  const before = c.slice();
  const A = isTransposedA ? matrix(a, 3, 1, m) : matrix(a, 3, k, 1);
  const B = isTransposedB ? matrix(b, 5, 1, k) : matrix(b, 5, n, 1);
  multiply(m, n, k, A, B, matrix(c, 7, n, 1), accumulate);
  const what = `${m}×${k} · ${k}×${n}`;
  assert.deepEqual(c.subarray(0, 7), before.subarray(0, 7), `${what}: wrote before its part`);
  for (let i = 0; i < m; i += 1) {
    for (let j = 0; j < n; j += 1) {
      let sum = accumulate ? before[7 + i * n + j] : 0;
      for (let p = 0; p < k; p += 1) sum += a[3 + i * A.rowStride + p * A.columnStride] * b[5 + p * B.rowStride + j * B.columnStride];
      const error = Math.abs(c[7 + i * n + j] - sum);
      assert.ok(error <= 1e-6 * Math.max(1, Math.abs(sum), Math.sqrt(k)), `${what}: (${i}, ${j}) is ${c[7 + i * n + j]}, expected ${sum}`);
    }
  }
}

describe('the matrix product, within 1e-6 of the sum in float64', () => {
  const sizes = [[1, 1, 1], [3, 5, 7], [4, 4, 4], [5, 513, 3], [2, 1030, 259], [6, 9, 256], [7, 6, 257], [9, 2, 700], [0, 3, 2], [3, 0, 2]];
  for (const [m, n, k] of sizes) {
    it(`${m}×${k} · ${k}×${n}, either or both transposed, set or added`, () => {
      for (let variant = 0; variant < 8; variant += 1) checkProduct(m, n, k, (variant & 1) !== 0, (variant & 2) !== 0, (variant & 4) !== 0);
    });
  }

  it('is 0 over no terms, or leaves what is added to', () => {
    checkProduct(3, 2, 0, false, false, false);
    checkProduct(3, 2, 0, false, false, true);
  });
});

describe('the matrix product of int32', () => {
  it('wraps, in every bit as PyTorch\'s does', () => {
    const x = matrix(Int32Array.of(2 ** 20 + 1, 3, 5, 2 ** 30), 0, 2, 1);
    const y = new Int32Array(4);
    multiply(2, 2, 2, x, x, matrix(y, 0, 2, 1), false);
    assert.deepEqual([...y], [2097168, -1070596093, 1078984709, 15]);
    multiply(2, 2, 2, x, x, matrix(y, 0, 2, 1), true);
    assert.deepEqual([...y], [4194336, -2141192186, -2136997878, 30]);
  });
});
