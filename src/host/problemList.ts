// Which of a run's diagnostics become problem markers, and what they say. Pure.
import type { Diagnostic, DiagnosticKind, Finding, FindingRule, Fix, InspectReport, ModelReport } from '../protocol/report.ts';
import type { SourceRange } from '../protocol/source.ts';

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

/**
 * The problems of a run. Syntax errors are left to the Python extension, which marks them while they are typed. A file that names NumPy only and has no
 * model is somebody's script and not our business: it gets none.
 */
export function problemsOf(result: { readonly report: Pick<InspectReport, 'file' | 'models' | 'diagnostics'> }, named: 'deep' | 'numpy' | null): readonly Problem[] {
  if (named !== 'deep' && result.report.models.length === 0) return [];
  const problems = new Map<string, Problem>();
  const { file, models, diagnostics } = result.report;
  const all = [
    ...diagnostics.filter(({ kind }) => kind !== 'syntax').map((diagnostic) => toProblem(diagnostic, file, models)),
    // What is an error of the numbers is one of the file; what is only worth a look stays in the panel.
    ...models.flatMap(({ findings }) => findings.filter(({ severity }) => severity === 'error').map((finding) => ofFinding(finding, file))),
  ];
  for (const problem of all) problems.set(JSON.stringify([problem.file, problem.range, problem.message]), problem);
  return [...problems.values()];
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
