// Commands while they are written down, with the storage that they need of their own, copies of views, and what is wrong with the data where a command
// finds that out.
import type { NodeId } from '../../graph/graph.ts';
import { elementCount, type DType } from '../../graph/tensorType.ts';
import type { EngineError } from '../engineError.ts';
import { merged } from '../layout.ts';
import { representation, type Tensor } from '../tensor.ts';
import { faultBytes } from './assembly/limits.ts';
import { Buffers, Place, type BufferId } from './buffers.ts';
import type { KernelName } from './kernels.ts';
import { elementBytes } from './storage.ts';
import { Inline, type Fields, type InPlace, type Task } from './task.ts';
import { contiguousView, isContiguous, type View } from './view.ts';

/** Operations from which on a command is shared out: fewer take less time than the threads need to meet. */
const sharedFrom = 16_000;

/** What a command can find its data to make impossible. */
export interface Fault {
  readonly node: NodeId;
  /** Where the kernel writes it down, faultBytes. */
  readonly place: Place;
  /** `value`: the element that is at fault. */
  describe(value: number): EngineError;
}

export class CommandList {
  readonly buffers = new Buffers();
  readonly tasks: Task[] = [];
  readonly faults: Fault[] = [];
  /** Buffers of one number each, with that number. */
  readonly scalars = new Map<BufferId, Tensor>();
  /** The node at hand: what is written counts for it unless another is named. */
  protected node = 0 as NodeId;
  readonly #copies = new Map<string, View>();
  readonly #scalarBuffers = new Map<string, BufferId>();

  constructor(protected readonly threads: number) {}

  /** The node that tasks count for from now on. */
  at(node: NodeId): void {
    this.node = node;
  }

  /** Bytes that stay as the commands left them until the next run. */
  result(bytes: number): Place {
    return new Place(this.buffers.add(bytes, 'lasting'));
  }

  /** Where a command of the node at hand writes down what is wrong with its data; the run fails with it then. */
  fault(describe: (value: number) => EngineError): Place {
    const place = this.result(faultBytes);
    this.faults.push({ node: this.node, place, describe });
    return place;
  }

  /** A command that counts for the node at hand, or another. */
  command(kernel: KernelName, work: number, fields: Fields, node = this.node, inPlace: readonly InPlace[] = []): void {
    this.tasks.push({ kind: 'command', node, kernel, fields, isParallel: work >= sharedFrom, work, inPlace });
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
  copied(view: View, node = this.node): View {
    const key = `${view.buffer} ${view.offset} ${view.shape.join()} ${view.strides.join()}`;
    const known = this.#copies.get(key);
    // Types that are stored alike share a copy.
    if (known) return { ...known, dtype: view.dtype };
    const copy = contiguousView(this.buffers.of(view.dtype, view.shape), view.dtype, view.shape);
    this.#copies.set(key, copy);
    this.copyInto(view, new Place(copy.buffer), node);
    return copy;
  }

  /** Where a view's elements lie one after the other: its own storage, or a copy. */
  contiguous(view: View): Place {
    const { buffer, offset, dtype } = isContiguous(view) ? view : this.copied(view);
    return new Place(buffer, offset * elementBytes(dtype));
  }

  /** Copies a view's elements one after the other to a place. */
  copyInto(view: View, to: Place, node = this.node): void {
    const count = elementCount(view.shape);
    if (count === 0) return;
    const { sizes, strides: [from] } = merged(view.shape, [view.strides]);
    const size = elementBytes(view.dtype);
    this.command('copyStrided', 2 * count, {
      from: new Place(view.buffer, view.offset * size), to, size, rank: sizes.length, axes: new Inline([...sizes, ...from.map((stride) => stride * size)]),
    }, node);
  }
}
