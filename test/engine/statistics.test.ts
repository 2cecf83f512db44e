import { strict as assert } from 'node:assert';
import { MersenneTwister } from '../../src/engine/mersenneTwister.ts';
import { statistics, type TensorStatistics } from '../../src/engine/statistics.ts';
import { binCount } from '../../src/engine/wasm/assembly/limits.ts';
import type { TypedArray } from '../../src/engine/tensor.ts';

function of(data: TypedArray): TensorStatistics {
  const dtype = data instanceof Float32Array ? 'float32' : data instanceof Float64Array ? 'float64' : data instanceof Int32Array ? 'int32' : 'bool';
  return statistics({ dtype, shape: [data.length], data });
}
const total = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);

describe('statistics of a tensor', () => {
  it('gives the figures of a small tensor as computed by hand', () => {
    const found = of(Float32Array.of(-3, -1, 0, 2, 2));
    assert.deepEqual({ ...found, histogram: null }, {
      count: 5, mean: 0, std: Math.sqrt(18 / 5), min: -3, max: 2, l2: Math.sqrt(18), meanAbs: 8 / 5, maxAbs: 3, zeroFraction: 0.2,
      nan: 0, posInf: 0, negInf: 0, histogram: null,
    });
    const { min, max, counts } = found.histogram;
    assert.deepEqual([min, max, counts.length], [-3, 2, binCount]);
    // 64 bins of 5/64: −1 is 2 from the start, 0 is 3.
    assert.deepEqual(counts.flatMap((count, bin) => (count > 0 ? [[bin, count]] : [])), [[0, 1], [25, 1], [38, 1], [63, 2]]);
  });

  it('counts NaN and infinities apart and takes moments over the rest', () => {
    const found = of(Float32Array.of(1, NaN, Infinity, 3, -Infinity, NaN, Infinity));
    assert.deepEqual([found.count, found.nan, found.posInf, found.negInf], [7, 2, 2, 1]);
    assert.deepEqual([found.mean, found.std, found.min, found.max, found.l2], [2, 1, 1, 3, Math.sqrt(10)]);
    assert.equal(total(found.histogram.counts), 2);
  });

  for (const [what, data] of [
    ['an empty tensor', new Float32Array(0)], ['nothing but NaN', Float32Array.of(NaN, NaN)], ['nothing but infinities', Float32Array.of(Infinity, -Infinity)],
  ] as const) {
    it(`has NaN moments and an empty histogram from 0 to 0 for ${what}`, () => {
      const found = of(data);
      for (const figure of ['mean', 'std', 'min', 'max', 'l2', 'meanAbs', 'maxAbs'] as const) assert.ok(Number.isNaN(found[figure]), figure);
      assert.equal(found.count, data.length);
      assert.equal(found.zeroFraction, 0);
      assert.deepEqual(found.histogram, { min: 0, max: 0, counts: new Array(binCount).fill(0) });
    });
  }

  it('puts a constant tensor into the first bin, with min = max and deviation 0', () => {
    for (const value of [0, 0.1, -7, 1e30]) {
      const found = of(new Float32Array(1000).fill(value));
      const stored = Math.fround(value);
      assert.deepEqual([found.min, found.max, found.histogram.min, found.histogram.max], [stored, stored, stored, stored]);
      assert.ok(found.std <= Math.abs(stored) * 1e-12, `${found.std}`);
      assert.equal(found.histogram.counts[0], 1000);
      assert.equal(found.zeroFraction, value === 0 ? 1 : 0);
    }
  });

  it('takes −0 for a zero, and a denormal not', () => {
    assert.equal(of(Float32Array.of(-0, 0, 1e-44, -1e-44)).zeroFraction, 0.5);
  });

  it('keeps the bins apart over the smallest and the largest ranges there are', () => {
    for (const [low, high] of [[0, 1e-44], [-3.4e38, 3.4e38]]) {
      const { histogram } = of(Float32Array.of(low, high, low));
      assert.deepEqual([histogram.counts[0], histogram.counts[63], total(histogram.counts)], [2, 1, 3], `${low} to ${high}`);
    }
    const widest = of(Float64Array.of(-Number.MAX_VALUE, Number.MAX_VALUE));
    assert.deepEqual([widest.histogram.counts[0], widest.histogram.counts[63]], [1, 1]);
    const narrowest = of(Float64Array.of(0, 5e-324, 0));
    assert.deepEqual([narrowest.histogram.counts[0], narrowest.histogram.counts[63]], [2, 1]);
  });

  it('loses no digits of the deviation to a large mean', () => {
    const found = of(Float64Array.from({ length: 1000 }, (_, i) => 1e9 + (i % 2 === 0 ? 1 : -1)));
    assert.ok(Math.abs(found.std - 1) < 1e-9, `${found.std}`);
  });

  it('reads integers and truth values as numbers', () => {
    assert.equal(of(Int32Array.of(1, 2, 3)).mean, 2);
    assert.equal(of(Uint8Array.of(1, 0, 0, 1)).zeroFraction, 0.5);
  });

  it('agrees with the definitions on 200 random tensors of all sizes, with non-finite values among them', () => {
    const twister = MersenneTwister.seeded(7);
    const random = (): number => twister.uint32() / 2 ** 32;
    for (let round = 0; round < 200; round += 1) {
      const spread = 10 ** (random() * 8 - 4);
      const data = Float32Array.from({ length: Math.floor(random() * 300) }, () => {
        const kind = random();
        if (kind < 0.1) return [NaN, Infinity, -Infinity][Math.floor(random() * 3)];
        return kind < 0.3 ? 0 : (random() - 0.5) * spread;
      });
      const found = of(data);
      const finite = Array.from(data).filter(Number.isFinite);
      assert.equal(found.count, finite.length + found.nan + found.posInf + found.negInf);
      assert.equal(total(found.histogram.counts), finite.length);
      if (finite.length === 0) continue;
      const mean = finite.reduce((sum, x) => sum + x, 0) / finite.length;
      const variance = finite.reduce((sum, x) => sum + (x - mean) ** 2, 0) / finite.length;
      const near = (actual: number, expected: number, what: string): void =>
        assert.ok(Math.abs(actual - expected) <= 1e-12 * Math.max(spread, Math.abs(expected)), `${what}: ${actual}, expected ${expected}`);
      near(found.mean, mean, 'mean');
      near(found.std, Math.sqrt(variance), 'std');
      near(found.l2, Math.hypot(...finite), 'l2');
      near(found.meanAbs, finite.reduce((sum, x) => sum + Math.abs(x), 0) / finite.length, 'meanAbs');
      assert.equal(found.min, Math.min(...finite));
      assert.equal(found.max, Math.max(...finite));
      assert.equal(found.maxAbs, Math.max(...finite.map(Math.abs)));
      assert.equal(found.zeroFraction, finite.filter((x) => x === 0).length / data.length);
      const { min, max, counts } = found.histogram;
      if (max === min) continue;
      // Each bin's count, but for elements within rounding of a border, is what the definition says.
      const width = (max - min) / binCount;
      let lower = 0;
      for (const [bin, count] of counts.entries()) {
        lower += count;
        const border = min + (bin + 1) * width;
        const below = finite.filter((x) => x < border - width * 1e-6).length;
        const upTo = finite.filter((x) => x <= border + width * 1e-6).length;
        assert.ok(lower >= below && lower <= upTo, `bin ${bin}: ${lower}, expected ${below} to ${upTo}`);
      }
    }
  });
});
