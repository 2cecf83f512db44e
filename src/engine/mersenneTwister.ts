// MT19937 (Matsumoto and Nishimura 1998), the generator of PyTorch's CPU build, with a position that can be moved forward.
import { stateWords } from './wasm/assembly/limits.ts';

const middle = 397;

export class MersenneTwister {
  /** Outputs drawn or skipped so far. */
  position = 0;
  private next = stateWords;

  private constructor(private readonly state: Int32Array) {}

  /** The low 32 bits of the seed count, as in PyTorch. */
  static seeded(seed: number): MersenneTwister {
    const state = new Int32Array(stateWords);
    state[0] = seed % 2 ** 32;
    for (let i = 1; i < stateWords; i += 1) {
      const previous = state[i - 1] ^ (state[i - 1] >>> 30);
      state[i] = Math.imul(1812433253, previous) + i;
    }
    return new MersenneTwister(state);
  }

  clone(): MersenneTwister {
    const copy = new MersenneTwister(this.state.slice());
    copy.position = this.position;
    copy.next = this.next;
    return copy;
  }

  /** The next 32 random bits, as a number in 0..2³² − 1. */
  uint32(): number {
    if (this.next === stateWords) this.twist();
    const word = tempered(this.state[this.next]);
    this.next += 1;
    this.position += 1;
    return word;
  }

  /** The next outputs, into the first `count` elements of `words`. */
  fill(words: Uint32Array, count: number): void {
    let filled = 0;
    while (filled < count) {
      if (this.next === stateWords) this.twist();
      const { state, next } = this;
      const here = Math.min(stateWords - next, count - filled);
      for (let i = 0; i < here; i += 1) words[filled + i] = tempered(state[next + i]);
      this.next += here;
      filled += here;
    }
    this.position += count;
  }

  /** As `fill`, by another's hand: `draw` moves the state on by `count` outputs, the first of which is made of its word `next`; `stateWords`: of a new round. */
  lend(count: number, draw: (state: Int32Array, next: number) => void): void {
    if (count === 0) return;
    draw(this.state, this.next);
    this.next = ((this.next + count - 1) % stateWords) + 1;
    this.position += count;
  }

  skip(count: number): void {
    this.position += count;
    let left = count;
    while (left > stateWords - this.next) {
      left -= stateWords - this.next;
      this.twist();
    }
    this.next += left;
  }

  private twist(): void {
    const state = this.state;
    for (let i = 0; i < stateWords - middle; i += 1) state[i] = state[i + middle] ^ mix(state[i], state[i + 1]);
    for (let i = stateWords - middle; i < stateWords - 1; i += 1) state[i] = state[i + middle - stateWords] ^ mix(state[i], state[i + 1]);
    state[stateWords - 1] = state[middle - 1] ^ mix(state[stateWords - 1], state[0]);
    this.next = 0;
  }
}

function mix(upper: number, lower: number): number {
  const y = (upper & 0x80000000) | (lower & 0x7fffffff);
  return (y >>> 1) ^ (-(lower & 1) & 0x9908b0df);
}

function tempered(word: number): number {
  let y = word;
  y ^= y >>> 11;
  y ^= (y << 7) & 0x9d2c5680;
  y ^= (y << 15) & 0xefc60000;
  return (y ^ (y >>> 18)) >>> 0;
}
