import { Recording } from '../recording.ts';
import { assertAgrees, Draw, onOneThreadAndOnThree } from './agreement.ts';

const tolerance = 1e-5;

onOneThreadAndOnThree('interpolation by WebAssembly kernels', (engine) => {
  it(`equals the reference in every mode, forward and backward, within ${tolerance}`, () => {
    const draw = new Draw(71);
    for (let n = 0; n < 80; n += 1) {
      const mode = draw.pick(['nearest', 'nearest-exact', 'linear', 'cubic'] as const);
      const rank = mode === 'cubic' ? 2 : 1 + draw.below(3);
      const size = Array.from({ length: rank }, () => 1 + draw.below(11));
      const outputSize = size.map((length) => draw.pick([length, 2 * length, 1 + draw.below(30)]));
      const antialias = rank === 2 && (mode === 'linear' || mode === 'cubic') && draw.pick([true, false]);
      const isSmooth = mode === 'linear' || mode === 'cubic';
      const attributes = { mode, outputSize, scales: size.map(() => null), alignCorners: isSmooth && draw.pick([true, false]), antialias };
      const inputShape = [1 + draw.below(3), 1 + draw.below(9), ...size];
      const recording = new Recording();
      const y = recording.one('interpolate', [draw.input(recording, draw.floats(inputShape))], attributes);
      const gradient = draw.input(recording, draw.floats([...inputShape.slice(0, 2), ...outputSize]));
      const dx = recording.one('interpolate_backward', [gradient], { ...attributes, inputShape });
      assertAgrees(recording, [y, dx], engine(), tolerance, JSON.stringify({ inputShape, attributes }));
    }
  });
});
