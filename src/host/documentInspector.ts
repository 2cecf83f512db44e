// Decides when a document is run: when it comes into sight, after edits and saves, and when a file that it imports changes in an editor.
import * as vscode from 'vscode';
import { hasChoices, lensText, type ModelChoices } from '../protocol/modelChoices.ts';
import type { InspectRequest, InspectResult, InspectStage, SourceFile } from '../protocol/runtimeApi.ts';
import type { ChoiceMemory } from './choiceMemory.ts';
import { madeOnlyWithout, refusalOf, unfitChoices } from './choiceTrial.ts';
import { Disposable } from './disposable.ts';
import { fileOf, isPythonDocument, rootOf, titleOf } from './documents.ts';
import { frameworkNamed } from './frameworkTest.ts';
import { shownResult, type Inspection } from './inspection.ts';
import type { InspectionStore } from './inspectionStore.ts';
import type { TextChange } from './positionShift.ts';
import type { DocumentChoices } from './panelState.ts';
import type { RuntimeClient } from './runtimeClient.ts';
import type { Settings } from './settings.ts';
import { readSettings, section } from './settings.ts';

const editDelayMs = 100;

export class DocumentInspector extends Disposable {
  /** Documents whose text changed while they were out of sight. */
  readonly #stale = new Set<string>();
  /** Document → models that are wanted though the file has many. */
  readonly #wanted = new Map<string, readonly string[]>();
  /** Document → the trial of a choice that is going on. */
  readonly #trials = new Map<string, AbortController>();
  /** Document → model → why its choices were left out of the last run. */
  readonly #unfit = new Map<string, Readonly<Record<string, string>>>();

