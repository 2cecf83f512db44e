// From what a call of a model recorded to the rows of its report: which calls are listed, what each owns and gives, and
// which activation function belongs to which row. No figures here: those come from running the graph.
//
// A module call in which no other module is called is a `module`, any other a `container`. The root is a row only where it
// is a module itself or owns parameters. Functions are rows where they act as layers or are activation functions; an
// activation or matrix product written with operators gets a row from its node.
import type { CallId, Node, SiteId, ValueId } from '../graph/graph.ts';
import { noSite, nodeOf, typeOf } from '../graph/graph.ts';
import { flopsOf } from '../graph/flops.ts';
import type { CallRecord, ModelTrace } from '../graph/modelTrace.ts';
import { elementCount } from '../graph/tensorType.ts';
import type { LayerKind } from '../protocol/report.ts';
import type { ActivationSite } from './activationSites.ts';
import type { ForwardNodes } from './forwardNodes.ts';
import { layerFunctions, linearOps } from './layerFunctions.ts';
import { stackedActivation } from './stackedActivation.ts';
import { ParameterOwners, type OwnedParameter } from './parameterOwners.ts';

export interface RowActivation {
  readonly site: ActivationSite;
  /** Row whose call applied it, where that is another one. */
  readonly layer: number | null;
}

export interface LayerRow {
  readonly index: number;
  readonly parent: number | null;
  /** The call it stands for; null where it was made from a node. */
  readonly callId: CallId | null;
  readonly path: string;
  readonly type: string;
  readonly kind: LayerKind;
  readonly summary: string;
  readonly definition: SiteId | null;
  readonly call: SiteId | null;
  readonly inputs: readonly ValueId[];
  /** First tensor of the output; null where the call failed. */
  readonly output: ValueId | null;
  readonly failure: string | null;
  readonly isCalled: boolean;
  readonly activation: RowActivation | null;
  /** The call does nothing but apply an activation function to its input (`nn.ReLU`, `F.relu`, a custom one). */
  readonly isActivationOnly: boolean;
  readonly parameters: readonly OwnedParameter[];
  readonly parameterCount: number;
  readonly flops: number;
}

/** A row before its place is known. `record` null: it stands for `node` alone. */
interface Draft {
  readonly record: CallRecord | null;
  readonly node: Node | null;
  readonly kind: LayerKind;
  output: ValueId | null;
  isActivationOnly: boolean;
  site: ActivationSite | null;
  /** Nodes that count for it beside those of its call. */
  extraNodes: Node[];
}

export function layerRows(forward: ForwardNodes, sites: readonly ActivationSite[]): LayerRow[] {
  const { trace, graph } = forward;
  const siteByOutput = new Map(sites.map((site) => [site.output, site]));
  const drafts = [...recordedDrafts(forward, siteByOutput)];
  drafts.push(...operatorDrafts(forward, sites, drafts));
  const ordered = inOrder(forward, drafts);
  for (const draft of ordered) foldBias(forward, draft);
  attribute(forward, sites, siteByOutput, ordered);

  const indexOfRecord = new Map<CallId, number>();
  ordered.forEach((draft, index) => draft.record && indexOfRecord.set(draft.record.id, index));
  const applied = new Map<ValueId, number>();
  ordered.forEach((draft, index) => draft.isActivationOnly && draft.output !== null && applied.set(draft.output, index));
  const owners = new ParameterOwners(trace, ordered.map(({ record, node, output }) => ({ record, node, output })), forward);
  const flops = flopsByCall(forward);

  return ordered.map((draft, index): LayerRow => {
    const { record, node, site } = draft;
    const chain = record ? forward.chain(record.id).slice(1) : forward.chain(node!.origin.call);
    const parentRecord = chain.find((call) => indexOfRecord.has(call.id));
    const appliedBy = site ? applied.get(site.output) : undefined;
    const type = record?.type ?? (draft.isActivationOnly ? site!.name : node!.op);
    const inputs = record?.inputs ?? [draft.isActivationOnly && site ? site.input : node!.inputs[0]];
    const ownFlops = record ? flops.get(record.id) ?? 0 : flopsOf(graph, node!);
    return {
      index,
      callId: record?.id ?? null,
      parent: parentRecord ? indexOfRecord.get(parentRecord.id)! : null,
      path: record?.kind === 'module' ? record.path : functionPath(trace, record?.path ?? chain[0]?.path ?? '', type),
      type,
      kind: draft.kind,
      summary: record?.summary ?? '',
      definition: record?.definition ?? null,
      call: placed(record ? record.call : node!.origin.site),
      inputs: inputs.filter((value) => !owners.isParameter(value)),
      output: draft.output,
      failure: record?.failure ?? null,
      isCalled: record?.isCalled ?? true,
      activation: site && { site, layer: appliedBy === undefined || appliedBy === index ? null : appliedBy },
      isActivationOnly: draft.isActivationOnly,
      parameters: owners.of(index),
      parameterCount: owners.countWithin(index),
      flops: ownFlops + draft.extraNodes.reduce((sum, extra) => sum + flopsOf(graph, extra), 0),
    };
  });
}

