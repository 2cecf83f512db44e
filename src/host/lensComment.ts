// Writes a `# lens:` comment into a document, as one edit that can be undone.
import * as vscode from 'vscode';
import type { SourceRange } from '../protocol/source.ts';
import { commentEdit } from './commentEdit.ts';

/** `text`: what follows `# lens:`. Rejects where the document cannot be edited. */
export async function writeComment(document: vscode.TextDocument, definition: SourceRange | null, text: string): Promise<void> {
  const lines = Array.from({ length: document.lineCount }, (_, line) => document.lineAt(line).text);
  const { line, startColumn, endColumn, text: newText } = commentEdit(lines, definition, text);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(line, startColumn, line, endColumn), newText);
  if (!await vscode.workspace.applyEdit(edit)) throw new Error('The comment could not be written into the file.');
}
