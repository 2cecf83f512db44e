// Values of a graph as they are where one of them is replaced by another: what depends on it is recorded anew, all else is shared.
import { Term } from './emitter.ts';
import type { ValueId } from './graph.ts';
import { record } from './record.ts';
import { reachable } from './subgraph.ts';

/** `outputs` with `term` in place of the value `replaced`; null stays null. What is recorded has the term's origin. */
export function substituted(outputs: readonly (number | null)[], replaced: number, term: Term): (Term | null)[] {
  const { graph, origin } = term;
  const anew = new Map<ValueId, ValueId>([[replaced as ValueId, term.id]]);
  const wanted = outputs.filter((output) => output !== null) as ValueId[];
  const isShared = (value: ValueId): boolean => value <= replaced; // what was recorded before does not depend on it
  for (const id of reachable(graph, wanted, { has: isShared })) {
    const { op, inputs, attributes, outputs: before } = graph.nodes[id];
    if (!inputs.some((input) => anew.has(input))) continue;
    const after = record(graph, op, inputs.map((input) => anew.get(input) ?? input), attributes, origin);
    before.forEach((value, at) => anew.set(value, after[at]));
  }
  return outputs.map((output) => (output === null ? null : new Term(graph, anew.get(output as ValueId) ?? (output as ValueId), origin)));
}
