// Which loss a report differentiates and quick-train minimizes, as one table of sources in order: the one asked for, else the file's own value (the sources of
// that are in `python/shim/_lens/learning/lossof.py`), else the kind that the file names, else what suits the output. It is a choice only; `lossGraph.ts` writes the formula.
import type { Graph, ValueId } from '../graph/graph.ts';
import { typeOf } from '../graph/graph.ts';
import type { ModelTrace, TraceLoss } from '../graph/modelTrace.ts';
import { isFloat } from '../graph/tensorType.ts';
import type { LossKind, LossReport } from '../protocol/report.ts';
import { assumedLoss, type SeenOutput } from './assumedLoss.ts';
import { GradientReach } from './gradientReach.ts';
import { classAxisOf, endingOf, formOf, hasClasses, type Ending, type OutputForm } from './outputForm.ts';

/** The loss of one output. */
export interface LossPart {
  readonly kind: LossKind;
  readonly output: ValueId;
  readonly form: OutputForm;
  /** Axis of the classes, for cross-entropy. */
  readonly classAxis: number;
}

export interface LossChoice extends LossPart {
  /** The loss itself, where it is there already: of `own` only. */
  readonly own?: TraceLoss;
  readonly origin: LossReport['origin'];
  /** Those of further outputs, behind which are parameters that are not behind those before them: the loss is the mean of all. */
  readonly others: readonly LossPart[];
}

/** The loss that was asked for cannot be taken of this output. */
export class LossError extends Error {
  override readonly name = 'LossError';
}

/** What the sources are asked about. */
interface Question extends SeenOutput {
  readonly classAxis: number;
  readonly own: TraceLoss | undefined;
  readonly requested: LossKind | undefined;
}

type Answer = Pick<LossChoice, 'kind' | 'origin' | 'own'> & { readonly form?: OutputForm };

/** In order: the first that has an answer is taken. */
const sources: readonly ((question: Question) => Answer | null)[] = [asked, ownOfFile, namedByFile, assumed];

/** Null where the model has no floating-point output to differentiate. Throws `LossError` if `requested` does not fit. */
export function chooseLoss(graph: Graph, trace: ModelTrace, requested?: LossKind): LossChoice | null {
  const trainable = new Set(trace.parameters.filter((parameter) => parameter.trainable).map(({ value }) => value));
  const output = mainOutput(graph, trace, trainable);
  if (output === null) return null;
  const seen = seenOutput(graph, trace, output);
  const own = trace.ownLoss && new GradientReach(graph, new Set(trace.outputs)).further(trace.ownLoss.value) > 0 ? trace.ownLoss : undefined;
  const question = { ...seen, classAxis: classAxisOf(seen.shape, trace), own, requested };
  for (const source of sources) {
    const answer = source(question);
    if (answer) return { form: formOf(answer.kind, seen.ending), output, classAxis: question.classAxis, ...answer, others: othersOf(graph, trace, answer, output, trainable) };
  }
  return null;
}

/** The first floating-point output through which a gradient reaches a parameter; where none does, the first if it is one. */
function mainOutput(graph: Graph, { outputs }: ModelTrace, trainable: ReadonlySet<ValueId>): ValueId | null {
  const reach = new GradientReach(graph, trainable);
  const first = outputs.find((output) => isFloat(typeOf(graph, output).dtype) && reach.further(output) > 0) ?? outputs[0];
  return first !== undefined && isFloat(typeOf(graph, first).dtype) ? first : null;
}

function seenOutput(graph: Graph, trace: ModelTrace, output: ValueId): SeenOutput {
  return { graph, trace, output, shape: typeOf(graph, output).shape, ending: endingOf(graph, output) };
}

/** Of the file's own loss, or one that was asked for, there are none. */
function othersOf(graph: Graph, trace: ModelTrace, { kind, origin, own }: Answer, output: ValueId, trainable: ReadonlySet<ValueId>): LossPart[] {
  if (origin === 'option' || (own && !own.isAssumed)) return [];
  const reach = new GradientReach(graph, trainable);
  reach.further(own?.value ?? output);
  return trace.outputs.filter((other) => other !== output && isFloat(typeOf(graph, other).dtype) && reach.further(other) > 0).map((other) => {
    const seen = seenOutput(graph, trace, other);
    const assumedKind = assumedLoss(seen);
    const classAxis = classAxisOf(seen.shape, trace);
    // What the file names for its output holds for the further ones that are like it.
    const isAlike = origin === 'file' && seen.shape.length === typeOf(graph, output).shape.length && (kind !== 'cross-entropy' || hasClasses(seen.shape, classAxis));
    const chosen = isAlike ? kind : assumedKind;
    return { kind: chosen, output: other, form: formOf(chosen, seen.ending), classAxis };
  });
}

function asked({ requested, own, trace, shape, classAxis, ending }: Question): Answer | null {
  if (requested === undefined) return null;
  if (requested === 'own') {
    if (own === undefined) throw new LossError(`the file computes no loss of its own from this call of \`${trace.name}\``);
    return { ...ownAnswer(own, ending), origin: 'option' };
  }
  if (requested === 'cross-entropy' && !hasClasses(shape, classAxis)) {
    throw new LossError(`cross-entropy needs an output with at least two classes, and the output's shape is (${shape.join(', ')})`);
  }
  return { kind: requested, origin: 'option' };
}

function ownOfFile({ own, ending }: Question): Answer | null {
  return own === undefined ? null : ownAnswer(own, ending);
}

function ownAnswer(own: TraceLoss, ending: Ending): Answer {
  return { kind: 'own', own, origin: own.isAssumed ? 'assumed' : 'file', form: ending === 'sigmoid' ? 'probabilities' : 'values' };
}

function namedByFile({ trace, ending, shape, classAxis }: Question): Answer | null {
  const { loss, fromProbabilities } = trace.training;
  if (loss === 'mse') return { kind: 'mse', origin: 'file' };
  if (loss === 'binary-cross-entropy' && !(fromProbabilities && (ending === 'values' || ending === 'signed'))) {
    return { kind: 'binary-cross-entropy', origin: 'file', form: fromProbabilities ? 'probabilities' : 'logits' };
  }
  if (loss === 'binary-cross-entropy-with-logits') return { kind: 'binary-cross-entropy', origin: 'file', form: 'logits' };
  if ((loss === 'cross-entropy' || loss === 'nll') && hasClasses(shape, classAxis)) {
    return { kind: 'cross-entropy', origin: 'file', form: loss === 'nll' ? 'log-probabilities' : fromProbabilities ? 'probabilities' : 'logits' };
  }
  return null;
}

function assumed(question: Question): Answer {
  return { kind: assumedLoss(question), origin: 'assumed' };
}

/** Number of classes of a cross-entropy; null for another loss, or one of several outputs. */
export function classesOf(graph: Graph, { kind, output, classAxis, own, others }: LossChoice): number | null {
  if (others.length > 0) return null;
  return kind === 'cross-entropy' ? typeOf(graph, output).shape[classAxis] : own?.classes ?? null;
}
