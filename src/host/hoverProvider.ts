// Hovers over layers, at their exact columns.
import * as vscode from 'vscode';
import { fileOf, toEditorRange } from './documents.ts';
import { hoverMarkdown, showLayerCommand } from './hoverText.ts';
import { shownResult } from './inspection.ts';
import type { InspectionStore } from './inspectionStore.ts';
import { layersAt, layersNamed } from './layerLookup.ts';
import { readSettings } from './settings.ts';

export class HoverProvider implements vscode.HoverProvider {
  constructor(private readonly store: InspectionStore) {}

  provideHover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    if (!readSettings(document.uri).hover) return undefined;
    const key = document.uri.toString();
    const inspection = this.store.get(key);
    const result = inspection && shownResult(inspection.state);
    if (!result) return undefined;
    const file = fileOf(document.uri);
    const line = position.line + 1;
    const word = document.getWordRangeAtPosition(position);
    let matches = layersAt(result, file, line, position.character, inspection.toNow);
    const isNamed = matches.length === 0 && word !== undefined;
    if (isNamed) matches = layersNamed(result, file, line, document.getText(word), inspection.toNow);
    if (matches.length === 0) return undefined;
    const markdown = new vscode.MarkdownString(hoverMarkdown(matches, key, result.report.seed));
    markdown.isTrusted = { enabledCommands: [showLayerCommand] };
    return new vscode.Hover(markdown, isNamed ? word : toEditorRange(matches[0]!.range));
  }
}
