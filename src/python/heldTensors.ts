// What a run of a file keeps between the questions that Python asks: constants, and values that were computed on the way to an answer. One count of bytes
// holds both to the memory limit. Constants stay, since nothing else has their numbers; computed values make room, since their nodes can be run again.
import { MemoryLimitError } from '../engine/engineError.ts';
import type { Tensor } from '../engine/tensor.ts';
import { nodeOf, type Graph, type ValueId } from '../graph/graph.ts';

/** What computed values that Python holds no more may take: some turns of a loop over tensors of a few megabytes. */
const mostReleasedBytes = 32 * 1024 * 1024;
/** Part of the limit that is freed beyond what is asked for, so that the next value does not ask again. */
const spareFraction = 1 / 4;

export class HeldTensors {
  readonly #constants: Tensor[] = [];
  /** The oldest first. */
  readonly #computed = new Map<ValueId, Tensor>();
  /** Computed values that Python holds no more: the oldest first. */
  readonly #released = new Set<ValueId>();
  #releasedBytes = 0;
  #bytes = 0;

  constructor(private readonly graph: Graph, private readonly limitBytes: number) {}

  /** All that is held. */
  get bytes(): number {
    return this.#bytes;
  }

  /** What the limit leaves. */
  get roomBytes(): number {
    return this.limitBytes - this.#bytes;
  }

  constant(id: number): Tensor {
    return this.#constants[id];
  }

  /** Room for a constant of so many bytes, before it is made. Throws `MemoryLimitError`, in which it is called `what`. */
  reserve(bytes: number, what: string): void {
    if (bytes > this.roomBytes) this.makeRoom(bytes);
    if (bytes > this.roomBytes) throw new MemoryLimitError(null, what, this.#bytes + bytes, this.limitBytes);
  }

  /** Answers the constant's id. */
  addConstant(tensor: Tensor): number {
    this.#bytes += tensor.data.byteLength;
    return this.#constants.push(tensor) - 1;
  }

  has(value: ValueId): boolean {
    return this.#computed.has(value);
  }

  computed(value: ValueId): Tensor | undefined {
    return this.#computed.get(value);
  }

  /** Keeps a computed value for the next question, if there is room: else it is computed again. */
  keep(value: ValueId, tensor: Tensor): void {
    this.#drop(value);
    const { byteLength } = tensor.data;
    if (byteLength > this.roomBytes) this.makeRoom(byteLength);
    if (byteLength > this.roomBytes) return;
    this.#computed.set(value, tensor);
    this.#bytes += byteLength;
  }

  /** Python holds the value no more. In a loop such as `x = f(x)`, what is read next is made of what was just released, so that it stays for a while. */
  forgetLater(value: ValueId): void {
    const tensor = this.#computed.get(value);
    if (!tensor || this.#released.has(value)) return;
    this.#released.add(value);
    this.#releasedBytes += tensor.data.byteLength;
    for (const oldest of this.#released) {
      if (this.#releasedBytes <= mostReleasedBytes) break;
      this.#drop(oldest);
    }
  }

  /**
   * Drops computed values until there is room for so many bytes and some to spare, other than the `spared`: first those of which the one node can be run again
   * from what stays, then those that Python holds no more. A value that Python holds at the end of a long computation stays. Answers whether any was dropped.
   */
  makeRoom(bytes: number, spared?: ReadonlyMap<ValueId, unknown>): boolean {
    const before = this.#bytes;
    const enough = bytes + this.limitBytes * spareFraction;
    for (const mayGo of [(value: ValueId) => this.#isNearlyThere(value), (value: ValueId) => this.#released.has(value)]) {
      for (const value of this.#computed.keys()) {
        if (this.roomBytes >= enough) break;
        if (!spared?.has(value) && mayGo(value)) this.#drop(value);
      }
    }
    return this.#bytes < before;
  }

  /** Its node reads what is kept, or what is made from nothing. */
  #isNearlyThere(value: ValueId): boolean {
    return nodeOf(this.graph, value).inputs.every((input) => this.#computed.has(input) || nodeOf(this.graph, input).inputs.length === 0);
  }

  #drop(value: ValueId): void {
    const bytes = this.#computed.get(value)?.data.byteLength ?? 0;
    this.#computed.delete(value);
    this.#bytes -= bytes;
    if (this.#released.delete(value)) this.#releasedBytes -= bytes;
  }
}
