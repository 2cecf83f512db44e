// The engine of a process whose threads cannot be started goes on with those that there are.
import { strict as assert } from 'node:assert';
import { mkdirSync, rmSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildKernels } from '../../scripts/kernels.mjs';
import { WasmEngine } from '../../src/engine/wasm/wasmEngine.ts';
import { startEngine } from '../../src/runtime/engine.ts';
import { Recording, tensor } from '../engine/recording.ts';

describe('the engine of a process whose threads', () => {
  const folder = fileURLToPath(new URL('../../dist/test/withoutThreads', import.meta.url));
  before(async () => {
    mkdirSync(folder, { recursive: true });
    await buildKernels(folder);
  });
  after(() => rmSync(folder, { recursive: true }));

  // Node refuses a worker's path at once if it is neither absolute nor begins with a dot; what is no file it finds out later.
  const cases = { 'cannot be started': () => relative(process.cwd(), folder), 'end as they start': () => folder };
  for (const [title, folderOf] of Object.entries(cases)) {
    it(`${title} goes on with those that there are, and tells of each that is lost`, async () => {
      const lost: string[] = [];
      const { engine, ready } = startEngine(folderOf(), { threads: 3, onThreadLost: (message) => lost.push(message) });
      await ready();
      assert.equal(lost.length, 2);
      assert.equal((engine as WasmEngine).threads, 1);
      const recording = new Recording();
      const y = recording.one('neg', [recording.input(tensor('float32', [3], [1, 2, 3]))]);
      assert.deepEqual([...recording.run([y], engine)[0].data], [-1, -2, -3]);
      (engine as WasmEngine).dispose();
    });
  }
});
