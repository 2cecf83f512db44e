// Runs a graph: decides once which nodes are needed, in which order, and after which node each value can go; then runs that as often
// as asked, with one array per living value. It computes nothing itself: kernels are a backend's.
import { typeOf, type Graph, type Node, type NodeId, type ValueId } from '../graph/graph.ts';
import { reachable } from '../graph/subgraph.ts';
import { formatShape, sameShape } from '../graph/tensorType.ts';
import type { Backend } from './backend.ts';
import { CancelledRun, EngineError, MemoryLimitError } from './engineError.ts';
import { referenceBackend } from './reference/referenceBackend.ts';
import { ArrayPool } from './arrayPool.ts';
import { byteLength, storageOf, type Tensor } from './tensor.ts';

export interface RunOptions {
  /** Storage of `constant` nodes. */
  constants(id: number): Tensor;
  /** Values that are not computed but taken from here: exactly the `given` of the plan. */
  readonly given?: ReadonlyMap<ValueId, Tensor>;
  /** Called once for each value when it is there; each has to be among what the plan computes. The tensor is valid during the call only, unless the value is an output. */
  readonly taps?: ReadonlyMap<ValueId, (tensor: Tensor) => void>;
  /** For everything the run itself holds; constants and given tensors do not count. */
  readonly memoryLimitBytes: number;
  /** Added to the offset of every random op, so that a training step draws anew. */
  readonly drawShift?: number;
  /** Asked before each node. */
  isCancelled?(): boolean;
}

interface Step {
  readonly node: Node;
  /** The output is the input's storage with another shape. */
  readonly isView: boolean;
  /** Values that nothing later reads; their storage ends with them unless a view of it lives on. */
  readonly dropped: readonly ValueId[];
}

/** The nodes that some outputs need, in order. */
export class Plan {
  private readonly steps: readonly Step[];
  private readonly pool = new ArrayPool();
  /** For each planned value, the value whose storage it is. */
  private readonly owners = new Map<ValueId, ValueId>();
  private readonly kept: ReadonlySet<ValueId>;

  /** `observed`: values to compute for their taps' sake, without keeping them. */
  constructor(
    private readonly graph: Graph, private readonly outputs: readonly ValueId[], private readonly given: ReadonlySet<ValueId>,
    observed: Iterable<ValueId> = [], private readonly backend: Backend = referenceBackend,
  ) {
    const nodes = reachable(graph, [...outputs, ...observed], given).map((id) => graph.nodes[id]);
    for (const value of given) this.owners.set(value, value);
    for (const node of nodes) {
      const isView = isViewNode(graph, node);
      for (const output of node.outputs) {
        if (!given.has(output)) this.owners.set(output, isView ? this.owners.get(node.inputs[0])! : output);
      }
    }
    this.kept = new Set(outputs.map((output) => this.owners.get(output)!));
    this.steps = this.schedule(nodes);
  }

  /** Nodes that a run goes through. */
  get nodeCount(): number {
    return this.steps.length;
  }

  /** Bytes kept between runs, to be used again. */
  get keptBytes(): number {
    return this.pool.keptBytes;
  }

  /**
   * Computes the outputs. Throws `EngineError` (with its node), `MemoryLimitError` or `CancelledRun`; a plan can be run again after
   * any of them.
   */
  run(options: RunOptions): Map<ValueId, Tensor> {
    const tensors = new Map<ValueId, Tensor>();
    for (const value of options.taps?.keys() ?? []) {
      if (!this.owners.has(value)) throw new Error(`Value ${value} is tapped, but this plan does not compute it`);
    }
    try {
      for (const value of this.given) this.produce(tensors, value, this.givenTensor(value, options), options);
      for (const step of this.steps) {
        if (options.isCancelled?.() === true) throw new CancelledRun();
        this.runStep(step, tensors, options);
      }
      return new Map(this.outputs.map((output) => [output, tensors.get(output)!]));
    } finally {
      this.pool.forget();
    }
  }

