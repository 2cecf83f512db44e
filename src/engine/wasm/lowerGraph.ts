// Walks the nodes that a request needs, in order, and writes each down: as a view, as a step of a chain, by its family's rule, or as work for
// its reference kernel.
import { typeOf, type Graph, type Node, type NodeId, type ValueId } from '../../graph/graph.ts';
import type { Op } from '../../graph/opAttributes.ts';
import { narrowingType } from '../../graph/promotion.ts';
import { reachable } from '../../graph/subgraph.ts';
import { shiftedDraw } from '../drawShift.ts';
import type { ProgramRequest } from '../engine.ts';
import { movingOps } from '../movingOps.ts';
import { referenceBackend } from '../reference/referenceBackend.ts';
import { byteLength, type Tensor } from '../tensor.ts';
import type { Buffers, BufferId, Place } from './buffers.ts';
import type { Fault } from './commandList.ts';
import { chainSteps } from './elementwise.ts';
import { Lowering, type Measurement } from './lowering.ts';
import { columnRules } from './lower/columns.ts';
import { convolutionRules } from './lower/convolutions.ts';
import { attentionRules } from './lower/attention.ts';
import { fourierRules } from './lower/fourier.ts';
import { indexingRules } from './lower/indexing.ts';
import { lowerIntegers } from './lower/integers.ts';
import { laneRules } from './lower/lanes.ts';
import { normalizationRules } from './lower/normalizations.ts';
import { poolingRules } from './lower/poolings.ts';
import { productRules } from './lower/products.ts';
import { randomRules } from './lower/randomNumbers.ts';
import { reductionRules } from './lower/reductions.ts';
import { regionRules } from './lower/regions.ts';
import { resamplingRules } from './lower/resampling.ts';
import type { LoweringRule, LoweringRules } from './lower/rule.ts';
import { viewRules } from './lower/views.ts';
import { touched, type Task } from './task.ts';

const rules: LoweringRules = {
  ...viewRules,
  ...productRules,
  ...attentionRules,
  ...convolutionRules,
  ...laneRules,
  ...reductionRules,
  ...normalizationRules,
  ...poolingRules,
  ...indexingRules,
  ...regionRules,
  ...resamplingRules,
  ...columnRules,
  ...fourierRules,
  ...randomRules,
};

/** A graph as tasks over buffers that have no addresses yet. */
export interface LoweredGraph {
  readonly nodeCount: number;
  readonly tasks: readonly Task[];
  /** So many of the tasks compute what stays the same from run to run: they are done in the first one. */
  readonly setUp: number;
  readonly measurements: readonly Measurement[];
  readonly faults: readonly Fault[];
  readonly buffers: Buffers;
  readonly scalars: ReadonlyMap<BufferId, Tensor>;
  /** Buffers that each run is handed. */
  readonly given: ReadonlyMap<ValueId, BufferId>;
  /** Ids of the session's constants → where they go. */
  readonly constants: ReadonlyMap<number, BufferId>;
  /** Where each output is, contiguous, when all tasks are done. */
  readonly outputs: ReadonlyMap<ValueId, Place>;
}

export function lowerGraph(graph: Graph, request: ProgramRequest, threads: number): LoweredGraph {
  const { outputs } = request;
  const given = request.given ?? new Set<ValueId>();
  const tapped = new Set(request.tapped ?? []);
  const measured = request.measured ?? new Map();
  const nodes = reachable(graph, [...outputs, ...measured.keys(), ...tapped], given).map((id) => graph.nodes[id]);
  const lowering = new Lowering(graph, countUses(nodes, [...outputs, ...tapped, ...measured.keys()]), new Set(outputs), threads, request.rounding ?? 'fast');
  const constants = new Map<number, BufferId>();
  const watch = (value: ValueId): void => {
    if (tapped.has(value)) lowering.tap(value);
    const measure = measured.get(value);
    if (measure !== undefined) lowering.measure(value, measure);
  };
  const write = (node: Node): void => {
    lowering.at(node.id);
    if (node.op === 'constant') {
      const { data } = node.attributes;
      const known = constants.get(data);
      if (known === undefined) constants.set(data, lowering.lasting(node.outputs[0]));
      else lowering.lasting(node.outputs[0], known);
      return;
    }
    const isPartlyGiven = node.outputs.some((output) => given.has(output));
    if (isPartlyGiven || !lower(node, lowering)) runReference(node, lowering, given);
  };

  const handed = new Map<ValueId, BufferId>();
  lowering.at(nodes[0]?.id ?? (0 as NodeId));
  for (const value of given) handed.set(value, lowering.lasting(value));
  // What each run would find the same is written before all else.
  const fixed = fixedNodes(graph, nodes, given);
  for (const node of nodes) if (fixed.has(node.id)) write(node);
  lowering.chains.closeAll();
  const setUp = lowering.tasks.length;
  const kept = new Set(lowering.tasks.flatMap(touched));

  for (const value of given) watch(value);
  for (const node of nodes) {
    lowering.at(node.id);
    if (!fixed.has(node.id)) write(node);
    for (const output of node.outputs) if (!given.has(output)) watch(output);
  }
  const places = new Map(outputs.map((output) => {
    const { buffer } = lowering.read(output);
    // A run can be told where to put an output, and what is kept stays where it is.
    if (kept.has(buffer) || [...constants.values()].includes(buffer)) lowering.copyOut(output);
    return [output, lowering.readContiguous(output)];
  }));
  lowering.chains.closeAll();
  const { tasks, measurements, faults, buffers, scalars } = lowering;
  for (const buffer of tasks.slice(setUp).flatMap(touched)) if (kept.has(buffer)) buffers.keep(buffer);
  return { nodeCount: nodes.length, tasks, setUp, measurements, faults, buffers, scalars, given: handed, constants, outputs: places };
}

