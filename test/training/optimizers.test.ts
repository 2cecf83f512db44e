import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import type { OptimizerName } from '../../src/protocol/report.ts';
import type { OptimizerSettings } from '../../src/engine/optimizerStep.ts';
import { referenceEngine } from '../../src/engine/reference/referenceEngine.ts';
import { Optimizer, optimizerSettings } from '../../src/training/optimizers.ts';
import { singleThreaded } from '../engine/wasm/engineUnderTest.ts';

interface Goldens {
  readonly start: number[];
  readonly gradients: number[][];
  readonly cases: readonly { name: OptimizerName; settings: Partial<OptimizerSettings> & { learningRate: number }; after: Record<string, number[]> }[];
}

const goldens = JSON.parse(readFileSync(new URL('../golden/optimizers.json', import.meta.url), 'utf8')) as Goldens;

for (const engine of [referenceEngine, singleThreaded]) describe(`optimizers of the ${engine.name} engine`, () => {
  for (const { name, settings, after } of goldens.cases) {
    it(`${name} ${JSON.stringify(settings)} gives PyTorch's parameters after 20 steps within 2e-6`, () => {
      const optimizer = new Optimizer(engine, name, optimizerSettings(name, settings));
      const [parameters, gradients] = [0, 1].map(() => engine.allocate('float32', [[goldens.start.length]]));
      parameters.whole.data.set(goldens.start);
      goldens.gradients.forEach((gradient, index) => {
        gradients.whole.data.set(gradient);
        optimizer.step([{ parameters, gradients }]);
        after[index + 1]?.forEach((expected, element) => {
          const found = parameters.whole.data[element];
          assert.ok(Math.abs(found - expected) <= 2e-6 * Math.max(1, Math.abs(expected)), `step ${index + 1}, element ${element}: ${found} is not ${expected}`);
        });
        assert.deepEqual([...gradients.whole.data], [...Float32Array.from(gradient)]);
      });
      assert.ok(parameters.whole.data.some((value: number, element: number) => Math.abs(value - goldens.start[element]) > 1e-3));
      optimizer.release();
      engine.free(parameters);
      engine.free(gradients);
    });
  }
});
