// The panel follows the Python editor that was last active. It makes snapshots of what is known of that document and answers the view's requests.
import * as vscode from 'vscode';
import { lensText, noChoices } from '../protocol/modelChoices.ts';
import type { PanelFocus, PanelHostContract, PanelSnapshot } from '../protocol/panelApi.ts';
import type { RequestHandlers } from '../protocol/rpc.ts';
import type { ChoiceMemory } from './choiceMemory.ts';
import { Disposable } from './disposable.ts';
import type { DocumentInspector } from './documentInspector.ts';
import { fileOf, isPythonDocument, titleOf, uriOf } from './documents.ts';
import { frameworkNamed } from './frameworkTest.ts';
import { shownResult } from './inspection.ts';
import type { InspectionStore } from './inspectionStore.ts';
import { cursorLayer } from './layerLookup.ts';
import { writeComment } from './lensComment.ts';
import { asideOf, closedDocument, noDocument, panelState } from './panelState.ts';
import { panelType, PanelView } from './panelView.ts';
import type { QuickFixes } from './quickFixes.ts';
import type { Reveal } from './reveal.ts';
import type { Training } from './training.ts';

/** Snapshots are whole: while a run sends progress, ten a second are as good as all. */
const stateIntervalMs = 16;
const trainingIntervalMs = 100;
/** Holding an arrow key down must not send the report of a deep model with each line. */
const cursorIntervalMs = 100;

const panelTitle = 'Activations';

