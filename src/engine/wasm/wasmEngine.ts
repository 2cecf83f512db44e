/// <reference path="./webAssembly.d.ts" />
// The fast engine: programs of WebAssembly kernels over shared memory, on several threads. What no kernel computes runs on the reference
// kernels, so that it computes everything that they do.
import type { Graph } from '../../graph/graph.ts';
import type { DType, Shape } from '../../graph/tensorType.ts';
import type { Engine, Program, ProgramRequest, TensorBlock } from '../engine.ts';
import { takeStep, type OptimizerStep } from '../optimizerStep.ts';
import { maximumThreads } from './assembly/limits.ts';
import { Machine } from './machine.ts';
import { updateKernels } from './optimizers.ts';
import type { StartThread } from './team.ts';
import { WasmProgram } from './wasmProgram.ts';

export interface WasmEngineOptions {
  /** The compiled kernels: with relaxed SIMD where there is such a thing. */
  readonly module: WebAssembly.Module;
  /** Threads in all, the caller's included; 16 at most. */
  readonly threads: number;
  /** Milliseconds that a memory of more than 512 MiB is kept when nobody needs anything in it; 10 s if left off. */
  readonly keepLargeMs?: number;
  /** Milliseconds that threads wait for one that has ended in the middle of a run; five minutes if left off, which no share of a command takes. */
  readonly meetingLimitMs?: number;
  /** Collects garbage now: a memory that is given up lives on until that is done. */
  collectGarbage?(): void;
  /** Left off: the caller's thread does it all. */
  readonly startThread?: StartThread;
  /** Told of each thread that could not be started or ended by itself: the engine goes on without it. */
  onThreadLost?(reason: string): void;
}

/** A second of a convolutional network, its figures included, on one thread. */
const flopsPerThread = 3e10;
/** Memory that is kept for the next run, however late it comes; and how long more than that is. */
const keptBytes = 2 ** 29;
const keptMs = 10_000;
const longestMeetingMs = 300_000;

export class WasmEngine implements Engine {
  readonly name = 'wasm';
  readonly flopsPerSecond: number;
  readonly #threads: number;
  #latest: Machine;
  #isDisposed = false;

  constructor(private readonly options: WasmEngineOptions) {
    this.#threads = Math.min(Math.max(1, options.threads), maximumThreads);
    this.flopsPerSecond = flopsPerThread * this.#threads;
    this.#latest = this.#newMachine();
  }

  /** The machine to run on: a new one where a kernel or a thread has failed on the last. */
  get #machine(): Machine {
    if (this.#latest.team.hasFailed) this.#replaceMachine();
    return this.#latest;
  }

  /** Threads that take part by now. */
  get threads(): number {
    return this.#machine.team.size;
  }
  /** Whether all threads take part that can be started. */
  get hasAllThreads(): boolean {
    return this.#machine.team.isComplete;
  }
  /** Bytes in use, and bytes that the memory has grown to. */
  get memory(): { readonly usedBytes: number; readonly byteLength: number } {
    return { usedBytes: this.#machine.heap.usedBytes, byteLength: this.#machine.heap.byteLength };
  }

  prepare(graph: Graph, request: ProgramRequest): Program {
    return new WasmProgram(graph, request, this.#threads, () => this.#machine, () => this.#giveUpLater());
  }

  allocate(dtype: DType, shapes: readonly Shape[]): TensorBlock {
    return this.#machine.heap.allocateBlock(dtype, shapes);
  }

  free(block: TensorBlock): void {
    this.#machine.heap.releaseBlock(block);
    this.#giveUpLater();
  }

  update(step: OptimizerStep): void {
    const arrays = [step.parameter, step.gradient, ...step.state];
    const addresses = arrays.map((array) => (array instanceof Float32Array ? this.#machine.heap.addressOf(array) : undefined));
    const { kernel, numbers } = updateKernels[step.rule];
    if (addresses.some((address) => address === undefined)) {
      takeStep(step);
      return;
    }
    const [parameter, gradient, first, second = first] = addresses as number[];
    this.#machine.single.run(kernel, { parameter, gradient, first, second, count: step.parameter.length }, numbers(step));
  }

  /** Ends its threads. What is run afterwards runs on the caller's. */
  dispose(): void {
    this.#isDisposed = true;
    clearTimeout(this.#givingUp);
    this.#latest.team.end();
  }

  #replaceMachine(): void {
    this.#latest.team.end();
    this.#latest = this.#newMachine();
  }

  #newMachine(): Machine {
    const { module, startThread = null, onThreadLost, meetingLimitMs = longestMeetingMs } = this.options;
    return new Machine(module, this.#threads, this.#isDisposed ? null : startThread, (reason) => onThreadLost?.(reason), meetingLimitMs);
  }

  /**
   * Gives a memory that has grown large back, once nobody has needed anything in it for a while: whoever edits a large model needs it again at once,
   * and a memory that was let go of is only collected some time later.
   */
  #giveUpLater(): void {
    clearTimeout(this.#givingUp);
    if (!this.#isLargeAndIdle) return;
    const { keepLargeMs = keptMs } = this.options;
    if (keepLargeMs === 0 || this.#isDisposed) {
      this.#giveUp();
      return;
    }
    this.#givingUp = setTimeout(() => this.#giveUp(), keepLargeMs);
    // Node: a process that has nothing else to do need not wait for this.
    (this.#givingUp as { unref?(): void }).unref?.();
  }
  #givingUp: ReturnType<typeof setTimeout> | undefined;

  #giveUp(): void {
    if (!this.#isLargeAndIdle) return;
    this.#replaceMachine();
    this.options.collectGarbage?.();
  }

  get #isLargeAndIdle(): boolean {
    return this.#machine.isIdle && this.#machine.heap.byteLength > keptBytes;
  }
}
