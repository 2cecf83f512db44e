import { strict as assert } from 'node:assert';
import { settled } from '../../src/engine/tensor.ts';
import { opCases, readGolden } from './goldens.ts';
import { Recording, referenceOnUsedArrays, tensor } from './recording.ts';
import { singleThreaded } from './wasm/engineUnderTest.ts';

const halves = ['float16', 'bfloat16'] as const;
const { casts } = readGolden('halves.json') as { casts: Record<'float32' | (typeof halves)[number], (number | string)[]> };
/** From one number of the type to the next, relative: PyTorch and we round different float32, which can lie on either side of a tie. */
const step = { float16: 2 ** -10, bfloat16: 2 ** -7 };

describe('half precision', () => {
  for (const half of halves) {
    const [given, expected] = [casts.float32, casts[half]].map((values) => values.map((value) => Math.fround(Number(value))));

    it(`rounds to ${half} as PyTorch's cast does, ties, denormals, overflow and NaN included`, () => {
      given.forEach((x, n) => assert.ok(Object.is(settled(half, x), expected[n]), `${x} becomes ${settled(half, x)}, not ${expected[n]}`));
    });

    for (const engine of [referenceOnUsedArrays, singleThreaded]) {
      it(`casts to ${half} and back to the bit by the ${engine.name} engine`, () => {
        const recording = new Recording();
        const x = recording.input(tensor('float32', [given.length], given));
        const cast = recording.one('cast', [x], { dtype: half });
        const [narrow, wide] = recording.run([cast, recording.one('cast', [cast], { dtype: 'float32' })], engine);
        for (const { data } of [narrow, wide]) expected.forEach((value, n) => assert.ok(Object.is(data[n], value), `${given[n]} becomes ${data[n]}, not ${value}`));
      });
    }
  }

  for (const engine of [referenceOnUsedArrays, singleThreaded]) {
    it(`gives what PyTorch gives for ops of halves, rounded each, by the ${engine.name} engine`, () => {
      for (const { op, attributes, inputs, outputs } of opCases('halves.json')) {
        const recording = new Recording();
        const results = recording.run(recording.all(op, inputs.map((input) => recording.input(input)), attributes), engine);
        results.forEach(({ dtype, data }, output) => {
          assert.equal(dtype, outputs[output].dtype);
          const type = dtype as (typeof halves)[number];
          data.forEach((found: number, n: number) => {
            const wanted = outputs[output].data[n];
            assert.equal(settled(type, found), found, `${op} of ${type}: ${found} is none`);
            assert.ok(Math.abs(found - wanted) <= step[type] * Math.abs(wanted) + 1e-7, `${op} of ${type}: element ${n} is ${found}, expected ${wanted}`);
          });
        });
      }
    });
  }

  it('is no reason to write to what is given, nor to store a number that is read wherever it is wanted', () => {
    const recording = new Recording();
    const x = recording.input(tensor('float16', [4], [1, 2, 3, 4]));
    const tenth = recording.one('full', [], { shape: [4], value: 0.1, dtype: 'float16' });
    const y = recording.one('add', [recording.one('cast', [x], { dtype: 'float16' }), tenth]);
    const program = singleThreaded.prepare(recording.graph, { outputs: [y], given: new Set([x]) });
    const block = singleThreaded.allocate('float16', [[4]]);
    // Numbers that nobody rounded stay as they are.
    block.whole.data.set([0.1, 0.2, 0.3, 0.4]);
    let parts = 0;
    const { data } = program.run({
      constants: recording.constants, memoryLimitBytes: 2 ** 20, given: new Map([[x, block.parts[0]]]), isCancelled: () => (parts += 1) < 0,
    }).get(y)!;
    assert.deepEqual([...block.whole.data], [0.1, 0.2, 0.3, 0.4].map(Math.fround));
    assert.deepEqual([...data], [0.1, 0.2, 0.3, 0.4].map((value) => settled('float16', Math.fround(value) + settled('float16', 0.1))));
    assert.equal(parts, 1);
    program.release();
    singleThreaded.free(block);
  });

  it('is kept by a chain whose steps are done together: each is rounded, not the last alone', () => {
    const recording = new Recording();
    const x = recording.input(tensor('float16', [4], [1, 1, 2048, 3]));
    const small = recording.input(tensor('float16', [4], [2 ** -11, 3 * 2 ** -11, 1, 2 ** -12]));
    const sum = recording.one('sub', [recording.one('add', [x, small]), x]);
    // 1 + 2⁻¹¹ is a tie, which goes to 1; 1 + 3 · 2⁻¹¹ to 1 + 2⁻⁹; 2049 to 2048.
    for (const engine of [referenceOnUsedArrays, singleThreaded]) assert.deepEqual([...recording.run([sum], engine)[0].data], [0, 2 ** -9, 0, 0]);
  });
});
