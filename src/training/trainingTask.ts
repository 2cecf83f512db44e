// What a traced model asks of its training data: types of inputs and targets, number of classes, vocabulary, whether an axis
// is time. Read from the graph, so that it holds for every framework.
import type { Graph, ValueId } from '../graph/graph.ts';
import { nodeOf, typeOf } from '../graph/graph.ts';
import { isFloat } from '../graph/tensorType.ts';
import type { LossChoice } from '../analysis/lossChoice.ts';
import { targetTypeOf } from '../analysis/lossGraph.ts';
import type { ReportPlan } from '../analysis/reportPlan.ts';
import type { Task, TaskInput } from './dataset.ts';
import { DataError } from './dataset.ts';

const sequentialLayers = /rnn|lstm|gru|recurrent|bidirectional|attention|transformer|conv1d|timedistributed|embedding/i;

/** Integers of an input that no embedding looks up and no draw bounds. */
const defaultVocabulary = 10;

/** Throws `DataError` where the loss has nothing to learn. */
export function trainingTask(plan: ReportPlan, choice: LossChoice, seed: number): Task {
  const { graph, trace } = plan;
  const output = typeOf(graph, choice.output);
  // A loss of the file's own has the inputs for its targets: values like the output's fit them.
  const targets = choice.kind === 'own' ? output : targetTypeOf(graph, choice);
  if (!targets) throw new DataError(`the loss ${choice.kind} compares the output with nothing, so there is nothing to learn: take mse or cross-entropy`);
  if (trace.inputs.length === 0) throw new DataError('the model takes no inputs that training data could stand in for');
  return {
    inputs: trace.inputs.map(({ name, value }): TaskInput => {
      const type = typeOf(graph, value);
      return { ...type, name, vocabulary: isFloat(type.dtype) ? null : vocabularyOf(plan, value) };
    }),
    output, targets,
    kind: kindOf(choice, plan),
    classes: choice.kind === 'cross-entropy' ? output.shape[choice.classAxis] : 2,
    channelAxis: trace.channelAxis,
    isSequential: trace.calls.some((call) => sequentialLayers.test(call.type)),
    seed,
  };
}

/** What the file's own loss compares with probabilities lies between 0 and 1, as they do. */
function kindOf({ kind, form }: LossChoice, { trace }: ReportPlan): Task['kind'] {
  switch (kind) {
    case 'cross-entropy': return 'classes';
    case 'binary-cross-entropy': return 'labels';
    case 'own': return form === 'probabilities' || trace.training.loss?.startsWith('binary-cross-entropy') ? 'labels' : 'values';
    default: return 'values';
  }
}

/** Rows of the embedding that looks an input up, else the bound it was drawn under. */
function vocabularyOf({ graph, forward }: ReportPlan, input: ValueId): number {
  const pending: ValueId[] = [input];
  const seen = new Set<ValueId>(pending);
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    for (const node of forward.consumers(value)) {
      if (node.op === 'embedding' && node.inputs[1] === value) return typeOf(graph, node.inputs[0]).shape[0];
      const [output] = node.outputs;
      if (!isIndexMove(graph, output) || seen.has(output)) continue;
      seen.add(output);
      pending.push(output);
    }
  }
  const drawn = nodeOf(graph, input);
  return drawn.op === 'randint' ? drawn.attributes.high : defaultVocabulary;
}

/** Indices stay indices as long as they are integers. */
function isIndexMove(graph: Graph, value: ValueId): boolean {
  return !isFloat(typeOf(graph, value).dtype) && typeOf(graph, value).dtype !== 'bool';
}
