// One answer to `inspect`: runs the file, traces the models asked for, and reports on each.
import { inspectReport } from '../analysis/inspectReport.ts';
import { reportModel } from '../analysis/modelReport.ts';
import type { Engine } from '../engine/engine.ts';
import type { Node } from '../graph/graph.ts';
import type { Diagnostic, ModelReport } from '../protocol/report.ts';
import type { InspectOptions, InspectRequest, InspectResult, InspectStage, ModelListing } from '../protocol/runtimeApi.ts';
import { FileRun, type FileRunOptions, type TracedModel } from '../python/fileRun.ts';
import type { Interpreter } from '../python/interpreter.ts';
import type { PythonWeights } from '../python/pythonWeights.ts';
import { traceWithAssumedBatch } from './assumedBatch.ts';
import { standInFor, type StandIn } from './mainModel.ts';
import { workspaceFiles } from './workspaceFiles.ts';

/** More models than this are listed, not run, when all of them are asked for. */
const maximumModels = 12;
/** Of functions beside the main model: a family of them is one model in as many sizes, the last ones large. */
const maximumFunctions = 2;

export interface RunContext {
  /** Its id. */
  readonly request: number;
  readonly engine: Engine;
  readonly interpreter: Interpreter;
  isCancelled(): boolean;
  onStatement(line: number): void;
  /** The model at this place of those to show is called from now on. */
  onModel(position: number): void;
  onStage(stage: InspectStage): void;
  log(level: string, text: string): void;
}

/** What a run begins with. */
export interface RunStart {
  /** First id of the run's values: see `Recorder`. */
  readonly firstId: number;
  readonly weights?: PythonWeights;
}

/** Runs the file of a request. The run holds the interpreter until the next one. */
export function runFile(request: InspectRequest, context: RunContext, start: RunStart): FileRun {
  const options: FileRunOptions = {
    engine: context.engine,
    source: request.source,
    root: request.root,
    workspace: workspaceFiles(request.root, request.overlays),
    options: request.options,
    avoided: (request.avoided ?? []).flatMap(({ part, reason }) => ('line' in part ? [{ line: part.line, reason }] : [])),
    ...(start.weights && { weights: start.weights }),
    isCancelled: () => context.isCancelled(),
    onStatement: (line) => {
      context.onStatement(line);
      context.onStage({ kind: 'file', line });
    },
    log: (level, text) => context.log(level, text),
  };
  return FileRun.run(context.interpreter, start.firstId, options);
}

export function inspect(run: FileRun, request: InspectRequest, context: Pick<RunContext, 'engine' | 'isCancelled' | 'onModel' | 'onStage'>, now: () => number): InspectResult {
  const { options } = request;
  const models: ModelReport[] = [];
  const diagnostics: Diagnostic[] = [];
  const durationMs = { python: 0, engine: 0 };
  const figureLimitMs = (options.figureLimitSeconds ?? Infinity) * 1000;
  const timed = <T>(part: keyof typeof durationMs, act: () => T): T => {
    const start = now();
    try {
      return act();
    } finally {
      durationMs[part] += now() - start;
    }
  };
  const traceOf = (name: string | null) => timed('python', () => traceWithAssumedBatch(run, context.engine, name, options));
  const show = ({ trace }: TracedModel): void => {
    if (!trace) return;
    const began = now() - durationMs.engine;
    const { report, diagnostics: found } = timed('engine', () => reportModel(run.recorder.graph, trace, {
      engine: context.engine,
      seed: options.seed,
      ...(options.loss && { loss: options.loss }),
      structureOnly: options.structureOnly ?? false,
      memoryLimitBytes: options.memoryLimitMiB * 2 ** 20,
      constants: run.recorder.constantOf,
      sites: run.sites,
      mend: (node) => mendOfIndices(run, node),
      isCancelled: () => context.isCancelled(),
      onLayers: (done, total) => context.onStage({ kind: 'layers', model: trace.name, done, total }),
      isOverdue: () => now() - began > figureLimitMs,
    }));
    models.push(report);
    diagnostics.push(...found);
  };
  let standIn: StandIn | null = null;
  for (const [position, name] of namesToRun(options, run.listing).entries()) {
    if (name !== null && name === standIn?.name) continue;
    const avoided = request.avoided?.find(({ part }) => 'model' in part && part.model === position);
    if (avoided) {
      const shown = name ?? run.listing.find(({ main }) => main)?.name;
      const range = shown === undefined ? null : run.definitionOf(shown);
      diagnostics.push({ kind: 'limit', severity: 'error', message: `${shown === undefined ? 'the model' : `\`${shown}\``} is not shown: ${avoided.reason}`, range, hint: null });
      continue;
    }
    context.onModel(position);
    context.onStage({ kind: 'model', model: name ?? run.listing.find(({ main }) => main)?.name ?? 'the model' });
    const traced = traceOf(name);
    diagnostics.push(...traced.diagnostics);
    if (name === null && options.call === undefined) standIn = standInFor(traced, run.listing, traceOf);
    if (name === null && standIn) {
      const { name: shown, traced: instead } = standIn;
      diagnostics.push(...instead.diagnostics, { kind: 'skipped', severity: 'information', message: `\`${shown}\` is shown first: the file's main model does not run`, range: run.definitionOf(shown), hint: null });
      show(instead);
    }
    show(traced);
  }
  return {
    report: inspectReport({ file: request.source.path, seed: options.seed, mode: options.mode, models, diagnostics: [...run.diagnostics, ...diagnostics] }),
    listing: run.listing,
    output: run.output,
    durationMs,
  };
}

/** An Embedding whose table is too small for the indices that it is asked for. */
function mendOfIndices(run: FileRun, { op, inputs, origin }: Node): ReturnType<FileRun['mendOfIndex']> {
  if (op !== 'embedding') return null;
  const largest = (run.recorder.compute(inputs[1]!).data as Int32Array).reduce((most, index) => Math.max(most, index), 0);
  return run.mendOfIndex(origin.call, largest + 1);
}

/** Names as `trace` takes them, the main model first; null is the main model. */
function namesToRun({ model, also = [], call }: InspectOptions, listing: readonly ModelListing[]): (string | null)[] {
  if (call !== undefined || model === undefined) return [null];
  if (model !== '*') return [model];
  const others = listing.filter(({ main }) => !main);
  const functions = others.filter(({ kind }) => kind === 'function').slice(maximumFunctions);
  const unasked = others.filter((one) => !functions.includes(one)).slice(0, maximumModels - 1);
  return [null, ...others.filter((one) => unasked.includes(one) || also.includes(one.name)).map(({ name }) => name)];
}
