// The one door into a graph: appends a node after inferring its output types. Refuses with PyTorch's words (`OpError`).
import { appendNode, typeOf, type Graph, type Origin, type ValueId } from './graph.ts';
import { attentionRules } from './infer/attention.ts';
import { decompositionRules } from './infer/decomposition.ts';
import { elementwiseRules } from './infer/elementwise.ts';
import { indexingRules } from './infer/indexing.ts';
import type { InferenceRule, InferenceRules } from './infer/inferenceRule.ts';
import { leafRules } from './infer/leaf.ts';
import { linearAlgebraRules } from './infer/linearAlgebra.ts';
import { normalizationRules } from './infer/normalization.ts';
import { poolingRules } from './infer/pooling.ts';
import { reductionRules } from './infer/reduction.ts';
import { resamplingRules } from './infer/resampling.ts';
import { shapeRules } from './infer/shape.ts';
import { inputCounts } from './inputCounts.ts';
import { normalize } from './normalize.ts';
import type { Op, OpAttributes } from './opAttributes.ts';
import { OpError } from './opError.ts';
import type { TensorType } from './tensorType.ts';

const rules = {
  ...leafRules, ...elementwiseRules, ...reductionRules, ...linearAlgebraRules, ...poolingRules, ...normalizationRules,
  ...shapeRules, ...indexingRules, ...attentionRules, ...decompositionRules, ...resamplingRules,
} satisfies InferenceRules;

/** Ops of several outputs. */
export type ManyOutputOp = { [O in Op]: ReturnType<(typeof rules)[O]> extends TensorType ? never : O }[Op];


/**
 * Appends a node of `op` and returns its outputs. Axes may be negative and a reshape may hold one -1: the node has the normal
 * form. Throws `OpError`, and then the graph is unchanged.
 */
export function record<O extends Op>(
  graph: Graph, op: O, inputs: readonly ValueId[], attributes: OpAttributes[O], origin: Origin,
): readonly ValueId[] {
  const [least, most] = Object.hasOwn(inputCounts, op) ? inputCounts[op] : unknownOp(op);
  if (op === 'cat') inputs = withoutEmptyVectors(graph, inputs);
  if (inputs.length < least || inputs.length > most) {
    throw new OpError(`${op} takes ${least === most ? least : `${least} to ${most}`} inputs, but ${inputs.length} were given`, 'TypeError');
  }
  const types = inputs.map((input) => typeOf(graph, input));
  const normal = normalize(op, attributes, types);
  const inferred = (rules[op] as InferenceRule<O>)(types, normal);
  const outputs = Array.isArray(inferred) ? (inferred as readonly TensorType[]) : [inferred as TensorType];
  return appendNode(graph, op, inputs, normal, outputs, origin).outputs;
}

function unknownOp(op: string): never {
  throw new OpError(`there is no op ${op}`, 'TypeError');
}

/** `torch.cat` passes over tensors of shape [0] whatever the others' rank: people begin a list with `torch.tensor([])`. */
function withoutEmptyVectors(graph: Graph, inputs: readonly ValueId[]): readonly ValueId[] {
  if (inputs.length === 0) throw new OpError('torch.cat(): expected a non-empty list of Tensors', 'ValueError');
  const kept = inputs.filter((input) => {
    const { shape } = typeOf(graph, input);
    return shape.length !== 1 || shape[0] !== 0;
  });
  return kept.length === 0 ? inputs.slice(0, 1) : kept;
}
