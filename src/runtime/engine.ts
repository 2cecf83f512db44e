// The tensor engine of this process: the WebAssembly kernels with as many threads as are worth their memory, or the reference kernels where
// WebAssembly has no SIMD.
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Worker } from 'node:worker_threads';
import type { Engine } from '../engine/engine.ts';
import { referenceEngine } from '../engine/reference/referenceEngine.ts';
import { WasmEngine } from '../engine/wasm/wasmEngine.ts';
import { formatAmount } from '../protocol/amounts.ts';
import { compileKernels } from './kernelModule.ts';

/** V8's own function for it, which it shows only behind a flag. */
function garbageCollector(): () => void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  setFlagsFromString('--no-expose-gc');
  return collect;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** More threads wait for each other longer than they help the small networks that are trained here. */
const mostThreads = 4;

export interface EngineOptions {
  readonly threads?: number;
  /** See `compileKernels`. */
  readonly revectorize?: boolean;
  /** Told when a thread could not be started: the engine goes on with the others. */
  onThreadLost?(reason: string): void;
}

export interface StartedEngine {
  readonly engine: Engine;
  /** For the log. */
  readonly description: string;
  /** Resolves when all threads take part that can be started; nobody has to wait for it. */
  ready(): Promise<void>;
}

/** `folder`: dist. */
export function startEngine(folder: string, options: EngineOptions = {}): StartedEngine {
  const { threads = Math.min(availableParallelism(), mostThreads), revectorize = false, onThreadLost } = options;
  const found = compileKernels(folder, revectorize);
  if (!found) return { engine: referenceEngine, description: 'reference kernels: WebAssembly has no SIMD here', ready: async () => {} };
  const engine = new WasmEngine({
    module: found.module, threads, collectGarbage: garbageCollector(),
    ...(onThreadLost && { onThreadLost }),
    startThread: (start, onLost) => {
      let worker: Worker;
      try {
        worker = new Worker(join(folder, 'engineThread.js'), { workerData: start });
      } catch (error) {
        // A process may be allowed none.
        onLost(messageOf(error));
        return () => {};
      }
      worker.unref();
      let reason = 'it ended';
      worker.once('error', (error) => (reason = messageOf(error)));
      worker.once('exit', () => onLost(reason));
      return () => void worker.terminate();
    },
  });
  return {
    engine, description: `WebAssembly kernels (${found.description}), ${formatAmount(threads, 'thread')}`,
    async ready() {
      while (!engine.hasAllThreads) await new Promise((resolve) => setTimeout(resolve, 5));
    },
  };
}
