// Quick-train's starting point: what the file says of loss, optimizer and batch, and what fits where it says nothing.
import type { Graph } from '../graph/graph.ts';
import { typeOf } from '../graph/graph.ts';
import type { ModelTrace } from '../graph/modelTrace.ts';
import type { LossKind, OptimizerName, TrainingDefaults, TrainingFigure } from '../protocol/report.ts';
import { chooseLoss, type LossChoice } from './lossChoice.ts';

/** The frameworks' own default learning rates; plain SGD has none in PyTorch, and 0.01 is Keras's. */
export const defaultLearningRates: Readonly<Record<OptimizerName, number>> = { sgd: 0.01, adam: 1e-3, adamw: 1e-3, rmsprop: 1e-3 };

const defaultBatchSize = 32;

/**
 * As `chooseLoss`, with targets that training can give anew: a mean of squares has no data to learn, so the difference from values takes its place, and the
 * file's own loss has that of its one batch, so the kind of it is taken.
 */
export function chooseTrainingLoss(graph: Graph, { ownLoss: _, ...trace }: ModelTrace, requested?: LossKind): LossChoice | null {
  const choice = chooseLoss(graph, trace, requested === 'own' ? undefined : requested);
  if (!choice || requested !== undefined || choice.kind !== 'mean-square') return choice;
  const { shape } = typeOf(graph, choice.output);
  const input = trace.inputs[0] && typeOf(graph, trace.inputs[0].value);
  // Tokens in, one row of scores per token out: a language model.
  if (input?.dtype.startsWith('int') && input.shape.length === 2 && shape.length === 3 && shape[2] >= 2) {
    return { ...choice, kind: 'cross-entropy', form: 'logits', classAxis: 2 };
  }
  return { ...choice, kind: 'mse', form: 'values' };
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
