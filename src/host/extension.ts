// The extension's beginning: composes the parts and starts nothing.
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { TrainingState } from '../protocol/panelApi.ts';
import { launchRuntime } from '../runtime/launch.ts';
import { ChoiceMemory } from './choiceMemory.ts';
import { CodeLensProvider } from './codeLensProvider.ts';
import { registerCommands } from './commands.ts';
import { ContextKeys } from './contextKeys.ts';
import { DocumentInspector } from './documentInspector.ts';
import { documentSelector } from './documents.ts';
import { HoverProvider } from './hoverProvider.ts';
import { InlayHintsProvider } from './inlayHints.ts';
import type { InspectionState } from './inspection.ts';
import { InspectionStore } from './inspectionStore.ts';
import { Output } from './output.ts';
import { Panel } from './panel.ts';
import { Problems } from './problems.ts';
import { QuickFixes } from './quickFixes.ts';
import { Reveal } from './reveal.ts';
import { RuntimeClient } from './runtimeClient.ts';
import { readSettings } from './settings.ts';
import { Training } from './training.ts';

/** What tests and other extensions may see of a running extension. Reading changes nothing. */
export interface ActivationLensApi {
  /** How long `activate` took. */
  readonly activationMs: number;
  /** Process id of the runtime, while it runs. */
  readonly runtimePid: number | undefined;
  /** What is known of a document; undefined if it is not looked at. */
  inspectionOf(uri: vscode.Uri): InspectionState | undefined;
  trainingOf(uri: vscode.Uri): TrainingState;
}

export function activate(context: vscode.ExtensionContext): ActivationLensApi {
  const startedAt = performance.now();
  const own = <T extends vscode.Disposable>(thing: T): T => (context.subscriptions.push(thing), thing);
  const entry = path.join(context.extensionPath, 'dist', 'runtime.js');
  const output = own(new Output());
  const store = own(new InspectionStore());
  const runtime = own(new RuntimeClient((readableRoots, events) => launchRuntime({ entry, readableRoots, events, revectorize: readSettings().revectorize, onStderr: output.line }), output.line));
  const memory = new ChoiceMemory(context.workspaceState);
  own(vscode.workspace.onDidRenameFiles(({ files }) => files.forEach(({ oldUri, newUri }) => void memory.move(oldUri.toString(), newUri.toString()))));
  const inspector = own(new DocumentInspector(store, runtime, memory, output.printed));
  const training = own(new Training(runtime, inspector, output.line));
  const quickFixes = new QuickFixes(store, own(new Problems(store)));
  const panel = own(new Panel(context.extensionUri, store, inspector, training, memory, quickFixes, own(new Reveal())));
  own(vscode.languages.registerCodeActionsProvider(documentSelector, quickFixes, QuickFixes.metadata));
  own(new ContextKeys(store));
  own(vscode.languages.registerHoverProvider(documentSelector, new HoverProvider(store)));
  own(vscode.languages.registerCodeLensProvider(documentSelector, own(new CodeLensProvider(store))));
  own(vscode.languages.registerInlayHintsProvider(documentSelector, own(new InlayHintsProvider(store))));
  own(registerCommands({ store, inspector, panel, training, runtime, showOutput: () => output.show() }));
  return {
    activationMs: performance.now() - startedAt,
    get runtimePid() { return runtime.pid; },
    inspectionOf: (uri) => store.get(uri.toString())?.state,
    trainingOf: (uri) => training.stateOf(uri.toString()),
  };
}
