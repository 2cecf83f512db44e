// What a report needs to have computed: rows, the loss, the gradients behind it, and which values to take figures of.
// It appends nodes to the graph; `figures.ts` collects while they run, `modelReport.ts` puts the report together.
import type { Graph, Node, ValueId } from '../graph/graph.ts';
import { typeOf } from '../graph/graph.ts';
import { gradient } from '../graph/gradient.ts';
import type { ModelTrace } from '../graph/modelTrace.ts';
import { isFloat } from '../graph/tensorType.ts';
import type { Engine } from '../engine/engine.ts';
import type { Tensor } from '../engine/tensor.ts';
import type { ChannelAxis } from '../engine/unitActivity.ts';
import type { Diagnostic, LossKind } from '../protocol/report.ts';
import type { SourceRange } from '../protocol/source.ts';
import { activationSites } from './activationSites.ts';
import { ForwardNodes } from './forwardNodes.ts';
import { gradientLack } from './gradientLack.ts';
import { layerRows, type LayerRow } from './layerRows.ts';
import { chooseLoss, type LossChoice } from './lossChoice.ts';
import { appendLoss, type LossGraph } from './lossGraph.ts';
import { UnitAxes } from './unitAxis.ts';
import type { Thresholds } from './thresholds.ts';

export interface ReportOptions {
  /** Computes the figures. */
  readonly engine: Engine;
  readonly seed: number;
  readonly loss?: LossKind;
  /** Takes this loss instead of choosing one (quick-train's). */
  readonly choice?: LossChoice | null;
  /** Shapes, parameters and FLOPs only. */
  readonly structureOnly?: boolean;
  readonly memoryLimitBytes: number;
  constants(id: number): Tensor;
  /** Source range of a site id; null for none. */
  sites(site: number | null): SourceRange | null;
  /** What mends a node that the numbers showed to be at fault, as a hint and edits of the file; null: nothing is known. */
  mend?(node: Node): Pick<Diagnostic, 'hint' | 'fixes'> | null;
  isCancelled?(): boolean;
  /** Told of how many layers the figures are taken. */
  onLayers?(done: number, total: number): void;
  /** True once the arithmetic has taken too long: what is known then is reported. */
  isOverdue?(): boolean;
  readonly thresholds?: Thresholds;
}

export interface CountedUnits {
  /** `single`: a value per sample, as of one neuron. */
  readonly axis: ChannelAxis | 'single';
  readonly activation: string | null;
}

export interface ReportPlan {
  readonly graph: Graph;
  readonly trace: ModelTrace;
  readonly forward: ForwardNodes;
  readonly rows: readonly LayerRow[];
  readonly loss: LossGraph | null;
  /** Gradients of the loss: of each row's output and each trainable parameter that it depends on. */
  readonly gradients: ReadonlyMap<ValueId, ValueId>;
  /** Values to take statistics of. */
  readonly watched: ReadonlySet<ValueId>;
  /** Values to count units of → where the units are and the activation function that gave them. */
  readonly units: ReadonlyMap<ValueId, CountedUnits>;
  /** What could not be planned, e.g. an op without a gradient. */
  readonly diagnostics: readonly Diagnostic[];
}

/** The row that a node counts for: the innermost one during whose call it was recorded, else the one whose output or parameter it makes. */
export function rowOfNode({ rows, forward }: ReportPlan, node: Node): LayerRow | undefined {
  const rowOfCall = new Map(rows.flatMap((row) => (row.callId === null ? [] : [[row.callId, row] as const])));
  for (const call of forward.chain(node.origin.call)) {
    const row = rowOfCall.get(call.id);
    if (row) return row;
  }
  return rows.find(({ output }) => output !== null && node.outputs.includes(output))
    ?? rows.find(({ parameters }) => parameters.some(({ parameter }) => node.outputs.includes(parameter.value)));
}

