// What the tests of this folder do with the editor: open, type, find a place, ask the providers, wait.
import path from 'node:path';
import * as vscode from 'vscode';
import type { ActivationLensApi } from '../../../src/host/extension.ts';

const extensionId = 'activation-lens.activation-lens';

export function workspaceUri(name: string): vscode.Uri {
  return vscode.Uri.file(path.join(vscode.workspace.workspaceFolders![0]!.uri.fsPath, name));
}

export async function extensionApi(): Promise<ActivationLensApi> {
  const extension = vscode.extensions.getExtension<ActivationLensApi>(extensionId);
  if (!extension) throw new Error(`${extensionId} is not installed`);
  return extension.activate();
}

export async function open(name: string): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(workspaceUri(name)), { viewColumn: vscode.ViewColumn.One });
}

export async function openUntitled(content: string): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: 'python', content }), { viewColumn: vscode.ViewColumn.One });
}

/** The position `offset` characters into the nth occurrence of a text. */
export function positionOf(document: vscode.TextDocument, text: string, offset = 0, nth = 0): vscode.Position {
  let at = -1;
  for (let found = 0; found <= nth; found++) {
    at = document.getText().indexOf(text, at + 1);
    if (at < 0) throw new Error(`not in the document: ${text}`);
  }
  return document.positionAt(at + offset);
}

export function rangeOf(document: vscode.TextDocument, text: string, nth = 0): vscode.Range {
  return new vscode.Range(positionOf(document, text, 0, nth), positionOf(document, text, text.length, nth));
}

/** Replaces a text of the document, as typing would. */
export async function replace(editor: vscode.TextEditor, text: string, by: string): Promise<void> {
  const range = rangeOf(editor.document, text);
  if (!await editor.edit((edit) => edit.replace(range, by))) throw new Error('the edit was refused');
}

/** Calls `look` until it returns something, and returns that. Fails with what `look` last said was missing. */
export async function eventually<T>(what: string, look: () => T | undefined | false | Promise<T | undefined | false>, limitMs = 30_000): Promise<T> {
  const end = Date.now() + limitMs;
  for (;;) {
    const seen = await look();
    if (seen !== undefined && seen !== false) return seen;
    if (Date.now() > end) throw new Error(`did not happen within ${limitMs / 1000} s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

export interface OurHover {
  readonly text: string;
  readonly range: vscode.Range;
}

/** Our hover at a position, if there is one. */
export async function hoverAt(document: vscode.TextDocument, position: vscode.Position): Promise<OurHover | undefined> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, position);
  for (const hover of hovers) {
    const text = hover.contents.map((content) => (typeof content === 'string' ? content : content.value)).join('\n');
    if (text.includes('activationLens.showLayer') && hover.range) return { text, range: hover.range };
  }
  return undefined;
}

/** Titles of our lenses by line (from 0), in order. */
export async function lenses(document: vscode.TextDocument): Promise<Map<number, string[]>> {
  const all = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri);
  const byLine = new Map<number, string[]>();
  for (const lens of all) {
    if (!lens.command?.command.startsWith('activationLens.')) continue;
    const line = lens.range.start.line;
    byLine.set(line, [...byLine.get(line) ?? [], lens.command.title]);
  }
  return byLine;
}

export async function lensText(document: vscode.TextDocument): Promise<string> {
  return [...(await lenses(document)).values()].map((titles) => titles.join(' | ')).join('\n');
}

export function problems(document: vscode.TextDocument): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(document.uri).filter((diagnostic) => diagnostic.source === 'Activation Lens');
}

export async function closeAll(): Promise<void> {
  for (const editor of vscode.window.visibleTextEditors) {
    if (editor.document.isDirty && !editor.document.isUntitled) {
      await vscode.window.showTextDocument(editor.document);
      await vscode.commands.executeCommand('workbench.action.files.revert');
    }
  }
  for (const group of vscode.window.tabGroups.all) {
    for (const tab of group.tabs) {
      const input = tab.input;
      if (input instanceof vscode.TabInputText && input.uri.scheme === 'untitled') {
        await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(input.uri));
        await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
      }
    }
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

export async function setting(name: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration('activationLens').update(name, value, vscode.ConfigurationTarget.Global);
}
