import { strict as assert } from 'node:assert';
import { typeOf } from '../../../src/graph/graph.ts';
import { Recording } from '../recording.ts';
import { assertAgrees, Draw, leftToReference, onOneThreadAndOnThree } from './agreement.ts';

const tolerance = 2e-6;

onOneThreadAndOnThree('windows as columns, by WebAssembly kernels', (engine) => {
  it(`are taken from images and added up again as the reference does, within ${tolerance}`, () => {
    const draw = new Draw(61);
    for (let n = 0; n < 120; n += 1) {
      const pair = (of: () => number): number[] => [of(), of()];
      const kernelSize = pair(() => 1 + draw.below(4));
      const stride = draw.pick([kernelSize, pair(() => 1 + draw.below(5))]);
      const dilation = draw.pick([[1, 1], pair(() => 1 + draw.below(3))]);
      const padding = draw.pick([[0, 0], pair(() => draw.below(3))]);
      const sizes = kernelSize.map((size, axis) => dilation[axis] * (size - 1) + 1 + draw.below(20));
      const shape = [...draw.pick([[], [1], [3], [0]]), 1 + draw.below(4), ...sizes];
      const attributes = { kernelSize, stride, dilation, padding };
      const recording = new Recording();
      const columns = recording.one('im2col', [draw.input(recording, draw.floats(shape))], attributes);
      const given = draw.input(recording, draw.floats(typeOf(recording.graph, columns).shape));
      const outputs = [columns, ...[given, columns].map((each) => recording.one('col2im', [each], { ...attributes, outputSize: sizes }))];
      const what = `[${shape.join()}] by ${JSON.stringify(attributes)}`;
      assertAgrees(recording, outputs, engine(), tolerance, what);
      assert.deepEqual(leftToReference(recording, outputs), [], what);
    }
  });
});
