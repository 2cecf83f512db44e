// What a generator of data is, and what it asks of a task.
import { elementCount, type Shape } from '../../graph/tensorType.ts';
import type { Tensor } from '../../engine/tensor.ts';
import type { RandomSource } from '../randomSource.ts';
import type { Task, TaskInput } from '../dataset.ts';

/** Fills one sample (`index`) of a batch. */
export type FillSample = (batch: WritableBatch, index: number, random: RandomSource) => void;

export interface WritableBatch {
  readonly inputs: readonly Tensor[];
  readonly targets: Tensor;
}

export interface Generator {
  readonly name: string;
  /** Null: does not fit the task. */
  fit(task: Task): { readonly description: string; readonly fill: FillSample } | null;
}

/** PyTorch's recurrent layers take time first unless told otherwise; what the targets count is the batch. */
export function sampleAxis({ inputs: [first], targets, isSequential }: Task): number {
  const [rows] = targets.shape;
  return isSequential && first.shape.length === 3 && first.shape[0] !== rows && first.shape[1] === rows ? 1 : 0;
}

export function classCount(task: Task): number {
  return task.kind === 'classes' ? task.classes : task.kind === 'labels' && perSample(task.targets.shape) === 1 ? 2 : 0;
}

/** One class or label per sample. */
export function isOnePerSample(task: Task): boolean {
  return classCount(task) >= 2 && perSample(task.targets.shape) === 1 && task.inputs.length === 1;
}

export function perSample(shape: Shape): number {
  return elementCount(shape.slice(1));
}

export function isFloatInput(input: TaskInput): boolean {
  return input.vocabulary === null;
}

export function setLabel({ targets }: WritableBatch, index: number, label: number): void {
  targets.data[index] = label;
}
