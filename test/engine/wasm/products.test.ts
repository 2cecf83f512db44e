import { strict as assert } from 'node:assert';
import { Recording } from '../recording.ts';
import { assertAgrees, Draw, leftToReference, onOneThreadAndOnThree } from './agreement.ts';

const tolerance = 1e-5;

onOneThreadAndOnThree('vectors and slopes by WebAssembly kernels', (engine) => {
  it(`products with vectors equal the reference, within ${tolerance}, also followed by element-wise ops`, () => {
    const draw = new Draw(61);
    for (const [left, right] of [
      [[200, 20], [20]], [[3, 17, 600], [600]], [[20], [20, 33]], [[1030], [1030]], [[1, 1], [1]], [[1], [1, 7]], [[2, 3, 5, 9], [9]],
      [[20], [3, 20, 7]], [[9], [2, 4, 9, 33]], [[1], [5, 1, 1]], [[300], [40, 300, 70]],
    ]) {
      const recording = new Recording();
      const y = recording.one('matmul', [draw.input(recording, draw.floats(left)), draw.input(recording, draw.floats(right))]);
      assertAgrees(recording, [y, recording.one('tanh', [y])], engine(), tolerance, `[${left.join()}] · [${right.join()}]`);
      assert.deepEqual(leftToReference(recording, [y]), []);
    }
  });

  it('prelu with one slope or one for each channel equals the reference', () => {
    const draw = new Draw(62);
    for (const [shape, slopes] of [[[4, 5, 6, 7], 5], [[4, 5, 6, 7], 1], [[9, 33], 33], [[9, 33], 1], [[12], 1], [[2, 3, 41], 3]] as const) {
      const recording = new Recording();
      const x = recording.one('add', [draw.input(recording, draw.floats(shape)), recording.input(draw.floats(shape))]);
      assertAgrees(recording, [recording.one('prelu', [x, draw.input(recording, draw.floats([slopes]))])], engine(), 0, `[${shape.join()}] with ${slopes}`);
    }
  });
});
