/// <reference path="./webAssembly.d.ts" />
// A program's place in a machine's memory: its intermediates, what lasts from run to run, and the words of its commands with addresses in them.
import { type Graph, type NodeId } from '../../graph/graph.ts';
import type { DType, Shape } from '../../graph/tensorType.ts';
import { MemoryLimitError } from '../engineError.ts';
import type { Tensor } from '../tensor.ts';
import type { Arena } from './arena.ts';
import { Place, type BufferId } from './buffers.ts';
import { wordsPerCommand, commandWords } from './commands.ts';
import { aligned } from './freeList.ts';
import { maximumBytes } from './heap.ts';
import { kernelNames } from './kernels.ts';
import type { LoweredGraph } from './lowerGraph.ts';
import type { Machine } from './machine.ts';
import { touched, type Command } from './task.ts';
import { WordImage } from './wordImage.ts';

/** The commands of a stretch as they lie in memory. */
export interface BoundStretch {
  readonly words: Int32Array;
  readonly address: number;
  readonly isParallel: boolean;
}

export class Binding {
  /** One for each of the stretches. */
  readonly stretches: readonly BoundStretch[];
  /** The first word of each of the program's faults. */
  readonly faults: readonly Int32Array[];
  /** Whether what stays the same from run to run is there. */
  isSetUp = false;
  readonly #ranges: { readonly address: number; readonly bytes: number }[] = [];
  readonly #addresses = new Map<BufferId, number>();
  /** Room of its own for a buffer that lies outside else. */
  readonly #rooms = new Map<BufferId, number>();
  /** Outputs that no task makes which is run: they have no room. */
  readonly #unmade: ReadonlySet<BufferId>;
  readonly #words: Int32Array;
  readonly #moving: WordImage['moving'];
  readonly #tensors = new Map<string, Tensor>();

  /**
   * `limit`: the task that is not run any more for want of memory, or -1. `movable`: lasting buffers whose tensors can lie anywhere; they have no room until
   * they need it. Throws `MemoryLimitError` where the memory has no more room; nothing of it is kept then.
   */
  constructor(
    readonly machine: Machine, readonly limit: number, private readonly graph: Graph, private readonly lowered: LoweredGraph, private readonly arena: Arena,
    stretches: readonly (readonly Command[])[], movable: ReadonlySet<BufferId>,
  ) {
    this.#unmade = unmadeOutputs(lowered, limit);
    try {
      this.#placeBuffers(movable);
      const image = new WordImage(this.#addresses, movable);
      const layouts = stretches.map((commands) => commands.map(({ kernel, isParallel, fields }) =>
        ({ kernel: kernelNames.indexOf(kernel), isParallel, at: image.add(fields) })));
      const bytes = aligned(image.length * 4) + layouts.reduce((sum, commands) => sum + aligned(commands.length * wordsPerCommand * 4), 0);
      const address = this.#allocate(bytes);
      this.#words = machine.heap.tensorAt('int32', [bytes / 4], address).data as Int32Array;
      this.#words.set(image.at(address));
      this.#moving = image.moving;
      let next = aligned(image.length * 4);
      this.stretches = layouts.map((commands) => {
        const content = commandWords(commands.map(({ kernel, isParallel, at }) => ({ kernel, isParallel, address: address + at * 4 })));
        const words = this.#words.subarray(next / 4, next / 4 + content.length);
        const start = address + next;
        words.set(content);
        next += aligned(content.byteLength);
        return { words, address: start, isParallel: commands.some(({ isParallel }) => isParallel) };
      });
      this.faults = lowered.faults.map(({ place }) => this.tensorAt('int32', [1], place).data as Int32Array);
      for (const [buffer, { dtype, shape, data }] of lowered.scalars) this.tensorAt(dtype, shape, new Place(buffer)).data.set(data);
      for (const state of this.faults) state[0] = 0;
    } catch (error) {
      this.release();
      throw error;
    }
  }

  /** Bytes of the memory that it has. */
  get bytes(): number {
    return this.#ranges.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  addressOf({ buffer, offset }: Place): number {
    return this.#addresses.get(buffer)! + offset;
  }

  tensorAt(dtype: DType, shape: Shape, place: Place): Tensor {
    const address = this.addressOf(place);
    const key = `${address} ${dtype} ${shape.join()}`;
    let tensor = this.#tensors.get(key);
    if (tensor === undefined) this.#tensors.set(key, (tensor = this.machine.heap.tensorAt(dtype, shape, address)));
    return tensor;
  }

  /** Lets a movable buffer lie at an address; undefined: in room of its own. */
  move(buffer: BufferId, to: number | undefined): void {
    if (this.#unmade.has(buffer)) return;
    const address = to ?? this.#roomFor(buffer);
    if (this.#addresses.get(buffer) === address) return;
    this.#addresses.set(buffer, address);
    for (const { at, offset } of this.#moving.get(buffer) ?? []) this.#words[at] = address + offset;
    this.#tensors.clear();
  }

  /** Gives all of its memory back. */
  release(): void {
    for (const { address, bytes } of this.#ranges) this.machine.heap.release(address, bytes);
    this.#ranges.length = 0;
  }

  #placeBuffers(movable: ReadonlySet<BufferId>): void {
    const { offsets, extents } = this.arena;
    const start = this.#allocate((this.limit < 0 ? extents.at(-1) : extents[this.limit - 1]) ?? 0);
    for (const [buffer, offset] of offsets) this.#addresses.set(buffer, start + offset);
    const lasting = this.lowered.buffers.list.map(({ bytes, role }, id) => ({ buffer: id as BufferId, bytes, role }))
      .filter(({ buffer, role }) => role === 'lasting' && !movable.has(buffer) && !this.#unmade.has(buffer));
    let next = this.#allocate(lasting.reduce((sum, { bytes }) => sum + aligned(bytes), 0));
    for (const { buffer, bytes } of lasting) {
      this.#addresses.set(buffer, next);
      next += aligned(bytes);
    }
  }

  #roomFor(buffer: BufferId): number {
    let address = this.#rooms.get(buffer);
    if (address === undefined) this.#rooms.set(buffer, (address = this.#allocate(this.lowered.buffers.list[buffer].bytes)));
    return address;
  }

  #allocate(bytes: number): number {
    const { heap } = this.machine;
    try {
      const address = heap.allocate(bytes);
      this.#ranges.push({ address, bytes });
      return address;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      const node = this.#largestNode();
      throw new MemoryLimitError(node, node === null ? 'The run' : this.graph.nodes[node].op, heap.usedBytes + bytes, maximumBytes, 'addresses');
    }
  }

  /** Where most is in use. */
  #largestNode(): NodeId | null {
    const { liveBytes } = this.arena;
    const most = liveBytes.reduce((best, bytes, n) => (bytes > liveBytes[best] ? n : best), 0);
    return this.lowered.tasks[most]?.node ?? null;
  }
}

/** `limit`: the first task that is not run; -1: all are. */
function unmadeOutputs({ outputs, tasks, given, constants }: LoweredGraph, limit: number): ReadonlySet<BufferId> {
  if (limit < 0) return new Set();
  const made = new Set([...tasks.slice(0, limit).flatMap(touched), ...given.values(), ...constants.values()]);
  return new Set([...outputs.values()].map(({ buffer }) => buffer).filter((buffer) => !made.has(buffer)));
}
