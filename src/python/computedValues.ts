// The values that Python asks for while a file runs: what they depend on is run there and then, from what is known already.
import { nodeOf, typeOf, type Graph, type ValueId } from '../graph/graph.ts';
import { reachable } from '../graph/subgraph.ts';
import { runGraph, type Engine } from '../engine/engine.ts';
import { MemoryLimitError } from '../engine/engineError.ts';
import { byteLength, type Tensor } from '../engine/tensor.ts';
import type { HeldTensors } from './heldTensors.ts';

/** Values computed along the way are kept for the next question if they are no larger than this. */
const keptBytes = 4 * 1024 * 1024;

export interface ComputingOptions {
  readonly engine: Engine;
  readonly memoryLimitBytes: number;
  isDue(): boolean;
}

export class ComputedValues {
  /** `isHeld`: whether Python has a value still, so that it may ask for it. */
  constructor(private readonly graph: Graph, private readonly held: HeldTensors, private readonly isHeld: (value: ValueId) => boolean, private readonly options: ComputingOptions) {}

  /** Runs what a value depends on, from what is known already. Throws the engine's errors. */
  of(value: ValueId): Tensor {
    const node = nodeOf(this.graph, value);
    if (node.op === 'constant') return this.held.constant(node.attributes.data);
    const known = this.held.computed(value);
    if (known) return known;
    const result = this.#run(value, true);
    this.held.keep(value, result);
    return result;
  }

  /** What is held counts to the memory limit, and what is kept along the way: where the run needs that room, it is done again with less held. */
  #run(value: ValueId, keepsTapped: boolean): Tensor {
    const given = new Map<ValueId, Tensor>();
    const taps = new Map<ValueId, (tensor: Tensor) => void>();
    let tapped = 0;
    for (const id of reachable(this.graph, [value], this.held)) {
      const { inputs, outputs } = this.graph.nodes[id];
      // Only what is read here is given: a file may hold thousands of computed tensors, and ask for thousands more.
      for (const input of inputs) {
        const known = this.held.computed(input);
        if (known) given.set(input, known);
      }
      if (!keepsTapped) continue;
      for (const output of outputs) {
        const { dtype, shape } = typeOf(this.graph, output);
        const bytes = byteLength(dtype, shape);
        if (output === value || !this.isHeld(output) || bytes > keptBytes || tapped + bytes > this.held.roomBytes / 2) continue;
        tapped += bytes;
        taps.set(output, (tensor) => this.held.keep(output, copyOf(tensor)));
      }
    }
    try {
      return runGraph(this.options.engine, this.graph, [value], {
        constants: (id) => this.held.constant(id), given, taps,
        memoryLimitBytes: this.held.roomBytes - tapped, isCancelled: () => this.options.isDue(),
      }).get(value)!;
    } catch (error) {
      if (!(error instanceof MemoryLimitError) || error.limitedBy === 'addresses') throw error;
      const hasMadeRoom = this.held.makeRoom(error.neededBytes, given);
      if (hasMadeRoom || taps.size > 0) return this.#run(value, false);
      throw new MemoryLimitError(error.node, error.what, error.neededBytes + this.held.bytes, this.options.memoryLimitBytes);
    }
  }
}

/** A tap's tensor is the engine's to reuse after the call. */
function copyOf(tensor: Tensor): Tensor {
  return { ...tensor, data: tensor.data.slice() };
}
