// Which editor documents are looked at, and how they are named to the runtime: a file by its path, anything else (an untitled editor) by its URI.
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { SourceRange } from '../protocol/source.ts';

/** Documents that a person edits; not the sides of a diff, not the output of a terminal. */
const schemes = new Set(['file', 'untitled', 'vscode-remote', 'vscode-vfs']);

export const documentSelector: vscode.DocumentSelector = [...schemes].map((scheme) => ({ language: 'python', scheme }));

export function isPythonDocument(document: vscode.TextDocument): boolean {
  return document.languageId === 'python' && schemes.has(document.uri.scheme);
}

/** The name by which reports speak of a document. */
export function fileOf(uri: vscode.Uri): string {
  return uri.scheme === 'file' ? uri.fsPath : uri.toString();
}

/** Undoes `fileOf`. */
export function uriOf(file: string): vscode.Uri {
  return /^[a-z][a-z0-9+.-]+:/i.test(file) ? vscode.Uri.parse(file, true) : vscode.Uri.file(file);
}

export function titleOf(uri: vscode.Uri): string {
  return path.posix.basename(uri.path) || uri.path;
}

/** Where a document's imports are looked up: its workspace folder, else the folder it lies in; null where there is no folder on disk. */
export function rootOf(uri: vscode.Uri): string | null {
  if (uri.scheme !== 'file') return null;
  const folder = vscode.workspace.getWorkspaceFolder(uri)?.uri;
  return folder?.scheme === 'file' ? folder.fsPath : path.dirname(uri.fsPath);
}

/** The runtime counts lines from 1, VS Code from 0; both count columns in UTF-16 units from 0. */
export function toEditorRange(range: SourceRange): vscode.Range {
  return new vscode.Range(range.line - 1, range.column, range.endLine - 1, range.endColumn);
}
