// What a rule has to write a node down with: how values lie, storage for results and scratch, commands, figures and faults.
import { typeOf, type Graph, type NodeId, type ValueId } from '../../graph/graph.ts';
import { elementCount, type DType } from '../../graph/tensorType.ts';
import type { EngineError } from '../engineError.ts';
import { merged } from '../layout.ts';
import { measure, type Measure, type Measured } from '../measure.ts';
import { representation, type Tensor } from '../tensor.ts';
import { FAULT_BYTES } from './assembly/limits.ts';
import { Buffers, Place, type BufferId } from './buffers.ts';
import type { KernelName } from './kernels.ts';
import { emitMeasure, type ResultReader } from './measuring.ts';
import { OpenChains } from './openChains.ts';
import { elementBytes, isFloats } from './storage.ts';
import { Inline, type Fields, type InPlace, type Task } from './task.ts';
import { contiguousView, isContiguous, type View } from './view.ts';

/** Operations from which on a command is shared out: fewer take less time than the threads need to meet. */
const SHARED_FROM = 16_000;
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
  /** Element-wise ops that have not been written down yet. */
  readonly chains: OpenChains;
  readonly #views = new Map<ValueId, View>();
  readonly #copies = new Map<string, View>();
  readonly #scalarBuffers = new Map<string, BufferId>();

  /**
   * `uses`: how often each value is read, by nodes or by whoever asked for it. `outside`: values whose storage is not the program's own, given
   * ones and outputs.
   */
  constructor(readonly graph: Graph, uses: Map<ValueId, number>, private readonly outside: ReadonlySet<ValueId>, private readonly threads: number) {
    this.chains = new OpenChains(this, uses);
  }

  // What rules ask for

  /** How a value lies; it is there when the next task runs. */
  read(value: ValueId): View {
    const view = this.#views.get(value)!;
    this.chains.settle(view.buffer);
    return view;
  }

  /** How a value will lie, when it is there. */
  peek(value: ValueId): View {
    return this.#views.get(value)!;
  }

  /** As `read`, with the elements one after the other. */
  readContiguous(value: ValueId): Place {
    return this.contiguous(this.read(value));
  }

  /** Where a view's elements lie one after the other: its own storage, or a copy. */
  contiguous(view: View): Place {
    const { buffer, offset, dtype } = isContiguous(view) ? view : this.copied(view);
    return new Place(buffer, offset * elementBytes(dtype));
  }

  /** New storage for a value that the next task writes, as a view. */
  newView(value: ValueId): View {
    const { dtype, shape } = typeOf(this.graph, value);
    const view = contiguousView(this.buffers.of(dtype, shape, this.outside.has(value) ? 'lasting' : 'arena'), dtype, shape);
    this.#views.set(value, view);
    return view;
  }

  /** As `newView`, as a place. */
  write(value: ValueId): Place {
    return new Place(this.newView(value).buffer);
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
  command(kernel: KernelName, work: number, fields: Fields, node = this.#node, inPlace: readonly InPlace[] = []): void {
    this.tasks.push({ kind: 'command', node, kernel, fields, isParallel: work >= SHARED_FROM, work, inPlace });
  }

  /** Bytes for each thread, which only the task that names them uses. */
  scratchPerThread(bytes: number): Place {
    return new Place(this.buffers.add(bytes * this.threads, 'scratch'));
  }

  /** As many bytes for each of the lanes that are worked on at the same time: the kernel finds a lane's place by `laneSlot`. */
  spacePerLane(bytes: number, lanes: number): Place {
    return new Place(this.buffers.add(bytes * Math.min(lanes, this.threads)));
  }

  /** One number, as long as the program lives; of a type whose storage holds it. */
  scalar(value: number, dtype: DType = 'float32'): View {
    const key = `${dtype} ${Object.is(value, -0) ? '-0' : value}`;
    let buffer = this.#scalarBuffers.get(key);
    if (buffer === undefined) {
      buffer = this.buffers.of(dtype, [], 'lasting');
      this.#scalarBuffers.set(key, buffer);
      this.scalars.set(buffer, { dtype, shape: [], data: new representation[dtype].storage([value]) });
    }
    return contiguousView(buffer, dtype, []);
  }

  /** A copy of a view, contiguous over its shape; made once. It counts for the node at hand, or another. */
  copied(view: View, node = this.#node): View {
    const key = `${view.buffer} ${view.offset} ${view.shape.join()} ${view.strides.join()}`;
    const known = this.#copies.get(key);
    // Types that are stored alike share a copy.
    if (known) return { ...known, dtype: view.dtype };
    const copy = contiguousView(this.buffers.of(view.dtype, view.shape), view.dtype, view.shape);
    this.#copies.set(key, copy);
    this.copyInto(view, new Place(copy.buffer), node);
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
  copyInto(view: View, to: Place, node = this.#node): void {
    const count = elementCount(view.shape);
    if (count === 0) return;
    const { sizes, strides: [from] } = merged(view.shape, [view.strides]);
    const size = elementBytes(view.dtype);
    this.command('copyStrided', 2 * count, {
      from: new Place(view.buffer, view.offset * size), to, size, rank: sizes.length, axes: new Inline([...sizes, ...from.map((stride) => stride * size)]),
    }, node);
  }

  /** The node that tasks count for from now on. */
  at(node: NodeId): void {
    this.#node = node;
  }
  #node = 0 as NodeId;
}