export function planReport(graph: Graph, trace: ModelTrace, options: ReportOptions): ReportPlan {
  const forward = new ForwardNodes(graph, trace);
  const rows = layerRows(forward, activationSites(forward, (value) => isZeroConstant(graph, value, options)));
  const diagnostics: Diagnostic[] = [];
  const say = (error: unknown, what: string) => diagnostics.push({
    kind: 'unsupported', severity: 'warning', message: `${what}: ${error instanceof Error ? error.message : String(error)}`,
    range: options.sites(trace.definition), hint: null,
  });
  const plan = { graph, trace, forward, rows, diagnostics };
  if (options.structureOnly) return { ...plan, loss: null, gradients: new Map(), watched: new Set(), units: new Map() };

  let loss: LossGraph | null = null;
  try {
    const choice = options.choice === undefined ? chooseLoss(graph, trace, options.loss) : options.choice;
    if (choice) loss = appendLoss(graph, choice, options.seed);
  } catch (error) {
    say(error, 'The loss was left out');
  }
  const gradients = new Map<ValueId, ValueId>();
  if (loss) {
    const wrt = [...new Set([
      ...rows.flatMap((row) => (row.output === null ? [] : [row.output])),
      ...trace.parameters.filter((parameter) => parameter.trainable).map((parameter) => parameter.value),
    ])].filter((value) => isFloat(typeOf(graph, value).dtype));
    try {
      gradient(graph, loss.value, wrt).forEach((value, index) => value !== null && gradients.set(wrt[index], value));
    } catch (error) {
      say(error, 'Gradients were left out');
    }
  }

  if (isLacking(trace, gradients) && diagnostics.length === 0) {
    const lack = gradientLack(graph, trace);
    if (lack) {
      diagnostics.push({ kind: 'skipped', severity: 'information', message: lack.message, range: options.sites(lack.site) ?? options.sites(trace.definition), hint: null });
      if (loss?.choice.origin === 'assumed') loss = null;
      gradients.clear();
    }
  }

  const watched = new Set<ValueId>([...trace.outputs.slice(0, 1), ...trace.parameters.map((parameter) => parameter.value), ...gradients.values()]);
  const units = new Map<ValueId, CountedUnits>();
  const axes = new UnitAxes(graph, trace.channelAxis, plan.forward.given);
  for (const { output, activation, kind } of rows) {
    if (output !== null) watched.add(output);
    if (activation) watched.add(activation.site.input).add(activation.site.output);
    const seen = activation?.site.output ?? output;
    if (kind === 'container' || seen === null || !isFloat(typeOf(graph, seen).dtype)) continue;
    const axis = placeOfUnits(plan, axes, seen);
    if (axis !== null) units.set(seen, { axis, activation: activation?.site.name ?? units.get(seen)?.activation ?? null });
  }
  return { ...plan, loss, gradients, watched, units };
}

/** Whether there are parameters to train, and none has a gradient. */
function isLacking({ parameters }: ModelTrace, gradients: ReadonlyMap<ValueId, ValueId>): boolean {
  const trained = parameters.filter(({ trainable }) => trainable);
  return trained.length > 0 && !trained.some(({ value }) => gradients.has(value));
}

function placeOfUnits({ graph, trace }: Pick<ReportPlan, 'graph' | 'trace'>, axes: UnitAxes, value: ValueId): CountedUnits['axis'] | null {
  const { shape } = typeOf(graph, value);
  const batch = trace.inputs[0] && typeOf(graph, trace.inputs[0].value).shape;
  const isNeuronOverBatch = shape.length === 1 && batch && batch.length >= 2 && batch[0] === shape[0];
  const isNeuronOfSample = shape.length === 0 && batch?.length === 1 && trace.parameters.length > 0;
  if (isNeuronOverBatch || isNeuronOfSample) return 'single';
  const axis = axes.of(value);
  return axis === null ? null : axis === 1 && shape.length > 2 ? 'first' : 'last';
}

/** `torch.tensor(0.0)` and `np.zeros(…)` are constants whose data the graph does not hold. */
function isZeroConstant(graph: Graph, value: ValueId, { constants }: ReportOptions): boolean {
  const node = graph.nodes[graph.values[value].node];
  return node.op === 'constant' && constants(node.attributes.data).data.every((element: number) => element === 0);
}
