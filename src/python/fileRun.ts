// One run of a user's file: the file runs once, then each of its models can be traced. The graph stays for as long as
// its reports and its training need it; the interpreter is free for the next run.
import type { ModelTrace } from '../graph/modelTrace.ts';
import type { ValueId } from '../graph/graph.ts';
import type { Diagnostic, DiagnosticKind, Fix } from '../protocol/report.ts';
import type { InspectOptions, ModelListing, SourceFile } from '../protocol/runtimeApi.ts';
import type { Engine } from '../engine/engine.ts';
import type { Interpreter } from './interpreter.ts';
import type { PythonWeights } from './pythonWeights.ts';
import { Recorder } from './recorder.ts';
import { Sites, type PythonPosition } from './sites.ts';
import type { Workspace } from './workspace.ts';

/** What Python reports of a statement that did not run: places are site ids. */
interface PythonDiagnostic {
  readonly kind: DiagnosticKind;
  readonly severity: Diagnostic['severity'];
  readonly message: string;
  readonly site: number;
  readonly hint: string | null;
  readonly fixes: readonly PythonFix[];
}

interface PythonFix {
  readonly title: string;
  readonly edits: readonly { readonly site: number; readonly newText: string }[];
}

interface RunAnswer {
  readonly diagnostics: readonly PythonDiagnostic[];
  /** null: the time was over before it was made. */
  readonly listing: readonly (ModelListing & { readonly definition: number | null })[] | null;
  readonly output: string;
}

interface TraceAnswer {
  readonly trace: ModelTrace | null;
  readonly diagnostics: readonly PythonDiagnostic[];
}

export interface FileRunOptions {
  /** Computes what Python asks the value of. */
  readonly engine: Engine;
  readonly source: SourceFile;
  readonly root: string | null;
  readonly workspace: Workspace;
  readonly options: InspectOptions;
  /** Top-level statements that are not run, by their lines, with the reasons. */
  readonly avoided?: readonly { readonly line: number; readonly reason: string }[];
  /** `options.weights` in a form that Python parses. */
  readonly weights?: PythonWeights;
  isCancelled(): boolean;
  onStatement(line: number): void;
  log(level: string, text: string): void;
}

/** What `trace` gives: the trace with its values as the graph's, or null with the reasons. */
export interface TracedModel {
  readonly trace: ModelTrace | null;
  readonly diagnostics: readonly Diagnostic[];
}

export class FileRun {
  readonly listing: readonly ModelListing[];
  readonly output: string;
  readonly #diagnostics: readonly PythonDiagnostic[];
  readonly #definitions: ReadonlyMap<string, number | null>;
  #positions: readonly PythonPosition[] = [];
  #sites: Sites | undefined;

  private constructor(
    readonly recorder: Recorder, private readonly interpreter: Interpreter,
    private readonly request: FileRunOptions, answer: RunAnswer,
  ) {
    const listing = answer.listing ?? [];
    this.listing = listing.map(({ name, kind, main }) => ({ name, kind, main }));
    this.#definitions = new Map(listing.map(({ name, definition }) => [name, definition]));
    this.output = answer.output;
    this.#diagnostics = answer.diagnostics;
  }

  /** Runs the file. `firstId`: see `Recorder`. Throws only if the runner itself is broken. */
  static run(interpreter: Interpreter, firstId: number, request: FileRunOptions): FileRun {
    const recorder = new Recorder(firstId, {
      engine: request.engine,
      workspace: request.workspace,
      ...(request.weights && { weights: request.weights.bytes }),
      memoryLimitBytes: request.options.memoryLimitMiB * 2 ** 20,
      heap: () => interpreter.heap(),
      isDue: () => interpreter.interrupt.isDue(),
      onStatement: (line) => request.onStatement(line),
      log: (level, text) => request.log(level, text),
    });
    interpreter.attach(recorder);
    const { seed, timeLimitSeconds } = request.options;
    const within = (entry: 'run_file' | 'list_models', what: object) =>
      interpreter.interrupt.guard(timeLimitSeconds * 1000, request.isCancelled, () => interpreter.call<object, RunAnswer>(`_lens.running.runner.${entry}`, what));
    const ran = within('run_file', { path: request.source.path, text: request.source.text, seed, root: request.root, timeLimitSeconds, avoided: request.avoided ?? [] });
    if (ran.listing !== null || request.isCancelled()) return new FileRun(recorder, interpreter, request, ran);
    // What a file that does not end has defined is shown all the same, however long that one took.
    const { listing, diagnostics } = within('list_models', { timeLimitSeconds });
    return new FileRun(recorder, interpreter, request, { ...ran, listing, diagnostics: [...ran.diagnostics, ...diagnostics] });
  }

