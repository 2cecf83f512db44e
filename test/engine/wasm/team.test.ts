// What a program can still do when its engine's threads have ended.
import { strict as assert } from 'node:assert';
import { Recording, tensor } from '../recording.ts';
import { engineWithThreads } from './engineUnderTest.ts';

describe('a program whose engine was disposed of', () => {
  it('computes the same on the caller\'s thread, rather than waiting for threads that are gone', async () => {
    const engine = await engineWithThreads(3);
    const recording = new Recording();
    const x = recording.input(tensor('float32', [256, 256], Float32Array.from({ length: 65536 }, (_, at) => (at % 17) - 8)));
    const y = recording.one('relu', [recording.one('matmul', [x, x])]);
    const program = engine.prepare(recording.graph, { outputs: [y] });
    const run = () => program.run({ constants: recording.constants, memoryLimitBytes: 2 ** 30 }).get(y)!.data;
    const expected = run();
    engine.dispose();
    assert.deepEqual(run(), expected);
    program.release();
  });
});
