// Where the command writes: figures to stdout (or to the file of `-o`), everything else to stderr.
import { writeFileSync } from 'node:fs';
import type { RuntimeListener } from './runtimeProcess.ts';
import { isColoured, terminalStyle, type Style } from './terminalStyle.ts';

/** Where the output is no terminal: nothing is cut that may be searched for. */
const plainWidth = Infinity;
const leastWidth = 40;

export class CommandOutput {
  readonly style: Style;
  readonly width: number;
  readonly isLive: boolean;
  #written = '';

  constructor(private readonly file: string | undefined) {
    this.style = terminalStyle(file === undefined && isColoured(process.stdout, process.env));
    this.width = Math.max(leastWidth, file === undefined && process.stdout.isTTY ? process.stdout.columns : plainWidth);
    this.isLive = process.stderr.isTTY === true;
  }

  /** A block of figures; the last line's end is added. */
  figures(text: string): void {
    if (this.file === undefined) process.stdout.write(`${text}\n`);
    else this.#written += `${text}\n`;
  }

  /** A line for the person at the terminal. */
  message(line: string): void {
    this.clearProgress();
    process.stderr.write(`${line}\n`);
  }

  /** Replaces the line of progress, where there is a terminal to do so. */
  progress(line: string): void {
    if (this.isLive) process.stderr.write(`\r\u001b[2K${line}`);
  }

  clearProgress(): void {
    if (this.isLive) process.stderr.write('\r\u001b[2K');
  }

  /** Writes the file of `-o`. */
  end(): void {
    if (this.file !== undefined) writeFileSync(this.file, this.#written);
  }

  /** Warnings. Errors in the log are for who mends them: what they mean for the file is in its diagnostics. */
  get listener(): RuntimeListener {
    return { onLog: (level, text) => level === 'warning' && this.message(text) };
  }
}
