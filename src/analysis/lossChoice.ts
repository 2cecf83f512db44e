// Which loss a report differentiates and quick-train minimizes: the one asked for, else the file's own, else what fits the
// model's first output. It is a choice only; `lossGraph.ts` writes the formula.
import { recognizeActivation } from '../graph/activation.ts';
import type { Graph, ValueId } from '../graph/graph.ts';
import { nodeOf, typeOf } from '../graph/graph.ts';
import type { ModelTrace, TraceLoss } from '../graph/modelTrace.ts';
import { isFloat, sameShape, type Shape } from '../graph/tensorType.ts';
import type { LossKind } from '../protocol/report.ts';

/** What the model's output is to its loss. */
export type OutputForm = 'logits' | 'probabilities' | 'log-probabilities' | 'values';

export interface LossChoice {
  readonly kind: LossKind;
  readonly output: ValueId;
  /** The loss itself, where it is there already: of `own` only. */
  readonly own?: TraceLoss;
  readonly form: OutputForm;
  /** Axis of the classes, for cross-entropy. */
  readonly classAxis: number;
  readonly origin: 'option' | 'file' | 'assumed';
}

/** The loss that was asked for cannot be taken of this output. */
export class LossError extends Error {
  override readonly name = 'LossError';
}

/** Null where the model has no floating-point output to differentiate. Throws `LossError` if `requested` does not fit. */
export function chooseLoss(graph: Graph, trace: ModelTrace, requested?: LossKind): LossChoice | null {
  const output = trace.outputs[0];
  if (output === undefined || !isFloat(typeOf(graph, output).dtype)) return null;
  const { shape } = typeOf(graph, output);
  const ending = endingOf(graph, output);
  const classAxis = classAxisOf(shape, trace);
  const choice = (kind: LossKind, origin: LossChoice['origin'], form = formOf(kind, ending)): LossChoice => ({ kind, output, form, classAxis, origin });

  const own = trace.ownLoss && passesGradient(graph, trace.ownLoss.value, trace.outputs) ? trace.ownLoss : undefined;
  if (requested === 'own' && own === undefined) throw new LossError(`the file computes no loss of its own from this call of \`${trace.name}\``);
  if (own !== undefined && (requested === undefined || requested === 'own')) {
    return { ...choice('own', requested !== undefined ? 'option' : own.isAssumed ? 'assumed' : 'file', ending === 'sigmoid' ? 'probabilities' : 'values'), own };
  }
  if (requested !== undefined) {
    if (requested === 'cross-entropy' && !hasClasses(shape, classAxis)) {
      throw new LossError(`cross-entropy needs an output with at least two classes, and the output's shape is (${shape.join(', ')})`);
    }
    return choice(requested, 'option');
  }
  const { loss, fromProbabilities, named } = trace.training;
  if (loss === 'mse') return choice('mse', 'file');
  if (loss === 'binary-cross-entropy' && !(fromProbabilities && (ending === 'values' || ending === 'signed'))) return choice('binary-cross-entropy', 'file', fromProbabilities ? 'probabilities' : 'logits');
  if (loss === 'binary-cross-entropy-with-logits') return choice('binary-cross-entropy', 'file', 'logits');
  if ((loss === 'cross-entropy' || loss === 'nll') && hasClasses(shape, classAxis)) {
    return choice('cross-entropy', 'file', loss === 'nll' ? 'log-probabilities' : fromProbabilities ? 'probabilities' : 'logits');
  }
  const assumed = isNormalized(trace, output) ? 'mse' : lossOfShape(graph, trace, shape, ending);
  // A file that names losses, and not this one, does not train with it.
  return choice(named.length === 0 || named.some((name) => functionsOf[assumed]?.includes(name)) ? assumed : 'mean-square', 'assumed');
}

/** Whether a normalization gives the output: the mean of its squares is the same whatever the weights are, so that it needs targets to have a gradient. */
function isNormalized({ calls }: ModelTrace, output: ValueId): boolean {
  return calls.some(({ type, outputs }) => /(Norm|Normalization)(\dd)?$|^(layer|batch|group|instance|rms)_norm$|^normalize$/.test(type) && outputs[0] === output);
}