  /** Diagnostics of the file's own run. */
  get diagnostics(): readonly Diagnostic[] {
    return this.#locate(this.#diagnostics);
  }

  /** The source range of a site of this run. */
  readonly sites = (site: number | null): Diagnostic['range'] => this.#siteTable().range(site);

  /** Where a listed model is defined. */
  definitionOf(name: string): Diagnostic['range'] {
    return this.sites(this.#definitions.get(name) ?? null);
  }

  /**
   * Calls a model, or finds the call that the file made. `name` null: the file's main model; `batch`: size of the batch to call
   * it with, null for the one found. Before the next run only.
   */
  trace(name: string | null, batch: number | null = this.request.options.batch ?? null): TracedModel {
    const { call, inputs, lens, seed, mode, timeLimitSeconds } = this.request.options;
    const answer = this.interpreter.interrupt.guard(timeLimitSeconds * 1000, this.request.isCancelled, () =>
      this.interpreter.call<object, TraceAnswer>('_lens.calling.trace.trace_model', {
        model: name, call: call ?? null, inputs: inputs ?? null, lens: lens ?? {}, seed, mode, batch, weights: this.#weightsForPython(),
      }));
    this.#sites = undefined;
    return {
      trace: answer.trace && translate(answer.trace, (id) => this.recorder.valueOf(id)),
      diagnostics: this.#locate(answer.diagnostics),
    };
  }

  /** What mends the Embedding under whose call a node was recorded, asked for an index as large as `size - 1`; null: nothing is known. */
  mendOfIndex(call: number, size: number): Pick<Diagnostic, 'hint' | 'fixes'> | null {
    const mend = this.interpreter.call<object, { hint: string; fixes: readonly PythonFix[] } | null>('_lens.mends.table.mend_of_index', { call, size });
    if (!mend) return null;
    this.#sites = undefined;
    const fixes = fixesAt(mend.fixes, this.#siteTable());
    return { hint: mend.hint, ...(fixes.length > 0 && { fixes }) };
  }

  #weightsForPython(): Omit<PythonWeights, 'bytes'> | null {
    const { weights } = this.request;
    return weights ? { name: weights.name, format: weights.format, layout: weights.layout, failure: weights.failure } : null;
  }

  #locate(diagnostics: readonly PythonDiagnostic[]): Diagnostic[] {
    const sites = this.#siteTable();
    return diagnostics.map(({ site, fixes, ...rest }) => ({ ...rest, range: sites.range(site), ...(fixes.length > 0 && { fixes: fixesAt(fixes, sites) }) }));
  }

  #siteTable(): Sites {
    if (!this.#sites) {
      const { positions } = this.interpreter.call<object, { positions: PythonPosition[] }>('_lens.calling.trace.sites_from', { start: this.#positions.length });
      this.#positions = [...this.#positions, ...positions];
      this.#sites = new Sites(this.#positions, (file) => this.#textOf(file));
    }
    return this.#sites;
  }

  #textOf(file: string): string | undefined {
    if (file === this.request.source.path) return this.request.source.text;
    const bytes = this.request.workspace.read(file);
    return bytes && new TextDecoder().decode(bytes);
  }
}

function fixesAt(fixes: readonly PythonFix[], sites: Sites): Fix[] {
  return fixes.map(({ title, edits }) => ({
    title,
    edits: edits.flatMap(({ site, newText }) => {
      const range = sites.range(site);
      return range ? [{ range, newText }] : [];
    }),
  }));
}

/** Ids as Python holds them → the graph's own. */
function translate(trace: ModelTrace, valueOf: (id: number) => ValueId): ModelTrace {
  const values = (ids: readonly ValueId[]) => ids.map(valueOf);
  return {
    ...trace,
    calls: trace.calls.map((call) => ({ ...call, inputs: values(call.inputs), outputs: values(call.outputs) })),
    parameters: trace.parameters.map((parameter) => ({ ...parameter, value: valueOf(parameter.value) })),
    buffers: trace.buffers.map((buffer) => ({ ...buffer, before: valueOf(buffer.before), after: valueOf(buffer.after) })),
    inputs: trace.inputs.map((input) => ({ ...input, value: valueOf(input.value) })),
    outputs: values(trace.outputs),
    ...(trace.logProbabilities && { logProbabilities: trace.logProbabilities.map(valueOf) }),
    ...(trace.ownLoss && { ownLoss: { ...trace.ownLoss, value: valueOf(trace.ownLoss.value) } }),
  };
}
