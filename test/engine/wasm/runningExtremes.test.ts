import { strict as assert } from 'node:assert';
import type { Shape } from '../../../src/graph/tensorType.ts';
import { Recording } from '../recording.ts';
import { assertAgrees, Draw, leftToReference, onOneThreadAndOnThree } from './agreement.ts';

const shapes: readonly Shape[] = [[], [1], [1003], [64, 10], [7, 1], [3, 40, 9], [0, 3], [3, 0], [200, 211]];
const oddFloats = [NaN, Infinity, -Infinity, 0, -0, 1, -1];

onOneThreadAndOnThree('running extremes by WebAssembly kernels', (engine) => {
  it('have the values and places of the reference, among equal ones, infinities and NaN too', () => {
    const draw = new Draw(53);
    for (const shape of shapes) {
      const integers = draw.integers(shape, 9);
      const ofBothSigns = { ...integers, data: integers.data.map((value) => draw.pick([value - 4, 2 ** 31 - 1, -(2 ** 31)])) };
      const bytes = { dtype: 'uint8', shape, data: Uint8Array.from(integers.data, (value) => 30 * value) } as const;
      const floats = [draw.floats(shape), draw.floats(shape, () => draw.pick(oddFloats)), draw.floats(shape, () => draw.pick(oddFloats.slice(1)))];
      for (const of of [...floats, ofBothSigns, bytes, draw.bools(shape)]) {
        for (const dim of shape.length === 0 ? [0] : shape.keys()) {
          const recording = new Recording();
          const x = of.dtype === 'uint8' ? recording.input(of) : draw.input(recording, of);
          const outputs = ['cummax', 'cummin'].flatMap((op) => recording.all(op, [x], { dim }));
          assertAgrees(recording, outputs, engine(), 0, `${of.dtype} [${shape.join()}] along ${dim}`);
          assert.deepEqual(shape.includes(0) ? [] : leftToReference(recording, outputs), []);
        }
      }
    }
  });
});
