// Hovers over layers, at their exact columns.
import * as vscode from 'vscode';
import { fileOf, toEditorRange } from './documents.ts';
import { hoverMarkdown, SHOW_LAYER_COMMAND } from './hoverText.ts';
import { shownResult } from './inspection.ts';
import type { InspectionStore } from './inspectionStore.ts';
import { layersAt } from './layerLookup.ts';
import { readSettings } from './settings.ts';

export class HoverProvider implements vscode.HoverProvider {
  constructor(private readonly store: InspectionStore) {}

  provideHover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    if (!readSettings(document.uri).hover) return undefined;
    const key = document.uri.toString();
    const inspection = this.store.get(key);
    const result = inspection && shownResult(inspection.state);
    if (!result) return undefined;
    const matches = layersAt(result, fileOf(document.uri), position.line + 1, position.character, inspection.toNow);
    if (matches.length === 0) return undefined;
    const markdown = new vscode.MarkdownString(hoverMarkdown(matches, key, result.report.seed));
    markdown.isTrusted = { enabledCommands: [SHOW_LAYER_COMMAND] };
    return new vscode.Hover(markdown, toEditorRange(matches[0]!.range));
  }
}
