// One quiet shape at the end of a layer's call, off by default: `→ (32, 256)`.
import * as vscode from 'vscode';
import { formatShape } from '../protocol/amounts.ts';
import { Disposable } from './disposable.ts';
import { fileOf } from './documents.ts';
import { shownResult } from './inspection.ts';
import type { InspectionStore } from './inspectionStore.ts';
import { shapeHints } from './shapeHints.ts';
import { readSettings } from './settings.ts';

export class InlayHintsProvider extends Disposable implements vscode.InlayHintsProvider {
  readonly #changed = this.own(new vscode.EventEmitter<void>());
  readonly onDidChangeInlayHints = this.#changed.event;

  constructor(private readonly store: InspectionStore) {
    super();
    this.own(store.onDidChange(() => this.#changed.fire()));
  }

  provideInlayHints(document: vscode.TextDocument, range: vscode.Range): vscode.InlayHint[] {
    if (!readSettings(document.uri).inlayHints) return [];
    const inspection = this.store.get(document.uri.toString());
    const result = inspection && shownResult(inspection.state);
    if (!result) return [];
    return shapeHints(result, fileOf(document.uri), inspection.toNow)
      .filter(({ line }) => line - 1 >= range.start.line && line - 1 <= range.end.line)
      .map(({ line, shape }) => {
        const hint = new vscode.InlayHint(document.lineAt(Math.min(line, document.lineCount) - 1).range.end, `→ ${formatShape(shape)}`);
        hint.paddingLeft = true;
        return hint;
      });
  }
}
