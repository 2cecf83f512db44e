// What a rule has to write a node down with: commands and their storage, and how values lie, which are watched and which chains compute.
import { typeOf, type Graph, type ValueId } from '../../graph/graph.ts';
import { elementCount } from '../../graph/tensorType.ts';
import type { Rounding } from '../engine.ts';
import { measure, type Measure, type Measured } from '../measure.ts';
import { Place, type BufferId } from './buffers.ts';
import { CommandList } from './commandList.ts';
import { emitMeasure, type ResultReader } from './measuring.ts';
import { OpenChains } from './openChains.ts';
import { isFloats } from './storage.ts';
import { contiguousView, type View } from './view.ts';

/** The figures of a value, there once a task is done. */
export interface Measurement {
  readonly value: ValueId;
  readonly task: number;
  read(reader: ResultReader): Measured;
}

export class Lowering extends CommandList {
  readonly measurements: Measurement[] = [];
  /** Element-wise ops that have not been written down yet. */
  readonly chains: OpenChains;
  readonly #views = new Map<ValueId, View>();

  /**
   * `uses`: how often each value is read, by nodes or by whoever asked for it. `outside`: values whose storage is not the program's own, given
   * ones and outputs.
   */
  constructor(
    readonly graph: Graph, uses: Map<ValueId, number>, private readonly outside: ReadonlySet<ValueId>, threads: number, readonly rounding: Rounding,
  ) {
    super(threads);
    this.chains = new OpenChains(this, uses);
  }

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
      kind: 'host', node: this.node, touches: [place.buffer], work: elementCount(shape),
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
      kind: 'host', node: this.node, touches: [place.buffer], work: elementCount(shape),
      run: ({ options, tensorAt }) => options.onMeasured?.(value, measure(tensorAt(dtype, shape, place), figures)),
    });
  }

  /** Gives a value lasting storage of its own. */
  copyOut(value: ValueId): void {
    const view = this.read(value);
    const own = contiguousView(this.buffers.of(view.dtype, view.shape, 'lasting'), view.dtype, view.shape);
    this.copyInto(view, new Place(own.buffer));
    this.#views.set(value, own);
  }
}
