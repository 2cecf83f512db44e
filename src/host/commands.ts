// The commands of the palette, the lenses and the hovers.
import * as vscode from 'vscode';
import type { DocumentInspector } from './documentInspector.ts';
import { isPythonDocument } from './documents.ts';
import type { ShowLayerArguments } from './hoverText.ts';
import { shownResult } from './inspection.ts';
import type { InspectionStore } from './inspectionStore.ts';
import { mainModel } from './layerLookup.ts';
import type { Panel } from './panel.ts';
import type { RuntimeClient } from './runtimeClient.ts';
import type { Training } from './training.ts';

export interface CommandTargets {
  readonly store: InspectionStore;
  readonly inspector: DocumentInspector;
  readonly panel: Panel;
  readonly training: Training;
  readonly runtime: RuntimeClient;
  showOutput(): void;
}

/** A lens names the document and the model; the palette names neither; a button of the editor's title gives the document's URI. */
type Target = { readonly uri: string; readonly model?: string } | vscode.Uri | undefined;

export function registerCommands(targets: CommandTargets): vscode.Disposable {
  const { store, inspector, panel, training, runtime } = targets;

  const modelName = (document: vscode.TextDocument, target: Target): string | undefined => {
    if (target && 'model' in target && typeof target.model === 'string') return target.model;
    const inspection = store.get(document.uri.toString());
    const result = inspection && shownResult(inspection.state);
    return result ? mainModel(result.report.models, result.listing)?.name : undefined;
  };

  const train = async (target: Target, chooseFile: boolean) => {
    const document = await documentOf(target);
    if (!document) return;
    let dataFile: vscode.Uri | undefined;
    if (chooseFile) {
      [dataFile] = await vscode.window.showOpenDialog({ title: 'Data to train on', openLabel: 'Train', filters: { 'Tables and arrays': ['csv', 'npz'] }, canSelectMany: false }) ?? [];
      if (!dataFile) return;
    }
    const model = modelName(document, target);
    panel.open(document);
    if (model !== undefined) panel.focus(model, null, 'training');
    await training.start(document, model, dataFile);
  };

  const commands: Record<string, (argument: never) => unknown> = {
    openPanel: async (target: Target) => {
      const document = await documentOf(target);
      if (!document) return;
      panel.open(document);
      if (target && 'model' in target && target.model !== undefined) panel.focus(target.model, null, 'layers');
    },
    showLayer: async (layer: ShowLayerArguments) => {
      const document = await documentOf({ uri: layer.uri });
      if (!document) return;
      panel.open(document);
      panel.focus(layer.model, layer.layer, 'layers');
    },
    refresh: async (target: Target) => {
      const document = await documentOf(target);
      if (document) inspector.inspect(document);
    },
    quickTrain: (target: Target) => train(target, false),
    quickTrainOnFile: (target: Target) => train(target, true),
    pauseTraining: () => training.pause(true),
    resumeTraining: () => training.pause(false),
    stopTraining: () => training.stop(),
    restartRuntime: async () => {
      await runtime.end('restarted on request');
      const editor = vscode.window.activeTextEditor;
      if (editor && isPythonDocument(editor.document)) inspector.inspect(editor.document);
    },
    showOutput: () => targets.showOutput(),
  };
  return vscode.Disposable.from(...Object.entries(commands).map(([name, run]) => vscode.commands.registerCommand(`activationLens.${name}`, run)));
}

/** The Python document that a command is about; without one, says so. */
async function documentOf(target: Target): Promise<vscode.TextDocument | undefined> {
  if (target instanceof vscode.Uri) return vscode.workspace.openTextDocument(target);
  if (target !== undefined) return vscode.workspace.openTextDocument(vscode.Uri.parse(target.uri, true));
  const editors = [vscode.window.activeTextEditor, ...vscode.window.visibleTextEditors];
  const document = editors.find((editor) => editor && isPythonDocument(editor.document))?.document;
  if (!document) void vscode.window.showInformationMessage('Open a Python file first: Activation Lens shows what its network does.');
  return document;
}
