// The NumPy shim prints what NumPy prints: the same text run in both. The other side's output comes from
// test/golden/make_numpy_transcripts.py.
import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { runPython } from '../harness.ts';

interface Golden {
  readonly prelude: string;
  readonly transcripts: Readonly<Record<string, Readonly<Record<string, { readonly text: string; readonly stdout: string }>>>>;
}

const golden = JSON.parse(readFileSync(new URL('../../golden/numpyTranscripts.json', import.meta.url), 'utf8')) as Golden;

describe('The NumPy shim', () => {
  for (const [topic, parts] of Object.entries(golden.transcripts)) {
    describe(topic, () => {
      for (const [title, { text, stdout }] of Object.entries(parts)) {
        it(title, async () => {
          const result = await runPython(golden.prelude + text);
          assert.equal(result.errors, '');
          assert.equal(result.stdout, stdout);
        });
      }
    });
  }
});
