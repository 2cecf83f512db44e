/// <reference path="./webAssembly.d.ts" />
// Outputs of a generator by a kernel, some ten times as fast as on the host. The generator's state is the host's, and goes there and back.
import type { MersenneTwister } from '../mersenneTwister.ts';
import { stateWords } from './assembly/limits.ts';
import type { Heap } from './heap.ts';
import type { SingleCommand } from './singleCommand.ts';

export class OutputDrawing {
  readonly #state: Int32Array;

  constructor(heap: Heap, private readonly single: SingleCommand) {
    this.#state = heap.tensorAt('int32', [stateWords], heap.allocate(4 * stateWords)).data as Int32Array;
  }

  /** The next `count` outputs, 32 bits each, to `address`. */
  draw(generator: MersenneTwister, count: number, address: number): void {
    generator.lend(count, (state, next) => {
      this.#state.set(state);
      this.single.run('randomOutputs', { state: this.#state.byteOffset, next, y: address, count }, {}, false);
      state.set(this.#state);
    });
  }
}
