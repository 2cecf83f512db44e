import { typeOf } from '../../../src/graph/graph.ts';
import { Recording } from '../recording.ts';
import { assertAgrees, Draw, onOneThreadAndOnThree } from './agreement.ts';

const tolerance = 2e-6;

/** A pooling over `rank` axes of an image that it fits. */
function randomPooling(draw: Draw) {
  const rank = draw.pick([1, 2, 2, 2, 3]);
  const each = (of: () => number) => Array.from({ length: rank }, of);
  const kernelSize = each(() => 1 + draw.below(4));
  const stride = each(() => 1 + draw.below(4));
  const padding = kernelSize.map((size) => draw.below(Math.floor(size / 2) + 1));
  const dilation = each(() => draw.pick([1, 1, 2]));
  const size = kernelSize.map((kernel, axis) => dilation[axis] * (kernel - 1) + 1 + draw.below(rank === 1 ? 60 : rank === 2 ? 23 : 8));
  return { shape: [...draw.pick([[2, 3], [5], [1, 17]]), ...size], size, pooling: { kernelSize, stride, padding, ceilMode: draw.pick([true, false]) }, dilation };
}

onOneThreadAndOnThree('pooling by WebAssembly kernels', (engine) => {
  it('has the reference\'s maxima and their positions, of equal elements the first, and gradients', () => {
    const draw = new Draw(21);
    for (let n = 0; n < 200; n += 1) {
      const { shape, pooling, dilation } = randomPooling(draw);
      const recording = new Recording();
      const odd = draw.pick([[0], [0], [NaN], [-Infinity, Infinity]]);
      const x = draw.input(recording, draw.floats(shape, () => (draw.below(20) === 0 ? draw.pick(odd) : draw.below(30) - 15)));
      const [y, indices] = recording.all('max_pool_with_indices', [x], { ...pooling, dilation });
      const gradient = recording.input(draw.floats(typeOf(recording.graph, y).shape));
      const dx = recording.one('max_pool_backward', [gradient, indices], { inputShape: shape, spatialRank: pooling.kernelSize.length });
      assertAgrees(recording, [y, indices, dx], engine(), tolerance, JSON.stringify({ shape, pooling, dilation }));
    }
  });

  it(`has the reference's averages and gradients, within ${tolerance}`, () => {
    const draw = new Draw(22);
    for (let n = 0; n < 200; n += 1) {
      const { shape, pooling } = randomPooling(draw);
      const attributes = { ...pooling, countIncludePad: draw.pick([true, false]), divisorOverride: draw.pick([null, null, 5]) };
      const recording = new Recording();
      const x = draw.input(recording, draw.floats(shape));
      const y = recording.one('avg_pool', [x], attributes);
      const gradient = recording.input(draw.floats(typeOf(recording.graph, y).shape));
      const dx = recording.one('avg_pool_backward', [gradient], { ...attributes, inputShape: shape });
      assertAgrees(recording, [y, dx], engine(), tolerance, JSON.stringify({ shape, attributes }));
    }
  });

  it(`has the reference's adaptive averages, maxima and gradients, within ${tolerance}`, () => {
    const draw = new Draw(23);
    for (let n = 0; n < 100; n += 1) {
      const { shape, size } = randomPooling(draw);
      const outputSize = size.map((length) => draw.pick([1, length, 1 + draw.below(length)]));
      const recording = new Recording();
      const x = draw.input(recording, draw.floats(shape));
      const y = recording.one('adaptive_avg_pool', [x], { outputSize });
      const gradient = recording.input(draw.floats(typeOf(recording.graph, y).shape));
      const dx = recording.one('adaptive_avg_pool_backward', [gradient], { inputShape: shape, spatialRank: size.length });
      const maxima = recording.all('adaptive_max_pool_with_indices', [x], { outputSize });
      assertAgrees(recording, [y, dx, ...maxima], engine(), tolerance, JSON.stringify({ shape, outputSize }));
    }
  });

  it('averages large windows without losing digits', () => {
    const draw = new Draw(24);
    const recording = new Recording();
    const x = recording.input(draw.floats([2, 3, 300, 301], () => 1 + draw.number()));
    const outputs = [recording.one('adaptive_avg_pool', [x], { outputSize: [1, 1] }), recording.one('adaptive_avg_pool', [x], { outputSize: [3, 2] })];
    assertAgrees(recording, outputs, engine(), 1e-6, 'averages of 90,300 elements and of their sixths');
  });
});
