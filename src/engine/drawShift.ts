// A training step draws other random numbers than the one before: each random op's place in its generator's sequence is moved on.
import type { Node } from '../graph/graph.ts';

/** The node itself, if it draws nothing. */
export function shiftedDraw(node: Node, shift: number): Node {
  if (!('offset' in node.attributes)) return node;
  const { offset, carry } = node.attributes;
  return { ...node, attributes: { ...node.attributes, offset: offset + shift, carry: carry === null ? null : carry + shift } } as Node;
}
