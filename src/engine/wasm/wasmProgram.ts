// A lowered graph with memory: the commands' words lie in shared memory with their addresses in them, and a run goes through them, stretch by
// stretch, between the host's own tasks.
import { typeOf, type Graph, type ValueId } from '../../graph/graph.ts';
import { formatShape, sameShape, type DType, type Shape } from '../../graph/tensorType.ts';
import type { Program, RunOptions } from '../engine.ts';
import { CancelledRun, EngineError, MemoryLimitError } from '../engineError.ts';
import { storageOf, type Tensor } from '../tensor.ts';
import { layOutArena, type Arena } from './arena.ts';
import { Place, type BufferId } from './buffers.ts';
import { COMMAND_WORDS, commandWords } from './commands.ts';
import { aligned } from './freeList.ts';
import { kernelNames } from './kernels.ts';
import { MAXIMUM_BYTES, type Heap } from './heap.ts';
import type { LoweredGraph } from './lowerGraph.ts';
import { FAULT_VALUE } from './lowering.ts';
import type { Machine } from './machine.ts';
import type { ResultReader } from './measuring.ts';
import type { Command, HostContext, HostTask } from './task.ts';
import { WordImage } from './wordImage.ts';

/** Operations after which a run looks whether it is still wanted: some 10 ms. */
const STRETCH_WORK = 3e8;

/** Commands that are done without the host in between. */
interface Stretch {
  readonly kind: 'stretch';
  readonly first: number;
  readonly commands: readonly Command[];
}
type Part = Stretch | { readonly kind: 'host'; readonly first: number; readonly task: HostTask };

/** What a program has while it is kept in memory. */
interface Bound {
  readonly machine: Machine;
  /** The task that is not run any more for want of memory, or -1. */
  readonly limit: number;
  readonly arenaAddress: number;
  readonly arenaBytes: number;
  readonly lastingAddress: number;
  readonly lastingBytes: number;
  readonly wordsAddress: number;
  readonly words: Int32Array;
  /** Per part: where its commands' words are. */
  readonly parts: readonly { readonly words: Int32Array; readonly address: number; readonly isParallel: boolean }[];
  readonly addresses: Map<BufferId, number>;
  /** Words that hold addresses within buffers that can move from run to run. */
  readonly moving: ReadonlyMap<BufferId, readonly { readonly at: number; readonly offset: number }[]>;
  readonly tensors: Map<string, Tensor>;
  /** The first word of each of the program's faults. */
  readonly faults: readonly Int32Array[];
  /** Whether what stays the same from run to run is there. */
  isSetUp: boolean;
}

export class WasmProgram implements Program {
  readonly #arena: Arena;
  readonly #parts: readonly Part[];
  /** Where each lasting buffer lies in their range when no array from outside takes its place. */
  readonly #lasting = new Map<BufferId, number>();
  readonly #lastingBytes: number;
  readonly #given: ReadonlySet<BufferId>;
  #bound: Bound | undefined;

  /** `machine`: the one to run on now; `onRelease`: called when memory was given back. */
  constructor(
    private readonly graph: Graph, private readonly lowered: LoweredGraph,
    private readonly machine: () => Machine, private readonly onRelease: () => void,
  ) {
    const outputs = new Set([...lowered.outputs.values()].map(({ buffer }) => buffer));
    for (const buffer of [...lowered.given.values(), ...lowered.constants.values()]) outputs.delete(buffer);
    this.#arena = layOutArena(lowered.tasks, lowered.buffers, outputs);
    this.#parts = partsOf(lowered);
    this.#given = new Set(lowered.given.values());
    let end = 0;
    lowered.buffers.list.forEach(({ bytes, role }, buffer) => {
      if (role !== 'lasting') return;
      this.#lasting.set(buffer as BufferId, end);
      end += aligned(bytes);
    });
    this.#lastingBytes = end;
  }

  get nodeCount(): number {
    return this.lowered.nodeCount;
  }

  get keptBytes(): number {
    return this.#bound === undefined ? 0 : this.#bound.arenaBytes + this.#bound.lastingBytes + this.#bound.words.byteLength;
  }

