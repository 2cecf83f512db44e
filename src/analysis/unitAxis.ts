// Which axis of a value counts its units: features of the last axis (dense, attention, embedding), channels (convolution).
import type { Graph, Node, ValueId } from '../graph/graph.ts';
import { nodeOf, typeOf } from '../graph/graph.ts';
import type { Op } from '../graph/opAttributes.ts';
import { sameShape } from '../graph/tensorType.ts';

/** Ops after which the place of the features is certain; the graph's own layout is N C … whatever the framework's. */
const anchors: Partial<Record<Op, 'channels' | 'features'>> = {
  convolution: 'channels', native_batch_norm: 'channels', max_pool_with_indices: 'channels', avg_pool: 'channels', adaptive_avg_pool: 'channels',
  adaptive_max_pool_with_indices: 'channels', interpolate: 'channels',
  linear: 'features', matmul: 'features', native_layer_norm: 'features', embedding: 'features',
  scaled_dot_product_attention: 'features',
};

/** Ops that leave every axis where it was, though sizes change. */
const axisKeeping: ReadonlySet<Op> = new Set<Op>(['slice', 'cat', 'pad', 'flip', 'expand']);

/** Of the values of a graph. `given`: where the model begins. What was found of a value serves all that are made of it: a chain of a thousand functions is walked once. */
export class UnitAxes {
  /** Null: none of the ops before it says. */
  readonly #found = new Map<ValueId, number | null>();

  constructor(private readonly graph: Graph, private readonly channelAxis: 'first' | 'last', private readonly given: ReadonlySet<ValueId>) {}

  /** Null for vectors and scalars, which have no batch to count over. */
  of(value: ValueId): number | null {
    const rank = typeOf(this.graph, value).shape.length;
    if (rank < 2) return null;
    return this.#anchored(value, rank) ?? (this.channelAxis === 'first' && rank >= 4 ? 1 : rank - 1);
  }

  /** Walks back from a value to the op that made its features. */
  #anchored(value: ValueId, rank: number): number | null {
    const passed: ValueId[] = [];
    let axis: number | null | undefined;
    for (let current: ValueId | undefined = value; axis === undefined && current !== undefined;) {
      const node: Node = nodeOf(this.graph, current);
      const anchor = anchors[node.op];
      axis = this.given.has(current) ? null : this.#found.has(current) ? this.#found.get(current) : anchor && (anchor === 'channels' ? 1 : rank - 1);
      passed.push(current);
      current = shapedInput(this.graph, node, current);
    }
    let at = axis ?? null;
    for (const current of passed.reverse()) {
      const node = nodeOf(this.graph, current);
      if (node.op === 'permute' && !this.#found.has(current) && at !== null) at = node.attributes.dims.indexOf(at);
      this.#found.set(current, at);
    }
    return at;
  }
}

function shapedInput(graph: Graph, node: Node, value: ValueId): ValueId | undefined {
  if (node.op === 'permute' || axisKeeping.has(node.op)) return node.inputs.find((input) => typeOf(graph, input).shape.length === typeOf(graph, value).shape.length);
  return node.inputs.find((input) => sameShape(typeOf(graph, input).shape, typeOf(graph, value).shape));
}
