import { strict as assert } from 'node:assert';
import type { RunOptions } from '../../src/engine/engine.ts';
import { referenceEngine } from '../../src/engine/reference/referenceEngine.ts';
import { Recording, tensor } from './recording.ts';
import { singleThreaded } from './wasm/engineUnderTest.ts';

for (const engine of [referenceEngine, singleThreaded]) describe(`a run of the ${engine.name} engine`, () => {
  const recording = new Recording();
  const x = recording.input(tensor('float32', [2], [1, 2]));
  const y = recording.one('neg', [x]);
  const z = recording.one('exp', [y]);
  const program = engine.prepare(recording.graph, { outputs: [y, z], given: new Set([x]), tapped: [y] });
  const run = (options: Partial<RunOptions>) => program.run({ constants: recording.constants, memoryLimitBytes: 2 ** 20, given: new Map([[x, tensor('float32', [2], [3, 4])]]), ...options });
  after(() => program.release());

  it('is refused without what it is to be given, or with another type', () => {
    assert.throws(() => run({ given: new Map() }), /Value 0 was to be given, and was not/);
    assert.throws(() => run({ given: new Map([[x, tensor('float32', [3], [1, 2, 3])]]) }), /Value 0 is float32 \(2,\); float32 \(3,\) was given/);
    assert.throws(() => run({ given: new Map([[x, tensor('float64', [2], [1, 2])]]) }), /Value 0 is float32 \(2,\); float64 \(2,\) was given/);
  });

  it('writes outputs to tensors of their type that nothing else is', () => {
    const given = tensor('float32', [2], [3, 4]);
    const target = tensor('float32', [2], [0, 0]);
    const shared = new ArrayBuffer(16);
    run({ into: new Map([[y, target]]) });
    assert.deepEqual([...target.data], [-3, -4]);
    assert.throws(() => run({ into: new Map([[y, tensor('float32', [3], [0, 0, 0])]]) }), /Value 1 is float32 \(2,\); float32 \(3,\) was to be written to/);
    assert.throws(() => run({ into: new Map([[x, target]]) }), /Value 0 was to be written to a tensor, and is not an output/);
    assert.throws(() => run({ given: new Map([[x, given]]), into: new Map([[y, given]]) }), /that is given, or that another output is written to/);
    assert.throws(() => run({ into: new Map([[y, target], [z, target]]) }), /that is given, or that another output is written to/);
    const [left, right, middle] = [0, 8, 4].map((byte) => ({ ...target, data: new Float32Array(shared, byte, 2) }));
    run({ into: new Map([[y, left], [z, right]]) });
    assert.deepEqual([...left.data], [-3, -4]);
    assert.throws(() => run({ into: new Map([[y, left], [z, middle]]) }), /that is given, or that another output is written to/);
  });

  it('calls taps on values that it was prepared for, and refuses others', () => {
    const seen: number[][] = [];
    run({ taps: new Map([[y, ({ data }) => void seen.push([...data])]]) });
    assert.deepEqual(seen, [[-3, -4]]);
    assert.throws(() => run({ taps: new Map([[z, () => {}]]) }), /Value 2 is tapped, and the program was not prepared for it/);
  });
});
