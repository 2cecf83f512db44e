// Publishes the problems of every document that is looked at as problem markers, also in other files that it imports.
import * as vscode from 'vscode';
import { Disposable } from './disposable.ts';
import { fileOf, toEditorRange, uriOf } from './documents.ts';
import { frameworkNamed } from './frameworkTest.ts';
import type { InspectionStore } from './inspectionStore.ts';
import type { OpenFiles, Problem } from './problemList.ts';
import { problemsOf } from './problemList.ts';

const severities: Record<Problem['severity'], vscode.DiagnosticSeverity> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
};

/** Who marked a problem, as the list of problems names it. */
export const problemSource = 'Activation Lens';

export class Problems extends Disposable {
  readonly #collection = this.own(vscode.languages.createDiagnosticCollection('activationLens'));
  /** Document that was run → its problems. */
  readonly #byOwner = new Map<string, readonly Problem[]>();

  constructor(private readonly store: InspectionStore) {
    super();
    this.own(store.onDidChange((key) => this.#update(key)));
    // What is marked where it is imported moves to its own place, and back.
    const again = () => [...this.#byOwner.keys()].forEach((key) => this.#update(key));
    this.own(vscode.workspace.onDidOpenTextDocument(again));
    this.own(vscode.workspace.onDidCloseTextDocument(again));
  }

  /** The problems marked in a file, each with the document by whose run it was found. */
  in(file: string): readonly { readonly problem: Problem; readonly owner: string }[] {
    return [...this.#byOwner].flatMap(([owner, problems]) => problems.filter((problem) => problem.file === file).map((problem) => ({ problem, owner })));
  }

  #update(key: string): void {
    const before = this.#byOwner.get(key) ?? [];
    const after = this.#problems(key);
    if (after === 'unchanged') return;
    if (after.length > 0) this.#byOwner.set(key, after);
    else this.#byOwner.delete(key);
    for (const file of new Set([...before, ...after].map((problem) => problem.file))) this.#publish(file);
  }

  #problems(key: string): readonly Problem[] | 'unchanged' {
    const inspection = this.store.get(key);
    if (!inspection) return [];
    const { state } = inspection;
    switch (state.kind) {
      case 'idle': return [];
      // Markers stay, and move with the text, until there is something newer to say.
      case 'loading': return 'unchanged';
      case 'failed': return state.diagnostics.length === 0 ? 'unchanged' : problemsOf({ report: { models: [], file: inspection.file, diagnostics: state.diagnostics } }, ...this.#editor(key));
      case 'ready': return problemsOf(state.result, ...this.#editor(key));
      default: return state satisfies never;
    }
  }

  /** What the document names, and what is open beside it. */
  #editor(key: string): [named: 'deep' | 'numpy' | null, open: OpenFiles] {
    const documents = vscode.workspace.textDocuments;
    const text = documents.find(({ uri }) => uri.toString() === key)?.getText() ?? '';
    const marksSyntax = vscode.extensions.getExtension('ms-python.python') !== undefined;
    return [frameworkNamed(text), { text, marksSyntax, has: (file) => documents.some(({ uri }) => fileOf(uri) === file) }];
  }

  #publish(file: string): void {
    this.#collection.set(uriOf(file), this.in(file).map(({ problem }) => {
      const range = problem.range ? toEditorRange(problem.range) : new vscode.Range(0, 0, 0, 0);
      const diagnostic = new vscode.Diagnostic(range, problem.message, severities[problem.severity]);
      diagnostic.source = problemSource;
      diagnostic.code = problem.kind;
      diagnostic.relatedInformation = problem.related.map((place) => new vscode.DiagnosticRelatedInformation(new vscode.Location(uriOf(place.range.file), toEditorRange(place.range)), place.message));
      return diagnostic;
    }));
  }
}
