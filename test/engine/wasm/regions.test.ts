import type { Tensor } from '../../../src/engine/tensor.ts';
import { typeOf } from '../../../src/graph/graph.ts';
import { Recording } from '../recording.ts';
import { assertAgrees, Draw, onOneThreadAndOnThree } from './agreement.ts';

onOneThreadAndOnThree('copies of regions by WebAssembly kernels', (engine) => {
  const randomShape = (draw: Draw, least = 1): number[] => Array.from({ length: least + draw.below(4 - least) }, () => 1 + draw.below(draw.pick([5, 40])));
  const ofAnyType = (draw: Draw, shape: readonly number[]): Tensor => draw.pick([() => draw.floats(shape), () => draw.integers(shape, 1000), () => draw.bools(shape)])();

  it('concatenate, and put slices, as the reference does', () => {
    const draw = new Draw(41);
    for (let n = 0; n < 100; n += 1) {
      const shape = randomShape(draw);
      const dim = draw.below(shape.length);
      const recording = new Recording();
      const parts = Array.from({ length: 1 + draw.below(4) }, () => recording.input(draw.floats(shape.map((size, axis) => (axis === dim ? draw.below(9) : size)))));
      const whole = ofAnyType(draw, shape);
      const [start, step] = [draw.below(shape[dim]), 1 + draw.below(3)];
      const count = Math.ceil((shape[dim] - start) / step);
      const source = recording.input({ ...whole, shape: shape.map((size, axis) => (axis === dim ? count : size)), data: whole.data.slice(0, (whole.data.length / shape[dim]) * count) });
      const outputs = [
        recording.one('cat', [draw.input(recording, draw.floats(shape)), ...parts], { dim }),
        recording.one('slice_scatter', [recording.input(whole), source], { dim, start, end: shape[dim], step }),
      ];
      assertAgrees(recording, outputs, engine(), 0, `[${shape.join()}] along ${dim}`);
    }
  });

  it('pad in every mode, and take the gradient back, as the reference does', () => {
    const draw = new Draw(42);
    for (let n = 0; n < 150; n += 1) {
      const shape = randomShape(draw).map((size) => size + 1);
      const mode = draw.pick(['constant', 'reflect', 'replicate', 'circular'] as const);
      const most = (size: number) => (mode === 'reflect' ? size - 1 : mode === 'circular' ? size : 5);
      const pads = shape.map((size) => (draw.below(3) === 0 ? [0, 0] : [draw.below(most(size) + 1), draw.below(most(size) + 1)]));
      if (mode === 'constant' && draw.below(2) === 0) pads[0][0] = -1;
      const recording = new Recording();
      const attributes = { pads, mode, value: mode === 'constant' ? draw.pick([0, 1.5, -Infinity]) : 0 };
      const y = recording.one('pad', [draw.input(recording, draw.floats(shape))], attributes);
      const outputs = [y];
      if (mode !== 'constant') {
        const gradient = draw.input(recording, draw.floats(typeOf(recording.graph, y).shape));
        outputs.push(recording.one('pad_backward', [gradient], { pads, mode, inputShape: shape }));
      }
      assertAgrees(recording, outputs, engine(), 2e-6, `[${shape.join()}] by ${JSON.stringify(attributes)}`);
    }
  });

  it('flip axes and keep triangles as the reference does', () => {
    const draw = new Draw(43);
    for (let n = 0; n < 100; n += 1) {
      const shape = randomShape(draw, 2);
      const recording = new Recording();
      const x = draw.input(recording, draw.floats(shape));
      const other = recording.input(ofAnyType(draw, shape));
      const diagonal = draw.below(9) - 4;
      const dims = draw.some([...shape.keys()]);
      const outputs = [x, other].flatMap((value) => [recording.one('flip', [value], { dims }), ...['tril', 'triu'].map((op) => recording.one(op, [value], { diagonal }))]);
      assertAgrees(recording, outputs, engine(), 0, `[${shape.join()}], ${dims.join()}, ${diagonal}`);
    }
  });
});
