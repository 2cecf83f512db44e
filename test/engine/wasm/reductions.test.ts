import type { Shape } from '../../../src/graph/tensorType.ts';
import { Recording } from '../recording.ts';
import { assertAgrees, Draw, onOneThreadAndOnThree } from './agreement.ts';

const sumTolerance = 1e-6;
const tolerance = 2e-6;

const shapes: readonly Shape[] = [
  [], [1], [7], [5000], [100_003], [3, 1], [1, 3], [17, 31], [64, 128], [600, 33], [2, 3, 5], [40, 6, 21, 19], [5, 1, 9, 2], [3, 4, 5, 2, 3], [2000, 3], [3, 2000],
  [2, 3, 2, 3, 2, 3, 2],
];

onOneThreadAndOnThree('reductions by WebAssembly kernels', (engine) => {
  it(`have the reference's sums and means, within ${sumTolerance} of the sum of magnitudes`, () => {
    const draw = new Draw(1);
    for (const shape of shapes) {
      for (let n = 0; n < 6; n += 1) {
        const dim = n === 0 ? [...shape.keys()] : draw.some([...shape.keys()]);
        const recording = new Recording();
        const x = draw.input(recording, draw.floats(shape, () => draw.number() + draw.pick([0, 0.5])));
        const magnitude = recording.one('abs', [x]);
        const ops = ['sum', 'mean'];
        const outputs = ops.map((op) => recording.one(op, [x], { dim, keepdim: false }));
        assertAgrees(recording, outputs, engine(), sumTolerance, `[${shape.join()}] over ${dim.join()}`, ops.map((op) => recording.one(op, [magnitude], { dim, keepdim: false })));
      }
    }
  });

  it(`have the reference's extremes, products, variances and logarithms of sums, within ${tolerance}`, () => {
    const draw = new Draw(2);
    for (const shape of shapes) {
      for (let n = 0; n < 4; n += 1) {
        const dim = n === 0 ? [...shape.keys()] : draw.some([...shape.keys()]);
        const recording = new Recording();
        const x = draw.input(recording, draw.floats(shape, () => 1 + 0.01 * draw.number()));
        const outputs = [
          ...['amax', 'amin', 'prod', 'logsumexp'].map((op) => recording.one(op, [x], { dim, keepdim: n % 2 === 0 })),
          recording.one('var', [recording.one('mul', [x, recording.input(draw.floats([1], () => 30))])], { dim, keepdim: false, correction: 0 }),
        ];
        assertAgrees(recording, outputs, engine(), tolerance, `[${shape.join()}] over ${dim.join()}`);
      }
    }
  });

  it('have the reference\'s positions of extremes, of equal elements the first, and of NaN', () => {
    const draw = new Draw(3);
    for (const shape of shapes) {
      for (const dim of shape.keys()) {
        for (const odd of [[], [NaN], [Infinity, -Infinity, -0, 0]]) {
          const recording = new Recording();
          const x = draw.input(recording, draw.floats(shape, () => (draw.below(50) === 0 ? draw.pick([1, ...odd]) : draw.below(9))));
          const outputs = ['argmax', 'argmin'].map((op) => recording.one(op, [x], { dim, keepdim: false }));
          assertAgrees(recording, outputs, engine(), 0, `[${shape.join()}] along ${dim}, with ${odd.join()}`);
        }
      }
    }
  });

  it('carry NaN and infinities as the reference does', () => {
    const draw = new Draw(4);
    for (const odd of [NaN, Infinity, -Infinity]) {
      for (const [shape, dim] of [[[40, 33], [0]], [[40, 33], [1]], [[40, 33], [0, 1]], [[6, 5, 70], [0, 2]]] as const) {
        const recording = new Recording();
        const x = recording.input(draw.floats(shape, () => (draw.below(30) === 0 ? odd : draw.number())));
        const outputs = ['sum', 'mean', 'amax', 'amin', 'logsumexp'].map((op) => recording.one(op, [x], { dim, keepdim: false }));
        assertAgrees(recording, [...outputs, recording.one('var', [x], { dim, keepdim: false, correction: 1 })], engine(), 1e-5, `${odd} in [${shape.join()}] over ${dim.join()}`);
      }
    }
  });
});
