// What the host (or the command) asks of the runtime process, and what the runtime tells it.
import type { Diagnostic, InspectReport, LossKind, ModelReport, OptimizerName } from './report.ts';
import type { WeightsFile } from './weightsFormat.ts';

/** A file as the editor has it, saved or not. */
export interface SourceFile {
  /** Path or URI; diagnostics and ranges name the file by this string. */
  readonly path: string;
  readonly text: string;
}

export interface InspectOptions {
  /** Name of the model to show; without it, the file's main model. `'*'`: every model of the file. */
  readonly model?: string;
  /** With `'*'`, which leaves out the last of many models: names of those that are wanted all the same. */
  readonly also?: readonly string[];
  /** A Python expression in the file's namespace that makes the model. */
  readonly call?: string;
  /** One specification per argument: `2x3x32x32`, or `int:2x128:0..65` (upper bound excluded). */
  readonly inputs?: readonly string[];
  /** By the name of a model, what a `# lens:` comment above it would say: `args=(depth=2), input=(1, 3, 32, 32)`. It goes before the file's comments. */
  readonly lens?: Readonly<Record<string, string>>;
  readonly seed: number;
  readonly mode: 'train' | 'eval';
  readonly loss?: LossKind;
  /** What the model's parameters start from, in place of drawn numbers. */
  readonly weights?: WeightsFile;
  /** Shapes, parameters and FLOPs only: no arithmetic. */
  readonly structureOnly?: boolean;
  /** Replaces the batch size of an inferred or declared input. */
  readonly batch?: number;
  /** For the file's Python. */
  readonly timeLimitSeconds: number;
  /** For the arithmetic behind the figures of all models together; without it they take the time they take. */
  readonly figureLimitSeconds?: number;
  /** For tensors. */
  readonly memoryLimitMiB: number;
}

/** A part of a file that brought the runtime down: it is left out when the file is run again, and said why. */
export interface Avoided {
  /** What was running: the top-level statement of this line, or the model at this place among those shown (0: the main one). */
  readonly part: { readonly line: number } | { readonly model: number };
  readonly reason: string;
}

export interface InspectRequest {
  readonly source: SourceFile;
  /** Written by the runtime itself, when it starts anew. */
  readonly avoided?: readonly Avoided[];
  /** Other open, unsaved files: they stand in for what is on disk. */
  readonly overlays: readonly SourceFile[];
  /** Where the file's imports are looked up; null: none (an untitled file). */
  readonly root: string | null;
  readonly options: InspectOptions;
}

/** A model that the file defines or makes, whether it could be run or not. */
export interface ModelListing {
  readonly name: string;
  /** Why it is a model: called in the file, bound to a name, a class, a function; `file`: the file's own statements are the model. */
  readonly kind: 'called' | 'instance' | 'class' | 'function' | 'call' | 'file';
  readonly main: boolean;
}

export interface InspectResult {
  readonly report: InspectReport;
  readonly listing: readonly ModelListing[];
  /** What the file printed, cut to 64 KiB. */
  readonly output: string;
  readonly durationMs: { readonly python: number; readonly engine: number };
}

export interface TrainOptions {
  readonly steps: number;
  readonly batch?: number;
  readonly learningRate?: number;
  readonly optimizer?: OptimizerName;
  /** Name of a generated data set, or path of a `.csv` or `.npz` file (read by whoever starts the run). */
  readonly data?: string;
  /** The bytes of the user's file when `data` is a path. */
  readonly dataBytes?: Uint8Array;
  /** Layer statistics each K steps. */
  readonly every: number;
}

export interface TrainRequest extends InspectRequest {
  readonly runId: number;
  readonly train: TrainOptions;
}

/** State of a run after a step. A complete snapshot: one that is missed costs nothing but its point in the charts. */
export interface TrainingProgress {
  readonly runId: number;
  readonly step: number;
  readonly steps: number;
  readonly loss: number;
  /** Share of right answers in the batch, for classification. */
  readonly accuracy: number | null;
  readonly stepsPerSecond: number;
  /** Present each `every` steps: the model's report at this step. */
  readonly model: ModelReport | null;
  /** Per layer index of `model`: log10 of std(update) / std(parameter) of its weights; null where it has none. */
  readonly updateToData: readonly (number | null)[];
  /** Loss of each step since the last event, `step` last. */
  readonly losses: readonly number[];
  readonly accuracies: readonly number[];
}

export interface TrainResult {
  readonly reason: 'steps' | 'stopped' | 'non-finite';
  readonly step: number;
  readonly loss: number;
  readonly accuracy: number | null;
  readonly data: string;
  readonly optimizer: OptimizerName;
  readonly learningRate: number;
  readonly batch: number;
  readonly message: string | null;
  readonly diagnostics: readonly Diagnostic[];
}

export interface RuntimeRequests {
  /** Runs the file and reports on its models. Aborting it interrupts the file's Python. */
  inspect(params: InspectRequest): InspectResult;
  /** Trains the model on generated or given data until the steps are done or the call is aborted or stopped. */
  train(params: TrainRequest): TrainResult;
  pauseTraining(params: { readonly runId: number }): void;
  resumeTraining(params: { readonly runId: number }): void;
  /** Ends the run; its `train` call resolves with reason `stopped`. */
  stopTraining(params: { readonly runId: number }): void;
}

/** What an inspection is at. */
export type InspectStage =
  | { readonly kind: 'file'; /** The top-level statement that runs. */ readonly line: number }
  | { readonly kind: 'model'; readonly model: string }
  | { readonly kind: 'layers'; readonly model: string; readonly done: number; readonly total: number };

export interface RuntimeEvents {
  /** Sent once, when the runtime can take requests. */
  ready: { readonly startupMs: number; readonly protections: readonly string[]; /** The tensor engine, in words. */ readonly engine: string };
  trainingProgress: TrainingProgress;
  /** Now and then, while an inspection runs; there is one at a time. */
  inspecting: InspectStage;
  /** For the output channel. */
  log: { readonly level: 'info' | 'warning' | 'error'; readonly text: string };
}

export interface RuntimeContract {
  requests: RuntimeRequests;
  events: RuntimeEvents;
}

/** The host serves nothing to the runtime. */
export interface RuntimeClientContract {
  requests: Record<never, never>;
  events: Record<never, never>;
}