  constructor(
    private readonly store: InspectionStore,
    private readonly runtime: RuntimeClient,
    private readonly memory: ChoiceMemory,
    private readonly showOutput: (document: vscode.TextDocument, result: InspectResult) => void,
  ) {
    super();
    this.own(vscode.window.onDidChangeVisibleTextEditors((editors) => editors.forEach((editor) => this.#seen(editor.document))));
    this.own(vscode.workspace.onDidOpenTextDocument((document) => this.#isVisible(document) && this.#seen(document)));
    this.own(vscode.workspace.onDidCloseTextDocument((document) => this.store.close(document.uri.toString())));
    this.own(vscode.workspace.onDidChangeTextDocument((event) => this.#edited(event)));
    this.own(vscode.workspace.onDidSaveTextDocument((document) => this.#saved(document)));
    this.own(vscode.workspace.onDidChangeConfiguration((event) => event.affectsConfiguration(section) && this.#runAgain()));
    // Not within activation: the runtime is started by the first document in sight, after the editor is up.
    const timer = setTimeout(() => vscode.window.visibleTextEditors.forEach((editor) => this.#seen(editor.document)), 0);
    this.own({ dispose: () => clearTimeout(timer) });
  }

  /** Runs a Python document now, whatever it imports and whatever the settings say of running unasked. */
  inspect(document: vscode.TextDocument): Inspection {
    const inspection = this.#open(document);
    inspection.schedule(0);
    return inspection;
  }

  /** Makes sure that a document is looked at; runs it only if nothing is known of it yet. */
  ensure(document: vscode.TextDocument): Inspection {
    const inspection = this.#open(document);
    if (inspection.state.kind === 'idle' && !inspection.isPending) inspection.schedule(0);
    return inspection;
  }

  /** Ends what runs of a document: its inspection, and the trial of a choice. */
  stop(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    this.#trials.get(key)?.abort();
    this.store.get(key)?.stop();
  }

  /** What was chosen for a document's models. */
  choicesFor(key: string): DocumentChoices {
    return { choices: this.memory.of(key), unfit: this.#unfit.get(key) ?? {} };
  }

  /** Runs a model from now on that is left out where a file has many. */
  showModel(document: vscode.TextDocument, model: string): void {
    const key = document.uri.toString();
    this.#wanted.set(key, [...this.#wanted.get(key) ?? [], model]);
    this.inspect(document);
  }

  /** Shows a model constructed and called as chosen from now on. Tried first, without arithmetic: rejects with what stands in the way. */
  async choose(document: vscode.TextDocument, model: string, choices: ModelChoices): Promise<void> {
    const inspection = this.#open(document);
    // What runs is of the choices before; it would keep the trial waiting.
    const wasPending = inspection.isPending;
    inspection.cancel();
    try {
      if (hasChoices(choices)) await this.#try(document, model, choices);
    } catch (error) {
      if (wasPending) this.inspect(document);
      throw error;
    }
    await this.memory.set(document.uri.toString(), model, choices);
    this.inspect(document);
  }

  async #try(document: vscode.TextDocument, model: string, choices: ModelChoices): Promise<void> {
    const request = this.request(document);
    const options = { ...request.options, model, structureOnly: true, lens: { ...request.options.lens, [model]: lensText(choices) } };
    const controller = new AbortController();
    this.#trials.set(document.uri.toString(), controller);
    const result = await this.runtime.inspect({ ...request, options }, controller.signal).finally(() => this.#trials.delete(document.uri.toString()));
    const inspection = this.store.get(document.uri.toString());
    const refusal = refusalOf(result, model, choices, inspection ? shownResult(inspection.state) : null);
    if (refusal !== null) throw new Error(refusal);
  }

  /** What the runtime is asked for a document, as its text, the settings and the choices that fit it are now. */
  request(document: vscode.TextDocument, settings: Settings = readSettings(document.uri)): InspectRequest {
    const { choices, unfit } = this.choicesFor(document.uri.toString());
    const also = this.#wanted.get(document.uri.toString());
    const fitting = Object.entries(choices).filter(([model]) => unfit[model] === undefined);
    return {
      source: { path: fileOf(document.uri), text: document.getText() },
      overlays: overlaysFor(document),
      root: rootOf(document.uri),
      options: {
        model: '*',
        ...(also && { also }),
        ...(fitting.length > 0 && { lens: Object.fromEntries(fitting.map(([model, chosen]) => [model, lensText(chosen)])) }),
        seed: settings.seed,
        mode: settings.mode,
        timeLimitSeconds: settings.timeLimitSeconds,
        figureLimitSeconds: settings.timeLimitSeconds,
        memoryLimitMiB: settings.memoryLimitMiB,
      },
    };
  }

  #open(document: vscode.TextDocument): Inspection {
    return this.store.open(document.uri.toString(), fileOf(document.uri), async (signal, onStage) => {
      const result = await this.#run(document, signal, onStage);
      if (result.output !== '') this.showOutput(document, result);
      return result;
    });
  }

  /** Runs a document with what was chosen for its models; where the file no longer takes that, without. */
  async #run(document: vscode.TextDocument, signal: AbortSignal, onStage: (stage: InspectStage) => void): Promise<InspectResult> {
    const key = document.uri.toString();
    this.#unfit.delete(key);
    const request = this.request(document);
    const result = await this.runtime.inspect(request, signal, onStage);
    const unfit = unfitChoices(result, Object.keys(request.options.lens ?? {}));
    if (Object.keys(unfit).length === 0) return result;
    this.#unfit.set(key, unfit);
    const without = await this.runtime.inspect(this.request(document), signal, onStage);
    this.#unfit.set(key, madeOnlyWithout(unfit, without));
    return without;
  }

  #seen(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    const isStale = this.#stale.delete(key);
    if (!isPythonDocument(document)) return;
    const known = this.store.get(key);
    if (known && !isStale) return;
    if (!known && !this.#runsUnasked(document)) return;
    this.#open(document).schedule(0);
  }

  #runsUnasked(document: vscode.TextDocument): boolean {
    return readSettings(document.uri).run !== 'onDemand' && frameworkNamed(document.getText()) !== null;
  }

  #edited(event: vscode.TextDocumentChangeEvent): void {
    const { document } = event;
    if (event.contentChanges.length === 0 || !isPythonDocument(document)) return;
    const known = this.store.get(document.uri.toString());
    known?.edited(event.contentChanges.map(toTextChange));
    if (readSettings(document.uri).run === 'onType') {
      if (known || this.#runsUnasked(document)) this.#refresh(document);
      this.#refreshImporters(document);
    }
  }

  #saved(document: vscode.TextDocument): void {
    if (!isPythonDocument(document) || readSettings(document.uri).run !== 'onSave') return;
    if (this.store.get(document.uri.toString()) || this.#runsUnasked(document)) this.#refresh(document);
    this.#refreshImporters(document);
  }

  #refresh(document: vscode.TextDocument): void {
    if (this.#isVisible(document)) this.#open(document).schedule(editDelayMs);
    else this.#stale.add(document.uri.toString());
  }

  /** Documents that name the changed one's module may import it. */
  #refreshImporters(changed: vscode.TextDocument): void {
    const module = titleOf(changed.uri).replace(/\.py$/, '');
    for (const document of vscode.workspace.textDocuments) {
      if (document === changed || !this.store.get(document.uri.toString())) continue;
      if (document.getText().includes(module)) this.#refresh(document);
    }
  }

  #runAgain(): void {
    for (const document of vscode.workspace.textDocuments) {
      if (this.store.get(document.uri.toString())) this.#refresh(document);
      else if (this.#isVisible(document)) this.#seen(document);
    }
  }

  #isVisible(document: vscode.TextDocument): boolean {
    return vscode.window.visibleTextEditors.some((editor) => editor.document === document);
  }
}

/** Other Python files that are open and not saved: what the user sees of them is what an import gets. */
function overlaysFor(document: vscode.TextDocument): readonly SourceFile[] {
  return vscode.workspace.textDocuments
    .filter((other) => other !== document && other.isDirty && other.uri.scheme === 'file' && isPythonDocument(other))
    .map((other) => ({ path: fileOf(other.uri), text: other.getText() }));
}

/** Line breaks are written as `\n` alone: positions count lines, whatever the file's own breaks. */
function toTextChange(change: vscode.TextDocumentContentChangeEvent): TextChange {
  const { start, end } = change.range;
  return { startLine: start.line, startColumn: start.character, endLine: end.line, endColumn: end.character, text: change.text.replace(/\r\n?/g, '\n') };
}
