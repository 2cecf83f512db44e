// The chains that are open: which of them an element-wise node joins, and when one is written down.
import { typeOf, type Graph, type Node, type ValueId } from '../../graph/graph.ts';
import type { Op, OpAttributes } from '../../graph/opAttributes.ts';
import { elementCount, type DType, type Shape } from '../../graph/tensorType.ts';
import { Opcode } from './assembly/opcodes.ts';
import { Place, type BufferId } from './buffers.ts';
import { ChainBuilder, type ChainHost } from './chainBuilder.ts';
import type { CommandList } from './commandList.ts';
import { chainSteps, roundingSteps, truthOps, type ChainStep } from './elementwise.ts';
import { isFloats } from './storage.ts';
import { contiguousView, expanded, isContiguous, type View } from './view.ts';

/** What a step of a chain counts for an element, about. */
const stepWork = 2;

/** Where chains are written down, and how values lie: see `Lowering`. */
interface ChainLowering extends CommandList {
  readonly graph: Graph;
  peek(value: ValueId): View;
  read(value: ValueId): View;
  newView(value: ValueId): View;
}

export class OpenChains {
  /** The chain that will compute what lies in a buffer. */
  readonly #open = new Map<BufferId, ChainBuilder>();

  /** `uses`: how often each value is read, by nodes or by whoever asked for it. */
  constructor(private readonly lowering: ChainLowering, private readonly uses: Map<ValueId, number>) {}

  /** Writes down the chain that computes what lies in a buffer, if there is one. */
  settle(buffer: BufferId): void {
    const chain = this.#open.get(buffer);
    if (chain) this.#close(chain);
  }

  /**
   * Starts a chain on a kernel's result, which later element-wise nodes can join; `bias`, broadcast, is added first. The node's other outputs
   * are there when the chain is written down.
   */
  host(node: Node, host: ChainHost, bias?: View): void {
    const [value] = node.outputs;
    const { dtype, shape } = typeOf(this.lowering.graph, value);
    const chain = new ChainBuilder(shape, node.id, host);
    const view = this.lowering.newView(value);
    if (bias === undefined) {
      chain.begin(view, value);
    } else {
      chain.begin(contiguousView(this.lowering.buffers.of(dtype, shape), dtype, shape));
      const readable = chain.takes(expanded(bias, shape)) ? bias : this.lowering.copied(bias);
      chain.step(value, view, Opcode.add, [0, chain.outside(expanded(readable, shape))]);
    }
    this.#open.set(view.buffer, chain);
    for (const other of node.outputs.slice(1)) this.#open.set(this.lowering.peek(other).buffer, chain);
  }

  /** One step over views that broadcast to the result, at once. */
  step(node: Node, opcode: Opcode, inputs: readonly View[], to: View, p: number | Place = 0, q = 0): void {
    if (elementCount(to.shape) === 0) return;
    const chain = new ChainBuilder(to.shape, node.id, null);
    const slots = inputs.map((input) => chain.outside(expanded(input, to.shape)));
    chain.step(node.outputs[0], to, opcode, slots, p, q);
    const fields = chain.fields(() => true, (view) => this.lowering.copied(view), null);
    this.lowering.command('chain', stepWork * elementCount(to.shape), fields);
  }

