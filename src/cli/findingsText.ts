// Findings and diagnostics as lines, worst first, each with its place in a form that terminals turn into a link.
import type { Diagnostic, Finding } from '../protocol/report.ts';
import { formatLocation } from '../protocol/source.ts';
import type { Style } from './terminalStyle.ts';

const severities = ['error', 'warning', 'information'] as const;
const marks = { error: '✗', warning: '!', information: 'i' } as const;
const colours = { error: 'red', warning: 'yellow', information: 'blue' } as const;

export function findingLines(findings: readonly Finding[], style: Style): string[] {
  const sorted = [...findings].sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
  return sorted.map(({ severity, rule, message, range }) =>
    `${style[colours[severity]](`${marks[severity]} ${rule}`)}  ${message}${range ? style.dim(`  ${formatLocation(range)}`) : ''}`);
}

/** `FILE:LINE:COL: message`, one line each; what is not an error says so. */
export function diagnosticLines(diagnostics: readonly Diagnostic[], file: string): string[] {
  return diagnostics.map(({ severity, message, range, hint }) => {
    const [line] = message.split('\n');
    return `${range ? formatLocation(range) : file}: ${severity === 'error' ? '' : `${severity}: `}${line}${hint ? ` (${hint})` : ''}`;
  });
}
