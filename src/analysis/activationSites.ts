// Where a model applies activation functions, however each is written: the graph's nodes that `recognizeActivation` knows.
import { recognizeActivation } from '../graph/activation.ts';
import type { Node, ValueId } from '../graph/graph.ts';
import { nodeOf } from '../graph/graph.ts';
import type { ForwardNodes } from './forwardNodes.ts';

export interface ActivationSite {
  /** Torch functional name, `relu`. */
  readonly name: string;
  /** The pre-activation. */
  readonly input: ValueId;
  /** The activation. */
  readonly output: ValueId;
  /** The node whose output it is. */
  readonly node: Node;
}

/** Nodes that a written-out function (`x * sigmoid(x)`) has between its input and its output at most. */
const maximumInterior = 16;

/** All sites in execution order. A function that is a piece of another one (the sigmoid in `x * sigmoid(x)`) is not listed. */
export function activationSites(forward: ForwardNodes, isZeroConstant: (value: ValueId) => boolean): ActivationSite[] {
  const sites: ActivationSite[] = [];
  for (const node of forward.nodes) {
    const recognized = recognizeActivation(forward.graph, node, isZeroConstant);
    if (recognized) sites.push({ ...recognized, output: node.outputs[0], node });
  }
  const pieces = new Set<Node>(sites.flatMap((site) => interior(forward, site)));
  return sites.filter((site) => !pieces.has(site.node));
}

/** Nodes on the way from a site's output back to its input, the last one left out. */
function interior(forward: ForwardNodes, site: ActivationSite): Node[] {
  const found = new Set<Node>();
  const pending = [...site.node.inputs];
  while (pending.length > 0 && found.size < maximumInterior) {
    const value = pending.pop()!;
    if (value === site.input || forward.given.has(value)) continue;
    const node = nodeOf(forward.graph, value);
    if (found.has(node) || !forward.dependsOnInput(value)) continue;
    found.add(node);
    pending.push(...node.inputs);
  }
  return [...found];
}
