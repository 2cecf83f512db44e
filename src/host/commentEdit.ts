// Where a `# lens:` comment for a model goes: in place of the one that stands there, else on a line of its own above the model. Pure.
import type { SourceRange } from '../protocol/source.ts';

/** A replacement within one line; `line` counts from 0. */
export interface LineEdit {
  readonly line: number;
  readonly startColumn: number;
  readonly endColumn: number;
  readonly text: string;
}

const commentPattern = /#\s*lens:.*$/;

/** `definition`: the model's name in `class Name`, or where it is constructed; null: the file is the model, and the comment goes to its top. */
export function commentEdit(lines: readonly string[], definition: Pick<SourceRange, 'line'> | null, text: string): LineEdit {
  const at = definition === null ? 0 : definition.line - 1;
  const comment = `# lens: ${text}`;
  // Beside the model, or right above it; above its decorators too.
  let above = at - 1;
  while (/^\s*@/.test(lines[above] ?? '')) above--;
  for (const line of [at, at - 1, above]) {
    const found = commentPattern.exec(lines[line] ?? '');
    if (found && (line === at || found.index === lines[line]!.search(/\S/))) return { line, startColumn: found.index, endColumn: lines[line]!.length, text: comment };
  }
  const indentation = /^\s*/.exec(lines[at] ?? '')![0];
  return { line: at, startColumn: 0, endColumn: 0, text: `${indentation}${comment}\n` };
}
