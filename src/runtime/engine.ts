// The tensor engine of this process: the WebAssembly kernels with as many threads as are worth their memory, or the reference kernels where
// WebAssembly has no SIMD.
import { availableParallelism } from 'node:os';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import type { Engine } from '../engine/engine.ts';
import { referenceEngine } from '../engine/reference/referenceEngine.ts';
import { WasmEngine } from '../engine/wasm/wasmEngine.ts';

/** More threads wait for each other longer than they help the small networks that are trained here. */
const mostThreads = 4;

export interface StartedEngine {
  readonly engine: Engine;
  /** For the log. */
  readonly description: string;
  /** Resolves when all of its threads take part; nobody has to wait for it. */
  ready(): Promise<void>;
}

/** `folder`: dist. */
export function startEngine(folder: string, threads = Math.min(availableParallelism(), mostThreads)): StartedEngine {
  const found = compileKernels(folder);
  if (!found) return { engine: referenceEngine, description: 'reference kernels: WebAssembly has no SIMD here', ready: async () => {} };
  const engine = new WasmEngine({
    module: found.module, threads,
    startThread: (start) => {
      const worker = new Worker(join(folder, 'engineThread.js'), { workerData: start });
      worker.unref();
      return () => void worker.terminate();
    },
  });
  return {
    engine, description: `WebAssembly kernels (${found.name}), ${threads} ${threads === 1 ? 'thread' : 'threads'}`,
    async ready() {
      while (engine.threads < threads) await new Promise((resolve) => setTimeout(resolve, 5));
    },
  };
}

/** The best of the modules that this V8 compiles. */
export function compileKernels(folder: string): { readonly module: WebAssembly.Module; readonly name: string } | undefined {
  // Node 20 has it behind a flag; later ones, and so VS Code, have it anyway.
  if (process.versions.v8.startsWith('11.')) setFlagsFromString('--experimental-wasm-relaxed-simd');
  for (const [file, name] of [['kernels.relaxed.wasm', 'fused multiply-add'], ['kernels.wasm', 'SIMD']] as const) {
    try {
      return { module: new WebAssembly.Module(readFileSync(join(folder, file))), name };
    } catch (error) {
      if (!(error instanceof WebAssembly.CompileError)) throw error;
    }
  }
  return undefined;
}
