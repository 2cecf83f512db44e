// Which nodes a set of values needs. Walks with loops: graphs are as deep as the user's model.
import type { Graph, NodeId, ValueId } from './graph.ts';

/** The nodes that have to run for `outputs` when the values `given` are there already, in execution order. */
export function reachable(graph: Graph, outputs: readonly ValueId[], given: ReadonlySet<ValueId>): NodeId[] {
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

/** The nodes among `nodes` (in execution order) of which some output depends on one of `sources`. */
export function dependents(graph: Graph, nodes: readonly NodeId[], sources: ReadonlySet<ValueId>): Set<NodeId> {
  const values = new Set(sources);
  const found = new Set<NodeId>();
  for (const id of nodes) {
    const node = graph.nodes[id];
    if (node.inputs.some((input) => values.has(input))) {
      found.add(id);
      for (const output of node.outputs) values.add(output);
    }
  }
  return found;
}
