// Over each model: `Show activations | Quick train | 235,146 parameters · (32, 784) → (32, 10)`.
import * as vscode from 'vscode';
import { Disposable } from './disposable.ts';
import { fileOf, toEditorRange } from './documents.ts';
import { shownResult } from './inspection.ts';
import type { InspectionStore } from './inspectionStore.ts';
import { modelLenses } from './lensTitles.ts';
import { readSettings, section } from './settings.ts';

export class CodeLensProvider extends Disposable implements vscode.CodeLensProvider {
  readonly #changed = this.own(new vscode.EventEmitter<void>());
  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(private readonly store: InspectionStore) {
    super();
    // A run in progress changes no lens: only its result does.
    this.own(store.onDidChange((key) => store.get(key)?.state.kind !== 'loading' && this.#changed.fire()));
    this.own(vscode.workspace.onDidChangeConfiguration((event) => event.affectsConfiguration(section) && this.#changed.fire()));
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    if (!readSettings(document.uri).codeLens) return [];
    const inspection = this.store.get(document.uri.toString());
    const result = inspection && shownResult(inspection.state);
    if (!result) return [];
    return modelLenses(result, fileOf(document.uri), inspection.toNow).flatMap(({ model, range, summary }) => {
      const place = toEditorRange(range);
      const lens = (title: string, command: string, tooltip: string) =>
        new vscode.CodeLens(place, { title, command: `activationLens.${command}`, tooltip, arguments: [{ uri: document.uri.toString(), model: model.name }] });
      return [
        lens('Show activations', 'openPanel', `Shows every layer of ${model.name} in the panel`),
        lens('Quick train', 'quickTrain', `Trains ${model.name} on data made to fit it, and shows how its layers change`),
        lens(inspection.state.kind === 'failed' ? `${summary} · as of the last version that ran` : summary, 'openPanel', 'Trainable or not; inputs → output'),
      ];
    });
  }
}
