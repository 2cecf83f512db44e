// Keeps ranges where they belong while the text changes: reports speak of the text that was run, the editor shows the text that is being typed.
import type { SourceRange } from '../protocol/source.ts';

/** A replacement of text, in the coordinates of the text before it. Lines and columns count from 0, as in VS Code. */
export interface TextChange {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly text: string;
}

type Position = readonly [line: number, column: number];

const isBefore = (a: Position, b: Position) => a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]);

function shiftPosition(position: Position, change: TextChange): Position {
  const lines = change.text.split('\n');
  const newEndLine = change.startLine + lines.length - 1;
  const lastLength = lines[lines.length - 1]!.length;
  if (position[0] > change.endLine) return [position[0] + newEndLine - change.endLine, position[1]];
  const newEndColumn = lines.length === 1 ? change.startColumn + lastLength : lastLength;
  return [newEndLine, position[1] - change.endColumn + newEndColumn];
}

/**
 * Where a range of the earlier text stands after the changes, given in the order they happened.
 * A change inside the range grows or shrinks it; null when a change cut across one of its ends or took all of it.
 */
export function shiftRange(range: SourceRange, changes: readonly TextChange[]): SourceRange | null {
  let start: Position = [range.line - 1, range.column];
  let end: Position = [range.endLine - 1, range.endColumn];
  for (const change of changes) {
    const from: Position = [change.startLine, change.startColumn];
    const to: Position = [change.endLine, change.endColumn];
    if (!isBefore(from, end)) continue;
    if (!isBefore(start, to)) {
      // Typing exactly at the start pushes the range away.
      start = shiftPosition(start, change);
      end = shiftPosition(end, change);
    } else if (!isBefore(from, start) && !isBefore(end, to) && (isBefore(start, from) || isBefore(to, end))) {
      end = shiftPosition(end, change);
    } else {
      return null;
    }
  }
  return { file: range.file, line: start[0] + 1, column: start[1], endLine: end[0] + 1, endColumn: end[1] };
}