/** `features/relu()`: a function has no path of its own, and no module's path ends so. */
function functionPath(trace: ModelTrace, parent: string, type: string): string {
  return `${parent}${parent === '' ? '' : trace.separator}${type}()`;
}

function placed(site: SiteId): SiteId | null {
  return site === noSite ? null : site;
}

function* recordedDrafts(forward: ForwardNodes, siteByOutput: ReadonlyMap<ValueId, ActivationSite>): Generator<Draft> {
  const { calls, parameters } = forward.trace;
  const containers = new Set<CallId>();
  for (const call of calls) {
    if (call.kind === 'module') for (const outer of forward.chain(call.id).slice(1)) containers.add(outer.id);
  }
  const byId = new Map(calls.map((call) => [call.id, call]));
  for (const record of calls) {
    const output = record.outputs[0] ?? null;
    const site = output === null ? undefined : siteByOutput.get(output);
    const isContainer = record.kind === 'module' && containers.has(record.id);
    const isActivationOnly = !isContainer && site !== undefined && record.inputs.includes(site.input) && forward.isWithin(site.node, record.id);
    const draft: Draft = {
      record, node: null, kind: record.kind === 'function' ? 'function' : isContainer ? 'container' : 'module',
      output, isActivationOnly, site: isActivationOnly ? site! : null, extraNodes: [],
    };
    if (record.kind === 'function') {
      const parent = record.parent === null ? undefined : byId.get(record.parent);
      // A function directly under the framework's own container is an operation on symbolic tensors: a layer to Keras.
      const isSymbolic = parent?.builtin === true && parent.kind === 'module';
      // A layer of the user's own that is written with one function: its row has the same output already.
      if (!isActivationOnly && parent?.kind === 'module' && !containers.has(parent.id) && output !== null && parent.outputs[0] === output) continue;
      // One that is not the framework's was called as a layer by the file's own word: a scalar function through `np.vectorize`.
      if (isActivationOnly || isSymbolic || !record.builtin || record.type in layerFunctions) yield draft;
    } else {
      // The root's own row would repeat the model's totals, unless it shows parameters that no row below it does.
      const isPlainRoot = isContainer && record.parent === null && record.path === '';
      if (!isPlainRoot || parameters.some((parameter) => parameter.module === record.module)) yield draft;
    }
  }
}