  private schedule(nodes: readonly Node[]): Step[] {
    // The last reader of a storage is the last reader of any value that shares it; a value nobody reads ends at once.
    const last = new Map<ValueId, NodeId>();
    for (const node of nodes) {
      for (const value of [...node.outputs, ...node.inputs]) {
        const owner = this.owners.get(value);
        if (owner !== undefined) last.set(owner, node.id);
      }
    }
    const droppedBy = new Map<NodeId, ValueId[]>();
    for (const [owner, node] of last) {
      const isOwn = !this.given.has(owner) && this.graph.nodes[this.graph.values[owner].node].op !== 'constant';
      if (!isOwn || this.kept.has(owner)) continue;
      const dropped = droppedBy.get(node);
      if (dropped === undefined) droppedBy.set(node, [owner]);
      else dropped.push(owner);
    }
    return nodes.map((node) => ({ node, isView: isViewNode(this.graph, node), dropped: droppedBy.get(node.id) ?? [] }));
  }

  private runStep({ node, isView, dropped }: Step, tensors: Map<ValueId, Tensor>, options: RunOptions): void {
    const inputs = node.inputs.map((value) => tensors.get(value)!);
    if (node.op === 'constant') {
      this.produce(tensors, node.outputs[0], options.constants(node.attributes.data), options);
    } else if (isView) {
      const type = typeOf(this.graph, node.outputs[0]);
      this.produce(tensors, node.outputs[0], { ...type, data: inputs[0].data }, options);
    } else {
      const outputs = node.outputs.map((value) => this.allocate(value, node, options));
      try {
        this.backend.run(options.drawShift ? shiftedDraw(node, options.drawShift) : node, inputs, outputs);
      } catch (error) {
        if (error instanceof EngineError) error.node = node.id;
        throw error;
      }
      outputs.forEach((tensor, n) => {
        // A node of several outputs can have some of them given.
        if (!this.given.has(node.outputs[n])) this.produce(tensors, node.outputs[n], tensor, options);
        else this.pool.give(tensor.data);
      });
    }
    for (const value of dropped) {
      this.pool.give(tensors.get(value)!.data);
      tensors.delete(value);
    }
  }

  private allocate(value: ValueId, node: Node, { memoryLimitBytes }: RunOptions): Tensor {
    const { dtype, shape } = typeOf(this.graph, value);
    const needed = this.pool.bytesWith(byteLength(dtype, shape));
    if (needed > memoryLimitBytes) throw new MemoryLimitError(node.id, node.op, needed, memoryLimitBytes);
    return { dtype, shape, data: this.pool.take(dtype, shape, memoryLimitBytes) };
  }

  private produce(tensors: Map<ValueId, Tensor>, value: ValueId, tensor: Tensor, options: RunOptions): void {
    tensors.set(value, tensor);
    options.taps?.get(value)?.(tensor);
  }

  private givenTensor(value: ValueId, options: RunOptions): Tensor {
    const tensor = options.given?.get(value);
    const { dtype, shape } = typeOf(this.graph, value);
    if (tensor === undefined) throw new Error(`Value ${value} was to be given, and was not`);
    if (tensor.dtype !== dtype || !sameShape(tensor.shape, shape)) {
      throw new Error(`Value ${value} is ${dtype} ${formatShape(shape)}; ${tensor.dtype} ${formatShape(tensor.shape)} was given`);
    }
    return tensor;
  }
}

/** Runs once what `outputs` and the taps need. */
export function runGraph(graph: Graph, outputs: readonly ValueId[], options: RunOptions): Map<ValueId, Tensor> {
  return new Plan(graph, outputs, new Set(options.given?.keys()), options.taps?.keys()).run(options);
}

/** Whether a node's output is its input's storage under another type. */
function isViewNode(graph: Graph, node: Node): boolean {
  switch (node.op) {
    case 'reshape': case 'detach': return true;
    case 'expand': return sameElements(graph, node);
    case 'cast': return isExactCast(graph, node);
    default: return false;
  }
}

function sameElements(graph: Graph, node: Node): boolean {
  const [from, to] = [typeOf(graph, node.inputs[0]), typeOf(graph, node.outputs[0])];
  return byteLength(from.dtype, from.shape) === byteLength(to.dtype, to.shape);
}

/** Same storage, and every value of the one type is a value of the other. */
function isExactCast(graph: Graph, node: Node): boolean {
  const [from, to] = [typeOf(graph, node.inputs[0]).dtype, typeOf(graph, node.outputs[0]).dtype];
  if (from === to) return true;
  return storageOf[from] === storageOf[to] && !['bool', 'int8', 'int16'].includes(to);
}

function shiftedDraw(node: Node, shift: number): Node {
  if (!('offset' in node.attributes)) return node;
  const { offset, carry } = node.attributes;
  return { ...node, attributes: { ...node.attributes, offset: offset + shift, carry: carry === null ? null : carry + shift } } as Node;
}
