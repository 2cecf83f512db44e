/// <reference path="./webAssembly.d.ts" />
// The threads that run kernels. The first is the caller's own; the others wait in shared memory for a run of commands. How a thread is
// started is the platform's matter and handed in.
import { KernelFailure } from '../engineError.ts';
import { maximumThreads, meetingLimit } from './assembly/limits.ts';
import { kernelList, runCommands, wordsPerCommand } from './commands.ts';
import { instantiate, threadArea, type Kernel, type KernelExports } from './kernels.ts';

/** What a started thread is told; it goes to `serveThread`. */
export interface ThreadStart {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** Which of the started threads it is, from 0. */
  readonly slot: number;
}
/** Starts a thread that calls `serveThread` with what it is given, and returns how to end it. `onLost` is called, once, when it cannot be started or has ended. */
export type StartThread = (start: ThreadStart, onLost: (reason: string) => void) => () => void;

/** Words of the control block, as indices into int32. */
const controlStart = 0;
const generation = controlStart, address = controlStart + 1, commands = controlStart + 2, ready = controlStart + 3;
/** A word for each started thread: 1 from when it is ready. */
const slots = controlStart + 16, controlWords = slots + maximumThreads;

/**
 * The generation holds the number of runs so far and, below it, the threads that take part in this one; none: the team ends. One word, so that a thread that
 * wakes late cannot take the members of one run for those of another.
 */
const memberBits = 5;
const membersOf = (word: number): number => word & ((1 << memberBits) - 1);
const nextGeneration = (word: number, members: number): number => (((word >>> memberBits) + 1) << memberBits) | members;

/** How often a thread looks for work before it goes to sleep: some 50 µs. */
const spins = 20_000;

/** The life of a thread but the first: waits for a run, takes its part, waits again; returns when the team ends. */
export function serveThread({ module, memory, slot }: ThreadStart): void {
  const exports = instantiate(module, memory);
  const kernels = kernelList(exports);
  const control = new Int32Array(memory.buffer, 0, controlWords);
  let seen = Atomics.load(control, generation);
  Atomics.store(control, slots + slot, 1);
  // Numbered in the order in which they are ready, so that those there are have the numbers below their count.
  const thread = Atomics.add(control, ready, 1) + 1;
  exports.enterThread(threadArea(thread));
  for (;;) {
    for (let spin = 0; spin < spins && Atomics.load(control, generation) === seen; spin++);
    while (Atomics.load(control, generation) === seen) Atomics.wait(control, generation, seen);
    seen = Atomics.load(control, generation);
    const threads = membersOf(seen);
    if (threads === 0) return;
    if (thread >= threads) continue;
    const count = control[commands];
    try {
      runCommands(exports, kernels, new Int32Array(memory.buffer, control[address] >>> 0, count * wordsPerCommand), count, thread, threads);
    } catch {
      // The first thread says what happened: it traps when it meets this one.
      exports.abort();
      return;
    }
  }
}

export class Team {
  readonly #exports: KernelExports;
  readonly #kernels: readonly Kernel[];
  readonly #control: Int32Array;
  readonly #ends: readonly (() => void)[];
  /** Threads that are there, or may come yet. */
  #expected: number;
  #hasFailed = false;
  #hasEnded = false;

  /**
   * `onThreadLost`: told of a thread that could not be started or ended by itself, and why. `meetingLimitMs`: how long threads wait for one that has
   * ended in the middle of a run; then the run fails.
   */
  constructor(
    module: WebAssembly.Module, memory: WebAssembly.Memory, threads: number, startThread: StartThread | null, private readonly onThreadLost: (reason: string) => void,
    meetingLimitMs: number,
  ) {
    new Int32Array(memory.buffer, meetingLimit, 1)[0] = meetingLimitMs;
    this.#exports = instantiate(module, memory);
    this.#exports.enterThread(threadArea(0));
    this.#kernels = kernelList(this.#exports);
    this.#control = new Int32Array(memory.buffer, 0, controlWords);
    this.#expected = startThread === null ? 1 : threads;
    this.#ends = startThread === null ? [] : Array.from({ length: threads - 1 }, (_, slot) => startThread({ module, memory, slot }, (reason) => this.#lose(slot, reason)));
  }

  /** Threads that there are by now; starting one takes a while, and nobody waits for it. When the team has ended the first is left, which can still run. */
  get size(): number {
    return this.#hasEnded ? 1 : 1 + Atomics.load(this.#control, ready);
  }

  /** Whether nobody else is going to come. */
  get isComplete(): boolean {
    return this.size >= this.#expected;
  }

  /** Whether a kernel has failed, or a thread is gone for which the others would wait: nothing can be run any more. */
  get hasFailed(): boolean {
    return this.#hasFailed;
  }

  /**
   * Runs `count` commands whose words lie at `start`; `isParallel`: some of them are for all threads; `size`: how many these are. Throws `KernelFailure`,
   * whichever thread it was on.
   */
  run(words: Int32Array, start: number, count: number, isParallel: boolean, size = this.size): void {
    const threads = isParallel ? size : 1;
    if (threads > 1) {
      this.#control[address] = start;
      this.#control[commands] = count;
      Atomics.store(this.#control, generation, nextGeneration(this.#control[generation], threads));
      Atomics.notify(this.#control, generation);
    }
    try {
      runCommands(this.#exports, this.#kernels, words, count, 0, threads);
    } catch (error) {
      this.#exports.abort();
      this.#hasFailed = true;
      throw new KernelFailure(error);
    }
  }

  /** Who was ready keeps its number and its part of each run: the others would wait for it. Without one that never was, they go on. */
  #lose(slot: number, reason: string): void {
    if (this.#hasEnded || this.#hasFailed) return;
    if (Atomics.load(this.#control, slots + slot) === 1) this.#hasFailed = true;
    else this.#expected -= 1;
    this.onThreadLost(reason);
  }

  /** Lets the other threads end. */
  end(): void {
    this.#hasEnded = true;
    Atomics.store(this.#control, generation, nextGeneration(this.#control[generation], 0));
    Atomics.notify(this.#control, generation);
    for (const end of this.#ends) end();
  }
}

