import { strict as assert } from 'node:assert';
import { referenceEngine } from '../../../src/engine/reference/referenceEngine.ts';
import type { Tensor } from '../../../src/engine/tensor.ts';
import type { Shape } from '../../../src/graph/tensorType.ts';
import { Recording, tensor } from '../recording.ts';
import { Draw, leftToReference, onOneThreadAndOnThree } from './agreement.ts';

const shapes: readonly Shape[] = [[], [1], [2], [1003], [64, 10], [33, 65], [7, 1], [3, 40, 9], [0, 3], [3, 0], [2, 3, 4, 16], [200, 211]];
const oddFloats = [NaN, Infinity, -Infinity, 0, -0, 1, -1, 2e-45, -2e-45, 3e38, -3e38];

onOneThreadAndOnThree('sorting by WebAssembly kernels', (engine) => {
  /** Both outputs, to the last bit. */
  function assertSorts(draw: Draw, of: Tensor): void {
    for (const dim of of.shape.length === 0 ? [0] : of.shape.keys()) {
      for (const descending of [false, true]) {
        const recording = new Recording();
        const outputs = recording.all('sort', [draw.input(recording, of)], { dim, descending });
        const expected = recording.run(outputs, referenceEngine);
        const found = recording.run(outputs, engine());
        found.forEach(({ dtype, shape, data }, n) => {
          const what = `${of.dtype} [${of.shape.join()}] along ${dim}, ${descending ? 'descending' : 'ascending'}: output ${n}`;
          assert.deepEqual([dtype, shape], [expected[n].dtype, expected[n].shape], what);
          const differs = data.findIndex((value: number, at: number) => !Object.is(value, expected[n].data[at]));
          assert.equal(differs, -1, what);
        });
      }
    }
  }

  it('orders floats as the reference does: NaN last, equal ones and both zeros as they came', () => {
    const draw = new Draw(51);
    for (const shape of shapes) {
      assertSorts(draw, draw.floats(shape));
      assertSorts(draw, draw.floats(shape, () => draw.pick(oddFloats)));
    }
  });

  it('orders integers of both signs and bools as the reference does', () => {
    const draw = new Draw(52);
    for (const shape of shapes) {
      const few = draw.integers(shape, 9);
      assertSorts(draw, { ...few, data: few.data.map((value) => draw.pick([value - 4, 2 ** 31 - 1, -(2 ** 31)])) });
      assertSorts(draw, draw.bools(shape));
    }
  });
});

describe('sorting, lowered', () => {
  it('leaves nothing to the reference', () => {
    const recording = new Recording();
    const outputs = recording.all('sort', [recording.input(tensor('float32', [2, 2], [3, 1, 2, 4]))], { dim: 1, descending: true });
    assert.deepEqual(leftToReference(recording, outputs), []);
  });
});
