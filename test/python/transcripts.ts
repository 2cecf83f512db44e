// Transcripts: snippets of Python whose printed output a real framework has given. The layout is compared exactly, numbers closely.
import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { runPython } from './harness.ts';

const golden = new URL('../golden/', import.meta.url);
const number = /-?\d+\.?\d*(?:e[+-]?\d+)?/g;
const tolerance = 2e-6;

/** Layout with every number left out, and the numbers as printed: the last printed digit, and with it the padding, may differ. */
function parts(text: string): { layout: string; numbers: string[] } {
  return {
    layout: text.replace(number, '#').replace(/[ \t]+/g, ' ').replace(/ \]/g, ']').replace(/\[ /g, '['),
    numbers: [...text.matchAll(number)].map(([n]) => n),
  };
}

/** What a number that was rounded to four digits or more can be off by: one unit of its last digit. */
function lastDigit(printed: string): number {
  const decimals = /\.(\d{4,})$/.exec(printed)?.[1].length;
  return decimals === undefined ? 0 : 1.001 * 10 ** -decimals;
}

/** One test for each snippet of `test/golden/SNIPPETS.py`, against `test/golden/TRANSCRIPTS.json`; `prologue` is run before it. */
export function itPrintsAs(snippetsFile: string, transcriptsFile: string, prologue: string): void {
  const transcripts: Record<string, string> = JSON.parse(readFileSync(new URL(transcriptsFile, golden), 'utf8'));
  const snippets = new Map(readFileSync(new URL(snippetsFile, golden), 'utf8').split('### ').slice(1)
    .map((snippet) => [snippet.slice(0, snippet.indexOf('\n')), snippet.slice(snippet.indexOf('\n') + 1)]));
  assert.deepEqual([...snippets.keys()], Object.keys(transcripts));
  for (const [name, wanted] of Object.entries(transcripts)) {
    it(name, async () => {
      const { stdout, errors } = await runPython(prologue + snippets.get(name)!);
      assert.equal(errors, '');
      const [actual, expected] = [parts(stdout), parts(wanted)];
      assert.equal(actual.layout, expected.layout);
      expected.numbers.forEach((printed, i) => {
        const [value, found] = [Number(printed), Number(actual.numbers[i])];
        const isNear = Math.abs(found - value) <= Math.max(tolerance * Math.max(1, Math.abs(value)), lastDigit(printed));
        assert.ok(isNear, `${actual.numbers[i]} is printed in place of ${printed}`);
      });
    });
  }
}
