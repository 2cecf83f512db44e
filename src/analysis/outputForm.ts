// What an output is to a loss, by its shape and by the function that makes it.
import { recognizeActivation } from '../graph/activation.ts';
import type { Graph, ValueId } from '../graph/graph.ts';
import { nodeOf, typeOf } from '../graph/graph.ts';
import type { ModelTrace } from '../graph/modelTrace.ts';
import { sameShape, type Shape } from '../graph/tensorType.ts';
import type { LossKind } from '../protocol/report.ts';

/** What the model's output is to its loss. */
export type OutputForm = 'logits' | 'probabilities' | 'log-probabilities' | 'values';

/** 'values': of an activation function that leaves 0 to 1; 'signed': of tanh, as of a generator whose file takes the loss of another model: no scores of classes. */
export type Ending = 'softmax' | 'log_softmax' | 'sigmoid' | 'values' | 'signed' | 'other';

const probabilityFunctions: ReadonlySet<string> = new Set(['softmax', 'sigmoid', 'hardsigmoid', 'hard_sigmoid']);

/** The function that makes the output, seen through reshapes. */
export function endingOf(graph: Graph, output: ValueId): Ending {
  let node = nodeOf(graph, output);
  while (node.op === 'reshape' || node.op === 'cast') node = nodeOf(graph, node.inputs[0]);
  if (node.op === 'log_softmax') return 'log_softmax';
  const name = recognizeActivation(graph, node)?.name;
  if (name === 'softmax' || name === 'sigmoid') return name;
  if (name === 'tanh' || name === 'hardtanh') return 'signed';
  return name === undefined || probabilityFunctions.has(name) ? 'other' : 'values';
}

export function formOf(kind: LossKind, ending: Ending): OutputForm {
  if (kind === 'cross-entropy') return ending === 'softmax' ? 'probabilities' : ending === 'log_softmax' ? 'log-probabilities' : 'logits';
  if (kind === 'binary-cross-entropy') return ending === 'sigmoid' ? 'probabilities' : 'logits';
  return 'values';
}

export function hasClasses(shape: Shape, axis: number): boolean {
  return shape.length >= 1 && shape[axis] >= 2;
}

/** PyTorch's images have their classes on axis 1 (segmentation); everything else on the last axis. */
export function classAxisOf(shape: Shape, trace: ModelTrace): number {
  return shape.length >= 4 && trace.channelAxis === 'first' ? 1 : Math.max(0, shape.length - 1);
}

/** Whether a normalization gives the output: the mean of its squares is the same whatever the weights are, so that it needs targets to have a gradient. */
export function isNormalized({ calls }: ModelTrace, output: ValueId): boolean {
  return calls.some(({ type, outputs }) => /(Norm|Normalization)(\dd)?$|^(layer|batch|group|instance|rms)_norm$|^normalize$/.test(type) && outputs[0] === output);
}

/** An output of its input's shape and at least so wide is a reconstruction (an autoencoder): its columns are not classes. */
const reconstructedColumns = 16;

/** Whether an output of this shape is a reconstruction of the input. */
export function isReconstruction(graph: Graph, { inputs }: ModelTrace, shape: Shape): boolean {
  return inputs.length > 0 && sameShape(typeOf(graph, inputs[0].value).shape, shape) && shape.length > 0 && shape.at(-1)! >= reconstructedColumns;
}

/** What leaves a log-probability one: sums over the parts of an action, what corrects it for a change of variables, and moves of elements. */
const keepsLogarithm: ReadonlySet<string> = new Set(['sum', 'mean', 'add', 'sub', 'reshape', 'permute', 'expand', 'slice', 'cat', 'cast']);

/** Whether an output is a log-probability of what was drawn, or a sum of such. */
export function isLogProbability(graph: Graph, { logProbabilities = [] }: ModelTrace, output: ValueId): boolean {
  const known = new Set(logProbabilities);
  const behind = new Set([output]);
  for (const value of behind) {
    if (known.has(value)) return true;
    const { op, inputs } = nodeOf(graph, value);
    if (!keepsLogarithm.has(op)) continue;
    for (const input of op === 'add' || op === 'cat' ? inputs : inputs.slice(0, 1)) behind.add(input);
  }
  return false;
}
