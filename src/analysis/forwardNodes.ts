// The part of a graph that one call of a model recorded: nodes between its inputs, parameters and buffers on one side and
// what its calls returned on the other. Draws of initial weights lie before it, losses and gradients behind it: neither counts.
import { noCall, type CallId, type Graph, type Node, type ValueId } from '../graph/graph.ts';
import type { CallRecord, ModelTrace } from '../graph/modelTrace.ts';
import { reachable } from '../graph/subgraph.ts';

export class ForwardNodes {
  /** In execution order. */
  readonly nodes: readonly Node[];
  /** Inputs, parameters and buffers: where the model's computation begins. */
  readonly given: ReadonlySet<ValueId>;
  readonly #consumers = new Map<ValueId, Node[]>();
  readonly #calls: ReadonlyMap<CallId, CallRecord>;
  readonly #chains = new Map<CallId, readonly CallRecord[]>();
  readonly #dependent = new Set<ValueId>();

  constructor(readonly graph: Graph, readonly trace: ModelTrace) {
    this.given = new Set([
      ...trace.inputs.map((input) => input.value),
      ...trace.parameters.map((parameter) => parameter.value),
      ...trace.buffers.map((buffer) => buffer.before),
    ]);
    this.#calls = new Map(trace.calls.map((call) => [call.id, call]));
    const roots = [...new Set([...trace.calls.flatMap((call) => call.outputs), ...trace.outputs])];
    const included = reachable(graph, roots, this.given);
    this.nodes = included.map((id) => graph.nodes[id]);
    for (const input of trace.inputs) this.#dependent.add(input.value);
    for (const node of this.nodes) {
      for (const input of new Set(node.inputs)) {
        const consumers = this.#consumers.get(input);
        if (consumers) consumers.push(node);
        else this.#consumers.set(input, [node]);
      }
      if (node.inputs.some((input) => this.#dependent.has(input))) for (const output of node.outputs) this.#dependent.add(output);
    }
  }

  /** Nodes that read a value. */
  consumers(value: ValueId): readonly Node[] {
    return this.#consumers.get(value) ?? [];
  }

  /** Whether a value changes with the model's inputs. */
  dependsOnInput(value: ValueId): boolean {
    return this.#dependent.has(value);
  }

  /** The calls under which a node was recorded, innermost first; calls outside the model's own are left out. */
  chain(call: CallId): readonly CallRecord[] {
    if (call === noCall) return [];
    let chain = this.#chains.get(call);
    if (!chain) {
      const record = this.#calls.get(call);
      chain = record ? [record, ...(record.parent === null ? [] : this.chain(record.parent))] : [];
      this.#chains.set(call, chain);
    }
    return chain;
  }

  isWithin(node: Node, call: CallId): boolean {
    return this.chain(node.origin.call).some((record) => record.id === call);
  }
}
