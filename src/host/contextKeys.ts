// Tells the menus whether the active editor has a model.
import * as vscode from 'vscode';
import { Disposable } from './disposable.ts';
import { shownResult } from './inspection.ts';
import type { InspectionStore } from './inspectionStore.ts';

export class ContextKeys extends Disposable {
  #hasModel: boolean | undefined;

  constructor(private readonly store: InspectionStore) {
    super();
    this.own(store.onDidChange((key) => key === vscode.window.activeTextEditor?.document.uri.toString() && this.#update()));
    this.own(vscode.window.onDidChangeActiveTextEditor((editor) => editor && this.#update()));
  }

  #update(): void {
    const key = vscode.window.activeTextEditor?.document.uri.toString();
    const inspection = key === undefined ? undefined : this.store.get(key);
    const hasModel = ((inspection && shownResult(inspection.state))?.report.models.length ?? 0) > 0;
    if (hasModel === this.#hasModel) return;
    this.#hasModel = hasModel;
    void vscode.commands.executeCommand('setContext', 'activationLens.hasModel', hasModel);
  }
}
