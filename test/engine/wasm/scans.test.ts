import { strict as assert } from 'node:assert';
import { gradient } from '../../../src/graph/gradient.ts';
import type { Shape } from '../../../src/graph/tensorType.ts';
import { Recording } from '../recording.ts';
import { assertAgrees, Draw, leftToReference, onOneThreadAndOnThree } from './agreement.ts';

const shapes: readonly Shape[] = [[], [1], [1003], [64, 10], [7, 1], [3, 40, 9], [200, 211]];
const oddFloats = [NaN, Infinity, -Infinity, 0, -0, 1, -1, 80, -200];
const tolerance = 1e-6;

onOneThreadAndOnThree('what goes along an axis by WebAssembly kernels', (engine) => {
  it('has the reference\'s running sums and products of floats, within 1e-6', () => {
    const draw = new Draw(44);
    for (const shape of [[], [1], [1000], [3, 70], [70, 3], [4, 50, 7], [2, 3, 300], [9, 5, 50]]) {
      for (const dim of shape.length === 0 ? [0] : shape.keys()) {
        const recording = new Recording();
        const x = draw.input(recording, draw.floats(shape, () => 1 + 0.01 * draw.number()));
        assertAgrees(recording, ['cumsum', 'cumprod'].map((op) => recording.one(op, [x], { dim })), engine(), 1e-6, `[${shape.join()}] along ${dim}`);
      }
    }
  });

  it('has the reference\'s running sums of integers, bytes and bools', () => {
    const draw = new Draw(71);
    for (const shape of shapes) {
      for (const of of [draw.integers(shape, 1000), { ...draw.integers(shape, 9), dtype: 'int32' } as const, draw.bools(shape), { ...draw.bools(shape), dtype: 'uint8' } as const]) {
        for (const dim of shape.length === 0 ? [0] : shape.keys()) {
          const recording = new Recording();
          const y = recording.one('cumsum', [of.dtype === 'uint8' ? recording.input(of) : draw.input(recording, of)], { dim });
          assertAgrees(recording, [y], engine(), 0, `${of.dtype} [${shape.join()}] along ${dim}`);
          assert.deepEqual(leftToReference(recording, [y]), []);
        }
      }
    }
  });

  it(`has the reference's logarithms of running sums of exponentials, and their gradients, within ${tolerance}`, () => {
    const draw = new Draw(72);
    for (const shape of shapes) {
      for (const of of [draw.floats(shape), draw.floats(shape, () => 300 * draw.number()), draw.floats(shape, () => draw.pick(oddFloats)), draw.floats(shape, () => draw.pick(oddFloats.slice(1)))]) {
        for (const dim of shape.length === 0 ? [0] : shape.keys()) {
          const recording = new Recording();
          const x = draw.input(recording, of);
          const y = recording.one('logcumsumexp', [x], { dim });
          const outputs = [y, gradient(recording.graph, y, [x], draw.input(recording, draw.floats(shape)))[0]!];
          assertAgrees(recording, outputs, engine(), tolerance, `[${shape.join()}] along ${dim}`);
          assert.deepEqual(leftToReference(recording, outputs), []);
        }
      }
    }
  });

  it('finds the reference\'s places in sorted rows, among equal elements and NaN too', () => {
    const draw = new Draw(73);
    for (const [rows, values] of [[[9], [4, 5]], [[1], []], [[64], [1003]], [[7, 30], [7, 11]], [[2, 3, 16], [2, 3, 1]], [[0], [3]]] as const) {
      for (const makes of [
        (shape: Shape) => draw.floats(shape), (shape: Shape) => draw.floats(shape, () => draw.pick(oddFloats)),
        (shape: Shape) => draw.integers(shape, 9), (shape: Shape) => ({ ...draw.integers(shape, 9), data: draw.integers(shape, 9).data.map((value) => draw.pick([value, -value, 2 ** 31 - 1])) }),
      ]) {
        const recording = new Recording();
        const sorted = rows[rows.length - 1] === 0 ? recording.input(makes(rows)) : recording.all('sort', [recording.input(makes(rows))], { dim: rows.length - 1, descending: false })[0];
        const each = draw.input(recording, makes(values));
        const outputs = [true, false].map((right) => recording.one('searchsorted', [sorted, each], { right }));
        assertAgrees(recording, outputs, engine(), 0, `[${values.join()}] in [${rows.join()}]`);
        assert.deepEqual(leftToReference(recording, outputs), []);
      }
    }
  });
});
