// What one call of a model recorded: the module tree's calls over the graph's values. The Python side makes it
// (`python/shim/_lens/calling/trace.py`), everything after reads it.
import { typeOf, type CallId, type Graph, type SiteId, type ValueId } from './graph.ts';
import { elementCount } from './tensorType.ts';

/** One call of a module (layer) or of a function that acts as a layer, in the order in which the calls began. */
export interface CallRecord {
  readonly id: CallId;
  /** Call it happened in; null: directly under the model's own caller. */
  readonly parent: CallId | null;
  readonly kind: 'module' | 'function';
  /** Framework's own: `named_modules()` path or layer names joined by `/`; empty for the root; for a function, its parent's path. */
  readonly path: string;
  /** Class name (`Conv2d`), or function name (`relu`, `max_pool2d`). */
  readonly type: string;
  /** Identity of the module object, to tell a module that is called twice from two modules; null for functions. */
  readonly module: number | null;
  /** `extra_repr()` or the arguments worth reading. */
  readonly summary: string;
  /** Defined by the framework (`nn.Linear`), not by the file. */
  readonly builtin: boolean;
  readonly definition: SiteId | null;
  readonly call: SiteId;
  readonly inputs: readonly ValueId[];
  /** All tensors of the output, first one first; empty where the call failed. */
  readonly outputs: readonly ValueId[];
  /** What it raised, in the framework's words; null: it returned. */
  readonly failure: string | null;
  /** No call at all: a layer with parameters of its own that none of the model's calls reached. */
  readonly isCalled?: false;
}

export interface TraceParameter {
  /** Path of the module that owns it, as in `CallRecord.path`. */
  readonly path: string;
  readonly module: number | null;
  readonly name: string;
  /** Its value when the model was called. */
  readonly value: ValueId;
  readonly trainable: boolean;
  readonly site: SiteId | null;
  /** Its last axis are the parts of complex numbers, of which the framework counts one each. */
  readonly isComplex?: true;
}

/** Numbers of a parameter, as the framework counts them. */
export function parameterSize(graph: Graph, { value, isComplex }: TraceParameter): number {
  return elementCount(typeOf(graph, value).shape) / (isComplex ? 2 : 1);
}

/** State that a call replaces, e.g. running statistics. */
export interface TraceBuffer {
  readonly path: string;
  readonly name: string;
  readonly before: ValueId;
  readonly after: ValueId;
}

export interface TraceInput {
  readonly name: string;
  readonly value: ValueId;
  /** [least, one above the largest] of drawn integers; null for numbers of another kind or the file's own. */
  readonly range: readonly [number, number] | null;
  readonly origin: 'file' | 'text' | 'declared' | 'comment' | 'inferred' | 'assumed' | 'option';
}

/** An argument of the call that is no tensor: see `PlainInputReport` of src/protocol/report.ts. */
export interface TracePlainInput {
  readonly name: string;
  readonly value: string;
  readonly origin: 'file' | 'text' | 'comment' | 'inferred' | 'default' | 'option';
}

/** An argument that the model was made with: see `ArgumentReport` of src/protocol/report.ts. */
export interface TraceArgument {
  readonly name: string;
  /** As Python text. */
  readonly value: string;
  readonly origin: 'file' | 'comment' | 'assumed' | 'default' | 'option';
  readonly reason: string;
}

/** Loss and optimizer found in the file; null where there is none. */
export interface TraceTraining {
  readonly loss: 'cross-entropy' | 'binary-cross-entropy' | 'binary-cross-entropy-with-logits' | 'mse' | 'nll' | null;
  /** Functions of the framework's losses that the file's text names (`smooth_l1_loss`), in its order. */
  readonly named: readonly string[];
  /** What the file, or one that it takes from or that takes from it, says something of: `num_classes`, `softmax`, `accuracy`, a cross-entropy; or rewards and the worth of actions. */
  readonly spokenOf: 'classes' | 'rewards' | 'nothing';
  /** The loss takes probabilities, not logits (Keras without `from_logits=True`). */
  readonly fromProbabilities: boolean;
  readonly optimizer: 'sgd' | 'adam' | 'adamw' | 'rmsprop' | null;
  /** What the file, or its framework by default, sets of the optimizer; in the meaning that PyTorch gives them. */
  readonly settings: {
    readonly learningRate?: number;
    readonly momentum?: number;
    readonly weightDecay?: number;
    readonly nesterov?: boolean;
    readonly betas?: readonly [number, number];
    readonly alpha?: number;
    readonly epsilon?: number;
  };
  /** One sentence for each thing that training does otherwise. */
  readonly notes: readonly string[];
  readonly batchSize: number | null;
}

/** A loss that a file computes: a scalar. */
export interface TraceLoss {
  readonly value: ValueId;
  /** Where the file computes or names it. */
  readonly site: SiteId | null;
  /** Of the framework's function that it is (`smooth_l1_loss`); null: a formula of the file's. */
  readonly name: string | null;
  /** Number of classes of a cross-entropy; null for other losses. */
  readonly classes: number | null;
  /** What the model's output is compared with: the file's own data, or numbers that were drawn, as the file has none. */
  readonly targets: 'file' | 'random';
  /** The file takes no loss: it is what suits what the model gives, as the density of a distribution. */
  readonly isAssumed?: true;
}

export interface ModelTrace {
  readonly name: string;
  /** `numpy`: a file that uses no framework. */
  readonly framework: 'torch' | 'keras' | 'tensorflow' | 'numpy';
  /** Between the names of a path, as the framework writes them. */
  readonly separator: '.' | '/';
  readonly definition: SiteId | null;
  /** Every module and function call under the root, root included unless it has no module (a plain function). */
  readonly calls: readonly CallRecord[];
  readonly parameters: readonly TraceParameter[];
  readonly buffers: readonly TraceBuffer[];
  readonly inputs: readonly TraceInput[];
  readonly plainInputs: readonly TracePlainInput[];
  readonly arguments: readonly TraceArgument[];
  /** All tensors of the model's output, first one first; empty where the call failed. */
  readonly outputs: readonly ValueId[];
  /** What `log_prob` of distributions gave during the call. */
  readonly logProbabilities?: readonly ValueId[];
  /** Axis of the units: channels-first for torch images, last for Keras. */
  readonly channelAxis: 'first' | 'last';
  readonly training: TraceTraining;
  /** The loss that the file itself computes from this call, or that it names and that was taken of the call for it. */
  readonly ownLoss?: TraceLoss;
  /** Name of the file that the parameters were read from; absent: they are as the model made them. */
  readonly weights?: string;
  /** One sentence per assumption. */
  readonly assumptions: readonly string[];
  /** A value of Python's depended on the data (`if x.sum() > 0`): the graph holds for this input only. */
  readonly dataDependent: boolean;
}
