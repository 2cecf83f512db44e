// From a graph's nodes to a program's tasks. Views cost nothing, element-wise ops gather in chains, and each other op is written down by
// the rule of its family; what has no rule runs on its reference kernel, on the same memory.
import { typeOf, type Graph, type Node, type NodeId, type ValueId } from '../../graph/graph.ts';
import type { Op, OpAttributes } from '../../graph/opAttributes.ts';
import { elementCount, type DType, type Shape } from '../../graph/tensorType.ts';
import type { EngineError } from '../engineError.ts';
import { measure, type Measure, type Measured } from '../measure.ts';
import { storageOf, type Tensor } from '../tensor.ts';
import { Buffers, Place, type BufferId } from './buffers.ts';
import { ChainBuilder, type ChainHost } from './chainBuilder.ts';
import { FAULT_BYTES } from './assembly/limits.ts';
import { Opcode } from './assembly/opcodes.ts';
import { chainSteps, roundingSteps, type ChainStep } from './elementwise.ts';
import type { KernelName } from './kernels.ts';
import { emitMeasure, type ResultReader } from './measuring.ts';
import type { Task, Word } from './task.ts';
import { contiguousView, expanded, isContiguous, merged, type View } from './view.ts';

/** Operations from which on a command is shared out: fewer take less time than the threads need to meet. */
const SHARED_FROM = 16_000;
/** What a step of a chain counts for an element, about. */
const STEP_WORK = 2;

/** Stored as float32. */
export function isFloats(dtype: DType): boolean {
  return dtype === 'float32' || dtype === 'float16' || dtype === 'bfloat16';
}

/** The figures of a value, there once a task is done. */
export interface Measurement {
  readonly value: ValueId;
  readonly task: number;
  read(reader: ResultReader): Measured;
}

/** What a command can find its data to make impossible. */
export interface Fault {
  readonly node: NodeId;
  /** Where the kernel writes it down, FAULT_BYTES. */
  readonly place: Place;
  /** `value`: the element that is at fault. */
  describe(value: number): EngineError;
}

export class Lowering {
  readonly buffers = new Buffers();
  readonly tasks: Task[] = [];
  readonly measurements: Measurement[] = [];
  readonly faults: Fault[] = [];
  /** Buffers of one number each, with that number. */
  readonly scalars = new Map<BufferId, Tensor>();
  readonly #views = new Map<ValueId, View>();
  readonly #copies = new Map<string, View>();
  /** The chain that will compute what lies in a buffer. */
  readonly #open = new Map<BufferId, ChainBuilder>();
  readonly #scalarBuffers = new Map<string, BufferId>();

  /**
   * `uses`: how often each value is read, by nodes or by whoever asked for it. `outside`: values whose storage is not the program's own, given
   * ones and outputs.
   */
  constructor(
    readonly graph: Graph, private readonly uses: Map<ValueId, number>, private readonly outside: ReadonlySet<ValueId>,
    private readonly threads: number,
  ) {}

  // What rules ask for

  /** How a value lies; it is there when the next task runs. */
  read(value: ValueId): View {
    const view = this.#views.get(value)!;
    const chain = this.#open.get(view.buffer);
    if (chain) this.close(chain);
    return view;
  }

  /** How a value will lie, when it is there. */
  peek(value: ValueId): View {
    return this.#views.get(value)!;
  }

  /** As `read`, with the elements one after the other. */
  readContiguous(value: ValueId): Place {
    const view = this.read(value);
    const { buffer, offset, dtype } = isContiguous(view) ? view : this.copied(view);
    return new Place(buffer, offset * elementBytes(dtype));
  }

