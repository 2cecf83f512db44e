// What a program does, one after the other: commands for the kernels, and work that the host does between them on the same memory.
import type { NodeId } from '../../graph/graph.ts';
import type { DType, Shape } from '../../graph/tensorType.ts';
import type { RunOptions } from '../engine.ts';
import type { MersenneTwister } from '../mersenneTwister.ts';
import type { Tensor } from '../tensor.ts';
import type { BufferId } from './buffers.ts';
import { Place } from './buffers.ts';
import type { KernelName } from './kernels.ts';

/** A float32 among the words of a kernel's arguments. */
export class Float {
  constructor(readonly value: number) {}
}

/** One 32-bit word of a kernel's arguments: an integer, a float32, the address of a place, or of further words. */
export type Word = number | Float | Place | readonly Word[];

export interface Command {
  readonly kind: 'command';
  /** The node that it counts for: where a limit or a cancellation is reported. */
  readonly node: NodeId;
  readonly kernel: KernelName;
  readonly words: readonly Word[];
  /** Worth the meeting of all threads. */
  readonly isParallel: boolean;
  /** Operations that it takes, about. */
  readonly work: number;
  /** Outputs that may lie where an input lies which nobody reads later, element over element. */
  readonly inPlace?: readonly InPlace[];
}

export interface InPlace {
  readonly output: BufferId;
  readonly input: BufferId;
}

/** Work of the host's own, on buffers that it `touches`. */
export interface HostTask {
  readonly kind: 'host';
  readonly node: NodeId;
  readonly touches: readonly BufferId[];
  readonly work: number;
  run(context: HostContext): void;
}

export type Task = Command | HostTask;

export interface HostContext {
  readonly options: RunOptions;
  /** The tensor that lies at a place, valid until the run ends. */
  readonly tensorAt: (dtype: DType, shape: Shape, place: Place) => Tensor;
  /** Draws a generator's next outputs to a place. */
  readonly drawTo: (generator: MersenneTwister, count: number, place: Place) => void;
}

/** Buffers that a task reads or writes. */
export function touched(task: Task): BufferId[] {
  if (task.kind === 'host') return [...task.touches];
  const found: BufferId[] = [];
  const look = (words: readonly Word[]): void => {
    for (const word of words) {
      if (word instanceof Place) found.push(word.buffer);
      else if (Array.isArray(word)) look(word as readonly Word[]);
    }
  };
  look(task.words);
  return found;
}
