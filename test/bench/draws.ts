// Numbers that every engine begins with: drawn here once, from a seed of the workload's name. Only their distribution matters.
import { elementCount } from '../../src/graph/tensorType.ts';
import type { BenchTensor } from './tensorFile.ts';

export class Draws {
  #state: number;

  constructor(name: string) {
    this.#state = [...name].reduce((hash, letter) => (Math.imul(hash, 31) + letter.charCodeAt(0)) | 0, 7);
  }

  uniform(shape: readonly number[], from = 0, to = 1): BenchTensor {
    return { shape, data: Float32Array.from({ length: elementCount(shape) }, () => from + (to - from) * this.#next()) };
  }

  normal(shape: readonly number[], std = 1): BenchTensor {
    return { shape, data: Float32Array.from({ length: elementCount(shape) }, () => std * this.#normal()) };
  }

  /** Integers below `bound`. */
  integers(shape: readonly number[], bound: number): BenchTensor {
    return { shape, data: Int32Array.from({ length: elementCount(shape) }, () => Math.floor(bound * this.#next())) };
  }

  /** As what a ReLU leaves among others: `share` of the values are 0. */
  sparse(shape: readonly number[], share: number): BenchTensor {
    return { shape, data: Float32Array.from({ length: elementCount(shape) }, () => (this.#next() < share ? 0 : this.#normal())) };
  }

  /** A layer's weight or bias as PyTorch draws it: U(−1/√fan, 1/√fan). */
  layer(shape: readonly number[], fanIn: number): BenchTensor {
    return this.uniform(shape, -1 / Math.sqrt(fanIn), 1 / Math.sqrt(fanIn));
  }

  /** mulberry32: 0..1 in steps of 2⁻³² */
  #next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }

  /** Box and Muller's, the cosine only. */
  #normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.#next())) * Math.cos(2 * Math.PI * this.#next());
  }
}
