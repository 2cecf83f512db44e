// Runs a graph: decides once which nodes are needed, in which order, and after which node each value can go; then runs that as often
// as asked, with one array per living value. It computes nothing itself: kernels are a backend's.
import { typeOf, type Graph, type Node, type NodeId, type ValueId } from '../../graph/graph.ts';
import { reachable } from '../../graph/subgraph.ts';
import type { Backend } from './backend.ts';
import type { Program, ProgramRequest, RunOptions } from '../engine.ts';
import { CancelledRun, EngineError, MemoryLimitError } from '../engineError.ts';
import { ArrayPool } from './arrayPool.ts';
import { shiftedDraw } from '../drawShift.ts';
import { measure, type Measure } from '../measure.ts';
import { checkRun } from '../runChecks.ts';
import { byteLength, isExactCast, type Tensor } from '../tensor.ts';

interface Step {
  readonly node: Node;
  /** The output is the input's storage with another shape. */
  readonly isView: boolean;
  /** Values that nothing later reads; their storage ends with them unless a view of it lives on. */
  readonly dropped: readonly ValueId[];
}

/** The nodes that some outputs need, in order. */
export class Plan implements Program {
  private readonly steps: readonly Step[];
  private readonly pool = new ArrayPool();
  /** For each planned value, the value whose storage it is. */
  private readonly owners = new Map<ValueId, ValueId>();
  private readonly kept: ReadonlySet<ValueId>;
  private readonly outputs: readonly ValueId[];
  private readonly given: ReadonlySet<ValueId>;
  private readonly measured: ReadonlyMap<ValueId, Measure>;

  constructor(private readonly graph: Graph, private readonly request: ProgramRequest, private readonly backend: Backend) {
    const { outputs, given = new Set<ValueId>(), measured = new Map<ValueId, Measure>(), tapped = [] } = request;
    [this.outputs, this.given, this.measured] = [outputs, given, measured];
    const nodes = reachable(graph, [...outputs, ...measured.keys(), ...tapped], given).map((id) => graph.nodes[id]);
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

  release(): void {
    this.pool.clear();
  }

  run(options: RunOptions): Map<ValueId, Tensor> {
    checkRun(this.graph, this.request, options);
    const tensors = new Map<ValueId, Tensor>();
    try {
      for (const value of this.given) this.produce(tensors, value, options.given!.get(value)!, options);
      for (const step of this.steps) {
        if (options.isCancelled?.() === true) throw new CancelledRun();
        this.runStep(step, tensors, options);
      }
      return new Map(this.outputs.map((output) => [output, handedOut(tensors.get(output)!, options.into?.get(output))]));
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
    const figures = this.measured.get(value);
    if (figures && options.onMeasured) options.onMeasured(value, measure(tensor, figures));
  }
}

function handedOut(tensor: Tensor, into: Tensor | undefined): Tensor {
  if (!into) return tensor;
  into.data.set(tensor.data);
  return into;
}

/** Whether a node's output is its input's storage under another type. */
function isViewNode(graph: Graph, node: Node): boolean {
  switch (node.op) {
    case 'reshape': case 'detach': case 'with_gradient': return true;
    case 'expand': return sameElements(graph, node);
    case 'cast': return isExactCast(typeOf(graph, node.inputs[0]).dtype, node.attributes.dtype);
    default: return false;
  }
}

function sameElements(graph: Graph, node: Node): boolean {
  const [from, to] = [typeOf(graph, node.inputs[0]), typeOf(graph, node.outputs[0])];
  return byteLength(from.dtype, from.shape) === byteLength(to.dtype, to.shape);
}
