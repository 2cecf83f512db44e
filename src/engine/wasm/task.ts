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
export type Word = number | Float | Place | readonly Word[] | Fields;

/** Several words where they are named: a float64, or what follows a class. */
export class Inline {
  constructor(readonly words: readonly Word[]) {}
}

/** The words of a class of the kernels' sources (assembly/), by its fields' names and in their order, to which kernelArguments.test.ts holds them. */
export interface Fields {
  readonly [field: string]: Word | Inline;
}

export function wordsOf(list: readonly Word[] | Fields): readonly Word[] {
  if (Array.isArray(list)) return list as readonly Word[];
  return Object.values(list as Fields).flatMap((field) => (field instanceof Inline ? field.words : [field]));
}

export interface Command {
  readonly kind: 'command';
  /** The node that it counts for: where a limit or a cancellation is reported. */
  readonly node: NodeId;
  readonly kernel: KernelName;
  readonly fields: Fields;
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
  const look = (list: readonly Word[] | Fields): void => {
    for (const word of wordsOf(list)) {
      if (word instanceof Place) found.push(word.buffer);
      else if (typeof word !== 'number' && !(word instanceof Float)) look(word);
    }
  };
  look(task.fields);
  return found;
}
