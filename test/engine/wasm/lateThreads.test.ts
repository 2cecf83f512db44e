import { strict as assert } from 'node:assert';
import type { Engine } from '../../../src/engine/engine.ts';
import type { Measured } from '../../../src/engine/measure.ts';
import type { Tensor } from '../../../src/engine/tensor.ts';
import { optimizerSettings } from '../../../src/training/optimizers.ts';
import { Recording } from '../recording.ts';
import { assertTensorsAgree, Draw } from './agreement.ts';
import { engineWithLateThreads, singleThreaded } from './engineUnderTest.ts';

/** Products, figures and an optimizer's step: work that is shared among as many threads as there are. */
function task(engine: Engine) {
  const recording = new Recording();
  const draw = new Draw(3);
  const [x, w, b] = [[120, 96], [200, 96], [200]].map((shape) => recording.input(draw.floats(shape)));
  const y = recording.one('relu', [recording.one('linear', [x, w, b])]);
  const sums = recording.one('sum', [y], { dim: [0], keepdim: false });
  const program = engine.prepare(recording.graph, { outputs: [y, sums], measured: new Map([[y, { units: { axis: 'last', saturation: [-1, 1] } }]]) });
  const block = engine.allocate('float32', new Array(4).fill([100_003]));
  const [parameter, gradient, first, second] = block.parts.map(({ data }) => data as Float32Array);
  gradient.forEach((_, n) => (gradient[n] = Math.sin(n)));
  return {
    run() {
      let measured: Measured | undefined;
      const results = [...program.run({ constants: recording.constants, memoryLimitBytes: 2 ** 30, onMeasured: (_, found) => void (measured = found) }).values()];
      parameter.fill(0.5);
      first.fill(0);
      second.fill(0);
      engine.update({ rule: 'adam', settings: optimizerSettings('adam', { learningRate: 0.1 }), step: 1, parameter, gradient, state: [first, second] });
      return { results: results as Tensor[], measured: measured!, parameter: parameter.slice() };
    },
    release() {
      program.release();
      engine.free(block);
    },
  };
}

describe('a program whose threads arrive while it is run', () => {
  it('has the same results, figures and steps with however many there are', async () => {
    const alone = task(singleThreaded);
    const expected = alone.run();
    alone.release();
    const engine = engineWithLateThreads(4, 30);
    const late = task(engine);
    const seen = new Set<number>();
    const until = Date.now() + 20_000;
    for (let after = 0; after < 20 && Date.now() < until; after += engine.threads === 4 ? 1 : 0) {
      seen.add(engine.threads);
      const { results, measured, parameter } = late.run();
      assertTensorsAgree(results, expected.results, 1e-5, `${engine.threads} threads`);
      const { mean, std, histogram, ...exact } = measured.statistics;
      assert.deepEqual(histogram, expected.measured.statistics.histogram, `${engine.threads} threads`);
      assert.deepEqual([exact.count, exact.min, exact.max, exact.zeroFraction], [expected.measured.statistics.count, expected.measured.statistics.min, expected.measured.statistics.max, expected.measured.statistics.zeroFraction]);
      assert.ok(Math.abs(mean - expected.measured.statistics.mean) < 1e-6 && Math.abs(std - expected.measured.statistics.std) < 1e-6);
      assert.deepEqual(measured.units, expected.measured.units);
      assert.deepEqual(parameter, expected.parameter);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    assert.ok(seen.has(1) && seen.has(4), [...seen].join());
    late.release();
    engine.dispose();
  });
});
