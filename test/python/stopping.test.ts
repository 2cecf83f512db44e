import { strict as assert } from 'node:assert';
import { referenceEngine } from '../../src/engine/reference/referenceEngine.ts';
import { FileRun } from '../../src/python/fileRun.ts';
import type { Interpreter } from '../../src/python/interpreter.ts';
import { emptyWorkspace } from '../../src/python/workspace.ts';
import { runPython } from './harness.ts';

describe('an entry point of Python that is interrupted', () => {
  it('answers with what is empty, and traces nothing afterwards, however it ends', async () => {
    const { stdout, errors } = await runPython(`
import json
from _lens import stopping

tracing = []
stopping.settrace = tracing.append

def entry(ends):
    tracing.clear()
    @stopping.ends({"listing": []})
    def run(request):
        stopping.settrace("on")
        return ends()
    try:
        answer = run("{}")
    except ValueError:
        answer = "failed"
    print(answer if answer in ("ended", "failed") else json.loads(answer)["listing"], tracing[0], tracing[-1])

def interrupted():
    raise KeyboardInterrupt

def failed():
    raise ValueError

entry(lambda: "ended")
entry(interrupted)
entry(failed)
`);
    assert.deepEqual([stdout, errors], ['ended None None\n[] None None\nfailed None None\n', '']);
  });

  it('lists models in a time of its own, unless the run is not wanted any more', () => {
    for (const isCancelled of [false, true]) {
      const called: string[] = [];
      const interpreter = {
        attach: () => {}, heap: () => new ArrayBuffer(0), interrupt: { isDue: () => false, guard: (_limit: number, _is: unknown, run: () => unknown) => run() },
        call: (entry: string) => {
          called.push(entry.split('.').at(-1)!);
          return { diagnostics: [], listing: entry.endsWith('run_file') ? null : [], output: '' };
        },
      } as unknown as Interpreter;
      const { listing } = FileRun.run(interpreter, 0, {
        engine: referenceEngine, source: { path: '/workspace/a.py', text: '' }, root: null, workspace: emptyWorkspace,
        options: { seed: 0, mode: 'train', timeLimitSeconds: 1, memoryLimitMiB: 64 }, isCancelled: () => isCancelled, onStatement: () => {}, log: () => {},
      });
      assert.deepEqual([called, listing], [isCancelled ? ['run_file'] : ['run_file', 'list_models'], []]);
    }
  });
});
