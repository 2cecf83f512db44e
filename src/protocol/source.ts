// Places in the user's Python files.

/** A piece of source text. Lines count from 1, columns from 0 in UTF-16 units (as VS Code counts columns); the end is exclusive. */
export interface SourceRange {
  /** Path or URI of the file as the request named it. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** `FILE:LINE:COLUMN`, the form that terminals turn into a link; here columns count from 1, as editors show them. */
export function formatLocation(range: SourceRange): string {
  return `${range.file}:${range.line}:${range.column + 1}`;
}
