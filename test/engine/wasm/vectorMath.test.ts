// What the kernels' functions are off by, against float64: over a dense sweep of float32 numbers, and where they end.
import { strict as assert } from 'node:assert';
import { referenceEngine } from '../../../src/engine/reference/referenceEngine.ts';
import { Recording, tensor } from '../recording.ts';
import { singleThreaded } from './engineUnderTest.ts';

interface Function1 {
  readonly op: string;
  readonly attributes?: object;
  /** Numbers between −range and range, or of all magnitudes up to it. */
  readonly range: number;
  /** Largest error, as a share of the value or, below it, of `floor`. */
  readonly bound: number;
  readonly floor?: number;
}

const functions: readonly Function1[] = [
  { op: 'exp', range: 88, bound: 2e-7 },
  { op: 'expm1', range: 20, bound: 3e-7 },
  { op: 'log', range: 1e30, bound: 2e-7 },
  { op: 'log1p', range: 1e5, bound: 3e-7 },
  { op: 'tanh', range: 12, bound: 4e-7 },
  { op: 'sigmoid', range: 80, bound: 4e-7 },
  { op: 'erf', range: 6, bound: 4e-7 },
  { op: 'silu', range: 80, bound: 4e-7 },
  { op: 'mish', range: 20, bound: 1e-6 },
  { op: 'gelu', attributes: { approximate: 'none' }, range: 8, bound: 2e-6, floor: 0.5 },
  { op: 'gelu', attributes: { approximate: 'tanh' }, range: 8, bound: 2e-6, floor: 0.5 },
  { op: 'gelu_slope', range: 8, bound: 1e-6, floor: 0.5 },
  { op: 'softplus', attributes: { beta: 1, threshold: 20 }, range: 40, bound: 4e-7 },
  { op: 'logsigmoid', range: 80, bound: 4e-7 },
  { op: 'selu', range: 20, bound: 4e-7 },
  { op: 'elu', attributes: { alpha: 1.5 }, range: 20, bound: 4e-7 },
  { op: 'rsqrt', range: 1e10, bound: 2e-7 },
  // Near a multiple of π the value is smaller than a rounding of π/2: the error is a share of one.
  { op: 'sin', range: 8000, bound: 3e-7, floor: 1 },
  { op: 'cos', range: 8000, bound: 3e-7, floor: 1 },
  { op: 'sin', range: 3, bound: 3e-7 },
  { op: 'sin', range: 1e30, bound: 2e-7, floor: 1 },
  { op: 'cos', range: 1e30, bound: 2e-7, floor: 1 },
  { op: 'tan', range: 1e30, bound: 3e-7 },
  { op: 'asin', range: 1, bound: 3e-7 },
  { op: 'acos', range: 1, bound: 3e-7 },
  { op: 'atan', range: 1e5, bound: 3e-7 },
  { op: 'sinh', range: 80, bound: 3e-7 },
  { op: 'cosh', range: 80, bound: 3e-7 },
  { op: 'asinh', range: 1e5, bound: 4e-7 },
  { op: 'acosh', range: 1e5, bound: 4e-7 },
  { op: 'atanh', range: 1, bound: 4e-7 },
  { op: 'log2', range: 1e30, bound: 3e-7 },
  { op: 'log10', range: 1e30, bound: 3e-7 },
  { op: 'erfc', range: 10, bound: 1e-7 },
  { op: 'erfinv', range: 1, bound: 1e-7 },
  { op: 'lgamma', range: 40, bound: 1e-7 },
  { op: 'lgamma', range: 1e30, bound: 1e-7 },
  { op: 'digamma', range: 40, bound: 1e-7 },
  { op: 'digamma', range: 1e5, bound: 1e-7 },
  { op: 'polygamma', attributes: { n: 0 }, range: 40, bound: 1e-7 },
  { op: 'polygamma', attributes: { n: 1 }, range: 40, bound: 1e-7 },
  { op: 'polygamma', attributes: { n: 2 }, range: 40, bound: 1e-7 },
  { op: 'polygamma', attributes: { n: 5 }, range: 40, bound: 1e-7 },
  { op: 'i0', range: 88, bound: 1e-7 },
  { op: 'i1', range: 88, bound: 1e-7 },
];
const ends = [0, -0, 1e-40, -1e-40, 1e-30, 1, -1, 89, -89, 104, -104, 3e38, -3e38, Infinity, -Infinity, NaN];

/** Evenly over the range, and of every magnitude. */
function sweep(range: number): Float32Array {
  const even = Array.from({ length: 20_001 }, (_, n) => ((n - 10_000) / 10_000) * range);
  const magnitudes = Array.from({ length: 2000 }, (_, n) => range * 2 ** (-n / 20) * (n % 2 === 0 ? 1 : -1));
  return Float32Array.from([...even, ...magnitudes]);
}

function values(op: string, attributes: object, numbers: ArrayLike<number>, isFast: boolean): ArrayLike<number> {
  const recording = new Recording();
  const input = recording.input(tensor('float32', [numbers.length], numbers));
  if (isFast) return recording.run([recording.one(op, [input], attributes)], singleThreaded)[0].data;
  // The definition in float64, of the same float32 numbers
  return recording.run([recording.one(op, [recording.one('cast', [input], { dtype: 'float64' })], attributes)], referenceEngine)[0].data;
}

describe('functions of kernels', () => {
  for (const { op, attributes = {}, range, bound, floor = 1e-37 } of functions) {
    it(`${op} ${JSON.stringify(attributes)} is within ${bound} of its value`, () => {
      const numbers = sweep(range);
      const [found, expected] = [true, false].map((isFast) => values(op, attributes, numbers, isFast));
      let worst = 0;
      for (let n = 0; n < numbers.length; n += 1) {
        if (Number.isNaN(expected[n]) || Math.abs(expected[n]) > 3.4e38) continue;
        const error = Math.abs(found[n] - expected[n]) / Math.max(Math.abs(expected[n]), floor);
        assert.ok(error <= bound, `${op}(${numbers[n]}) = ${found[n]}, expected ${expected[n]}: off by ${error}`);
        worst = Math.max(worst, error);
      }
      assert.ok(worst > 0);
    });

    it(`${op} ${JSON.stringify(attributes)} ends as its definition does at zeros, denormals, infinities and NaN`, () => {
      const [found, expected] = [true, false].map((isFast) => values(op, attributes, ends, isFast));
      ends.forEach((x, n) => {
        const wanted = Math.fround(expected[n]);
        const isAlike = Object.is(found[n], wanted) || found[n] === wanted || Math.abs(found[n] - wanted) <= Math.max(2 * bound * Math.abs(wanted), 1e-36, floor === 1e-37 ? 0 : bound);
        assert.ok(isAlike, `${op}(${x}) = ${found[n]}, expected ${wanted}`);
      });
    });
  }
});
