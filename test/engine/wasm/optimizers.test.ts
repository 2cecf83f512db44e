import { stateArrays, takeStep, type OptimizerSettings, type UpdateRuleName } from '../../../src/engine/optimizerStep.ts';
import { optimizerSettings } from '../../../src/training/optimizers.ts';
import { assertTensorsAgree, Draw, onOneThreadAndOnThree } from './agreement.ts';

const cases: readonly (readonly [UpdateRuleName, Partial<OptimizerSettings>])[] = [
  ['sgd', {}], ['sgd', { momentum: 0.9, weightDecay: 0.1 }], ['sgd', { momentum: 0.9, nesterov: true }],
  ['adam', {}], ['adam', { weightDecay: 0.1, betas: [0.5, 0.9] }], ['adamw', { weightDecay: 0.1 }],
  ['rmsprop', {}], ['rmsprop', { momentum: 0.5, weightDecay: 0.1, alpha: 0.9 }],
];

onOneThreadAndOnThree('a step of an optimizer by kernels', (engine) => {
  for (const [rule, given] of cases) {
    it(`${rule} ${JSON.stringify(given)} is the definition's within 1e-5, step after step, of blocks of every size`, () => {
      const settings = optimizerSettings(rule, { learningRate: 0.01, ...given });
      for (const count of [1, 3, 4, 17, 1000, 100_003]) {
        const draw = new Draw(count);
        const block = engine().allocate('float32', new Array(2 + stateArrays[rule]).fill([count]));
        block.whole.data.fill(0);
        const [parameter, gradient, ...state] = block.parts.map(({ data }) => data as Float32Array);
        parameter.set(draw.floats([count]).data as Float32Array);
        const defined = block.parts.map(({ data }) => data.slice() as Float32Array);
        for (let step = 1; step <= 3; step += 1) {
          gradient.set(draw.floats([count]).data as Float32Array);
          defined[1].set(gradient);
          engine().update({ rule, settings, step, parameter, gradient, state });
          takeStep({ rule, settings, step, parameter: defined[0], gradient: defined[1], state: defined.slice(2) });
          const tensors = defined.map((data, array) => ({ ...block.parts[array], data }));
          assertTensorsAgree(block.parts, tensors, 1e-5, `step ${step} of ${count}`);
        }
        engine().free(block);
      }
    });
  }
});