/** Bytes of a value up to which it is kept rather than computed again. */
const largestKeptBytes = 2 ** 24;

/** Nodes that depend on constants alone. A program that is given nothing is not run twice, and keeps none. */
function fixedNodes(graph: Graph, nodes: readonly Node[], given: ReadonlySet<ValueId>): Set<NodeId> {
  const fixed = new Set<NodeId>();
  if (given.size === 0) return fixed;
  const isFixed = (value: ValueId): boolean => !given.has(value) && fixed.has(graph.values[value].node);
  const isSmall = (value: ValueId): boolean => byteLength(typeOf(graph, value).dtype, typeOf(graph, value).shape) <= largestKeptBytes;
  for (const { id, op, attributes, inputs, outputs } of nodes) {
    const isDraw = 'offset' in attributes;
    const isMade = !isDraw && inputs.every(isFixed) && outputs.every((output) => !given.has(output) && isSmall(output));
    if (op === 'constant' || isMade) fixed.add(id);
  }
  return fixed;
}

function countUses(nodes: readonly Node[], asked: readonly ValueId[]): Map<ValueId, number> {
  const uses = new Map<ValueId, number>();
  const use = (value: ValueId): void => void uses.set(value, (uses.get(value) ?? 0) + 1);
  for (const node of nodes) {
    node.inputs.forEach(use);
    for (const output of node.outputs) if (!uses.has(output)) uses.set(output, 0);
  }
  asked.forEach(use);
  return uses;
}

function lower(node: Node, lowering: Lowering): boolean {
  const rule = rules[node.op] as LoweringRule<Op> | undefined;
  if (rule?.(node as never, lowering) === true) {
    // A view has the values of what it is a view of.
    if (node.op in viewRules) return true;
  } else if (narrowsOperands(node, lowering.graph) || (!lowering.chains.join(node) && !lowerIntegers(node, lowering))) {
    return false;
  }
  if (!movingOps.has(node.op)) for (const output of node.outputs) lowering.chains.roundHalf(node, output);
  return true;
}

/** Whether a number of rank 0 is cast to a type that does not hold it, which no chain does. */
function narrowsOperands({ op, inputs, outputs: [output] }: Node, graph: Graph): boolean {
  if (inputs.length < 2 || !(op in chainSteps) || op === 'prelu') return false;
  return narrowingType(inputs.map((input) => typeOf(graph, input)), typeOf(graph, output).dtype) !== undefined;
}

/** The node as its definition computes it, on the host. */
function runReference(node: Node, lowering: Lowering, given: ReadonlySet<ValueId>): void {
  const { graph } = lowering;
  const inputs = node.inputs.map((value) => ({ type: typeOf(graph, value), place: lowering.readContiguous(value) }));
  // A node of several outputs can have some of them given.
  const outputs = node.outputs.map((value) => ({ type: typeOf(graph, value), place: given.has(value) ? lowering.unread(value) : lowering.write(value) }));
  lowering.tasks.push({
    kind: 'host', node: node.id, work: Infinity, touches: [...inputs, ...outputs].map(({ place }) => place.buffer),
    run(context) {
      const tensors = (list: typeof inputs) => list.map(({ type: { dtype, shape }, place }) => context.tensorAt(dtype, shape, place));
      const { drawShift } = context.options;
      referenceBackend.run(drawShift ? shiftedDraw(node, drawShift) : node, tensors(inputs), tensors(outputs));
    },
  });
}
