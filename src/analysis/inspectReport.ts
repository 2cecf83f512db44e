// The whole answer for one file: its models' reports and what did not run, as one document (schema 1, docs/command.md).
import type { Diagnostic, InspectReport, ModelReport } from '../protocol/report.ts';

export interface InspectFacts {
  readonly file: string;
  readonly seed: number;
  readonly mode: 'train' | 'eval';
  /** Main model first. */
  readonly models: readonly ModelReport[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Diagnostics that say the same of the same place are listed once, in the order in which they came. */
export function inspectReport({ file, seed, mode, models, diagnostics }: InspectFacts): InspectReport {
  const seen = new Set<string>();
  const distinct = diagnostics.filter(({ kind, message, range }) => {
    const key = JSON.stringify([kind, message, range]);
    return !seen.has(key) && seen.add(key);
  });
  return { schema: 1, file, seed, mode, loss: models[0]?.loss ?? null, models, diagnostics: distinct };
}
