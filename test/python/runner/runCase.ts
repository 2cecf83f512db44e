// A file that runs, and what is reported of it and printed by it. One test each.
import { strict as assert } from 'node:assert';
import { RanFile, type RunOptions } from './runFile.ts';

export interface RunCase {
  readonly title: string;
  readonly text: string;
  readonly options?: RunOptions;
  readonly diagnostics: readonly (string | RegExp)[];
  /** What the file prints. */
  readonly output?: string;
}

export function itRuns({ title, text, options, diagnostics, output }: RunCase): void {
  it(title, async () => {
    const ran = await RanFile.of(text, options);
    assert.equal(ran.diagnostics.length, diagnostics.length, ran.diagnostics.join('\n'));
    diagnostics.forEach((wanted, at) => (wanted instanceof RegExp ? assert.match(ran.diagnostics[at]!, wanted) : assert.equal(ran.diagnostics[at], wanted)));
    if (output !== undefined) assert.equal(ran.run.output, output);
    assert.ok(ran.run.output.length < 70_000);
  });
}