  /** Puts a node into a chain; false: it is not element-wise, or not of a type that chains compute. */
  join(node: Node): boolean {
    const step = chainSteps[node.op] as ((attributes: OpAttributes[Op]) => ChainStep) | undefined;
    const [value] = node.outputs;
    const { dtype, shape } = typeOf(this.lowering.graph, value);
    const isOurs = (type: DType) => type === 'bool' || isFloats(type);
    // Bytes are read as the floats that they are exactly.
    const isReadable = (type: DType) => isOurs(type) || type === 'uint8';
    if (!step || !isOurs(dtype) || !node.inputs.every((input) => isReadable(typeOf(this.lowering.graph, input).dtype))) return false;
    if (elementCount(shape) === 0) {
      this.lowering.newView(value);
      return true;
    }
    const { opcode, p, q } = step(node.attributes);
    const chain = this.#chainFor(node, shape);
    const slots = node.inputs.map((input, n) => this.#slot(chain, input, (view) => asOperand(node, n, view, shape)));
    const view = this.lowering.newView(value);
    chain.step(value, view, opcode, slots, p, q);
    if (dtype === 'bool' && !truthOps.has(node.op)) chain.step(value, view, Opcode.nonzero, [chain.slotOf(value)]);
    this.#open.set(view.buffer, chain);
    return true;
  }

  /**
   * One that is open and computes an input, if the others can be read there, else a new one. Chains without a host that compute other inputs
   * become part of it.
   */
  #chainFor(node: Node, shape: Shape): ChainBuilder {
    const open = new Set<ChainBuilder>();
    for (const input of node.inputs) {
      const chain = this.#chainOf(input);
      if (chain && sameSizes(chain.shape, shape) && this.#whole(chain, input) !== undefined) open.add(chain);
    }
    // One with a host has to take in the others.
    const [first, ...others] = [...open].sort((a, b) => Number(b.host !== null) - Number(a.host !== null));
    if (first === undefined || !first.hasRoomFor(node.inputs.length + 1)) return new ChainBuilder(shape, node.id, null);
    for (const other of others) {
      if (!first.hasRoomFor(other.operands.length + node.inputs.length + 1) || !first.canAbsorb(other)) continue;
      first.absorb(other);
      for (const value of other.values) this.#open.set(this.lowering.peek(value).buffer, first);
    }
    const isReadable = (input: ValueId, n: number): boolean => (this.#chainOf(input) === first
      ? this.#whole(first, input) !== undefined : first.takes(asOperand(node, n, this.lowering.peek(input), shape)));
    return node.inputs.every(isReadable) ? first : new ChainBuilder(shape, node.id, null);
  }

  /** Rounds a value of a half type that a rule or a chain computes to what the type holds. */
  roundHalf(node: Node, value: ValueId): void {
    const opcode = roundingSteps[typeOf(this.lowering.graph, value).dtype];
    if (opcode === null) return;
    const chain = this.#chainOf(value);
    if (chain?.has(value)) {
      chain.step(value, this.lowering.peek(value), opcode, [chain.slotOf(value)]);
      return;
    }
    const view = this.lowering.read(value);
    this.step(node, opcode, [view], isContiguous(view) ? view : this.lowering.newView(value));
  }

  #chainOf(value: ValueId): ChainBuilder | undefined {
    return this.#open.get(this.lowering.peek(value).buffer);
  }
  /** The chain's own value that a value is: itself, or the one that it is an unchanged view of. */
  #whole(chain: ChainBuilder, value: ValueId): ValueId | undefined {
    if (chain.has(value)) return value;
    const view = this.lowering.peek(value);
    const source = [...chain.values].find((each) => this.lowering.peek(each).buffer === view.buffer);
    if (source === undefined) return undefined;
    const whole = this.lowering.peek(source);
    return sameSizes(whole.shape, view.shape) && view.offset === 0 && isContiguous(view) ? source : undefined;
  }

  /** `as`: how the chain sees what comes from outside. */
  #slot(chain: ChainBuilder, input: ValueId, as: (view: View) => View): number {
    const whole = this.#chainOf(input) === chain ? this.#whole(chain, input) : undefined;
    if (whole !== undefined) {
      // The chain reads it itself, so that nobody need store it for this use.
      if (whole === input) this.uses.set(input, this.uses.get(input)! - 1);
      return chain.slotOf(whole);
    }
    return chain.outside(as(this.lowering.read(input)));
  }

  /** Writes a chain down. */
  #close(chain: ChainBuilder): void {
    for (const [buffer, open] of this.#open) if (open === chain) this.#open.delete(buffer);
    const isStored = (value: ValueId): boolean => this.uses.get(value)! > 0;
    const { host } = chain;
    const copied = (view: View): View => this.lowering.copied(view, chain.node);
    if (host === null) {
      const work = stepWork * elementCount(chain.shape) * chain.steps.length;
      const fields = chain.fields(isStored, copied, null);
      this.lowering.command('chain', work, fields, chain.node, chain.inPlace(isStored));
      return;
    }
    const isOwnStored = chain.hostValue !== undefined && isStored(chain.hostValue);
    const buffer = isOwnStored ? undefined : chain.hostSharesWith(isStored);
    const place = new Place(buffer ?? chain.operands[0].view.buffer);
    host.finish(place, chain.steps.length === 0 ? 0 : chain.fields(isStored, copied, place));
  }

  closeAll(): void {
    for (const chain of new Set(this.#open.values())) this.#close(chain);
  }
}

/** An input of an element-wise node over the node's shape: broadcast, a slope for each channel along axis 1. */
function asOperand({ op }: Node, input: number, view: View, shape: Shape): View {
  if (op !== 'prelu' || input !== 1 || view.shape.length !== 1 || shape.length < 2) return expanded(view, shape);
  const behind = new Array<number>(shape.length - 2);
  return expanded({ ...view, shape: [...view.shape, ...behind.fill(1)], strides: [...view.strides, ...behind.fill(0)] }, shape);
}

function sameSizes(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((size, axis) => size === b[axis]);
}
