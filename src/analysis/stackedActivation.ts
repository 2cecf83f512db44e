// An activation function seen through what only moves elements: a recurrent layer's output is its steps' activations put
// together. The pre-activation is put together in the same way, by nodes appended to the graph.
import type { CallId, Node, NodeId, ValueId } from '../graph/graph.ts';
import { nodeOf } from '../graph/graph.ts';
import type { Op } from '../graph/opAttributes.ts';
import { record } from '../graph/record.ts';
import type { ActivationSite } from './activationSites.ts';
import type { ForwardNodes } from './forwardNodes.ts';

const movingOps: ReadonlySet<Op> = new Set<Op>(['reshape', 'permute', 'cat', 'slice', 'flip']);

/** Null unless every element of `value` comes from one and the same function, applied in different places within the call. */
export function stackedActivation(
  forward: ForwardNodes, value: ValueId, call: CallId, siteByOutput: ReadonlyMap<ValueId, ActivationSite>,
): ActivationSite | null {
  const { graph } = forward;
  const moving = new Map<NodeId, Node>();
  const names = new Set<string>();
  const before = new Map<ValueId, ValueId>();
  const pending = [value];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    const site = siteByOutput.get(at);
    const node = nodeOf(graph, at);
    // A `Flatten` moves what another layer's function gave.
    if (site && !forward.isWithin(site.node, call)) return null;
    if (site) {
      names.add(site.name);
      before.set(at, site.input);
    } else if (movingOps.has(node.op) && !forward.given.has(at)) {
      if (moving.has(node.id)) continue;
      moving.set(node.id, node);
      pending.push(...node.inputs);
    } else return null;
  }
  const [name] = names;
  if (names.size !== 1 || moving.size === 0) return null;
  for (const node of [...moving.values()].sort((a, b) => a.id - b.id)) {
    before.set(node.outputs[0], record(graph, node.op, node.inputs.map((input) => before.get(input)!), node.attributes, node.origin)[0]);
  }
  return { name, input: before.get(value)!, output: value, node: nodeOf(graph, value) };
}