export class Panel extends Disposable implements vscode.WebviewPanelSerializer {
  #view: PanelView | undefined;
  #document: vscode.TextDocument | undefined;
  #cursorLayer: number | null = null;
  #focus: PanelFocus | undefined;
  #revision = 0;
  /** The Python file in the editor that has nothing to show. */
  #besides: vscode.TextDocument | undefined;
  readonly #gone = new Set<string>();

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly store: InspectionStore,
    private readonly inspector: DocumentInspector,
    private readonly training: Training,
    private readonly memory: ChoiceMemory,
    private readonly quickFixes: QuickFixes,
    private readonly reveal: Reveal,
  ) {
    super();
    this.own(vscode.window.registerWebviewPanelSerializer(panelType, this));
    this.own(vscode.window.onDidChangeActiveTextEditor((editor) => this.#follow(editor)));
    this.own(vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => textEditor.document === this.#document && this.#moveCursor(textEditor)));
    this.own(store.onDidChange((key) => key === this.#key && this.#changed(stateIntervalMs)));
    this.own(training.onDidChange((key) => key === this.#key && this.#changed(trainingIntervalMs)));
    this.own(memory.onDidChange((key) => key === this.#key && this.#changed(stateIntervalMs)));
    const watcher = this.own(vscode.workspace.createFileSystemWatcher('**/*.py', false, true, false));
    this.own(watcher.onDidDelete((uri) => this.#changedOnDisk(uri, true)));
    this.own(watcher.onDidCreate((uri) => this.#changedOnDisk(uri, false)));
    this.own({ dispose: () => this.#view?.panel.dispose() });
  }

  /** Shows a document in the panel, beside its editor; opens the panel if need be. */
  open(document: vscode.TextDocument): void {
    this.#show(document);
    if (this.#view) {
      this.#view.panel.reveal(undefined, true);
    } else {
      const panel = vscode.window.createWebviewPanel(panelType, panelTitle, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true }, {});
      this.#attach(panel);
    }
    this.inspector.ensure(document);
  }

  /** Has the view choose a model, a layer or the training tab. */
  focus(model: string, layer: number | null, tab: PanelFocus['tab']): void {
    // Rises over reloads of the window too: the view keeps the last one it followed.
    this.#focus = { serial: Math.max(Date.now(), (this.#focus?.serial ?? 0) + 1), model, layer, tab };
    this.#changed(stateIntervalMs);
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel, kept: unknown): Promise<void> {
    this.#attach(panel);
    const document = await this.#documentOf(kept);
    if (!document || this.#document) return;
    this.#show(document);
    this.inspector.ensure(document);
  }

  /** The document a restored view showed, or the one that is in sight. */
  async #documentOf(kept: unknown): Promise<vscode.TextDocument | undefined> {
    const file = typeof kept === 'object' && kept !== null ? (kept as { file?: unknown }).file : undefined;
    const open = (document: vscode.TextDocument) => fileOf(document.uri) === file;
    const known = vscode.workspace.textDocuments.find(open);
    if (known) return known;
    const visible = vscode.window.visibleTextEditors.find((editor) => isPythonDocument(editor.document))?.document;
    if (typeof file !== 'string') return visible;
    try {
      return await vscode.workspace.openTextDocument(uriOf(file));
    } catch {
      return visible;
    }
  }

  get #key(): string | undefined {
    return this.#document?.uri.toString();
  }

  #attach(panel: vscode.WebviewPanel): void {
    this.#view?.panel.dispose();
    const view = new PanelView(panel, this.extensionUri, this.#requests, () => this.#snapshot(), () => {
      if (this.#view === view) this.#view = undefined;
    });
    this.#view = view;
    this.#follow(vscode.window.activeTextEditor);
  }

  #follow(editor: vscode.TextEditor | undefined): void {
    if (!this.#view || !editor || !isPythonDocument(editor.document)) return;
    const { document } = editor;
    if (document !== this.#document) {
      const isOurs = this.store.get(document.uri.toString()) !== undefined || frameworkNamed(document.getText()) !== null;
      if (!isOurs) {
        this.#besides = document;
        this.#changed(stateIntervalMs);
        return;
      }
      this.#show(document);
      this.inspector.ensure(document);
    }
    if (this.#besides) {
      this.#besides = undefined;
      this.#changed(stateIntervalMs);
    }
    this.#moveCursor(editor);
  }

  #changedOnDisk(uri: vscode.Uri, isGone: boolean): void {
    if (isGone) this.#gone.add(uri.toString());
    else if (!this.#gone.delete(uri.toString())) return;
    this.#changed(stateIntervalMs);
  }

  #show(document: vscode.TextDocument): void {
    this.#besides = undefined;
    if (document === this.#document) return;
    this.#document = document;
    this.#changed(stateIntervalMs);
  }

  #moveCursor(editor: vscode.TextEditor): void {
    const layer = this.#layerAt(editor);
    if (layer === this.#cursorLayer) return;
    this.#changed(cursorIntervalMs);
  }

  #layerAt(editor: vscode.TextEditor | undefined): number | null {
    const inspection = editor && this.store.get(editor.document.uri.toString());
    const result = inspection && shownResult(inspection.state);
    if (!result) return null;
    const { line, character } = editor.selection.active;
    return cursorLayer(result, inspection.file, line + 1, character, inspection.toNow);
  }

  #changed(intervalMs: number): void {
    this.#view?.refresh(intervalMs);
  }

  #snapshot(): PanelSnapshot {
    this.#revision++;
    const document = this.#document;
    if (!document) return { revision: this.#revision, state: { kind: 'idle', message: noDocument }, cursorLayer: null, aside: null };
    const key = document.uri.toString();
    const aside = asideOf(titleOf(document.uri), this.#besides ? titleOf(this.#besides.uri) : null, this.#gone.has(key));
    if (document.isClosed) return { revision: this.#revision, state: { kind: 'idle', message: closedDocument(titleOf(document.uri), this.#gone.has(key)) }, cursorLayer: null, aside: null };
    this.#cursorLayer = this.#layerAt(vscode.window.visibleTextEditors.find((editor) => editor.document === document));
    return {
      revision: this.#revision,
      state: panelState(titleOf(document.uri), this.store.get(key)?.state ?? { kind: 'idle' }, this.training.stateOf(key), this.inspector.choicesFor(key)),
      cursorLayer: this.#cursorLayer,
      aside,
      ...(this.#focus ? { focus: this.#focus } : {}),
    };
  }

  async #writeChoices(document: vscode.TextDocument, name: string): Promise<void> {
    const key = document.uri.toString();
    const inspection = this.store.get(key);
    const model = inspection && shownResult(inspection.state)?.report.models.find((one) => one.name === name);
    const choices = this.memory.of(key)[name];
    if (!model || !choices) return;
    if (model.definition && model.definition.file !== inspection.file) throw new Error(`\`${name}\` is of another file: ${model.definition.file}`);
    await writeComment(document, model.definition && inspection.toNow(model.definition), lensText(choices));
    // From now on the file says it.
    await this.inspector.choose(document, name, noChoices);
  }

  readonly #requests: RequestHandlers<PanelHostContract> = {
    ready: () => this.#snapshot(),
    reveal: async ({ range, focus }) => {
      const inspection = this.#key === undefined ? undefined : this.store.get(this.#key);
      // A range whose text was changed since is still near where it was.
      await this.reveal.show(inspection?.toNow(range) ?? range, focus);
    },
    cancelRun: () => {
      if (this.#document) this.inspector.stop(this.#document);
    },
    showModel: ({ model }) => {
      if (this.#document) this.inspector.showModel(this.#document, model);
    },
    choose: async ({ file, model, choices }) => this.inspector.choose(openDocument(file), model, choices),
    writeChoices: async ({ file, model }) => this.#writeChoices(openDocument(file), model),
    applyFix: async (fix) => {
      if (this.#key !== undefined) await this.quickFixes.apply(fix, this.#key);
    },
    quickTrain: ({ model }) => {
      if (this.#document) void this.training.start(this.#document, model);
    },
    pauseTraining: () => this.training.pause(true),
    resumeTraining: () => this.training.pause(false),
    stopTraining: () => this.training.stop(),
  };
}

/** Throws where it was closed meanwhile. */
function openDocument(file: string): vscode.TextDocument {
  const document = vscode.workspace.textDocuments.find(({ uri }) => fileOf(uri) === file);
  if (!document) throw new Error(`${file} is not open any more.`);
  return document;
}
