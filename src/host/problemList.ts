// Which of a run's diagnostics become problem markers, and what they say. Pure.
import type { Diagnostic, DiagnosticKind, Fix, InspectReport } from '../protocol/report.ts';
import type { SourceRange } from '../protocol/source.ts';

export interface Problem {
  readonly file: string;
  /** Null: the file as a whole. */
  readonly range: SourceRange | null;
  /** A hint is a few dots under the code, and not in the list of problems. */
  readonly severity: 'error' | 'warning' | 'information' | 'hint';
  readonly kind: DiagnosticKind;
  readonly message: string;
  readonly fixes: readonly Fix[];
}

/**
 * The problems of a run. Syntax errors are left to the Python extension, which marks them while they are typed. A file that names NumPy only and has no
 * model is somebody's script and not our business: it gets none.
 */
export function problemsOf(result: { readonly report: Pick<InspectReport, 'file' | 'models' | 'diagnostics'> }, named: 'deep' | 'numpy' | null): readonly Problem[] {
  if (named !== 'deep' && result.report.models.length === 0) return [];
  const problems = new Map<string, Problem>();
  for (const diagnostic of result.report.diagnostics) {
    if (diagnostic.kind === 'syntax') continue;
    const problem = toProblem(diagnostic, result.report.file);
    problems.set(JSON.stringify([problem.file, problem.range, problem.message]), problem);
  }
  return [...problems.values()];
}

function toProblem(diagnostic: Diagnostic, file: string): Problem {
  return {
    file: diagnostic.range?.file ?? file,
    range: diagnostic.range,
    severity: severityOf(diagnostic),
    kind: diagnostic.kind,
    message: diagnostic.hint === null ? diagnostic.message : `${diagnostic.message}\n${diagnostic.hint}`,
    fixes: diagnostic.fixes ?? [],
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
