import { strict as assert } from 'node:assert';
import { runGraph, type Engine } from '../../../src/engine/engine.ts';
import { measure, type Measure, type Measured } from '../../../src/engine/measure.ts';
import { MersenneTwister } from '../../../src/engine/mersenneTwister.ts';
import type { TensorStatistics } from '../../../src/engine/statistics.ts';
import type { Tensor } from '../../../src/engine/tensor.ts';
import { elementCount, type Shape } from '../../../src/graph/tensorType.ts';
import { Recording, tensor } from '../recording.ts';
import { onOneThreadAndOnThree } from './agreement.ts';

type Histogram = TensorStatistics['histogram'];

const twister = MersenneTwister.seeded(5);
const uniform = (): number => twister.uint32() / 2 ** 32;
const random = (shape: Shape, value: (at: number) => number = () => 2 * uniform() - 1): Tensor =>
  tensor('float32', shape, Float32Array.from({ length: elementCount(shape) }, (_, at) => value(at)));
const rarely = (value: number, else_: number): number => (uniform() < 0.01 ? value : else_);

const values: Readonly<Record<string, Tensor>> = {
  'one value': random([1]),
  'no value': random([0, 3]),
  'a few': random([3, 5]),
  'batch of features': random([64, 256]),
  'odd sizes': random([37, 131]),
  'images': random([3, 7, 11, 13]),
  'one feature': random([100, 1]),
  'many': random([9, 40_001]),
  'half zeros': random([64, 100], () => Math.max(0, 2 * uniform() - 1)),
  'a constant': random([10, 10], () => 0.1),
  'whole numbers, which lie on the edges of bins': random([64, 65], (at) => at % 65),
  'negative zeros': random([50], (at) => (at % 3 === 0 ? -0 : 1)),
  'far from 0': random([1000], () => 1e6 + uniform()),
  'an outlier in front': random([300_000], (at) => (at === 0 ? 1e6 : 1e-3 * uniform())),
  'an outlier behind': random([300_000], (at) => (at === 299_999 ? -1e6 : 5 + uniform())),
  'far from 0 after a small one': random([9000], (at) => (at === 0 ? 0 : 1e6 + uniform())),
  'rising': random([20_000], (at) => at ** 2),
  'very small': random([1000], () => 1e-40 * uniform()),
  'very large': random([1000], () => 3e38 * (2 * uniform() - 1)),
  'not all finite': random([64, 100], () => rarely(NaN, rarely(Infinity, rarely(-Infinity, uniform())))),
  'nothing finite': random([20], (at) => [NaN, Infinity, -Infinity][at % 3]),
};
const measures: readonly Measure[] = [
  { units: null }, { units: { axis: 'last', saturation: null } }, { units: { axis: 'first', saturation: [-0.9, 0.9] } }, { units: { axis: 'single', saturation: null } },
];

function assertAlike(found: number, expected: number, bound: number, what: string): void {
  if (Object.is(found, expected) || found === expected) return;
  assert.ok(Math.abs(found - expected) <= bound * Math.abs(expected), `${what}: ${found}, expected ${expected}`);
}

/** A value within a millionth of the range from an edge counts with either of the bins there. */
function assertSameHistogram(found: Histogram, expected: Histogram, { data }: Tensor, what: string): void {
  assert.deepEqual([found.min, found.max, found.counts.length], [expected.min, expected.max, expected.counts.length], what);
  const width = expected.max / 64 - expected.min / 64;
  let [foundBelow, expectedBelow] = [0, 0];
  for (let bin = 0; bin < 64; bin += 1) {
    foundBelow += found.counts[bin];
    expectedBelow += expected.counts[bin];
    const edge = expected.min + width * (bin + 1);
    if (foundBelow === expectedBelow) continue;
    const near = bin === 63 ? 0 : Array.from(data).filter((x) => Math.abs(x - edge) <= 64e-6 * width).length;
    assert.ok(Math.abs(foundBelow - expectedBelow) <= near, `${what}: ${foundBelow} values up to bin ${bin}, expected ${expectedBelow}`);
  }
}

/** `mean` is of numbers of both signs: it is compared with their magnitude. */
function compare(found: Measured, expected: Measured, value: Tensor, what: string): void {
  const { histogram: _, ...numbers } = expected.statistics;
  for (const [name, number] of Object.entries(numbers)) {
    const difference = Math.abs(found.statistics[name as 'mean'] - number);
    const isWithin = name === 'mean' ? difference <= 1e-6 * numbers.meanAbs : name === 'zeroFraction' ? difference <= 1e-12 : ['std', 'meanAbs', 'l2'].includes(name) && difference <= 1e-6 * number;
    assert.ok(isWithin || Object.is(found.statistics[name as 'mean'], number) || difference === 0, `${what}, ${name}: ${found.statistics[name as 'mean']}, expected ${number}`);
  }
  assertSameHistogram(found.statistics.histogram, expected.statistics.histogram, value, what);
  assert.equal(found.units === null, expected.units === null);
  if (!expected.units) return;
  const { meanAbs, firing, ...rest } = expected.units;
  const { meanAbs: foundMeans, firing: foundFiring, ...foundRest } = found.units!;
  assert.deepEqual(foundRest, rest, what);
  assert.deepEqual([...foundFiring], [...firing], `${what}, firing`);
  foundMeans.forEach((value, unit) => assertAlike(value, meanAbs[unit], 1e-5, `${what}, mean |a| of unit ${unit}`));
}

function check(engine: Engine): void {
  for (const [name, value] of Object.entries(values)) {
    for (const figures of measures) {
      if (value.shape.length === 0 && figures.units) continue;
      const recording = new Recording();
      const id = recording.input(value);
      const found: Measured[] = [];
      runGraph(engine, recording.graph, [], {
        constants: recording.constants, memoryLimitBytes: 2 ** 30, onMeasured: (_, measured) => found.push(measured),
      }, new Map([[id, figures]]));
      assert.equal(found.length, 1);
      compare(found[0], measure(value, figures), value, `${name}, ${JSON.stringify(figures)}`);
    }
  }
}

onOneThreadAndOnThree('figures that kernels take', (engine) => {
  it('are those of the definition: counts the same, moments within 1e-6, means of units within 1e-5, histograms but for values on an edge', () => check(engine()));
});