/** Rows for activation functions and matrix products that are written with operators in the model's own code. */
function operatorDrafts(forward: ForwardNodes, sites: readonly ActivationSite[], drafts: readonly Draft[]): Draft[] {
  const shown = new Set<Node>();
  for (const { record, site, output, kind } of drafts) {
    if (site) shown.add(site.node);
    if (record && kind === 'module' && output !== null && forward.isWithin(nodeOf(forward.graph, output), record.id)) shown.add(nodeOf(forward.graph, output));
  }
  const isOwnCode = (node: Node) => forward.chain(node.origin.call).every((call) => call.kind === 'module' && !call.builtin);
  const made: Draft[] = [];
  for (const site of sites) {
    if (shown.has(site.node) || !isOwnCode(site.node)) continue;
    made.push({ record: null, node: site.node, kind: 'function', output: site.output, isActivationOnly: true, site, extraNodes: [] });
  }
  for (const node of forward.nodes) {
    if (!linearOps.has(node.op) || shown.has(node) || !isOwnCode(node)) continue;
    if (node.inputs.every((input) => forward.dependsOnInput(input)) || !node.inputs.some((input) => forward.dependsOnInput(input))) continue;
    made.push({ record: null, node, kind: 'function', output: node.outputs[0], isActivationOnly: false, site: null, extraNodes: [] });
  }
  return made;
}

/** Calls stay in the order in which they began; a row made of a node goes before the first call that began after it. */
function inOrder(forward: ForwardNodes, drafts: readonly Draft[]): Draft[] {
  const firstNode = new Map<CallId, number>();
  for (const node of forward.nodes) {
    for (const call of forward.chain(node.origin.call)) if (!firstNode.has(call.id)) firstNode.set(call.id, node.id);
  }
  let latest = -1;
  const keyed = drafts.map((draft, position) => {
    // A call that recorded nothing (an `Identity`) began where the one before it did.
    if (draft.record) latest = Math.max(latest, firstNode.get(draft.record.id) ?? latest);
    return { draft, position, key: draft.record ? latest : draft.node!.id, isNode: draft.record === null };
  });
  return keyed.sort((a, b) => a.key - b.key || Number(a.isNode) - Number(b.isNode) || a.position - b.position).map(({ draft }) => draft);
}

/** `tf.matmul(x, w) + b`: the linear output has its bias, though the addition is not a row. */
function foldBias(forward: ForwardNodes, draft: Draft): void {
  const type = draft.record?.type ?? draft.node!.op;
  if (draft.kind !== 'function' || draft.output === null || !(layerFunctions[type] === 'linear' || linearOps.has(type))) return;
  const consumers = forward.consumers(draft.output);
  const addition = consumers[0];
  if (consumers.length !== 1 || addition?.op !== 'add') return;
  const bias = addition.inputs.find((input) => input !== draft.output);
  if (bias === undefined || forward.dependsOnInput(bias)) return;
  const { shape } = typeOf(forward.graph, bias);
  const output = addition.outputs[0];
  if (elementCount(shape) !== (shape.at(-1) ?? 1) || typeOf(forward.graph, output).shape.length !== typeOf(forward.graph, draft.output).shape.length) return;
  draft.output = output;
  draft.extraNodes.push(addition);
}

/** Gives each module and function its activation: the one that makes its output, else the one that takes it directly. */
function attribute(
  forward: ForwardNodes, sites: readonly ActivationSite[], siteByOutput: ReadonlyMap<ValueId, ActivationSite>, drafts: readonly Draft[],
): void {
  const siteByInput = new Map<ValueId, ActivationSite>();
  for (const site of sites) if (!siteByInput.has(site.input)) siteByInput.set(site.input, site);
  for (const draft of drafts) {
    const { output, record } = draft;
    if (draft.kind === 'container' || draft.site || output === null) continue;
    const producer = nodeOf(forward.graph, output);
    const isOwn = record === null || forward.isWithin(producer, record.id) || draft.extraNodes.includes(producer);
    if (!isOwn) continue;
    draft.site = siteByOutput.get(output) ?? siteByInput.get(output) ?? (record?.kind === 'module' ? stackedActivation(forward, output, record.id, siteByOutput) : null);
  }
}

function flopsByCall(forward: ForwardNodes): Map<CallId, number> {
  const flops = new Map<CallId, number>();
  for (const node of forward.nodes) {
    const own = flopsOf(forward.graph, node);
    if (own > 0) for (const call of forward.chain(node.origin.call)) flops.set(call.id, (flops.get(call.id) ?? 0) + own);
  }
  return flops;
}
