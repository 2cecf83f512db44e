// Reverse-mode differentiation, graph to graph: appends the nodes that compute a gradient. What one op contributes is in `vjp/`.
import { full, Term } from './emitter.ts';
import { GradientSum } from './gradientSum.ts';
import { typeOf, type Graph, type Node, type ValueId } from './graph.ts';
import type { Op } from './opAttributes.ts';
import { check } from './opError.ts';
import { reachable } from './subgraph.ts';
import { isFloat, sameShape } from './tensorType.ts';
import { attentionVjps } from './vjp/attention.ts';
import { decompositionVjps } from './vjp/decomposition.ts';
import { elementwiseVjps } from './vjp/elementwise.ts';
import { indexingVjps } from './vjp/indexing.ts';
import { leafVjps } from './vjp/leaf.ts';
import { linearAlgebraVjps } from './vjp/linearAlgebra.ts';
import { normalizationVjps } from './vjp/normalization.ts';
import { poolingVjps } from './vjp/pooling.ts';
import { reductionVjps } from './vjp/reduction.ts';
import { shapeVjps } from './vjp/shape.ts';
import { passingOutputs, type Contribution, type Step, type VjpRule, type VjpRules } from './vjp/vjpRule.ts';

const rules: VjpRules = {
  ...leafVjps, ...elementwiseVjps, ...reductionVjps, ...linearAlgebraVjps, ...poolingVjps, ...normalizationVjps, ...shapeVjps,
  ...indexingVjps, ...attentionVjps, ...decompositionVjps,
};

/**
 * Gradient of `output` with respect to each of `wrt`, of that value's type; null where no gradient reaches it. `seed` is the
 * gradient with respect to `output` itself, ones if left off; `given`: values at which gradients end, `output` not among them.
 * A node of the result has the origin of the node it differentiates.
 */
export function gradient(
  graph: Graph, output: ValueId, wrt: readonly ValueId[], seed?: ValueId, given: ReadonlySet<ValueId> = new Set(),
): (ValueId | null)[] {
  const seeds = new Map([[output, seedTerm(graph, output, seed)]]);
  return differentiate(graph, seeds, wrt, given).map((term) => term?.id ?? null);
}

/** As `gradient`, of the sum over outputs of output · seed; what lies before the values `given` counts as constant. */
function differentiate(
  graph: Graph, seeds: ReadonlyMap<ValueId, Term>, wrt: readonly ValueId[], given: ReadonlySet<ValueId>,
): (Term | null)[] {
  const path = differentiablePath(graph, [...seeds.keys()], wrt, given);
  const sums = new Map<ValueId, GradientSum>();
  const add = (value: ValueId, contribution: Contribution, op: Op): void => {
    if (!sums.has(value)) sums.set(value, new GradientSum(new Term(graph, value)));
    sums.get(value)!.add(contribution, op);
  };
  for (const [output, seed] of seeds) if (path.values.has(output)) add(output, seed, graph.nodes[graph.values[output].node].op);
  for (const node of path.nodes.reverse()) {
    const own = node.outputs.map((output) => sums.get(output)?.total() ?? null);
    if (own.every((g) => g === null)) continue;
    const contributions = ruleOf(node.op)(stepOf(graph, node, own));
    if (contributions.length !== node.inputs.length) {
      throw new Error(`the derivative of ${node.op} gives ${contributions.length} gradients for ${node.inputs.length} inputs`);
    }
    for (const [at, input] of node.inputs.entries()) {
      const contribution = path.values.has(input) ? contributions[at]?.() : null;
      if (contribution) add(input, contribution, node.op);
    }
  }
  return wrt.map((value) => sums.get(value)?.total() ?? null);
}

/** The nodes between `wrt` and `outputs` that pass a gradient on, in execution order, and the values that can get one. */
function differentiablePath(
  graph: Graph, outputs: readonly ValueId[], wrt: readonly ValueId[], given: ReadonlySet<ValueId>,
): { nodes: Node[]; values: Set<ValueId> } {
  const values = new Set(wrt.filter((value) => isFloat(typeOf(graph, value).dtype)));
  const nodes: Node[] = [];
  for (const id of reachable(graph, outputs, given)) {
    const node = graph.nodes[id];
    const [first] = node.outputs;
    if (!isDifferentiable(node.op) || !isFloat(typeOf(graph, first).dtype) || !node.inputs.some((input) => values.has(input))) continue;
    nodes.push(node);
    for (const output of passingOutputs(node.op, node.outputs)) values.add(output);
  }
  return { nodes, values };
}

/** Whether an op passes a gradient on: see `noGradient`. */
export function isDifferentiable(op: Op): boolean {
  return rules[op] !== null;
}

/** Of an op that is differentiable. */
function ruleOf(op: Op): VjpRule<Op> {
  return rules[op] as VjpRule<Op>;
}

function stepOf(graph: Graph, node: Node, found: readonly (Term | null)[]): Step<Op> {
  const term = (id: ValueId) => new Term(graph, id, node.origin);
  const outputs = node.outputs.map(term);
  const gradients = found.map((g) => g && term(g.id));
  return {
    gradients, inputs: node.inputs.map(term), outputs, y: outputs[0], attributes: node.attributes,
    // absent only for an op of which several outputs pass a gradient, whose rule reads `gradients`
    g: gradients[0]!,
    through: (formulas) => {
      const seeds = formulas.flatMap((formula, at) => (gradients[at] ? [[formula.id, gradients[at]] as const] : []));
      return differentiate(graph, new Map(seeds), node.inputs, new Set(node.inputs));
    },
  };
}

function seedTerm(graph: Graph, output: ValueId, seed: ValueId | undefined): Term {
  const { dtype, shape } = typeOf(graph, output);
  const { origin } = graph.nodes[graph.values[output].node];
  const like = new Term(graph, output, origin);
  if (seed === undefined) return full(like, shape, 1, dtype);
  check(sameShape(typeOf(graph, seed).shape, shape), () => `Mismatch in shape: grad_output[0] has a shape of `
    + `torch.Size([${typeOf(graph, seed).shape.join(', ')}]) and output[0] has a shape of torch.Size([${shape.join(', ')}]).`);
  return new Term(graph, seed, origin);
}
