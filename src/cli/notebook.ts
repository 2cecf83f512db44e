// A Jupyter notebook as one Python file: its code cells in order. Places are given back as cell and line.
// Format: nbformat 4 (https://nbformat.readthedocs.io). Lines keep their places, so that what is dropped leaves an empty one.
import type { SourceRange } from '../protocol/source.ts';
import { UsageError } from './arguments.ts';

export interface Notebook {
  readonly text: string;
  /** Cells that are not Python, by number (from 1, among the code cells). */
  readonly leftOut: readonly number[];
  /** Number of the code cell that a line of `text` (from 1) stands in, and its line there. */
  locate(line: number): { readonly cell: number; readonly line: number };
}

/** Magics after which a cell still holds Python. */
const pythonMagics: ReadonlySet<string> = new Set(['time', 'timeit', 'capture', 'prun', 'python', 'python3', 'debug']);

/** `withoutCells`: numbers of cells to leave out, as well as those of other languages. Throws `UsageError` where the text is no notebook. */
export function readNotebook(name: string, json: string, withoutCells: ReadonlySet<number> = new Set()): Notebook {
  const lines: string[] = [];
  const starts: number[] = [];
  const leftOut: number[] = [];
  codeCells(name, json).forEach((source, index) => {
    starts.push(lines.length);
    const cell = source.split(/\r\n|\r|\n/);
    const magic = /^\s*%%(\w+)/.exec(cell[0])?.[1];
    const isPython = (magic === undefined || pythonMagics.has(magic)) && !withoutCells.has(index + 1);
    if (!isPython) leftOut.push(index + 1);
    lines.push(...cell.map((line) => (isPython ? withoutMagic(line) : '')));
  });
  return {
    text: `${lines.join('\n')}\n`, leftOut,
    locate: (line) => {
      const cell = Math.max(0, starts.findLastIndex((start) => start < line));
      return { cell: cell + 1, line: line - (starts[cell] ?? 0) };
    },
  };
}

/** A line that begins with `!` or `%` is the shell's or the notebook's; within a block something has to stand in its place. */
function withoutMagic(line: string): string {
  const magic = /^(\s*)[!%]/.exec(line);
  return magic ? `${magic[1]}${magic[1] === '' ? '' : 'pass'}` : line;
}

function codeCells(name: string, json: string): string[] {
  try {
    const { cells } = JSON.parse(json) as { cells: readonly { cell_type: string; source: string | readonly string[] }[] };
    return cells.filter(({ cell_type }) => cell_type === 'code').map(({ source }) => (typeof source === 'string' ? source : source.join('')));
  } catch {
    throw new UsageError(`${name}: this is not a Jupyter notebook (version 4)`);
  }
}

/** Where a sentence speaks of a line of the file, and not of another's ("blocks.py, line 3", "line 3 of blocks.py"). */
const lineInText = /(?<!\.py, )\bline (\d+)\b(?! of \S+\.py\b)/g;

/** Fields that hold sentences of ours: what the file prints and what a fix writes into it stay as they are. */
const sentences: ReadonlySet<string> = new Set(['message', 'hint', 'assumptions', 'reason']);

/** A copy of plain data in which each range of the notebook names its cell: `model.ipynb#3`, with the line within it; so do its sentences: "cell 3, line 2". */
export function withCellPlaces<T>(value: T, file: string, notebook: Notebook): T {
  const inCell = (_: string, number: string) => {
    const { cell, line } = notebook.locate(Number(number));
    return `cell ${cell}, line ${line}`;
  };
  const map = (item: unknown, field = ''): unknown => {
    if (Array.isArray(item)) return item.map((one) => map(one, field));
    if (typeof item === 'string') return sentences.has(field) ? item.replace(lineInText, inCell) : item;
    if (typeof item !== 'object' || item === null) return item;
    const range = item as Partial<SourceRange>;
    if (range.file === file && typeof range.line === 'number' && typeof range.endLine === 'number') {
      const { cell, line } = notebook.locate(range.line);
      return { ...range, file: `${file}#${cell}`, line, endLine: line + range.endLine - range.line };
    }
    return Object.fromEntries(Object.entries(item).map(([key, inner]) => [key, map(inner, key)]));
  };
  return map(value) as T;
}
