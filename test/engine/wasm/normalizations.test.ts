import { Recording } from '../recording.ts';
import type { ValueId } from '../../../src/graph/graph.ts';
import type { Shape } from '../../../src/graph/tensorType.ts';
import { assertAgrees, Draw, onOneThreadAndOnThree } from './agreement.ts';

const tolerance = 1e-5;

/** Inputs about `mean`, and a normalization of them with its backward pass. */
function normalized(draw: Draw, shape: Shape, weightShape: Shape, op: 'batch' | 'layer', mean: number): { recording: Recording; outputs: ValueId[] } {
  const recording = new Recording();
  const input = (of: Shape, offset = 0) => draw.input(recording, draw.floats(of, () => offset + draw.number()));
  const [x, weight, bias, gradient] = [input(shape, mean), input(weightShape), input(weightShape), input(shape)];
  const attributes = op === 'batch' ? {} : { normalizedRank: weightShape.length };
  const [y, means, rstds] = recording.all(`native_${op}_norm`, [x, weight, bias], { ...attributes, eps: 1e-5 });
  const backward = recording.all(`native_${op}_norm_backward`, [gradient, x, weight, means, rstds], attributes);
  const followed = recording.one('relu', [recording.one('add', [y, input(shape)])]);
  return { recording, outputs: draw.pick([true, false]) ? [y, means, rstds, ...backward, followed] : [followed, ...backward] };
}

const batches: readonly Shape[] = [
  [5, 1], [64, 7], [33, 130], [2, 3, 1], [4, 5, 13], [8, 16, 7, 7], [3, 2, 65, 31], [2, 4, 3, 5, 6], [1, 3, 40, 40], [6, 9, 1, 1], [12, 5, 2],
];
const layers: readonly (readonly [Shape, number])[] = [
  [[4, 1], 1], [[7, 3], 1], [[2, 9, 128], 1], [[50, 37], 1], [[3, 4, 5, 7], 2], [[5, 6, 7], 3], [[600, 64], 1], [[2, 1000], 1], [[9], 1],
];

onOneThreadAndOnThree('normalization by WebAssembly kernels', (engine) => {
  it(`of batches equals the reference, forward and backward, within ${tolerance}`, () => {
    const draw = new Draw(11);
    for (const shape of batches) {
      for (const mean of [0, 3]) {
        const { recording, outputs } = normalized(draw, shape, [shape[1]], 'batch', mean);
        assertAgrees(recording, outputs, engine(), tolerance, `[${shape.join()}] about ${mean}`);
      }
    }
  });

  it(`of layers equals the reference, forward and backward, within ${tolerance}`, () => {
    const draw = new Draw(12);
    for (const [shape, rank] of layers) {
      for (const mean of [0, 3]) {
        const { recording, outputs } = normalized(draw, shape, shape.slice(shape.length - rank), 'layer', mean);
        assertAgrees(recording, outputs, engine(), tolerance, `[${shape.join()}], the last ${rank}, about ${mean}`);
      }
    }
  });

  it('loses no digits to a large mean, within 1e-4', () => {
    for (const [op, shape, weightShape] of [['batch', [6, 5, 11, 11], [5]], ['batch', [90, 6], [6]], ['layer', [20, 300], [300]]] as const) {
      const draw = new Draw(13);
      const recording = new Recording();
      const inputs = [draw.floats(shape, () => 1000 + draw.number()), draw.floats(weightShape), draw.floats(weightShape)].map((each) => recording.input(each));
      const outputs = recording.all(`native_${op}_norm`, inputs, { eps: 1e-5, ...(op === 'layer' && { normalizedRank: 1 }) });
      assertAgrees(recording, outputs, engine(), 1e-4, `${op} of [${shape.join()}]`);
    }
  });

  it('carries NaN through its channel or row only', () => {
    for (const [op, shape, weightShape] of [['batch', [3, 4, 5, 5], [4]], ['layer', [3, 4, 10], [10]]] as const) {
      const draw = new Draw(14);
      const recording = new Recording();
      const data = draw.floats(shape);
      data.data[33] = NaN;
      const [x, weight, bias] = [recording.input(data), recording.input(draw.floats(weightShape)), recording.input(draw.floats(weightShape))];
      const outputs = recording.all(`native_${op}_norm`, [x, weight, bias], { eps: 1e-5, ...(op === 'layer' && { normalizedRank: 1 }) });
      assertAgrees(recording, outputs, engine(), tolerance, op);
    }
  });
});
