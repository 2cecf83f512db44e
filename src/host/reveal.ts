// Shows a place of a file in an editor, beside the panel: with the cursor on it, or only lit up for a moment.
import * as vscode from 'vscode';
import type { SourceRange } from '../protocol/source.ts';
import { toEditorRange, uriOf } from './documents.ts';
import { Disposable } from './disposable.ts';

const lightMs = 1500;

export class Reveal extends Disposable {
  readonly #light = this.own(vscode.window.createTextEditorDecorationType({
    backgroundColor: new vscode.ThemeColor('editor.rangeHighlightBackground'),
    borderColor: new vscode.ThemeColor('editor.rangeHighlightBorder'),
    overviewRulerColor: new vscode.ThemeColor('editor.rangeHighlightBackground'),
  }));
  #timer: ReturnType<typeof setTimeout> | undefined;

  async show(range: SourceRange, focus: boolean): Promise<void> {
    const uri = uriOf(range.file);
    const shown = vscode.window.visibleTextEditors.find((editor) => editor.document.uri.toString() === uri.toString());
    const document = shown?.document ?? await vscode.workspace.openTextDocument(uri);
    const editor = await vscode.window.showTextDocument(document, { viewColumn: shown?.viewColumn ?? vscode.ViewColumn.One, preserveFocus: !focus });
    const place = document.validateRange(toEditorRange(range));
    editor.revealRange(place, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    if (focus) editor.selection = new vscode.Selection(place.start, place.end);
    clearTimeout(this.#timer);
    editor.setDecorations(this.#light, [place]);
    this.#timer = setTimeout(() => editor.setDecorations(this.#light, []), lightMs);
  }

  override dispose(): void {
    clearTimeout(this.#timer);
    super.dispose();
  }
}
