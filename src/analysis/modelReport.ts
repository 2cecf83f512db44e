// From a traced model to its report: plan, run, figures, findings. `reportModel` does it all; quick-train takes the steps apart.
import type { Graph, NodeId, ValueId } from '../graph/graph.ts';
import { nodeOf, typeOf } from '../graph/graph.ts';
import { parameterSize, type ModelTrace, type TraceParameter } from '../graph/modelTrace.ts';
import { flopsOf } from '../graph/flops.ts';
import { dependents } from '../graph/subgraph.ts';
import { CancelledRun, MemoryLimitError } from '../engine/engineError.ts';
import { runGraph, type Engine, type RunOptions } from '../engine/engine.ts';
import type { Diagnostic, LayerReport, LossReport, ModelReport, ParameterReport, Stats } from '../protocol/report.ts';
import { formatCount, formatFlops } from '../protocol/amounts.ts';
import { isAllFinite, type NonFinite } from './evidence.ts';
import { findings } from './findings.ts';
import { Figures } from './figures.ts';
import type { LayerRow } from './layerRows.ts';
import { classesOf } from './lossChoice.ts';
import type { LossGraph } from './lossGraph.ts';
import { findNonFinite, type RunTapped } from './nonFiniteSearch.ts';
import { planReport, type ReportOptions, type ReportPlan } from './reportPlan.ts';
import { runFailure } from './runFailure.ts';
import { defaultThresholds } from './thresholds.ts';
import { trainingDefaults } from './trainingDefaults.ts';

/**
 * Reports on one call of a model. Never throws for what is in the user's file: what could not be computed is null in the
 * report and named in the diagnostics. Throws `CancelledRun` when it was cancelled.
 */
export function reportModel(graph: Graph, trace: ModelTrace, options: ReportOptions): { readonly report: ModelReport; readonly diagnostics: readonly Diagnostic[] } {
  const plan = planReport(graph, trace, options);
  const figures = new Figures(plan);
  const diagnostics = [...plan.diagnostics];
  if (options.structureOnly) return { report: buildReport(plan, figures, options), diagnostics };

  const runOptions: RunOptions = {
    constants: options.constants, memoryLimitBytes: options.memoryLimitBytes,
    isCancelled: () => (options.isCancelled?.() ?? false) || (options.isOverdue?.() ?? false),
  };
  const count = layerCounter(plan, options.onLayers ?? (() => {}));
  const onMeasured: typeof figures.onMeasured = (value, measured) => {
    figures.onMeasured(value, measured);
    count(value);
  };
  const run: RunTapped = (taps) => void runGraph(options.engine, graph, [], { ...runOptions, taps });
  let nonFinite: NonFinite | null = null;
  let isComplete = true;
  try {
    const shortage = takeFigures(plan, figures, options.engine, { ...runOptions, onMeasured });
    const [far] = farDraws(graph);
    if (shortage) diagnostics.push(runFailure(plan, shortage, options));
    else if (far !== undefined) diagnostics.push(drawnTooLate(plan, far, options));
    else if ([...figures.stats.values()].some((stats) => !isAllFinite(stats))) nonFinite = findNonFinite(plan, run, options.sites);
  } catch (error) {
    if (error instanceof CancelledRun) {
      if (options.isCancelled?.() || !options.isOverdue?.()) throw error;
      isComplete = false;
      diagnostics.push(overdue(plan, options));
    } else {
      diagnostics.push(runFailure(plan, error, options));
    }
  }
  return { report: buildReport(plan, figures, options, { nonFinite, isUntrained: true, isComplete }), diagnostics };
}

/**
 * Runs what the figures need. Where a node needs more memory than there is, the figures of all that does not depend on it are taken all the same: a large layer's
 * parameters are made long before the layers ahead of it are called. Returns the first such shortage. Throws what else ends a run.
 */
function takeFigures(plan: ReportPlan, figures: Figures, engine: Engine, runOptions: RunOptions): MemoryLimitError | null {
  const { graph } = plan;
  const lacking = new Set<ValueId>(dependents(graph, new Set(farDraws(graph))));
  let shortage: MemoryLimitError | null = null;
  for (;;) {
    const missing = new Map([...figures.measures].filter(([value]) => !figures.stats.has(value) && !lacking.has(value)));
    const taps = new Map([...figures.taps].filter(([value]) => !lacking.has(value)));
    try {
      runGraph(engine, graph, [], { ...runOptions, taps }, missing);
      return shortage;
    } catch (error) {
      if (!(error instanceof MemoryLimitError) || error.node === null) throw error;
      shortage ??= error;
      for (const value of dependents(graph, new Set([error.node, ...farBehind(graph, error.node)]))) lacking.add(value);
    }
  }
}

