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

/**
 * Walks back from a value to the op that made its features. Null for vectors and scalars, which have no batch to count over.
 * `given`: where the model begins.
 */
export function unitAxis(graph: Graph, value: ValueId, channelAxis: 'first' | 'last', given: ReadonlySet<ValueId>): number | null {
  const rank = typeOf(graph, value).shape.length;
  if (rank < 2) return null;
  const permutations: (readonly number[])[] = [];
  let current = value;
  while (!given.has(current)) {
    const node = nodeOf(graph, current);
    const anchor = anchors[node.op];
    if (anchor) {
      const axis = anchor === 'channels' ? 1 : rank - 1;
      return permutations.reduceRight((at, dims) => dims.indexOf(at), axis);
    }
    if (node.op === 'permute') permutations.push(node.attributes.dims);
    const next = shapedInput(graph, node, current);
    if (next === undefined) break;
    current = next;
  }
  return channelAxis === 'first' && rank >= 4 ? 1 : rank - 1;
}

function shapedInput(graph: Graph, node: Node, value: ValueId): ValueId | undefined {
  if (node.op === 'permute' || axisKeeping.has(node.op)) return node.inputs.find((input) => typeOf(graph, input).shape.length === typeOf(graph, value).shape.length);
  return node.inputs.find((input) => sameShape(typeOf(graph, input).shape, typeOf(graph, value).shape));
}
