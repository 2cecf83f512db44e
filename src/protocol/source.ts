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

/** `FILE:LINE:COLUMN`, the form that terminals turn into a link; here columns count from 1, as editors show them. Of a notebook: `FILE: cell 4, line 3`. */
export function formatLocation(range: SourceRange): string {
  const [, notebook, cell] = /^(.*\.ipynb)#(\d+)$/.exec(range.file) ?? [];
  if (notebook !== undefined) return `${notebook}: cell ${cell}, line ${range.line}`;
  return `${range.file}:${range.line}:${range.column + 1}`;
}

/** A file as one that stands in the folder of another would name it: `models/blocks.py`, `../blocks.py`. */
export function relativePath(file: string, other: string): string {
  const parts = file.split(/[\\/]/);
  const folder = other.split(/[\\/]/).slice(0, -1);
  let shared = 0;
  while (shared < folder.length && shared < parts.length - 1 && parts[shared] === folder[shared]) shared++;
  if (shared === 0) return file;
  return [...folder.slice(shared).map(() => '..'), ...parts.slice(shared)].join('/');
}

/** `line 63`; of a file that is not the one shown: `models/blocks.py, line 63`. */
export function placeText({ file, line }: SourceRange, shown: string): string {
  return file === shown ? `line ${line}` : `${relativePath(file, shown)}, line ${line}`;
}
