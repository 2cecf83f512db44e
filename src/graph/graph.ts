// A recorded computation: plain data, without storage. Nodes are in execution order: a node's inputs come before it.
import type { Op, OpAttributes } from './opAttributes.ts';
import type { TensorType } from './tensorType.ts';

declare const brand: unique symbol;
export type NodeId = number & { readonly [brand]: 'node' };
export type ValueId = number & { readonly [brand]: 'value' };
/** A place in the source; `noSite` for what the product itself records. */
export type SiteId = number & { readonly [brand]: 'site' };
/** A call of a module or function under which a node was recorded; `noCall` outside of any. */
export type CallId = number & { readonly [brand]: 'call' };

export const noSite = -1 as SiteId;
export const noCall = -1 as CallId;

/** Where a node comes from. Gradient nodes carry the origin of the node they differentiate. */
export interface Origin {
  readonly site: SiteId;
  readonly call: CallId;
}
export const noOrigin: Origin = { site: noSite, call: noCall };

export interface NodeOf<O extends Op> {
  readonly id: NodeId;
  readonly op: O;
  readonly inputs: readonly ValueId[];
  readonly attributes: OpAttributes[O];
  readonly outputs: readonly ValueId[];
  readonly origin: Origin;
}
export type Node = { [O in Op]: NodeOf<O> }[Op];

/** One output of a node. */
export interface Value {
  readonly id: ValueId;
  readonly node: NodeId;
  readonly type: TensorType;
}

/** Grows by appending only; ids are positions. */
export interface Graph {
  readonly nodes: Node[];
  readonly values: Value[];
}

export function emptyGraph(): Graph {
  return { nodes: [], values: [] };
}

/** Appends a node whose output types are known (see `record` in `record.ts`, which infers them). */
export function appendNode<O extends Op>(
  graph: Graph, op: O, inputs: readonly ValueId[], attributes: OpAttributes[O], types: readonly TensorType[], origin: Origin,
): NodeOf<O> {
  const id = graph.nodes.length as NodeId;
  const outputs = types.map((type) => {
    const value: Value = { id: graph.values.length as ValueId, node: id, type };
    graph.values.push(value);
    return value.id;
  });
  const node: NodeOf<O> = { id, op, inputs, attributes, outputs, origin };
  graph.nodes.push(node as unknown as Node);
  return node;
}

export function typeOf(graph: Graph, value: ValueId): TensorType {
  return graph.values[value].type;
}
export function nodeOf(graph: Graph, value: ValueId): Node {
  return graph.nodes[graph.values[value].node];
}
