// Which parameters a gradient reaches, and what ends it where it reaches none.
import { isDifferentiable } from '../graph/gradient.ts';
import type { Graph, ValueId } from '../graph/graph.ts';
import { nodeOf, typeOf } from '../graph/graph.ts';
import { isFloat } from '../graph/tensorType.ts';
import { passingOutputs } from '../graph/vjp/vjpRule.ts';

/** Whether a gradient with respect to a value becomes one with respect to what it was made from. */
export function passesOn(graph: Graph, value: ValueId): boolean {
  const node = nodeOf(graph, value);
  return isFloat(typeOf(graph, value).dtype) && isDifferentiable(node.op) && passingOutputs<ValueId>(node.op, node.outputs).includes(value);
}

/** Follows gradients back from values, each part of the graph once. */
export class GradientReach {
  readonly #seen = new Set<ValueId>();

  constructor(private readonly graph: Graph, private readonly wanted: ReadonlySet<ValueId>) {}

  /** How many of the wanted values a gradient of `value` reaches that none asked for before did. */
  further(value: ValueId): number {
    let count = 0;
    const pending = [value];
    while (pending.length > 0) {
      const current = pending.pop()!;
      if (this.#seen.has(current)) continue;
      this.#seen.add(current);
      if (this.wanted.has(current) && isFloat(typeOf(this.graph, current).dtype)) count++;
      if (passesOn(this.graph, current)) pending.push(...nodeOf(this.graph, current).inputs);
    }
    return count;
  }
}
