// The mends that a run found for its problems, as edits of the text as it is now.
import * as vscode from 'vscode';
import type { Fix } from '../protocol/report.ts';
import { fileOf, toEditorRange, uriOf } from './documents.ts';
import type { InspectionStore } from './inspectionStore.ts';
import type { Problems } from './problems.ts';
import { problemSource } from './problems.ts';

export class QuickFixes implements vscode.CodeActionProvider {
  static readonly metadata: vscode.CodeActionProviderMetadata = { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] };

  constructor(
    private readonly store: InspectionStore,
    private readonly problems: Problems,
  ) {}

  provideCodeActions(document: vscode.TextDocument, _range: vscode.Range, context: vscode.CodeActionContext): vscode.CodeAction[] {
    const marked = context.diagnostics.filter(({ source }) => source === problemSource);
    if (marked.length === 0) return [];
    return this.problems.in(fileOf(document.uri)).flatMap(({ problem, owner }) => {
      const diagnostics = marked.filter(({ message }) => message === problem.message);
      return diagnostics.length === 0 ? [] : problem.fixes.flatMap((fix) => this.#action(fix, owner, diagnostics));
    });
  }

  /** Makes the edits of a fix that the run of a document found. Rejects where the text they are of was changed. */
  async apply(fix: Fix, owner: string): Promise<void> {
    const edit = this.#editOf(fix, owner);
    if (!edit || !await vscode.workspace.applyEdit(edit)) throw new Error(`“${fix.title}” cannot be done: that text was changed.`);
  }

  #action(fix: Fix, owner: string, diagnostics: vscode.Diagnostic[]): vscode.CodeAction[] {
    const edit = this.#editOf(fix, owner);
    if (!edit) return [];
    const action = new vscode.CodeAction(fix.title, vscode.CodeActionKind.QuickFix);
    return [Object.assign(action, { edit, diagnostics, isPreferred: true })];
  }

  #editOf({ edits }: Fix, owner: string): vscode.WorkspaceEdit | null {
    const inspection = this.store.get(owner);
    const whole = new vscode.WorkspaceEdit();
    for (const { range, newText } of edits) {
      const now = inspection ? inspection.toNow(range) : range;
      if (!now) return null;
      whole.replace(uriOf(now.file), toEditorRange(now), newText);
    }
    return whole;
  }
}