/** Tells how many of the layers have the figures of their outputs, whenever one more has. */
function layerCounter({ rows }: ReportPlan, tell: NonNullable<ReportOptions['onLayers']>): (measured: ValueId) => void {
  const waiting = new Map<ValueId, number>();
  for (const { output } of rows) if (output !== null) waiting.set(output, (waiting.get(output) ?? 0) + 1);
  const total = [...waiting.values()].reduce((sum, count) => sum + count, 0);
  let done = 0;
  return (measured) => {
    const count = waiting.get(measured);
    if (count === undefined) return;
    waiting.delete(measured);
    done += count;
    tell(done, total);
  };
}

/** Outputs of a generator that take seconds to walk past. */
const farOutputs = 2 ** 30;

/** Draws that come so late in the stream of their seed that nobody would wait for the generator to get there. */
function farDraws(graph: Graph): NodeId[] {
  return graph.nodes.flatMap((node) => ('offset' in node.attributes && node.attributes.offset > farOutputs ? [node.id] : []));
}

/** Where a node is a draw: the draws that come so far behind its own that nobody would wait for the generator to get there. */
function farBehind(graph: Graph, draw: NodeId): NodeId[] {
  const { attributes } = graph.nodes[draw];
  if (!('offset' in attributes)) return [];
  const { seed, offset } = attributes;
  return graph.nodes.flatMap((node) => ('offset' in node.attributes && node.attributes.seed === seed && node.attributes.offset - offset > farOutputs ? [node.id] : []));
}

function drawnTooLate({ graph, trace }: ReportPlan, draw: NodeId, { sites }: ReportOptions): Diagnostic {
  const { attributes, origin } = graph.nodes[draw];
  const before = 'offset' in attributes ? attributes.offset : 0;
  return {
    kind: 'limit', severity: 'warning', range: sites(origin.site) ?? sites(trace.definition),
    message: `What is drawn here, and all figures that depend on it, was not computed: ${formatCount(before)} random numbers of the same generator come before it.`,
    hint: 'A smaller draw before it, or another `torch.Generator`, leaves figures of the model to be seen.',
  };
}

/** Floating-point operations that are no reason for a report to take long. */
const muchWork = 1e9;

function overdue(plan: ReportPlan, options: ReportOptions): Diagnostic {
  const flops = plan.forward.nodes.reduce((sum, node) => sum + flopsOf(plan.graph, node), 0);
  return {
    kind: 'limit', severity: 'warning', range: options.sites(plan.trace.definition),
    message: `Not all figures of \`${plan.trace.name}\` were computed in the time${flops < muchWork ? '' : `: with this input its forward pass alone takes ${formatFlops(flops)}`}.`,
    hint: flops < muchWork ? 'The time limit is a setting.' : 'A smaller input needs less (`# lens: input=(…)`); the time limit is a setting.',
  };
}

/** What is known of the run beside its figures. */
export interface RunFacts {
  readonly nonFinite: NonFinite | null;
  readonly isUntrained: boolean;
  /** All figures were computed: else those that are lacking would be taken for findings, a gradient for one that reaches no layer. */
  readonly isComplete: boolean;
}

