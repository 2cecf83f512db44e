// Which ranges of an address space are free: best fit, neighbours joined again. It lays out a plan's intermediates before there is any
// memory for them, and deals out the memory itself.

/** Addresses and sizes are multiples of this: a cache line, so that no two threads write to one. */
export const alignment = 64;

export function aligned(bytes: number): number {
  return Math.ceil(bytes / alignment) * alignment;
}

export class FreeList {
  /** Free ranges below `end`, ascending; no two of them touch. */
  readonly #starts: number[] = [];
  readonly #sizes: number[] = [];
  #end: number;

  /** `start`: the first address; there is no last one. */
  constructor(start = 0) {
    this.#end = start;
  }

  /** One past the highest address that was ever in use. */
  get end(): number {
    return this.#end;
  }

  /** The start of a range of `bytes`, the smallest free one that holds it, else at the end. */
  allocate(bytes: number): number {
    const size = Math.max(alignment, aligned(bytes));
    let best = -1;
    for (let n = 0; n < this.#sizes.length; n++) {
      if (this.#sizes[n] >= size && (best < 0 || this.#sizes[n] < this.#sizes[best])) best = n;
    }
    if (best >= 0) {
      const start = this.#starts[best];
      if (this.#sizes[best] === size) this.#remove(best);
      else {
        this.#starts[best] += size;
        this.#sizes[best] -= size;
      }
      return start;
    }
    // A free range at the very end grows to what is needed.
    const last = this.#starts.length - 1;
    const start = last >= 0 && this.#starts[last] + this.#sizes[last] === this.#end ? this.#starts[last] : this.#end;
    if (start < this.#end) this.#remove(last);
    this.#end = start + size;
    return start;
  }

  /** Gives back what `allocate(bytes)` returned. */
  release(start: number, bytes: number): void {
    const size = Math.max(alignment, aligned(bytes));
    let at = lowerBound(this.#starts, start);
    const joinsBefore = at > 0 && this.#starts[at - 1] + this.#sizes[at - 1] === start;
    const joinsAfter = at < this.#starts.length && start + size === this.#starts[at];
    if (joinsBefore) {
      at -= 1;
      this.#sizes[at] += size + (joinsAfter ? this.#sizes[at + 1] : 0);
      if (joinsAfter) this.#remove(at + 1);
    } else if (joinsAfter) {
      this.#starts[at] = start;
      this.#sizes[at] += size;
    } else {
      this.#starts.splice(at, 0, start);
      this.#sizes.splice(at, 0, size);
    }
  }

  #remove(at: number): void {
    this.#starts.splice(at, 1);
    this.#sizes.splice(at, 1);
  }
}

/** Position of the first element that is not below `value`. */
function lowerBound(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