/** A framework's functions that are a kind of loss. */
const functionsOf: Readonly<Partial<Record<LossKind, readonly string[]>>> = {
  'cross-entropy': ['cross_entropy', 'nll_loss'], 'binary-cross-entropy': ['binary_cross_entropy', 'binary_cross_entropy_with_logits'], mse: ['mse_loss'],
};

/** Number of classes of a cross-entropy; null for another loss. */
export function classesOf(graph: Graph, { kind, output, classAxis, own }: LossChoice): number | null {
  return kind === 'cross-entropy' ? typeOf(graph, output).shape[classAxis] : own?.classes ?? null;
}

/** Whether a gradient of `value` reaches one of `outputs`: whether it is computed from it, and not from its numbers alone. */
function passesGradient(graph: Graph, value: ValueId, outputs: readonly ValueId[]): boolean {
  const wanted = new Set(outputs);
  const seen = new Set<ValueId>([value]);
  for (const current of seen) {
    if (wanted.has(current)) return true;
    const node = nodeOf(graph, current);
    if (node.op !== 'detach') for (const input of node.inputs) seen.add(input);
  }
  return false;
}

/** An output of its input's shape and at least so wide is a reconstruction (an autoencoder): its columns are not classes. */
const reconstructedColumns = 16;

/** Whether an output of this shape is a reconstruction of the input. */
export function isReconstruction(graph: Graph, { inputs }: ModelTrace, shape: Shape): boolean {
  return inputs.length > 0 && sameShape(typeOf(graph, inputs[0].value).shape, shape) && shape.length > 0 && shape.at(-1)! >= reconstructedColumns;
}

/** 'values': of an activation function that leaves 0 to 1; 'signed': of tanh, as of a generator whose file takes the loss of another model: no scores of classes. */
type Ending = 'softmax' | 'log_softmax' | 'sigmoid' | 'values' | 'signed' | 'other';

const probabilityFunctions: ReadonlySet<string> = new Set(['softmax', 'sigmoid', 'hardsigmoid', 'hard_sigmoid']);

function lossOfShape(graph: Graph, trace: ModelTrace, shape: Shape, ending: Ending): LossKind {
  if (ending === 'softmax' || ending === 'log_softmax') return hasClasses(shape, shape.length - 1) ? 'cross-entropy' : 'mean-square';
  if (ending === 'signed' || isReconstruction(graph, trace, shape)) return 'mean-square';
  if (shape.length !== 2) return 'mean-square';
  if (ending === 'sigmoid') return 'binary-cross-entropy';
  return shape[1] >= 2 ? 'cross-entropy' : 'mean-square';
}

function formOf(kind: LossKind, ending: Ending): OutputForm {
  if (kind === 'cross-entropy') return ending === 'softmax' ? 'probabilities' : ending === 'log_softmax' ? 'log-probabilities' : 'logits';
  if (kind === 'binary-cross-entropy') return ending === 'sigmoid' ? 'probabilities' : 'logits';
  return 'values';
}

function hasClasses(shape: Shape, axis: number): boolean {
  return shape.length >= 1 && shape[axis] >= 2;
}

/** PyTorch's images have their classes on axis 1 (segmentation); everything else on the last axis. */
function classAxisOf(shape: Shape, trace: ModelTrace): number {
  return shape.length >= 4 && trace.channelAxis === 'first' ? 1 : Math.max(0, shape.length - 1);
}

/** The function that makes the output, seen through reshapes. */
function endingOf(graph: Graph, output: ValueId): Ending {
  let node = nodeOf(graph, output);
  while (node.op === 'reshape' || node.op === 'cast') node = nodeOf(graph, node.inputs[0]);
  if (node.op === 'log_softmax') return 'log_softmax';
  const name = recognizeActivation(graph, node)?.name;
  if (name === 'softmax' || name === 'sigmoid') return name;
  if (name === 'tanh' || name === 'hardtanh') return 'signed';
  return name === undefined || probabilityFunctions.has(name) ? 'other' : 'values';
}
