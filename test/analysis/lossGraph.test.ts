// The losses that quick-train minimizes, against PyTorch's.
import { strict as assert } from 'node:assert';
import { appendLoss } from '../../src/analysis/lossGraph.ts';
import { gradient } from '../../src/graph/gradient.ts';
import { assertClose } from '../engine/goldens.ts';
import { Recording, referenceOnUsedArrays, tensor } from '../engine/recording.ts';
import { singleThreaded } from '../engine/wasm/engineUnderTest.ts';

// PyTorch: torch.manual_seed(2); t = torch.randint(0, 2, (6,)).float(); F.binary_cross_entropy(p, t).backward()
const probabilities = [0, 1, 0, 1, 0.25, 1e-7];
const expected = {
  targets: [0, 1, 1, 0, 0, 1], loss: 36.067630767822266,
  gradient: [0, 0, -1.66666666e11, 1.66666666e11, 0.222222224, -1666666.62],
};

describe('losses of a model\'s output, within 1e-6', () => {
  for (const engine of [referenceOnUsedArrays, singleThreaded]) {
    it(`binary cross-entropy has PyTorch's slope at probabilities that are 0 or 1, by the ${engine.name} engine`, () => {
      const recording = new Recording();
      const output = recording.input(tensor('float32', [6], probabilities));
      const choice = { kind: 'binary-cross-entropy', output, form: 'probabilities', classAxis: 0, origin: 'option', others: [] } as const;
      const { value, targets } = appendLoss(recording.graph, choice, 0);
      const [slope] = gradient(recording.graph, value, [output]);
      const [drawn, loss, found] = recording.run([targets!, value, slope!], engine);
      assert.deepEqual([...drawn.data], expected.targets);
      assertClose(loss, tensor('float32', [], [expected.loss]), 1e-6, 'the loss');
      assertClose(found, tensor('float32', [6], expected.gradient), 1e-6, 'the gradient');
    });
  }

  it('binary cross-entropy of halves is finite at a certain mistake', () => {
    const recording = new Recording();
    const output = recording.input(tensor('float16', [6], [0, 1, 0, 1, 0.25, 1]));
    const choice = { kind: 'binary-cross-entropy', output, form: 'probabilities', classAxis: 0, origin: 'option', others: [] } as const;
    const { value } = appendLoss(recording.graph, choice, 0);
    const [loss, slope] = recording.run([value, gradient(recording.graph, value, [output])[0]!]);
    assert.ok([...loss.data, ...slope.data].every(Number.isFinite));
  });
});
