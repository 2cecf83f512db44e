// A file's text after a fix that is offered for it.
import type { Fix } from '../../../src/protocol/report.ts';

/** The edits are made last one first. */
export function applied(text: string, { edits }: Fix): string {
  const lines = text.split('\n');
  const offset = (line: number, column: number) => lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, column);
  return edits
    .map(({ range, newText }) => ({ start: offset(range.line, range.column), end: offset(range.endLine, range.endColumn), newText }))
    .sort((a, b) => b.start - a.start)
    .reduce((result, { start, end, newText }) => result.slice(0, start) + newText + result.slice(end), text);
}
