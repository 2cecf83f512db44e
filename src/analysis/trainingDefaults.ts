// Quick-train's starting point: what the file says of loss, optimizer and batch, and what fits where it says nothing.
import type { Graph, Node, ValueId } from '../graph/graph.ts';
import { typeOf } from '../graph/graph.ts';
import type { ModelTrace } from '../graph/modelTrace.ts';
import { reachable } from '../graph/subgraph.ts';
import { elementCount } from '../graph/tensorType.ts';
import type { LossKind, OptimizerName, TrainingDefaults, TrainingFigure } from '../protocol/report.ts';
import { chooseLoss, LossError, type LossChoice } from './lossChoice.ts';

/** The frameworks' own default learning rates; plain SGD has none in PyTorch, and 0.01 is Keras's. */
export const defaultLearningRates: Readonly<Record<OptimizerName, number>> = { sgd: 0.01, adam: 1e-3, adamw: 1e-3, rmsprop: 1e-3 };

const defaultBatchSize = 32;

/**
 * As `chooseLoss`, with targets that training can give anew: a mean of squares has no data to learn, so the difference from values takes its place. The file's own
 * loss is taken where the model's inputs are all the data in it (a variational autoencoder's); where there is other data, it has that of one batch only, and the
 * kind of loss it is takes its place. Throws `LossError` if `requested` does not fit.
 */
export function chooseTrainingLoss(graph: Graph, trace: ModelTrace, requested?: LossKind): LossChoice | null {
  const { ownLoss, ...withoutOwn } = trace;
  const takesOwn = ownLoss !== undefined && readsInputsOnly(graph, trace, ownLoss.value);
  if (requested === 'own' && ownLoss !== undefined && !takesOwn) {
    throw new LossError(`the file's own loss reads data beside the inputs of \`${trace.name}\`, of which there is one batch only: take mse or cross-entropy`);
  }
  const whole = chooseLoss(graph, ownLoss === undefined ? spokenOfClasses(trace) : takesOwn ? trace : withoutOwn, requested);
  // Data is made for one output.
  const choice = whole && { ...whole, others: [] };
  if (!choice || requested !== undefined || (choice.kind !== 'mean-square' && choice.kind !== 'likelihood')) return choice;
  const { shape } = typeOf(graph, choice.output);
  const input = trace.inputs[0] && typeOf(graph, trace.inputs[0].value);
  // Tokens in, one row of scores per token out: a language model.
  if (input?.dtype.startsWith('int') && input.shape.length === 2 && shape.length === 3 && shape[2] >= 2) {
    return { ...choice, kind: 'cross-entropy', form: 'logits', classAxis: 2 };
  }
  return { ...choice, kind: 'mse', form: 'values' };
}

/** Where nothing is said, classes are what training shows best, and what the last column of a table mostly is. */
function spokenOfClasses(trace: ModelTrace): ModelTrace {
  const { training } = trace;
  return training.spokenOf === 'nothing' ? { ...trace, training: { ...training, spokenOf: 'classes' } } : trace;
}

/** Whether all data that a loss depends on are the model's inputs, and each of them also makes the model's output: one that does not is the loss's target. */
function readsInputsOnly(graph: Graph, { inputs, parameters, buffers, calls, outputs }: ModelTrace, loss: ValueId): boolean {
  const begin = new Set([...inputs, ...parameters].map(({ value }) => value).concat(buffers.map(({ before }) => before)));
  const within = new Set(calls.map(({ id }) => id));
  const isData = (node: Node): boolean => !within.has(node.origin.call)
    && ('offset' in node.attributes || (node.op === 'constant' && elementCount(typeOf(graph, node.outputs[0]).shape) > 1));
  if (reachable(graph, [loss], begin).some((id) => isData(graph.nodes[id]))) return false;
  const read = new Set(reachable(graph, outputs.slice(0, 1), begin).flatMap((id) => graph.nodes[id].inputs));
  return inputs.every(({ value }) => read.has(value));
}

export function trainingDefaults(graph: Graph, trace: ModelTrace): TrainingDefaults {
  const { optimizer, settings, batchSize } = trace.training;
  const { learningRate } = settings;
  const name = optimizer ?? 'adam';
  const [input] = trace.inputs;
  const traced = input && typeOf(graph, input.value).shape[0];
  const loss = chooseTrainingLoss(graph, trace);
  const isFound: Readonly<Record<TrainingFigure, boolean>> = {
    loss: loss?.origin === 'file',
    // One that stands in for another has no settings of the file's.
    optimizer: optimizer !== null && Object.keys(settings).length > 0,
    learningRate: learningRate !== undefined,
    batchSize: batchSize !== null || (traced !== undefined && traced > 1 && input.origin === 'file'),
  };
  return {
    loss: loss?.kind ?? 'mse',
    optimizer: name,
    learningRate: learningRate ?? defaultLearningRates[name],
    // A file that shows one sample still learns from batches.
    batchSize: batchSize ?? (traced !== undefined && traced > 1 ? traced : defaultBatchSize),
    found: (Object.keys(isFound) as TrainingFigure[]).filter((figure) => isFound[figure]),
  };
}
