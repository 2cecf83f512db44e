import type { Shape } from '../../../src/graph/tensorType.ts';
import { Recording } from '../recording.ts';
import { assertAgrees, Draw, onOneThreadAndOnThree } from './agreement.ts';

const tolerance = 1e-6;

const shapes: readonly Shape[] = [[], [1], [5], [1003], [64, 10], [33, 65], [7, 1], [3, 40, 9], [2, 3, 4, 16], [5, 300, 17], [100, 97]];

onOneThreadAndOnThree('softmax by WebAssembly kernels', (engine) => {
  it(`equals the reference along any axis, within ${tolerance}`, () => {
    const draw = new Draw(5);
    for (const shape of shapes) {
      for (const dim of shape.length === 0 ? [0] : shape.keys()) {
        const recording = new Recording();
        const x = draw.input(recording, draw.floats(shape, () => 8 * draw.number()));
        assertAgrees(recording, ['softmax', 'log_softmax'].map((op) => recording.one(op, [x], { dim })), engine(), tolerance, `[${shape.join()}] along ${dim}`);
      }
    }
  });

  it('has NaN and infinities where the reference has them', () => {
    const draw = new Draw(6);
    for (const odd of [NaN, Infinity, -Infinity]) {
      for (const share of [2, 40]) {
        for (const dim of [0, 1]) {
          const recording = new Recording();
          const x = recording.input(draw.floats([23, 21], () => (draw.below(share) === 0 ? odd : draw.number())));
          assertAgrees(recording, ['softmax', 'log_softmax'].map((op) => recording.one(op, [x], { dim })), engine(), tolerance, `1 in ${share} ${odd} along ${dim}`);
        }
      }
    }
    const recording = new Recording();
    const nothing = recording.input(draw.floats([4, 7], () => -Infinity));
    assertAgrees(recording, ['softmax', 'log_softmax'].map((op) => recording.one(op, [nothing], { dim: 1 })), engine(), tolerance, '−∞ only');
  });
});
