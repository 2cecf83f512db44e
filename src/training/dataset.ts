// What quick-train learns from: batches shaped as the model's inputs and its loss's targets.
import type { TensorType } from '../graph/tensorType.ts';
import type { Tensor } from '../engine/tensor.ts';

export interface Batch {
  /** One tensor per input of the model, of the types it was traced with. */
  readonly inputs: readonly Tensor[];
  /** Class numbers (int64), binary labels or values (float32), as the loss takes them. */
  readonly targets: Tensor;
}

export interface Dataset {
  readonly name: string;
  /** One sentence for the user: what it is and how it was fitted to the model. */
  readonly description: string;
  /** The batch of a step, from 1: always the same for the same step. */
  batch(step: number): Batch;
}

/** What a data set has to fit. */
export interface Task {
  readonly inputs: readonly TaskInput[];
  readonly output: TensorType;
  readonly targets: TensorType;
  readonly kind: 'classes' | 'labels' | 'values';
  /** Number of classes for `classes`; 2 for `labels`. */
  readonly classes: number;
  readonly channelAxis: 'first' | 'last';
  /** The model has recurrent, attention or one-dimensional convolution layers: an axis of its input is time. */
  readonly isSequential: boolean;
  readonly seed: number;
}

export interface TaskInput extends TensorType {
  readonly name: string;
  /** Integers of the input lie in `0..vocabulary`, the bound excluded; null for floats. */
  readonly vocabulary: number | null;
}

/** The data and the model do not fit, or the file cannot be read: said to the user as it stands. */
export class DataError extends Error {
  override readonly name = 'DataError';
}
