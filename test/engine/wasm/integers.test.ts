import { strict as assert } from 'node:assert';
import { EngineError } from '../../../src/engine/engineError.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import { referenceEngine } from '../../../src/engine/reference/referenceEngine.ts';
import { representation, type Tensor } from '../../../src/engine/tensor.ts';
import type { ValueId } from '../../../src/graph/graph.ts';
import type { Shape } from '../../../src/graph/tensorType.ts';
import { Recording, tensor } from '../recording.ts';
import { assertAgrees, Draw, leftToReference, onOneThreadAndOnThree } from './agreement.ts';

/** What a run fails with: its name, words and node. */
function failure(recording: Recording, output: ValueId, engine: Engine): unknown {
  try {
    return recording.run([output], engine);
  } catch (error) {
    return error instanceof EngineError ? [error.name, error.message, error.node] : error;
  }
}

onOneThreadAndOnThree('integers by WebAssembly kernels', (engine) => {
  const ofType = (draw: Draw, dtype: 'int64' | 'int32' | 'float32' | 'bool', shape: Shape): Tensor => {
    if (dtype === 'float32') return draw.floats(shape, () => draw.below(9) - 4.5);
    if (dtype === 'bool') return draw.bools(shape);
    const found = draw.integers(shape, 9);
    return { ...found, dtype, data: found.data.map((value) => value - 4) };
  };
  const types = ['int64', 'int32', 'float32', 'bool'] as const;

  it('compute and compare, among themselves and with floats and bools, as the reference does', () => {
    const draw = new Draw(51);
    for (let n = 0; n < 200; n += 1) {
      const shape = [1 + draw.below(5), 1 + draw.below(draw.pick([7, 3000]))];
      const recording = new Recording();
      const x = draw.input(recording, ofType(draw, draw.pick(['int64', 'int32']), shape));
      const other = draw.pick(types);
      const y = draw.input(recording, ofType(draw, other, draw.pick([shape, [shape[1]], [shape[0], 1], []])));
      const ops = ['add', 'mul', ...(other === 'bool' ? [] : ['sub']), 'maximum', 'minimum', 'eq', 'ne', 'lt', 'le', 'gt', 'ge', 'div'];
      const pairs = ops.map((op) => recording.one(op, draw.pick([[x, y], [y, x]])));
      const where = recording.one('where', [recording.input(draw.bools([shape[1]])), x, y]);
      const clamps = [{ min: -2, max: 3 }, { min: -2, max: null }, { min: null, max: 1 }].map((bounds) => recording.one('clamp', [x], bounds));
      const single = ['neg', 'abs', 'square', 'exp'].map((op) => recording.one(op, [x]));
      assertAgrees(recording, [...pairs, where, ...single, ...clamps], engine(), 1e-6, `[${shape.join()}] with ${other}`);
    }
  });

  it('are divided, shifted, joined bit by bit, and asked for signs and truth, as the reference does', () => {
    const draw = new Draw(54);
    const ends = [0, 1, -1, 7, -7, 31, 2 ** 31 - 1, -(2 ** 31), 2 ** 30, -(2 ** 20) - 5];
    for (const dtype of ['int64', 'int32'] as const) {
      for (let n = 0; n < 40; n += 1) {
        const shape = [1 + draw.below(5), 1 + draw.below(draw.pick([7, 3000]))];
        const ofEnds = (list: readonly number[]): Tensor => ({ ...draw.integers(shape, 9), dtype, data: draw.integers(shape, 9).data.map(() => draw.pick(list)) });
        const recording = new Recording();
        const [x, y, divisor, places] = [ends, ends, ends.filter((each) => each !== 0 && each !== -1), [0, 1, 3, 31, 32, 70]]
          .map((list) => draw.input(recording, ofEnds(list)));
        const small = draw.input(recording, ofType(draw, dtype, shape));
        const bools = [0, 1].map(() => draw.input(recording, draw.bools(shape)));
        const outputs = [
          ...['bitwise_and', 'bitwise_or', 'bitwise_xor', 'logical_and', 'logical_or', 'logical_xor'].flatMap((op) => [[x, y], bools, [x, bools[0]]].map((pair) => recording.one(op, pair))),
          ...['remainder', 'fmod', 'floor_divide'].map((op) => recording.one(op, [x, divisor])),
          recording.one('bitwise_right_shift', [x, draw.pick([y, places])]),
          recording.one('bitwise_left_shift', dtype === 'int32' ? [x, draw.pick([y, places])] : [small, draw.input(recording, ofEnds([0, 1, 28, -1, 64, 70]))]),
          ...['sign', 'relu', 'logical_not', 'isnan', 'isinf'].map((op) => recording.one(op, [x])),
        ];
        assertAgrees(recording, outputs, engine(), 0, `${dtype} [${shape.join()}]`);
        assert.deepEqual(leftToReference(recording, outputs), []);
      }
    }
  });

  it('are shifted by fewer places than none, or more than there are, as PyTorch does', () => {
    const recording = new Recording();
    const [x, y] = [[5, -7, 5, -7, 5, -7], [-1, -40, 63, 63, 64, 100]].map((data) => recording.input({ dtype: 'int32', shape: [6], data: Int32Array.from(data) }));
    const outputs = ['bitwise_left_shift', 'bitwise_right_shift'].map((op) => recording.one(op, [x, y]));
    for (const each of [engine(), referenceEngine]) assert.deepEqual(recording.run(outputs, each).map(({ data }) => [...data]), [[0, 0, 0, 0, 0, 0], [0, -1, 0, -1, 0, -1]]);
  });

  it('of 8 bits without a sign are read beside floats and bools as the reference does', () => {
    const draw = new Draw(55);
    for (let n = 0; n < 40; n += 1) {
      const shape = [1 + draw.below(5), 1 + draw.below(draw.pick([7, 3000]))];
      const recording = new Recording();
      const x = recording.input({ dtype: 'uint8', shape, data: Uint8Array.from({ length: shape[0] * shape[1] }, () => draw.below(256)) });
      const y = draw.input(recording, draw.floats(draw.pick([shape, [shape[1]], []]), () => draw.below(256)));
      const half = recording.one('mul', [recording.one('cast', [x], { dtype: 'float32' }), y]);
      const outputs = [half, ...['eq', 'lt', 'ge'].flatMap((op) => [[x, y], [y, x], [x, x]].map((pair) => recording.one(op, pair))), recording.one('cast', [x], { dtype: 'bool' })];
      assertAgrees(recording, outputs, engine(), 0, `[${shape.join()}]`);
      assert.deepEqual(leftToReference(recording, outputs), []);
    }
  });

  it('of 8 and 16 bits are cast, compared, chosen and joined as the reference does', () => {
    const draw = new Draw(56);
    const of = { int8: [-128, 127, 0, -1, 5], int16: [-32768, 32767, 0, -7, 300], uint8: [255, 0, 128, 3] } as const;
    for (const dtype of ['int8', 'int16', 'uint8'] as const) {
      const shape = [3, 401];
      const ofEnds = (): Tensor => ({ dtype, shape, data: new representation[dtype].storage(3 * 401).map(() => draw.pick(of[dtype])) });
      const recording = new Recording();
      const [x, y, long] = [ofEnds(), ofEnds(), { ...draw.integers(shape, 300), dtype: 'int64' } as const].map((each) => recording.input(each));
      const outputs = [
        ...['int64', 'int32', 'float32', 'bool'].map((to) => recording.one('cast', [x], { dtype: to })),
        ...['eq', 'lt', 'ge'].flatMap((op) => [[x, y], [x, long]].map((pair) => recording.one(op, pair))),
        ...['add', 'bitwise_and', 'maximum'].map((op) => recording.one(op, [x, long])), recording.one('cumsum', [x], { dim: 1 }),
        ...(dtype === 'uint8' ? [] : ['bitwise_and', 'bitwise_or', 'bitwise_xor', 'maximum', 'minimum', 'bitwise_right_shift'].map((op) => recording.one(op, [x, y]))),
        ...(dtype === 'uint8' ? [] : [recording.one('where', [recording.input(draw.bools(shape)), x, y])]),
      ];
      assertAgrees(recording, outputs, engine(), 0, dtype);
      assert.deepEqual(leftToReference(recording, outputs), []);
      assertAgrees(recording, ['neg', 'abs', 'square', 'sign', 'relu'].map((op) => recording.one(op, [x])), engine(), 0, dtype);
      assertAgrees(recording, ['add', 'mul', 'bitwise_left_shift'].map((op) => recording.one(op, [x, y])), engine(), 0, dtype);
      assertAgrees(recording, [recording.one('cast', [long], { dtype })], engine(), 0, dtype);
    }
  });

  it('divided by zero, or shifted beyond 32 bits, are an error in the reference\'s words', () => {
    const ofInts = (dtype: 'int32' | 'int64', values: readonly number[]): Tensor => ({ dtype, shape: [values.length], data: Int32Array.from(values) });
    const lowest = -(2 ** 31);
    for (const [op, dtype, x, y] of [
      ['remainder', 'int32', [1, 2, 3], [1, 0, 0]], ['fmod', 'int64', [1, 2, 3], [1, 2, 0]], ['floor_divide', 'int64', [lowest, 1], [-1, 0]],
      ['floor_divide', 'int64', [1, lowest], [1, -1]], ['bitwise_left_shift', 'int64', [1, 3], [30, 31]], ['bitwise_left_shift', 'int64', [0, -5], [50, 50]],
    ] as const) {
      const recording = new Recording();
      const z = recording.one(op, [recording.input(ofInts(dtype, x)), recording.input(ofInts(dtype, y))]);
      const expected = failure(recording, z, referenceEngine);
      assert.match((expected as unknown[])[0] as string, /ZeroDivisionError|OverflowError/, op);
      assert.deepEqual(failure(recording, z, engine()), expected, op);
    }
  });

  it('are cast as the reference does', () => {
    const draw = new Draw(52);
    for (const from of types) {
      for (const to of types) {
        const recording = new Recording();
        const x = draw.input(recording, ofType(draw, from, [5, 301]));
        assertAgrees(recording, [recording.one('cast', [x], { dtype: to })], engine(), 0, `${from} to ${to}`);
      }
    }
  });

  it('are the least integer where a float has none that is near, and bools are 0 and 1 whatever they are computed from', () => {
    const recording = new Recording();
    const x = recording.input(tensor('float32', [9], [NaN, Infinity, -Infinity, 3e9, -3e9, 2147483648, -2147483648, 3.5, -0]));
    const [whole, truth] = ['int32', 'bool'].map((dtype) => recording.one('cast', [x], { dtype }));
    const both = recording.one('add', [truth, truth]);
    const again = [truth, both].map((value) => recording.one('cast', [value], { dtype: 'float32' }));
    const results = [whole, ...again, recording.one('mul', [truth, x])];
    const [integers, ...floats] = recording.run(results, engine()).map(({ data }) => [...data]);
    const least = -(2 ** 31);
    assert.deepEqual(integers, [least, least, least, least, least, least, least, 3, 0]);
    assert.deepEqual(floats[0], [1, 1, 1, 1, 1, 1, 1, 1, 0]);
    assert.deepEqual(floats[1], floats[0]);
    assertAgrees(recording, results, engine(), 0, 'casts of floats out of range');
  });

  it('are summed, and bools asked for any and all, as the reference does', () => {
    const draw = new Draw(53);
    for (const shape of [[], [1], [40_000], [17, 31], [4, 5, 70]]) {
      for (let n = 0; n < 4; n += 1) {
        const dim = draw.some([...shape.keys()]);
        const recording = new Recording();
        const [integers, bools] = [draw.input(recording, ofType(draw, 'int64', shape)), draw.input(recording, { ...draw.bools(shape), data: draw.bools(shape).data.map((value) => value & draw.below(2)) })];
        const outputs = [integers, bools].map((x) => recording.one('sum', [x], { dim, keepdim: n % 2 === 0 }));
        outputs.push(...['any', 'all'].map((op) => recording.one(op, [bools], { dim, keepdim: false })));
        assertAgrees(recording, outputs, engine(), 0, `[${shape.join()}] over ${dim.join()}`);
      }
    }
  });

  it('are made by leaves as the reference makes them', () => {
    const recording = new Recording();
    const outputs = [['bool', 1], ['int32', -7], ['int64', 5], ['uint8', 200]].map(([dtype, value]) => recording.one('full', [], { shape: [3, 2], value, dtype }));
    outputs.push(recording.one('arange', [], { start: 3, step: -2, length: 9, dtype: 'int64' }), recording.one('eye', [], { n: 3, m: 5, dtype: 'float32' }));
    assertAgrees(recording, outputs, engine(), 0, 'leaves');
  });

  it('that need more than 32 bits are an error in the reference\'s words', () => {
    for (const op of ['add', 'mul', 'sub', 'sum', 'cumsum', 'cast'] as const) {
      const recording = new Recording();
      const data = Int32Array.from({ length: 50 }, (_, n) => (n === 20 || n === 33 ? 2 ** 31 - n : 3));
      const x = recording.input({ dtype: 'int64', shape: [50], data });
      const far = recording.input({ dtype: 'float32', shape: [50], data: Float32Array.from(data, (value) => value * -4) });
      const y = op === 'cumsum' ? recording.one(op, [x], { dim: 0 }) : op === 'sum' ? recording.one('sum', [x], { dim: [0], keepdim: false }) : op === 'cast' ? recording.one('cast', [far], { dtype: 'int64' })
        : recording.one(op, [x, recording.input({ dtype: 'int64', shape: [], data: Int32Array.of(op === 'sub' ? -100 : 100) })]);
      const expected = failure(recording, y, referenceEngine);
      assert.equal((expected as unknown[])[0], 'OverflowError', op);
      assert.deepEqual(failure(recording, y, engine()), expected, op);
    }
  });
});
