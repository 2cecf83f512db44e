/// <reference path="./webAssembly.d.ts" />
// The fast engine: programs of WebAssembly kernels over shared memory, on several threads. What no kernel computes runs on the reference
// kernels, so that it computes everything that they do.
import type { Graph } from '../../graph/graph.ts';
import type { DType, Shape } from '../../graph/tensorType.ts';
import type { Engine, Program, ProgramRequest, TensorBlock } from '../engine.ts';
import { takeStep, type OptimizerStep } from '../optimizerStep.ts';
import { Heap } from './heap.ts';
import { MAXIMUM_THREADS, threadArea } from './kernels.ts';
import { lowerGraph } from './lowerGraph.ts';
import { updateKernels } from './optimizers.ts';
import { SingleCommand } from './singleCommand.ts';
import { Team, type StartThread } from './team.ts';
import { WasmProgram } from './wasmProgram.ts';

export interface WasmEngineOptions {
  /** The compiled kernels: with relaxed SIMD where there is such a thing. */
  readonly module: WebAssembly.Module;
  /** Threads in all, the caller's included. */
  readonly threads: number;
  /** Left off: the caller's thread does it all. */
  readonly startThread?: StartThread;
}

export class WasmEngine implements Engine {
  readonly name = 'wasm';
  readonly #heap: Heap;
  readonly #team: Team;
  readonly #single: SingleCommand;
  readonly #threads: number;

  constructor({ module, threads, startThread }: WasmEngineOptions) {
    this.#threads = Math.min(Math.max(1, threads), MAXIMUM_THREADS);
    this.#heap = new Heap(threadArea(this.#threads));
    this.#team = new Team(module, this.#heap.memory, this.#threads, startThread ?? null);
    this.#single = new SingleCommand(this.#heap, this.#team);
  }

  /** Threads that take part by now. */
  get threads(): number {
    return this.#team.size;
  }
  /** Bytes in use, and bytes that the memory has grown to. */
  get memory(): { readonly usedBytes: number; readonly byteLength: number } {
    return { usedBytes: this.#heap.usedBytes, byteLength: this.#heap.byteLength };
  }

  prepare(graph: Graph, request: ProgramRequest): Program {
    return new WasmProgram(graph, lowerGraph(graph, request, this.#threads), this.#heap, this.#team);
  }

  allocate(dtype: DType, shapes: readonly Shape[]): TensorBlock {
    return this.#heap.allocateBlock(dtype, shapes);
  }

  free(block: TensorBlock): void {
    this.#heap.releaseBlock(block);
  }

  update(step: OptimizerStep): void {
    const arrays = [step.parameter, step.gradient, ...step.state];
    const addresses = arrays.map((array) => (array instanceof Float32Array ? this.#heap.addressOf(array) : undefined));
    const { kernel, numbers } = updateKernels[step.rule];
    if (addresses.some((address) => address === undefined)) {
      takeStep(step);
      return;
    }
    const [parameter, gradient, first, second = first] = addresses as number[];
    this.#single.run(kernel, [parameter, gradient, first, second, step.parameter.length], numbers(step));
  }

  /** Ends its threads. */
  dispose(): void {
    this.#team.end();
  }
}
