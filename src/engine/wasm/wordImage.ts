// The words of all commands' arguments as they will lie in memory, with those of inner lists behind their own.
import { Place, type BufferId } from './buffers.ts';
import { Float, wordsOf, type Fields, type Word } from './task.ts';

export class WordImage {
  readonly #words: number[] = [];
  readonly #inner: number[] = [];
  /** Words that hold an address within a buffer that can move from run to run: where, and the offset in the buffer. */
  readonly moving = new Map<BufferId, { at: number; offset: number }[]>();

  /** `movable`: buffers whose address another one can take the place of. */
  constructor(private readonly addresses: ReadonlyMap<BufferId, number>, private readonly movable: ReadonlySet<BufferId>) {}

  get length(): number {
    return this.#words.length;
  }

  /** Index of the first word. */
  add(list: readonly Word[] | Fields): number {
    const lists: [number, readonly Word[] | Fields][] = [];
    const start = this.#words.length;
    wordsOf(list).forEach((word, n) => {
      if (typeof word === 'number') this.#words.push(whole(word));
      else if (word instanceof Float) this.#words.push(bitsOf(word.value));
      else if (word instanceof Place) this.#words.push(whole(this.#addressOf(word)));
      else lists.push([start + n, word]), this.#words.push(0);
    });
    for (const [at, inner] of lists) {
      this.#words[at] = this.add(inner) * 4;
      this.#inner.push(at);
    }
    return start;
  }

  /** The image for memory at `address`. */
  at(address: number): Int32Array {
    const image = Int32Array.from(this.#words);
    for (const at of this.#inner) image[at] += address;
    return image;
  }

  #addressOf({ buffer, offset }: Place): number {
    if (this.movable.has(buffer)) {
      const moving = this.moving.get(buffer) ?? [];
      moving.push({ at: this.#words.length, offset });
      this.moving.set(buffer, moving);
    }
    return (this.addresses.get(buffer) ?? 0) + offset;
  }
}

/** A word that is no integer would be 0 or another one in memory: an address or size that nobody meant. */
function whole(word: number): number {
  if (!Number.isInteger(word)) throw new Error(`${word} is no word of a command`);
  return word;
}

const scratch = new DataView(new ArrayBuffer(4));
function bitsOf(value: number): number {
  scratch.setFloat32(0, value, true);
  return scratch.getInt32(0, true);
}