  run(options: RunOptions): Map<ValueId, Tensor> {
    const { lowered, graph } = this;
    const given = [...lowered.given].map(([value, buffer]) => ({ buffer, tensor: givenTensor(graph, value, options) }));
    const limit = this.#arena.liveBytes.findIndex((bytes) => bytes > options.memoryLimitBytes);
    if (this.#bound !== undefined && this.#bound.limit !== limit) this.release();
    const bound = (this.#bound ??= this.#bind(limit, options));
    const { heap } = bound.machine;
    for (const { buffer, tensor } of given) {
      const address = heap.addressOf(tensor.data);
      this.#move(bound, buffer, address ?? bound.lastingAddress + this.#lasting.get(buffer)!);
      if (address === undefined) this.#tensor(bound, tensor.dtype, tensor.shape, new Place(buffer)).data.set(tensor.data);
    }
    for (const [value, place] of lowered.outputs) {
      if (place.offset !== 0 || this.#given.has(place.buffer) || !this.#lasting.has(place.buffer)) continue;
      const into = options.into?.get(value);
      this.#move(bound, place.buffer, (into && heap.addressOf(into.data)) ?? bound.lastingAddress + this.#lasting.get(place.buffer)!);
    }
    const context: HostContext = {
      options, tensorAt: (dtype, shape, place) => this.#tensor(bound, dtype, shape, place),
      drawTo: (generator, count, { buffer, offset }) => bound.machine.outputs.draw(generator, count, bound.addresses.get(buffer)! + offset),
    };
    // The same for all of a run: commands that belong together share the work in the same way, though another thread may become ready meanwhile.
    const threads = bound.machine.team.size;
    let done = 0;
    try {
      for (const [n, part] of this.#parts.entries()) {
        if (part.first >= lowered.setUp) bound.isSetUp = true;
        else if (bound.isSetUp) continue;
        if (options.isCancelled?.() === true) throw new CancelledRun();
        const end = part.first + (part.kind === 'stretch' ? part.commands.length : 1);
        if (limit >= 0 && end > limit) {
          // What can be done before it is, so that what was measured until then is told.
          if (part.kind === 'stretch' && limit > part.first) this.#runStretch(bound, n, limit - part.first, threads);
          done = limit;
          const { node } = lowered.tasks[limit];
          throw new MemoryLimitError(node, graph.nodes[node].op, this.#arena.liveBytes[limit], options.memoryLimitBytes);
        }
        if (part.kind === 'host') {
          this.#runHost(part.task, context);
        } else {
          this.#runStretch(bound, n, part.commands.length, threads);
        }
        done = end;
      }
    } finally {
      this.#tellMeasured(bound, done, options);
    }
    return new Map([...lowered.outputs].map(([value, place]) => [value, this.#handedOut(bound, value, place, options)]));
  }

  release(): void {
    if (this.#bound === undefined) return;
    const { machine: { heap }, arenaAddress, arenaBytes, lastingAddress, lastingBytes, wordsAddress, words } = this.#bound;
    heap.release(arenaAddress, arenaBytes);
    heap.release(lastingAddress, lastingBytes);
    heap.release(wordsAddress, words.byteLength);
    this.#bound = undefined;
    this.onRelease();
  }

  /** Of the values whose figures the first `done` tasks took. */
  #tellMeasured(bound: Bound, done: number, { onMeasured }: RunOptions): void {
    if (!onMeasured) return;
    const reader: ResultReader = {
      doubles: (place, count) => this.#tensor(bound, 'float64', [count], place).data as Float64Array,
      integers: (place, count) => this.#tensor(bound, 'int32', [count], place).data as Int32Array,
    };
    for (const { value, task, read } of this.lowered.measurements) if (task < done) onMeasured(value, read(reader));
  }

  /** Runs the first `count` commands of a stretch, the `n`th part. */
  #runStretch(bound: Bound, n: number, count: number, threads: number): void {
    const { words, address, isParallel } = bound.parts[n];
    bound.machine.team.run(words, address, count, isParallel, threads);
    this.#throwFault(bound);
  }

  /** Throws the first fault that commands have found. */
  #throwFault(bound: Bound): void {
    const first = bound.faults.findIndex(([state]) => state !== 0);
    if (first < 0) return;
    for (const state of bound.faults) state[0] = 0;
    const { node, place, describe } = this.lowered.faults[first];
    const error = describe(this.#tensor(bound, 'float64', [1], new Place(place.buffer, place.offset + FAULT_VALUE)).data[0]);
    error.node = node;
    throw error;
  }

  #runHost(task: HostTask, context: HostContext): void {
    try {
      task.run(context);
    } catch (error) {
      if (error instanceof EngineError) error.node = task.node;
      throw error;
    }
  }

  /** `limit`: see `Bound`. */
  #bind(limit: number, options: RunOptions): Bound {
    const { lowered } = this;
    const machine = this.machine();
    const { heap } = machine;
    const lastingBytes = this.#lastingBytes;
    const arenaBytes = (limit < 0 ? this.#arena.extents.at(-1) : this.#arena.extents[limit - 1]) ?? 0;
    const arenaAddress = this.#allocate(heap, arenaBytes);
    const lastingAddress = this.#allocate(heap, lastingBytes, [arenaAddress, arenaBytes]);
    const addresses = new Map<BufferId, number>();
    for (const [buffer, offset] of this.#arena.offsets) addresses.set(buffer, arenaAddress + offset);
    for (const [buffer, offset] of this.#lasting) addresses.set(buffer, lastingAddress + offset);

    const image = new WordImage(addresses, new Set([...lowered.given.values(), ...[...lowered.outputs.values()].map(({ buffer }) => buffer)]));
    const layouts = this.#parts.map((part) => (part.kind === 'host' ? null : part.commands.map((command) => ({
      kernel: kernelNames.indexOf(command.kernel), isParallel: command.isParallel, at: image.add(command.words),
    }))));
    const wordsBytes = aligned(image.length * 4) + layouts.reduce((sum, commands) => sum + aligned((commands?.length ?? 0) * COMMAND_WORDS * 4), 0);
    const wordsAddress = this.#allocate(heap, wordsBytes, [arenaAddress, arenaBytes], [lastingAddress, lastingBytes]);
    const words = heap.tensorAt('int32', [wordsBytes / 4], wordsAddress).data as Int32Array;
    words.set(image.at(wordsAddress));
    let next = aligned(image.length * 4);
    const parts = layouts.map((commands) => {
      if (commands === null) return { words, address: 0, isParallel: false };
      const content = commandWords(commands.map(({ kernel, isParallel, at }) => ({ kernel, isParallel, address: wordsAddress + at * 4 })));
      const address = wordsAddress + next;
      const part = words.subarray(next / 4, next / 4 + content.length);
      part.set(content);
      next += aligned(content.byteLength);
      return { words: part, address, isParallel: commands.some(({ isParallel }) => isParallel) };
    });
    const faults = lowered.faults.map(({ place }) => heap.tensorAt('int32', [1], addresses.get(place.buffer)! + place.offset).data as Int32Array);
    const bound: Bound = { machine, limit, arenaAddress, arenaBytes, lastingAddress, lastingBytes, wordsAddress, words, parts, addresses, moving: image.moving, tensors: new Map(), faults, isSetUp: false };
    for (const [buffer, { dtype, shape, data }] of lowered.scalars) this.#tensor(bound, dtype, shape, new Place(buffer)).data.set(data);
    for (const state of faults) state[0] = 0;
    for (const [id, buffer] of lowered.constants) {
      const { dtype, shape, data } = options.constants(id);
      this.#tensor(bound, dtype, shape, new Place(buffer)).data.set(data);
    }
    return bound;
  }

  /** Throws a `MemoryLimitError` where the memory itself has no more room, and gives back what was allocated for the program before. */
  #allocate(heap: Heap, bytes: number, ...before: readonly (readonly [address: number, bytes: number])[]): number {
    try {
      return heap.allocate(bytes);
    } catch (error) {
      for (const [address, size] of before) heap.release(address, size);
      if (!(error instanceof RangeError)) throw error;
      const peak = Math.max(...this.#arena.liveBytes);
      const { node } = this.lowered.tasks[this.#arena.liveBytes.indexOf(peak)];
      throw new MemoryLimitError(node, this.graph.nodes[node].op, peak, MAXIMUM_BYTES - heap.usedBytes);
    }
  }

  #move(bound: Bound, buffer: BufferId, address: number): void {
    if (bound.addresses.get(buffer) === address) return;
    bound.addresses.set(buffer, address);
    for (const { at, offset } of bound.moving.get(buffer) ?? []) bound.words[at] = address + offset;
    bound.tensors.clear();
  }

  #tensor(bound: Bound, dtype: DType, shape: Shape, { buffer, offset }: Place): Tensor {
    const address = bound.addresses.get(buffer)! + offset;
    const key = `${address} ${dtype} ${shape.join()}`;
    let tensor = bound.tensors.get(key);
    if (tensor === undefined) bound.tensors.set(key, (tensor = bound.machine.heap.tensorAt(dtype, shape, address)));
    return tensor;
  }

  #handedOut(bound: Bound, value: ValueId, place: Place, options: RunOptions): Tensor {
    const { dtype, shape } = typeOf(this.graph, value);
    const tensor = this.#tensor(bound, dtype, shape, place);
    const into = options.into?.get(value);
    if (into === undefined) return { dtype, shape, data: new storageOf[dtype](tensor.data) };
    if (into.data.byteOffset !== tensor.data.byteOffset || bound.machine.heap.addressOf(into.data) === undefined) into.data.set(tensor.data);
    return into;
  }
}

function givenTensor(graph: Graph, value: ValueId, options: RunOptions): Tensor {
  const tensor = options.given?.get(value);
  const { dtype, shape } = typeOf(graph, value);
  if (tensor === undefined) throw new Error(`Value ${value} was to be given, and was not`);
  if (tensor.dtype !== dtype || !sameShape(tensor.shape, shape)) {
    throw new Error(`Value ${value} is ${dtype} ${formatShape(shape)}; ${tensor.dtype} ${formatShape(tensor.shape)} was given`);
  }
  return tensor;
}

function partsOf({ tasks, setUp }: LoweredGraph): Part[] {
  const parts: Part[] = [];
  let commands: Command[] = [];
  let first = 0;
  let work = 0;
  const end = (): void => {
    if (commands.length > 0) parts.push({ kind: 'stretch', first, commands });
    commands = [];
    work = 0;
  };
  for (const [n, task] of tasks.entries()) {
    if (n === setUp) end();
    if (task.kind === 'host') {
      end();
      parts.push({ kind: 'host', first: n, task });
      continue;
    }
    if (work > STRETCH_WORK) end();
    if (commands.length === 0) first = n;
    commands.push(task);
    work += task.work;
  }
  end();
  return parts;
}
