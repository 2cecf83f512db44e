// The random generators of one run of a file: where each stands in its sequence, from which what is drawn follows, whenever it is computed.
import { advance, type GeneratorCursor } from '../graph/randomDraws.ts';
import type { Op, OpAttributes } from '../graph/opAttributes.ts';
import { drawing } from '../engine/generatorStates.ts';

export class Generators {
  readonly #cursors = new Map<number, GeneratorCursor>();

  seed(generator: number, seed: number): void {
    this.#cursors.set(generator, { seed: seed >>> 0, offset: 0, carry: null });
  }

  initialSeed(generator: number): number {
    return this.#cursor(generator).seed;
  }

  /** The next 32 bits. */
  drawBits(generator: number): number {
    const cursor = this.#cursor(generator);
    this.#cursors.set(generator, { ...cursor, offset: cursor.offset + 1 });
    let word = 0;
    drawing({ ...cursor, carry: null }, (twister) => {
      word = twister.uint32();
    });
    return word;
  }

  /** The attributes of a random op with the place of its draws in a generator's sequence, which goes on behind them. */
  placed<O extends Op>(generator: number, op: O, attributes: object): OpAttributes[O] {
    const { draw, next } = advance(this.#cursor(generator), op, attributes as never);
    this.#cursors.set(generator, next);
    return { ...attributes, ...draw } as unknown as OpAttributes[O];
  }

  /** Where a generator's sequence stands, as a text. */
  stateOf(generator: number): string {
    const { seed, offset, carry } = this.#cursor(generator);
    return `${seed} ${offset} ${carry ?? ''}`;
  }

  /** Answers whether the text is that of a state. */
  restore(generator: number, state: string): boolean {
    if (!/^\d+ \d+ \d*$/.test(state)) return false;
    const [seed, offset, carry] = state.split(' ');
    this.#cursors.set(generator, { seed: Number(seed) >>> 0, offset: Number(offset), carry: carry === '' ? null : Number(carry) });
    return true;
  }

  #cursor(generator: number): GeneratorCursor {
    return this.#cursors.get(generator) ?? { seed: 0, offset: 0, carry: null };
  }
}
