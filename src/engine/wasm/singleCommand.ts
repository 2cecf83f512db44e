// One command outside of any program: its words are written anew for each call.
import { wordsPerCommand, parallelFlag } from './commands.ts';
import type { Heap } from './heap.ts';
import { kernelNames, type KernelName } from './kernels.ts';
import type { Team } from './team.ts';

const argumentWords = 32;

export class SingleCommand {
  readonly #command: Int32Array;
  readonly #integers: Int32Array;
  readonly #floats: Float32Array;

  constructor(heap: Heap, private readonly team: Team) {
    const address = heap.allocate(4 * (wordsPerCommand + 1 + argumentWords));
    this.#command = heap.tensorAt('int32', [wordsPerCommand], address).data as Int32Array;
    this.#integers = heap.tensorAt('int32', [argumentWords], address + 16).data as Int32Array;
    this.#floats = heap.tensorAt('float32', [argumentWords], address + 16).data as Float32Array;
  }

  /** Runs a kernel whose arguments are integers, then floats, by name as in `Fields`, on all threads or on the first alone. */
  run(kernel: KernelName, integers: Readonly<Record<string, number>>, floats: Readonly<Record<string, number>>, isParallel = true): void {
    const first = Object.values(integers);
    this.#integers.set(first);
    this.#floats.set(Object.values(floats), first.length);
    this.#command.set([kernelNames.indexOf(kernel), this.#integers.byteOffset, isParallel ? parallelFlag : 0]);
    this.team.run(this.#command, this.#command.byteOffset, 1, isParallel);
  }
}
