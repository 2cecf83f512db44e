// What a program can still do when threads of its engine have ended.
import { strict as assert } from 'node:assert';
import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import type { Engine } from '../../../src/engine/engine.ts';
import { KernelFailure } from '../../../src/engine/engineError.ts';
import { Recording, tensor } from '../recording.ts';
import { engineWithLateThreads, engineWithThreads } from './engineUnderTest.ts';

function product(engine: Engine) {
  const recording = new Recording();
  const x = recording.input(tensor('float32', [256, 256], Float32Array.from({ length: 65536 }, (_, at) => (at % 17) - 8)));
  const y = recording.one('relu', [recording.one('matmul', [x, x])]);
  const program = engine.prepare(recording.graph, { outputs: [y] });
  return { run: () => program.run({ constants: recording.constants, memoryLimitBytes: 2 ** 30 }).get(y)!.data, release: () => program.release() };
}

describe('a program whose engine was disposed of', () => {
  it('computes the same on the caller\'s thread, rather than waiting for threads that are gone', async () => {
    const engine = await engineWithThreads(3);
    const { run, release } = product(engine);
    const expected = run();
    engine.dispose();
    assert.deepEqual(run(), expected);
    release();
  });

  it('starts no threads any more, even where it needs a new memory', async () => {
    let started = 0;
    const engine = await engineWithThreads(3, () => (started += 1));
    engine.dispose();
    engine.free(engine.allocate('uint8', [[2 ** 30]]));
    const { run, release } = product(engine);
    run();
    assert.deepEqual([engine.threads, engine.memory.byteLength < 2 ** 29, started], [1, true, 2]);
    release();
  });
});

describe('a program one of whose threads has ended by itself', () => {
  it('computes the same with new ones, rather than waiting for the one that is gone', async () => {
    const workers: Worker[] = [];
    const engine = await engineWithThreads(3, (worker) => workers.push(worker));
    const { run, release } = product(engine);
    const expected = run();
    const ended = once(workers[0], 'exit');
    await workers[0].terminate();
    await ended;
    assert.deepEqual(run(), expected);
    assert.equal(workers.length, 4);
    release();
    engine.dispose();
  });

  it('does so too while another thread has yet to come', async () => {
    const workers: Worker[] = [];
    const engine = engineWithLateThreads(3, 500, (worker) => workers.push(worker));
    const { run, release } = product(engine);
    while (engine.threads < 2) await new Promise((resolve) => setTimeout(resolve, 1));
    const before = run();
    const ended = once(workers[0], 'exit');
    await workers[0].terminate();
    await ended;
    assert.deepEqual(run(), before);
    release();
    engine.dispose();
  });

  it('fails in the run that a thread is missing from, as nobody could tell of it in time, and computes the same in the next', async () => {
    const workers: Worker[] = [];
    const engine = await engineWithThreads(3, (worker) => workers.push(worker), 3000);
    const { run, release } = product(engine);
    const expected = run();
    void workers[0].terminate();
    // While this waits the thread ends, and no event of it arrives.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000);
    assert.throws(run, KernelFailure);
    assert.deepEqual(run(), expected);
    release();
    engine.dispose();
  });
});
