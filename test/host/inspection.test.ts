import { strict as assert } from 'node:assert';
import { Inspection } from '../../src/host/inspection.ts';
import type { InspectionState } from '../../src/host/inspection.ts';
import { CancelledError } from '../../src/protocol/rpc.ts';
import type { InspectResult } from '../../src/protocol/runtimeApi.ts';
import { modelFile, model, range, result } from './reports.ts';

const good = result([model('Net', [])]);
const broken = result([], { diagnostics: [{ kind: 'syntax', severity: 'error', message: "'(' was never closed", range: range(12, 4, 5), hint: null }] });

/** A document whose runs are answered by hand. */
class Rig {
  readonly runs: { signal: AbortSignal; resolve(value: InspectResult): void; reject(error: Error): void }[] = [];
  readonly kinds: InspectionState['kind'][] = [];
  readonly inspection = new Inspection(modelFile, (signal) => new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(new CancelledError()));
    this.runs.push({ signal, resolve, reject });
  }));

  constructor() {
    this.inspection.onDidChange((state) => this.kinds.push(state.kind));
  }

  async run(delayMs = 0): Promise<void> {
    this.inspection.schedule(delayMs);
    await pause(delayMs + 5);
  }

  async answer(value: InspectResult | Error): Promise<void> {
    const run = this.runs.at(-1)!;
    if (value instanceof Error) run.reject(value);
    else run.resolve(value);
    await pause(0);
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('the inspection of a document', () => {
  it('runs nothing until it is asked to', async () => {
    const rig = new Rig();
    await pause(5);
    assert.deepEqual([rig.runs.length, rig.inspection.state.kind], [0, 'idle']);
  });
  it('runs once for a burst of edits', async () => {
    const rig = new Rig();
    for (let edit = 0; edit < 5; edit++) rig.inspection.schedule(10);
    await pause(40);
    assert.equal(rig.runs.length, 1);
  });
  it('goes from loading to ready', async () => {
    const rig = new Rig();
    await rig.run();
    await rig.answer(good);
    assert.deepEqual(rig.kinds, ['loading', 'ready']);
  });
  it('cancels the run of an older text, and its answer changes nothing', async () => {
    const rig = new Rig();
    await rig.run();
    await rig.run();
    assert.ok(rig.runs[0]!.signal.aborted);
    rig.runs[0]!.resolve(broken);
    await rig.answer(good);
    assert.deepEqual(rig.kinds, ['loading', 'loading', 'ready']);
  });
  it('that the user ends is said to be ended, and keeps the last result', async () => {
    const rig = new Rig();
    await rig.run();
    await rig.answer(good);
    await rig.run();
    rig.inspection.stop();
    const { state } = rig.inspection;
    assert.ok(state.kind === 'failed' && state.message.startsWith('The run was cancelled') && state.last === good);
    assert.ok(rig.runs[1]!.signal.aborted && !rig.inspection.isPending);
  });
  it('keeps the last good result while the file does not parse, and says on which line', async () => {
    const rig = new Rig();
    await rig.run();
    await rig.answer(good);
    await rig.run();
    await rig.answer(broken);
    const { state } = rig.inspection;
    assert.ok(state.kind === 'failed');
    assert.equal(state.message, "line 12: '(' was never closed");
    assert.equal(state.last, good);
    await rig.run();
    assert.deepEqual(rig.inspection.state, { kind: 'loading', last: good, stage: null });
  });
  it('is ready, not failed, for a file without models and without errors', async () => {
    const rig = new Rig();
    await rig.run();
    await rig.answer(result([]));
    assert.equal(rig.inspection.state.kind, 'ready');
  });
  it('tells why a run was not answered', async () => {
    const rig = new Rig();
    await rig.run();
    await rig.answer(new Error('The runtime did not start: no memory'));
    assert.ok(rig.inspection.state.kind === 'failed');
    assert.equal(rig.inspection.state.message, 'The runtime did not start: no memory');
  });
  it('marks the line of a run that had to be killed', async () => {
    const rig = new Rig();
    await rig.run();
    await rig.answer(new Error('line 7: did not stop after 10 s, and could not be interrupted'));
    assert.ok(rig.inspection.state.kind === 'failed');
    const [diagnostic] = rig.inspection.state.diagnostics;
    assert.deepEqual([diagnostic?.kind, diagnostic?.message, diagnostic?.range?.line], ['limit', 'did not stop after 10 s, and could not be interrupted', 7]);
  });
  it('moves the places of the last result with the text until a newer result is there', async () => {
    const rig = new Rig();
    const line = { startLine: 0, startColumn: 0, endLine: 0, endColumn: 0, text: '\n' };
    await rig.run();
    await rig.answer(good);
    rig.inspection.edited([line]);
    assert.equal(rig.inspection.toNow(range(5, 0, 4))?.line, 6);
    await rig.run();
    rig.inspection.edited([line]);
    assert.equal(rig.inspection.toNow(range(5, 0, 4))?.line, 7, 'the old result, two edits ago');
    await rig.answer(good);
    assert.equal(rig.inspection.toNow(range(5, 0, 4))?.line, 6, 'the new result has the first edit');
  });
  it('does not move places of other files', async () => {
    const rig = new Rig();
    rig.inspection.edited([{ startLine: 0, startColumn: 0, endLine: 0, endColumn: 0, text: '\n' }]);
    const elsewhere = { ...range(5, 0, 4), file: '/blocks.py' };
    assert.equal(rig.inspection.toNow(elsewhere), elsewhere);
  });
});
