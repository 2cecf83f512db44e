// The loss of an output of which no file says anything, as a table: the first row that holds decides.
import type { Graph, ValueId } from '../graph/graph.ts';
import { typeOf } from '../graph/graph.ts';
import type { ModelTrace } from '../graph/modelTrace.ts';
import type { Shape } from '../graph/tensorType.ts';
import { isAmong } from '../protocol/lossWords.ts';
import type { LossKind } from '../protocol/report.ts';
import { hasClasses, isLogProbability, isNormalized, isReconstruction, type Ending } from './outputForm.ts';

export interface SeenOutput {
  readonly graph: Graph;
  readonly trace: ModelTrace;
  readonly output: ValueId;
  readonly shape: Shape;
  readonly ending: Ending;
}

interface Row {
  readonly kind: LossKind;
  readonly because: string;
  holds(seen: SeenOutput): boolean;
}

const rows: readonly Row[] = [
  { kind: 'likelihood', because: 'a policy is trained by the log-probability of what it draws', holds: ({ graph, trace, output }) => isLogProbability(graph, trace, output) },
  { kind: 'sum', because: 'one number alone is a loss itself', holds: ({ shape }) => shape.length === 0 },
  { kind: 'mse', because: 'the mean square of a normalization\'s output is the same whatever the weights are', holds: ({ trace, output }) => isNormalized(trace, output) },
  { kind: 'cross-entropy', because: 'softmax gives probabilities of classes', holds: ({ ending, shape }) => isOfSoftmax(ending) && hasClasses(shape, shape.length - 1) },
  { kind: 'cross-entropy', because: 'a score of each token of a vocabulary, of tokens that are looked up in a table of them, tells the next one', holds: isOfVocabulary },
  { kind: 'mean-square', because: 'of one class there is nothing to tell, tanh gives an image, and an output of the input\'s shape is a reconstruction',
    holds: ({ graph, trace, shape, ending }) => isOfSoftmax(ending) || ending === 'signed' || isReconstruction(graph, trace, shape) },
  { kind: 'mean-square', because: 'an image, a map of features or a sequence may be anything', holds: ({ shape }) => shape.length !== 2 },
  { kind: 'binary-cross-entropy', because: 'sigmoid gives a probability per column', holds: ({ ending }) => ending === 'sigmoid' },
  { kind: 'mse', because: 'one number per sample is a value, of a regression or a critic', holds: ({ shape }) => shape[1] < 2 },
  { kind: 'mse', because: 'a file on reinforcement learning gives the worth of each action', holds: ({ trace }) => trace.training.spokenOf === 'rewards' },
  { kind: 'cross-entropy', because: 'the files around say something of classes', holds: ({ trace }) => trace.training.spokenOf === 'classes' },
  { kind: 'cross-entropy', because: 'an image or a row of tokens that becomes a row of numbers is nearly always put into classes', holds: isOfImageOrTokens },
  { kind: 'mse', because: 'rows of numbers that become rows of numbers, and nothing says a word of classes: values', holds: () => true },
];

/** Columns of an image of MNIST and of CIFAR, laid out in a row. */
const flatImages: ReadonlySet<number> = new Set([28 * 28, 3 * 32 * 32]);

/** What a file that names losses, and not this one, trains with is another one: of targets if it names that, else none that is known. */
export function assumedLoss(seen: SeenOutput): LossKind {
  const { kind } = rows.find((row) => row.holds(seen))!;
  const { named } = seen.trace.training;
  if (kind === 'likelihood' || kind === 'sum' || named.length === 0 || isAmong(kind, named) || isNormalized(seen.trace, seen.output)) return kind;
  return kind === 'cross-entropy' && isAmong('mse', named) ? 'mse' : 'mean-square';
}

function isOfSoftmax(ending: Ending): boolean {
  return ending === 'softmax' || ending === 'log_softmax';
}

/** Not what an activation function gives that leaves 0 to 1: those are features. */
function isOfImageOrTokens({ graph, trace, ending }: SeenOutput): boolean {
  if (trace.inputs.length === 0 || ending === 'values') return false;
  const { shape, dtype } = typeOf(graph, trace.inputs[0].value);
  return shape.length >= 4 || dtype.startsWith('int') || (shape.length === 2 && flatImages.has(shape[1]));
}

/** Whether a model of tokens gives a number for each row of a table that its first input is looked up in. */
function isOfVocabulary({ graph, trace, shape, ending }: SeenOutput): boolean {
  if (trace.inputs.length === 0 || ending === 'values' || ending === 'signed' || ending === 'sigmoid' || shape.length !== 3 || shape[2] < 2) return false;
  const tokens = trace.inputs[0].value;
  return typeOf(graph, tokens).dtype.startsWith('int') && graph.nodes.some(({ op, inputs }) => op === 'embedding' && inputs.includes(tokens) && inputs.some((table) => typeOf(graph, table).shape[0] === shape[2]));
}
