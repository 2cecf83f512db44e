// The engine of WebAssembly kernels as tests use it: built from the sources if need be, one for the whole process.
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';
import { buildKernels } from '../../../scripts/kernels.mjs';
import { compileKernels } from '../../../src/runtime/kernelModule.ts';
import { WasmEngine } from '../../../src/engine/wasm/wasmEngine.ts';

const dist = fileURLToPath(new URL('../../../dist/', import.meta.url));
await buildKernels(dist);
const thread = join(dist, 'test', 'engineThread.mjs');
await build({ entryPoints: [fileURLToPath(new URL('../../../src/runtime/engineThread.ts', import.meta.url))], bundle: true, platform: 'node', format: 'esm', outfile: thread });

export const kernelModule = compileKernels(dist)!.module;

/** On the test's own thread. */
export const singleThreaded = new WasmEngine({ module: kernelModule, threads: 1 });

/** Whose threads begin to start so many milliseconds after it, one after the other, and are there some time after that. */
export function engineWithLateThreads(threads: number, delayMs: number, onStarted: (worker: Worker) => void = () => {}, meetingLimitMs?: number): WasmEngine {
  let delay = 0;
  return new WasmEngine({
    module: kernelModule, threads, keepLargeMs: 0, ...(meetingLimitMs !== undefined && { meetingLimitMs }),
    startThread: (start, onLost) => {
      let worker: Worker | undefined;
      const begin = () => {
        worker = new Worker(thread, { workerData: start });
        worker.unref();
        worker.once('exit', () => onLost('it ended'));
        onStarted(worker);
      };
      delay += delayMs;
      const timer = delay === 0 ? (begin(), undefined) : setTimeout(begin, delay);
      return () => {
        clearTimeout(timer);
        void worker?.terminate();
      };
    },
  });
}

/** With threads that are all there. */
export async function engineWithThreads(threads: number, onStarted?: (worker: Worker) => void, meetingLimitMs?: number): Promise<WasmEngine> {
  const engine = engineWithLateThreads(threads, 0, onStarted, meetingLimitMs);
  while (!engine.hasAllThreads) await new Promise((resolve) => setTimeout(resolve, 5));
  return engine;
}
