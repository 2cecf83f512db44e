// What is known of a model after a run: plain data of fixed size, drawn by the panel and printed by the command.
// Every figure is defined in docs/figures.md. Numbers may be NaN or infinite; `encodeNumbers` makes them fit for JSON.
import type { SourceRange } from './source.ts';

/** `numpy`: a file that uses no framework. */
export type Framework = 'torch' | 'keras' | 'tensorflow' | 'numpy';

/** 64 equal bins from the smallest to the largest finite value. Zeros are in their bin and counted apart in `Stats`. */
export interface Histogram {
  readonly min: number;
  readonly max: number;
  readonly counts: readonly number[];
}

/** Figures of one tensor's values. Moments are over the finite values, in float64; `std` is the population's. */
export interface Stats {
  /** Number of elements, non-finite ones included. */
  readonly count: number;
  readonly mean: number;
  readonly std: number;
  readonly min: number;
  readonly max: number;
  readonly l2: number;
  readonly meanAbs: number;
  readonly maxAbs: number;
  /** Share of exact zeros, 0..1. */
  readonly zeroFraction: number;
  readonly nan: number;
  readonly posInf: number;
  readonly negInf: number;
  readonly histogram: Histogram;
}

/** What the units (features of the last axis, or channels) of an activation did on the samples seen. */
export interface UnitReport {
  readonly count: number;
  /** Units that fired on none of the samples; null where the function is not ReLU-like, and so every unit always gives something. */
  readonly inactive: number | null;
  /** Units whose mean |a| is at most 0.025 of the layer's mean. */
  readonly dormant: number;
  /** Share of values in the flat part of tanh, sigmoid and their hard variants, 0..1. */
  readonly saturatedFraction: number;
  /** Each unit's share of values that fired (are > 0), 0..1; cut to the first 1,024 units. */
  readonly firing: readonly number[];
}

export interface ParameterReport {
  readonly name: string;
  readonly shape: readonly number[];
  readonly trainable: boolean;
  /** Null where only the structure was asked for. */
  readonly value: Stats | null;
  readonly gradient: Stats | null;
}

export type LayerKind = 'module' | 'container' | 'function';

/** One call of a layer; a layer that is called twice appears twice. */
export interface LayerReport {
  /** Position in `ModelReport.layers`. */
  readonly index: number;
  /** Index of the container or layer whose call this one happened in; null at the top. */
  readonly parent: number | null;
  readonly path: string;
  readonly type: string;
  readonly kind: LayerKind;
  /** Constructor arguments or attributes worth reading, as the framework's own repr has them, e.g. `784, 256`. */
  readonly summary: string;
  /** Where it was constructed; null for functions. */
  readonly definition: SourceRange | null;
  readonly call: SourceRange | null;
  readonly inputShapes: readonly (readonly number[])[];
  /** Null where the call failed. */
  readonly outputShape: readonly number[] | null;
  readonly parameterCount: number;
  /** A multiply-add counts as 2. */
  readonly flops: number;
  /** Torch functional name of the activation function applied in or right after this layer. */
  readonly activationFunction: string | null;
  /** Index of the layer whose call applied the function, when that is another one (an `nn.ReLU` or an `F.relu` after a `Linear`). */
  readonly activationLayer: number | null;
  /** Input of the activation function: the layer's linear output. */
  readonly preActivation: Stats | null;
  /** Output of the activation function. */
  readonly activation: Stats | null;
  /** The layer's own output, after its `activation=`. */
  readonly output: Stats | null;
  /** Gradient of the loss with respect to the output. */
  readonly gradient: Stats | null;
  readonly units: UnitReport | null;
  readonly parameters: readonly ParameterReport[];
  /** Set when this call raised: the message, in the framework's words. */
  readonly failure: string | null;
  /** Set where no call reached it: `not called` by a pass that ended, `not reached` by one that failed before it. */
  readonly missed?: 'not called' | 'not reached';
}

/**
 * `file`: the file's own call; `text`: a call in the text of the workspace that is not run; `declared`: by the model itself, as Keras's `Input`; `comment`: a `# lens:` comment; `inferred`: from what the layers take;
 * `assumed`: nothing in the model says what it takes; `option`: whoever asked.
 */
export type InputOrigin = 'file' | 'text' | 'declared' | 'comment' | 'inferred' | 'assumed' | 'option';

/** A tensor that the model was called with. */
export interface InputReport {
  /** Of the argument of `forward` or `call`; of one within a dictionary, `batch['image']`. */
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string;
  /** Least integer, and the one above the largest, between which integers were drawn; null: numbers were drawn from the standard normal distribution, or are the file's. */
  readonly range: readonly [number, number] | null;
  readonly origin: InputOrigin;
}

/** An argument of the model's call that is no tensor, or that was left at its default: `None`, `True`, `'mean'`. */
export interface PlainInputReport {
  readonly name: string;
  /** As Python text. */
  readonly value: string;
  readonly origin: 'file' | 'text' | 'comment' | 'inferred' | 'default' | 'option';
}

/** `file`: as the file itself calls it; `comment`: a `# lens:` comment; `assumed`: from its name or annotation; `default`: its own default; `option`: whoever asked. */
export type ArgumentOrigin = 'file' | 'comment' | 'assumed' | 'default' | 'option';

