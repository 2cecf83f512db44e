// Which of a run's diagnostics become problem markers, and what they say. Pure.
import type { Diagnostic, DiagnosticKind, Finding, FindingRule, Fix, InspectReport, ModelReport } from '../protocol/report.ts';
import { placeText, relativePath, type SourceRange } from '../protocol/source.ts';

export interface Problem {
  readonly file: string;
  /** Null: the file as a whole. */
  readonly range: SourceRange | null;
  /** A hint is a few dots under the code, and not in the list of problems. */
  readonly severity: 'error' | 'warning' | 'information' | 'hint';
  readonly kind: DiagnosticKind | FindingRule;
  readonly message: string;
  readonly fixes: readonly Fix[];
  /** Where else to look: the place where the layer is made that fails where it is called. */
  readonly related: readonly { readonly range: SourceRange; readonly message: string }[];
}

/** The editor's documents. */
export interface OpenFiles {
  /** The Python extension is there, which marks syntax errors while they are typed. */
  readonly marksSyntax: boolean;
  has(file: string): boolean;
  /** Text of the file that was run. */
  readonly text: string;
}

/**
 * The problems of a run. A file that names NumPy only and has no model is somebody's script and not our business: it gets none. What is at fault in an
 * imported file that is not open is marked where this one imports it, and leads there.
 */
export function problemsOf(result: { readonly report: Pick<InspectReport, 'file' | 'models' | 'diagnostics'> }, named: 'deep' | 'numpy' | null, open: OpenFiles): readonly Problem[] {
  if (named !== 'deep' && result.report.models.length === 0) return [];
  const problems = new Map<string, Problem>();
  const { file, models, diagnostics } = result.report;
  const all = [
    ...diagnostics.filter(({ kind }) => kind !== 'syntax' || !open.marksSyntax).map((diagnostic) => toProblem(diagnostic, file, models)),
    // What is an error of the numbers is one of the file; what is only worth a look stays in the panel.
    ...models.flatMap(({ findings }) => findings.filter(({ severity }) => severity === 'error').map((finding) => ofFinding(finding, file))),
  ];
  for (const problem of all) {
    const isHere = problem.file === file || open.has(problem.file);
    if (!isHere && all.some((other) => other.file === file && isSaidBy(problem, other))) continue;
    const elsewhere = all.find((other) => !open.has(other.file) && isSaidBy(other, problem));
    const marked = isHere ? elsewhere ? leadingTo(problem, elsewhere) : problem : whereImported(problem, file, open.text);
    problems.set(JSON.stringify([marked.file, marked.range, marked.message]), marked);
  }
  return [...problems.values()];
}

/** Whether the line of this file that led to a problem of another says it too: "… (models/blocks.py, line 63)". */
function isSaidBy({ message, range, file }: Problem, other: Problem): boolean {
  return range !== null && file !== other.file && other.message.includes(sentenceOf(message)) && other.message.includes(`, line ${range.line})`);
}

/** Without the hint below it. */
function sentenceOf(message: string): string {
  return message.split('\n')[0]!;
}

/** With the hint that the other place has. */
function leadingTo(problem: Problem, { range, message }: Problem): Problem {
  if (range === null) return problem;
  const hint = message.slice(sentenceOf(message).length);
  return {
    ...problem, message: problem.message.endsWith(hint) ? problem.message : `${problem.message}${hint}`,
    related: [{ range, message: 'The place in the imported file.' }, ...problem.related],
  };
}

function whereImported(problem: Problem, file: string, text: string): Problem {
  const place = problem.range === null ? relativePath(problem.file, file) : placeText(problem.range, file);
  return { ...leadingTo(problem, problem), file, range: importOf(problem.file, file, text), message: `${place}: ${problem.message}` };
}

/** The first import in a text that names a module of the other file, or a package that it lies in. */
function importOf(imported: string, file: string, text: string): SourceRange | null {
  const names = imported.replace(/([\\/]__init__)?\.py$/, '').split(/[\\/]/).reverse();
  const lines = text.split(/\r\n|\r|\n/);
  for (const name of names) {
    const index = lines.findIndex((line) => /^\s*(from|import)\s/.test(line) && line.split(/\W+/).includes(name));
    if (index < 0) continue;
    const line = lines[index]!;
    return { file, line: index + 1, column: line.length - line.trimStart().length, endLine: index + 1, endColumn: line.trimEnd().length };
  }
  return null;
}

function ofFinding({ rule, severity, message, range, fixes }: Finding, file: string): Problem {
  return { file: range?.file ?? file, range, severity, kind: rule, message, fixes, related: [] };
}

/** The layers that a diagnostic is about were called within one expression: of a `Sequential`, one of many. */
function relatedTo({ message, range }: Diagnostic, models: readonly ModelReport[]): Problem['related'] {
  const failed = models.flatMap(({ layers }) => layers.filter(({ failure, kind }) => failure !== null && kind !== 'function' && message.includes(failure)).slice(-1));
  return failed.flatMap(({ path, type, definition }) => {
    if (path === '' || definition === null || definition.file === range?.file && definition.line === range.line) return [];
    return [{ range: definition, message: `\`${path}\` (${type}) is the layer that fails; it is made here.` }];
  });
}

function toProblem(diagnostic: Diagnostic, file: string, models: readonly ModelReport[]): Problem {
  return {
    file: diagnostic.range?.file ?? file,
    range: diagnostic.range,
    severity: severityOf(diagnostic),
    kind: diagnostic.kind,
    message: diagnostic.hint === null ? diagnostic.message : `${diagnostic.message}\n${diagnostic.hint}`,
    fixes: diagnostic.fixes ?? [],
    related: relatedTo(diagnostic, models),
  };
}

/** What we leave out or cannot do is no fault of the file; a training loop that is only entered is as it should be. */
function severityOf({ kind, severity }: Diagnostic): Problem['severity'] {
  switch (kind) {
    case 'skipped': return 'hint';
    case 'unsupported': return 'information';
    case 'shape': case 'python': case 'limit': case 'syntax': case 'internal': return severity;
    default: return kind satisfies never;
  }
}
