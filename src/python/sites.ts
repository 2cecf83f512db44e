// Source positions as Python counts them (UTF-8 bytes) → as editors count them (UTF-16 units).
import type { SourceRange } from '../protocol/source.ts';

/** `[file, line, column, end line, end column]`, columns in UTF-8 bytes. */
export type PythonPosition = readonly [string, number, number, number, number];

/** The sites of one run of a file, by id. */
export class Sites {
  readonly #lines = new Map<string, readonly string[]>();

  /** `textOf`: the text that was run under a file name; undefined where it is not known (columns are then taken as they are). */
  constructor(private readonly positions: readonly PythonPosition[], private readonly textOf: (file: string) => string | undefined) {}

  /** The range of a site; null for `noSite` and null. */
  range(site: number | null): SourceRange | null {
    const position = site === null ? undefined : this.positions[site];
    if (!position) return null;
    const [file, line, column, endLine, endColumn] = position;
    return {
      file,
      line, column: this.#column(file, line, column),
      endLine, endColumn: this.#column(file, endLine, endColumn),
    };
  }

  #column(file: string, line: number, byteColumn: number): number {
    let lines = this.#lines.get(file);
    if (!lines) this.#lines.set(file, (lines = this.textOf(file)?.split(/\r\n|\r|\n/) ?? []));
    const text = lines[line - 1];
    return text === undefined ? byteColumn : utf16Column(text, byteColumn);
  }
}

/** The UTF-16 column of a UTF-8 byte column within a line. */
export function utf16Column(line: string, byteColumn: number): number {
  let bytes = 0;
  let column = 0;
  for (const character of line) {
    if (bytes >= byteColumn) break;
    const code = character.codePointAt(0)!;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    column += character.length;
  }
  return column;
}