/** An argument that the model's class or function was called with, where the file itself makes no such model. */
export interface ArgumentReport {
  /** Of the parameter; of one of `*args`, `args[0]`. */
  readonly name: string;
  /** As Python text that gives it in the file's namespace, where `Namespace` is `argparse`'s: `[64, 32]`, `Namespace(n_layer=2, n_head=4)`. */
  readonly value: string;
  readonly origin: ArgumentOrigin;
  /** Why it has that value, as one clause (`as on line 12`); empty for a default. */
  readonly reason: string;
}

/** `own`: what the file itself computes as the loss and takes gradients of, on its own targets; `likelihood`: minus the mean of an output that is the log-probability of what was drawn. */
export type LossKind = 'mean-square' | 'sum' | 'cross-entropy' | 'binary-cross-entropy' | 'mse' | 'likelihood' | 'own';

export interface LossReport {
  readonly kind: LossKind;
  /** Of the framework's function that an `own` loss is (`smooth_l1_loss`); null: a formula of the file's, or another kind. */
  readonly name: string | null;
  /** Kinds of the losses of further outputs, behind which are parameters that are not behind those before them: the loss is the mean of all; absent: there are none. */
  readonly others?: readonly LossKind[];
  readonly value: number;
  /** `file`: the file computes or names it; `assumed`: by the shape of the model's output, as the file names none; `option`: whoever asked. */
  readonly origin: 'file' | 'assumed' | 'option';
  /** What the output is compared with: the file's data, numbers that a seed determines, or nothing. */
  readonly targets: 'file' | 'random' | 'none';
  /** Where the file takes the gradients of it, or computes it; of `own` only. */
  readonly range?: SourceRange;
}

export type TrainingFigure = 'loss' | 'optimizer' | 'learningRate' | 'batchSize';

/** What the file itself says of training, or what fits the model's output; quick-train's starting point. */
export interface TrainingDefaults {
  readonly loss: LossKind;
  readonly optimizer: OptimizerName;
  readonly learningRate: number;
  readonly batchSize: number;
  /** Those that the file says; the others were chosen for it. */
  readonly found: readonly TrainingFigure[];
}

export const optimizerNames = ['sgd', 'adam', 'adamw', 'rmsprop'] as const;
export type OptimizerName = (typeof optimizerNames)[number];

export type FindingRule =
  | 'uncalled-layer' | 'dead-relu' | 'inactive-units' | 'dormant-units' | 'saturated' | 'vanishing-gradient' | 'exploding-gradient'
  | 'poor-initialization' | 'loss-at-start' | 'non-finite';

export interface TextEdit {
  readonly range: SourceRange;
  readonly newText: string;
}

/** A change of the file that mends something. */
export interface Fix {
  /** As an action: `Change in_features to 9216`. */
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

export interface Finding {
  readonly rule: FindingRule;
  readonly severity: 'error' | 'warning' | 'information';
  readonly message: string;
  /** Path of the layer. */
  readonly layer: string;
  readonly range: SourceRange | null;
  readonly fixes: readonly Fix[];
}

export interface ModelReport {
  readonly name: string;
  readonly framework: Framework;
  /** The class, variable or function: where a CodeLens stands. */
  readonly definition: SourceRange | null;
  readonly parameterCount: number;
  readonly trainableParameterCount: number;
  readonly flops: number;
  readonly inputs: readonly InputReport[];
  readonly plainInputs: readonly PlainInputReport[];
  /** In the order of its signature; empty for a model that the file itself makes. A `# lens: args=(…)` comment or `InspectOptions.lens` says others. */
  readonly arguments: readonly ArgumentReport[];
  /** Of the first output tensor; figures are null where only the structure was asked for, the whole where the model failed. */
  readonly output: { readonly shape: readonly number[]; readonly mean: number | null; readonly std: number | null } | null;
  readonly loss: LossReport | null;
  readonly layers: readonly LayerReport[];
  readonly findings: readonly Finding[];
  /** Set where the time was not enough for all figures: those that lack are null, and there are no findings. */
  readonly isOverdue?: true;
  readonly training: TrainingDefaults;
  /** What was assumed to construct and call the model, one sentence each. */
  readonly assumptions: readonly string[];
}

/** `internal`: a defect of ours, which says nothing of the file. */
export type DiagnosticKind = 'skipped' | 'unsupported' | 'shape' | 'python' | 'limit' | 'syntax' | 'internal';

/** Something of the file that did not run, on its line. */
export interface Diagnostic {
  readonly kind: DiagnosticKind;
  readonly severity: 'error' | 'warning' | 'information';
  readonly message: string;
  readonly range: SourceRange | null;
  readonly hint: string | null;
  /** Absent where none is known. */
  readonly fixes?: readonly Fix[];
}

/** The whole answer for one file. The command's JSON is this document, non-finite numbers written as strings. */
export interface InspectReport {
  readonly schema: 1;
  readonly file: string;
  readonly seed: number;
  readonly mode: 'train' | 'eval';
  /** Of the main model. */
  readonly loss: LossReport | null;
  readonly models: readonly ModelReport[];
  readonly diagnostics: readonly Diagnostic[];
}
