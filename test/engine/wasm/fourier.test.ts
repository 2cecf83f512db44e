import { strict as assert } from 'node:assert';
import { Recording } from '../recording.ts';
import { assertAgrees, Draw, leftToReference, onOneThreadAndOnThree } from './agreement.ts';

/** Of the largest number of each result. */
const tolerance = 2e-7;

onOneThreadAndOnThree('Fourier transforms by WebAssembly kernels', (engine) => {
  it(`of any length and along any axes are the reference's, within ${tolerance} of the largest number`, () => {
    const draw = new Draw(81);
    for (const shape of [[1], [2], [3], [256], [1000], [997], [1024, 3], [3, 1024], [5, 7], [2, 3, 16], [4, 1, 6, 5], [40, 25]]) {
      for (let n = 0; n < 4; n += 1) {
        const dims = n === 0 ? [...shape.keys()] : draw.some([...shape.keys()]);
        if (dims.length === 0) continue;
        const recording = new Recording();
        const x = draw.input(recording, draw.floats([...shape, 2]));
        const outputs = [false, true].map((inverse) => recording.one('fft', [x], { dims, inverse, scale: draw.pick([1, 1 / shape[0], 1 / Math.sqrt(shape[0])]) }));
        assertAgrees(recording, outputs, engine(), tolerance, `[${shape.join()}] along ${dims.join()}`, 'output');
        assert.deepEqual(leftToReference(recording, outputs), []);
      }
    }
  });

  it('have zeros where the reference has them', () => {
    const recording = new Recording();
    const wave = Float32Array.from({ length: 2 * 240 }, (_, n) => (n % 2 === 0 ? Math.cos((Math.PI * n) / 40) : 0));
    const x = recording.input({ dtype: 'float32', shape: [240, 2], data: wave });
    const constant = recording.one('full', [], { shape: [15, 16, 2], value: 1, dtype: 'float32' });
    const outputs = [recording.one('fft', [x], { dims: [0], inverse: false, scale: 1 }), recording.one('fft', [constant], { dims: [0, 1], inverse: true, scale: 1 })];
    const [, expected] = recording.run(outputs);
    const [, found] = recording.run(outputs, engine());
    assert.deepEqual([...found.data], [...expected.data]);
    assertAgrees(recording, outputs, engine(), tolerance, 'waves', 'output');
  });
});
