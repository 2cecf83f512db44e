// Which of a run's diagnostics become problem markers, and what they say. Pure.
import type { Diagnostic, DiagnosticKind, InspectReport } from '../protocol/report.ts';
import type { SourceRange } from '../protocol/source.ts';

export interface Problem {
  readonly file: string;
  /** Null: the file as a whole. */
  readonly range: SourceRange | null;
  readonly severity: 'error' | 'warning' | 'information';
  readonly kind: DiagnosticKind;
  readonly message: string;
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
    // What we cannot do is no fault of the file.
    severity: diagnostic.kind === 'unsupported' || diagnostic.kind === 'skipped' ? 'information' : diagnostic.severity,
    kind: diagnostic.kind,
    message: diagnostic.hint === null ? diagnostic.message : `${diagnostic.message}\n${diagnostic.hint}`,
  };
}
