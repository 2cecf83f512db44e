import { strict as assert } from 'node:assert';
import { EngineError } from '../../../src/engine/engineError.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import { referenceEngine } from '../../../src/engine/reference/referenceEngine.ts';
import type { Tensor } from '../../../src/engine/tensor.ts';
import { typeOf, type ValueId } from '../../../src/graph/graph.ts';
import { Recording } from '../recording.ts';
import { assertAgrees, Draw, onOneThreadAndOnThree } from './agreement.ts';

/** Sums of a few float32, in the same order but for who of the threads adds them. */
const tolerance = 1e-6;

/** Integers of -size..size, as only `index` and `index_put` take them. */
function indicesFromBothEnds(draw: Draw, shape: readonly number[], size: number): Tensor {
  const found = draw.integers(shape, 2 * size);
  return { ...found, data: found.data.map((index) => index - size) };
}

function failure(run: () => unknown): EngineError {
  try {
    run();
  } catch (error) {
    if (error instanceof EngineError) return error;
    throw error;
  }
  return assert.fail('nothing was wrong');
}

onOneThreadAndOnThree('indexing by WebAssembly kernels', (engine) => {
  it('gathers and scatters elements as the reference does', () => {
    const draw = new Draw(31);
    for (let n = 0; n < 120; n += 1) {
      const rank = draw.below(4);
      const shape = Array.from({ length: rank }, () => 1 + draw.below(draw.pick([4, 40])));
      const dim = rank === 0 ? 0 : draw.below(rank);
      const indexShape = shape.map((size, axis) => (axis === dim ? 1 + draw.below(60) : 1 + draw.below(size)));
      const recording = new Recording();
      const x = draw.input(recording, draw.floats(shape));
      const index = draw.input(recording, draw.integers(indexShape, rank === 0 ? 1 : shape[dim]));
      const source = draw.input(recording, draw.floats(indexShape.map((size) => size + draw.below(2)), draw.pick([() => draw.number(), () => draw.pick([NaN, Infinity, -Infinity, 1])])));
      const reductions = ['amax', 'amin'].flatMap((reduce) => [true, false].map((includeSelf) => ({ reduce, includeSelf })));
      const outputs = [
        ...reductions.map((each) => recording.one('scatter_reduce', [x, index, source], { dim, ...each })),
        recording.one('gather', [x, index], { dim }), recording.one('scatter', [x, index, source], { dim }), recording.one('scatter_add', [x, index, source], { dim }),
      ];
      assertAgrees(recording, outputs, engine(), tolerance, `[${shape.join()}] along ${dim} at [${indexShape.join()}]`);
    }
  });

  it('selects and adds slices as the reference does', () => {
    const draw = new Draw(32);
    for (let n = 0; n < 80; n += 1) {
      const shape = Array.from({ length: 1 + draw.below(3) }, () => 1 + draw.below(draw.pick([5, 70])));
      const dim = draw.below(shape.length);
      const count = 1 + draw.below(50);
      const recording = new Recording();
      const x = draw.input(recording, draw.floats(shape));
      const index = recording.input(draw.integers([count], shape[dim]));
      const source = draw.input(recording, draw.floats(shape.map((size, axis) => (axis === dim ? count : size))));
      const outputs = [recording.one('index_select', [x, index], { dim }), recording.one('index_add', [x, index, source], { dim })];
      assertAgrees(recording, outputs, engine(), tolerance, `[${shape.join()}] along ${dim}, ${count} times`);
    }
  });

  it('indexes by several tensors, side by side or apart, as the reference does', () => {
    const draw = new Draw(33);
    for (let n = 0; n < 120; n += 1) {
      const shape = Array.from({ length: 1 + draw.below(4) }, () => 1 + draw.below(9));
      const dims = [...shape.keys()].filter(() => draw.below(2) === 0);
      if (dims.length === 0) continue;
      const recording = new Recording();
      const indexShape = [1 + draw.below(4), 1 + draw.below(7)];
      const forms = [indexShape, [indexShape[0], 1], [indexShape[1]], [1]];
      const chosen = dims.map((dim, at) => draw.input(recording, indicesFromBothEnds(draw, at === 0 ? indexShape : draw.pick(forms), shape[dim])));
      const x = draw.input(recording, draw.floats(shape));
      const selected = recording.one('index', [x, ...chosen], { dims });
      const values = [draw.floats(typeOf(recording.graph, selected).shape), draw.floats([])].map((each) => recording.input(each));
      const outputs = [
        selected, recording.one('index_put', [x, values[0], ...chosen], { dims, accumulate: true }), recording.one('index_put', [x, draw.pick(values), ...chosen], { dims, accumulate: false }),
      ];
      assertAgrees(recording, outputs, engine(), tolerance, `[${shape.join()}] at ${dims.join()} by [${indexShape.join()}]`);
    }
  });

  it('looks embeddings up and adds their gradients as the reference does', () => {
    const draw = new Draw(34);
    for (const [rows, width, shape] of [[65, 128, [8, 64]], [7, 3, [11]], [1, 1, [5, 2]], [1000, 33, [3, 40]], [4, 300, []]] as const) {
      const recording = new Recording();
      const weight = draw.input(recording, draw.floats([rows, width]));
      const index = draw.input(recording, draw.integers(shape, rows));
      const gradient = draw.input(recording, draw.floats([...shape, width]));
      const outputs = [recording.one('embedding', [weight, index]), recording.one('embedding_backward', [gradient, index], { numWeights: rows })];
      assertAgrees(recording, outputs, engine(), tolerance, `${rows} × ${width} at [${shape.join()}]`);
    }
  });

  it('takes integers and bools too', () => {
    const draw = new Draw(35);
    const recording = new Recording();
    const index = recording.input(draw.integers([9], 6));
    const outputs = [draw.integers([6, 5], 100), draw.bools([6, 5])].map((x) => recording.one('index_select', [recording.input(x), index], { dim: 0 }));
    outputs.push(recording.one('gather', [recording.input(draw.integers([9, 4], 50)), recording.one('reshape', [index], { shape: [9, 1] })], { dim: 0 }));
    assertAgrees(recording, outputs, engine(), 0, 'integers and bools');
  });

  it('is out of range where the reference is, in its words', () => {
    const draw = new Draw(36);
    /** The op with its index of 40 elements, of which `wrong` are out of range. */
    const cases: Record<string, (recording: Recording, x: ValueId, index: ValueId) => ValueId> = {
      gather: (recording, x, index) => recording.one('gather', [x, recording.one('reshape', [index], { shape: [8, 5] })], { dim: 1 }),
      scatter_add: (recording, x, index) => recording.one('scatter_add', [x, recording.one('reshape', [index], { shape: [8, 5] }), x], { dim: 1 }),
      index_select: (recording, x, index) => recording.one('index_select', [x, index], { dim: 1 }),
      index: (recording, x, index) => recording.one('index', [x, index, index], { dims: [0, 1] }),
      embedding: (recording, x, index) => recording.one('embedding', [x, index]),
    };
    for (const [op, record] of Object.entries(cases)) {
      for (const wrong of [[[3, 99], [20, -77]], [[39, 8]], [[0, -2000]], [[7, -1], [11, 9]]]) {
        const recording = new Recording();
        const x = recording.input(draw.floats([8, 8]));
        const index = draw.integers([40], 5);
        for (const [at, value] of wrong) index.data[at] = value;
        const output = record(recording, x, recording.input(index));
        const run = (each: Engine) => failure(() => recording.run([recording.one('neg', [output])], each));
        const [expected, found] = [run(referenceEngine), run(engine())];
        assert.deepEqual([found.name, found.message, found.node], [expected.name, expected.message, expected.node], op);
      }
    }
  });

  it('runs again, with other data, after it failed', () => {
    const draw = new Draw(37);
    const recording = new Recording();
    const [weight, index] = [recording.input(draw.floats([10, 4])), recording.input(draw.integers([6], 10))];
    const output = recording.one('embedding', [weight, index]);
    const program = engine().prepare(recording.graph, { outputs: [output], given: new Set([index]) });
    const run = (data: Int32Array) => program.run({
      constants: recording.constants, memoryLimitBytes: 2 ** 30, given: new Map([[index, { dtype: 'int64', shape: [6], data }]]),
    }).get(output)!;
    assert.match(failure(() => run(Int32Array.of(1, 2, 3, 10, 4, 5))).message, /index out of range in self/);
    const { data } = run(Int32Array.of(9, 2, 3, 1, 4, 5));
    assert.deepEqual([...data.slice(0, 4)], [...recording.constants(0).data.slice(36)]);
    program.release();
  });
});