  /** New storage for a value that the next task writes. */
  write(value: ValueId): Place {
    return new Place(this.#newView(value).buffer);
  }

  /** The value is nothing but a view. */
  alias(value: ValueId, view: View): void {
    this.#views.set(value, view);
  }

  /** Storage that nobody reads. */
  unread(value: ValueId): Place {
    const { dtype, shape } = typeOf(this.graph, value);
    return new Place(this.buffers.of(dtype, shape));
  }

  /** Storage for a value that comes from outside, in a buffer of its own or that of an equal one. */
  lasting(value: ValueId, known?: BufferId): BufferId {
    const { dtype, shape } = typeOf(this.graph, value);
    const buffer = known ?? this.buffers.of(dtype, shape, 'lasting');
    this.#views.set(value, contiguousView(buffer, dtype, shape));
    return buffer;
  }

  /** Calls the run's tap on a value. */
  tap(value: ValueId): void {
    const { dtype, shape } = typeOf(this.graph, value);
    const place = this.readContiguous(value);
    this.tasks.push({
      kind: 'host', node: this.#node, touches: [place.buffer], work: elementCount(shape),
      run: (context) => context.options.taps?.get(value)?.(context.tensorAt(dtype, shape, place)),
    });
  }

  /** Takes the figures of a value. */
  measure(value: ValueId, figures: Measure): void {
    const { dtype, shape } = typeOf(this.graph, value);
    const place = this.readContiguous(value);
    if (isFloats(dtype)) {
      const read = emitMeasure(this, place, shape, figures, this.threads);
      this.measurements.push({ value, task: this.tasks.length - 1, read });
      return;
    }
    this.tasks.push({
      kind: 'host', node: this.#node, touches: [place.buffer], work: elementCount(shape),
      run: ({ options, tensorAt }) => options.onMeasured?.(value, measure(tensorAt(dtype, shape, place), figures)),
    });
  }

  /** Bytes that stay as the commands left them until the next run. */
  result(bytes: number): Place {
    return new Place(this.buffers.add(bytes, 'lasting'));
  }

  /** Where a command of the node at hand writes down what is wrong with its data; the run fails with it then. */
  fault(describe: (value: number) => EngineError): Place {
    const place = this.result(FAULT_BYTES);
    this.faults.push({ node: this.#node, place, describe });
    return place;
  }

  /** A command that counts for the node at hand, or another. */
  command(kernel: KernelName, work: number, words: readonly Word[], node = this.#node): void {
    this.tasks.push({ kind: 'command', node, kernel, words, isParallel: work >= SHARED_FROM, work });
  }

  /** Bytes for each thread, which only the task that names them uses. */
  scratchPerThread(bytes: number): Place {
    return new Place(this.buffers.add(bytes * this.threads, 'scratch'));
  }

  /** One number, as long as the program lives; of a type whose storage holds it. */
  scalar(value: number, dtype: DType = 'float32'): View {
    const key = `${dtype} ${Object.is(value, -0) ? '-0' : value}`;
    let buffer = this.#scalarBuffers.get(key);
    if (buffer === undefined) {
      buffer = this.buffers.of(dtype, [], 'lasting');
      this.#scalarBuffers.set(key, buffer);
      this.scalars.set(buffer, { dtype, shape: [], data: new storageOf[dtype]([value]) });
    }
    return contiguousView(buffer, dtype, []);
  }

  emit(node: Node, kernel: KernelName, work: number, words: readonly Word[]): void {
    this.command(kernel, work, words, node.id);
  }

  /** A copy of a view, contiguous over its shape; made once. */
  copied(view: View): View {
    const key = `${view.buffer} ${view.offset} ${view.shape.join()} ${view.strides.join()}`;
    const known = this.#copies.get(key);
    // Types that are stored alike share a copy.
    if (known) return { ...known, dtype: view.dtype };
    const copy = contiguousView(this.buffers.of(view.dtype, view.shape), view.dtype, view.shape);
    this.#copies.set(key, copy);
    this.copyInto(view, new Place(copy.buffer));
    return copy;
  }

  /** Gives a value lasting storage of its own. */
  copyOut(value: ValueId): void {
    const view = this.read(value);
    const own = contiguousView(this.buffers.of(view.dtype, view.shape, 'lasting'), view.dtype, view.shape);
    this.copyInto(view, new Place(own.buffer));
    this.#views.set(value, own);
  }

  /** Copies a view's elements one after the other to a place. */
  copyInto(view: View, to: Place): void {
    const count = elementCount(view.shape);
    if (count === 0) return;
    const { sizes, strides: [from] } = merged(view.shape, [view.strides]);
    const size = elementBytes(view.dtype);
    this.command('copyStrided', 2 * count, [new Place(view.buffer, view.offset * size), to, size, sizes.length, ...sizes, ...from.map((stride) => stride * size)]);
  }

  /**
   * Starts a chain on a kernel's result, which later element-wise nodes can join; `bias`, broadcast, is added first. The node's other outputs
   * are there when the chain is written down.
   */
  host(node: Node, host: ChainHost, bias?: View): void {
    const [value] = node.outputs;
    const { dtype, shape } = typeOf(this.graph, value);
    const chain = new ChainBuilder(shape, node.id, host);
    const view = this.#newView(value);
    if (bias === undefined) {
      chain.begin(view, value);
    } else {
      chain.begin(contiguousView(this.buffers.of(dtype, shape), dtype, shape));
      chain.step(value, view, Opcode.add, [0, chain.outside(expanded(bias, shape))]);
    }
    this.#open.set(view.buffer, chain);
    for (const other of node.outputs.slice(1)) this.#open.set(this.peek(other).buffer, chain);
  }

  /** The node that tasks count for from now on. */
  at(node: NodeId): void {
    this.#node = node;
  }
  #node = 0 as NodeId;

  // Element-wise nodes

  /** One step over views that broadcast to the result, at once. */
  step(node: Node, opcode: Opcode, inputs: readonly View[], to: View, p: number | Place = 0, q = 0): void {
    if (elementCount(to.shape) === 0) return;
    const chain = new ChainBuilder(to.shape, node.id, null);
    const slots = inputs.map((input) => chain.outside(expanded(input, to.shape)));
    chain.step(node.outputs[0], to, opcode, slots, p, q);
    const words = chain.words(() => true, (view) => this.copied(view), null);
    this.command('chain', STEP_WORK * elementCount(to.shape), words);
  }

  /** Puts a node into a chain; false: it is not element-wise, or not of a type that chains compute. */
  chain(node: Node): boolean {
    const step = chainSteps[node.op] as ((attributes: OpAttributes[Op]) => ChainStep) | undefined;
    const [value] = node.outputs;
    const { dtype, shape } = typeOf(this.graph, value);
    const isOurs = (type: DType) => type === 'bool' || isFloats(type);
    if (!step || !isOurs(dtype) || !node.inputs.every((input) => isOurs(typeOf(this.graph, input).dtype))) return false;
    if (elementCount(shape) === 0) {
      this.write(value);
      return true;
    }
    const { opcode, p, q } = step(node.attributes);
    const chain = this.#chainFor(node, shape);
    const slots = node.inputs.map((input, n) => this.#slot(chain, input, (view) => asOperand(node, n, view, shape)));
    const view = this.#newView(value);
    chain.step(value, view, opcode, slots, p, q);
    this.#open.set(view.buffer, chain);
    return true;
  }

  /**
   * One that is open and computes an input, if the others can be read there, else a new one. Chains without a host that compute other inputs
   * become part of it.
   */
  #chainFor(node: Node, shape: Shape): ChainBuilder {
    const open = new Set<ChainBuilder>();
    for (const input of node.inputs) {
      const chain = this.#chainOf(input);
      if (chain && sameSizes(chain.shape, shape) && this.#whole(chain, input) !== undefined) open.add(chain);
    }
    // One with a host has to take in the others.
    const [first, ...others] = [...open].sort((a, b) => Number(b.host !== null) - Number(a.host !== null));
    if (first === undefined || !first.hasRoomFor(node.inputs.length + 1)) return new ChainBuilder(shape, node.id, null);
    for (const other of others) {
      if (!first.hasRoomFor(other.operands.length + node.inputs.length + 1) || !first.canAbsorb(other)) continue;
      first.absorb(other);
      for (const value of other.values) this.#open.set(this.#views.get(value)!.buffer, first);
    }
    const isReadable = (input: ValueId, n: number): boolean => (this.#chainOf(input) === first
      ? this.#whole(first, input) !== undefined : first.takes(asOperand(node, n, this.#views.get(input)!, shape)));
    return node.inputs.every(isReadable) ? first : new ChainBuilder(shape, node.id, null);
  }

  /** Rounds a value of a half type that a rule or a chain computes to what the type holds. */
  roundHalf(node: Node, value: ValueId): void {
    const opcode = roundingSteps[typeOf(this.graph, value).dtype];
    if (opcode === undefined) return;
    const chain = this.#chainOf(value);
    if (chain?.has(value)) {
      chain.step(value, this.peek(value), opcode, [chain.slotOf(value)]);
      return;
    }
    const view = this.read(value);
    this.step(node, opcode, [view], isContiguous(view) ? view : this.#newView(value));
  }

  #chainOf(value: ValueId): ChainBuilder | undefined {
    return this.#open.get(this.#views.get(value)!.buffer);
  }
  /** The chain's own value that a value is: itself, or the one that it is an unchanged view of. */
  #whole(chain: ChainBuilder, value: ValueId): ValueId | undefined {
    if (chain.has(value)) return value;
    const view = this.#views.get(value)!;
    const source = [...chain.values].find((each) => this.#views.get(each)!.buffer === view.buffer);
    if (source === undefined) return undefined;
    const whole = this.#views.get(source)!;
    return sameSizes(whole.shape, view.shape) && view.offset === 0 && isContiguous(view) ? source : undefined;
  }

  /** `as`: how the chain sees what comes from outside. */
  #slot(chain: ChainBuilder, input: ValueId, as: (view: View) => View): number {
    const whole = this.#chainOf(input) === chain ? this.#whole(chain, input) : undefined;
    if (whole !== undefined) {
      // The chain reads it itself, so that nobody need store it for this use.
      if (whole === input) this.uses.set(input, this.uses.get(input)! - 1);
      return chain.slotOf(whole);
    }
    return chain.outside(as(this.read(input)));
  }

  /** Writes a chain down. */
  close(chain: ChainBuilder): void {
    for (const [buffer, open] of this.#open) if (open === chain) this.#open.delete(buffer);
    const isStored = (value: ValueId): boolean => this.uses.get(value)! > 0;
    const { host } = chain;
    const copied = (view: View): View => this.copied(view);
    if (host === null) {
      const work = STEP_WORK * elementCount(chain.shape) * chain.steps.length;
      const words = chain.words(isStored, copied, null);
      this.tasks.push({ kind: 'command', node: chain.node, kernel: 'chain', words, work, isParallel: work >= SHARED_FROM, inPlace: chain.inPlace(isStored) });
      return;
    }
    const isOwnStored = chain.hostValue !== undefined && isStored(chain.hostValue);
    const buffer = isOwnStored ? undefined : chain.hostSharesWith(isStored);
    const place = new Place(buffer ?? chain.operands[0].view.buffer);
    host.finish(place, chain.steps.length === 0 ? 0 : chain.words(isStored, copied, place));
  }

  closeAll(): void {
    for (const chain of new Set(this.#open.values())) this.close(chain);
  }

  #newView(value: ValueId): View {
    const { dtype, shape } = typeOf(this.graph, value);
    const view = contiguousView(this.buffers.of(dtype, shape, this.outside.has(value) ? 'lasting' : 'arena'), dtype, shape);
    this.#views.set(value, view);
    return view;
  }
}

export function elementBytes(dtype: DType): number {
  return dtype === 'bool' || dtype === 'uint8' ? 1 : dtype === 'float64' ? 8 : 4;
}

/** An input of an element-wise node over the node's shape: broadcast, a slope for each channel along axis 1. */
function asOperand({ op }: Node, input: number, view: View, shape: Shape): View {
  if (op !== 'prelu' || input !== 1 || view.shape.length !== 1 || shape.length < 2) return expanded(view, shape);
  const behind = new Array<number>(shape.length - 2);
  return expanded({ ...view, shape: [...view.shape, ...behind.fill(1)], strides: [...view.strides, ...behind.fill(0)] }, shape);
}

function sameSizes(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((size, axis) => size === b[axis]);
}
