// Which nodes a set of values needs. Walks with loops: graphs are as deep as the user's model.
import type { Graph, NodeId, ValueId } from './graph.ts';

/** The nodes that have to run for `outputs` when the values `given` are there already, in execution order. */
export function reachable(graph: Graph, outputs: readonly ValueId[], given: Pick<ReadonlySet<ValueId>, 'has'>): NodeId[] {
  const needed = new Set<NodeId>();
  const pending: ValueId[] = [...outputs];
  while (pending.length > 0) {
    const value = pending.pop()!;
    if (given.has(value)) continue;
    const { node } = graph.values[value];
    if (needed.has(node)) continue;
    needed.add(node);
    pending.push(...graph.nodes[node].inputs);
  }
  return [...needed].sort((a, b) => a - b);
}

/** The values that some nodes make, and all that are computed from them. */
export function dependents(graph: Graph, of: ReadonlySet<NodeId>): Set<ValueId> {
  const found = new Set<ValueId>();
  for (const { id, inputs, outputs } of graph.nodes) {
    if (of.has(id) || inputs.some((input) => found.has(input))) for (const output of outputs) found.add(output);
  }
  return found;
}