/** Puts the report of a plan together from the figures that were taken; figures that are missing are null in it. */
export function buildReport(
  plan: ReportPlan, figures: Figures, options: ReportOptions, facts: RunFacts = { nonFinite: null, isUntrained: true, isComplete: true },
): ModelReport {
  const { graph, trace, rows, loss } = plan;
  const statsOf = (value: ValueId | null | undefined): Stats | null => (value == null ? null : figures.stats.get(value) ?? null);
  const shapeOf = (value: ValueId) => typeOf(graph, value).shape;
  const sizeOf = (parameters: readonly TraceParameter[]) => parameters.reduce((sum, parameter) => sum + parameterSize(graph, parameter), 0);

  const missed = rows.some(({ failure }) => failure !== null) || trace.outputs.length === 0 ? 'not reached' : 'not called';
  const layers = rows.map((row): LayerReport => {
    const { index, parent, path, type, kind, summary, parameterCount, flops, failure, activation, output } = row;
    const seen = activation?.site.output ?? output;
    return {
      index, parent, path, type, kind, summary,
      definition: options.sites(row.definition), call: options.sites(row.call),
      inputShapes: row.inputs.map(shapeOf), outputShape: output === null ? null : shapeOf(output),
      parameterCount, flops,
      activationFunction: activation?.site.name ?? null, activationLayer: activation?.layer ?? null,
      preActivation: statsOf(activation?.site.input), activation: statsOf(activation?.site.output),
      output: statsOf(output), gradient: output === null ? null : statsOf(plan.gradients.get(output)),
      units: kind === 'container' || seen === null ? null : figures.units.get(seen) ?? null,
      parameters: row.parameters.map(({ name, parameter }): ParameterReport => ({
        name, shape: shapeOf(parameter.value), trainable: parameter.trainable,
        value: statsOf(parameter.value), gradient: parameter.trainable ? statsOf(plan.gradients.get(parameter.value)) : null,
      })),
      failure,
      ...(row.isCalled ? {} : { missed }),
    };
  });

  const first = trace.outputs[0];
  const output = first === undefined ? null : { shape: shapeOf(first), mean: statsOf(first)?.mean ?? null, std: statsOf(first)?.std ?? null };
  const lossReport = loss && figures.loss !== null ? reportOfLoss(loss, figures.loss, options) : null;
  const definition = options.sites(trace.definition);
  return {
    name: trace.name, framework: trace.framework, definition,
    parameterCount: sizeOf(trace.parameters), trainableParameterCount: sizeOf(trace.parameters.filter(({ trainable }) => trainable)),
    flops: plan.forward.nodes.reduce((sum, node) => sum + flopsOf(graph, node), 0),
    inputs: trace.inputs.map(({ name, value, range, origin }) => ({ name, shape: shapeOf(value), dtype: typeOf(graph, value).dtype, range, origin })),
    plainInputs: trace.plainInputs, arguments: trace.arguments, output, loss: lossReport, layers,
    findings: !facts.isComplete ? [] : findings({
      layers, activationOwners: activationOwners(rows), isNormalized: rows.some(({ type }) => /Norm(alization|\dd)?$/.test(type)), outputLayer: outputLayerOf(plan),
      samples: trace.inputs[0] ? shapeOf(trace.inputs[0].value)[0] ?? 1 : 1,
      loss: lossReport, classes: loss && classesOf(graph, loss.choice),
      definition, nonFinite: facts.nonFinite, isUntrained: facts.isUntrained && trace.weights === undefined,
    }, options.thresholds ?? defaultThresholds),
    ...(facts.isComplete ? {} : { isOverdue: true as const }),
    training: trainingDefaults(graph, trace),
    assumptions: trace.assumptions,
  };
}

function reportOfLoss({ choice, targets }: LossGraph, value: number, { sites }: ReportOptions): LossReport {
  const { kind, origin, own, others } = choice;
  const range = own?.isAssumed ? null : sites(own?.site ?? null);
  return {
    kind, name: own?.name ?? null, ...(others.length > 0 && { others: others.map((other) => other.kind) }), value, origin,
    targets: own?.targets ?? (targets === null ? 'none' : 'random'), ...(range && { range }),
  };
}

/** One row per activation: the layer that it belongs to, else the call that only applies it. */
function activationOwners(rows: readonly LayerRow[]): number[] {
  const owners = new Map<ValueId, LayerRow>();
  for (const row of rows) {
    if (!row.activation) continue;
    const value = row.activation.site.output;
    const known = owners.get(value);
    if (!known || (known.isActivationOnly && !row.isActivationOnly)) owners.set(value, row);
  }
  return [...owners.values()].map((row) => row.index);
}

/** The last row with parameters on the way to the output; its units are classes or values, not features. */
function outputLayerOf({ rows, trace, graph }: ReportPlan): number | null {
  const output = trace.outputs[0];
  if (output === undefined) return null;
  const made = nodeOf(graph, output).id;
  const last = rows.findLast((row) => row.kind !== 'container' && !row.isActivationOnly && row.parameterCount > 0
    && row.output !== null && nodeOf(graph, row.output).id <= made);
  return last?.index ?? null;
}
