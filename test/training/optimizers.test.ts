import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import type { OptimizerName } from '../../src/protocol/report.ts';
import { Optimizer, optimizerSettings, type OptimizerSettings } from '../../src/training/optimizers.ts';

interface Goldens {
  readonly start: number[];
  readonly gradients: number[][];
  readonly cases: readonly { name: OptimizerName; settings: Partial<OptimizerSettings> & { learningRate: number }; after: Record<string, number[]> }[];
}

const goldens = JSON.parse(readFileSync(new URL('../golden/optimizers.json', import.meta.url), 'utf8')) as Goldens;

describe('optimizers', () => {
  for (const { name, settings, after } of goldens.cases) {
    it(`${name} ${JSON.stringify(settings)} gives PyTorch's parameters after 20 steps within 2e-6`, () => {
      const optimizer = new Optimizer(name, optimizerSettings(name, settings));
      let parameter: Float32Array | Float64Array = Float32Array.from(goldens.start);
      goldens.gradients.forEach((gradient, index) => {
        [parameter] = optimizer.step([parameter], [Float32Array.from(gradient)]);
        after[index + 1]?.forEach((expected, element) => {
          assert.ok(Math.abs(parameter[element] - expected) <= 2e-6 * Math.max(1, Math.abs(expected)), `step ${index + 1}, element ${element}: ${parameter[element]} is not ${expected}`);
        });
      });
      assert.ok(parameter.some((value, element) => Math.abs(value - goldens.start[element]) > 1e-3));
    });
  }

  it('leaves the arrays that it is given as they are', () => {
    const before = Float32Array.of(1, 2);
    const [after] = new Optimizer('sgd', optimizerSettings('sgd', { learningRate: 1 })).step([before], [Float32Array.of(1, 1)]);
    assert.deepEqual([[...before], [...after]], [[1, 2], [0, 1]]);
  });
});
