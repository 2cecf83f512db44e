import { strict as assert } from 'node:assert';
import { contentSecurityPolicy, panelHtml } from '../../src/host/panelHtml.ts';
import { asideOf, panelState } from '../../src/host/panelState.ts';
import { shapeHints } from '../../src/host/shapeHints.ts';
import { TrainingRun } from '../../src/host/trainingRun.ts';
import type { TrainingProgress } from '../../src/protocol/runtimeApi.ts';
import { modelFile, layer, model, range, result } from './reports.ts';

const good = result([model('Net', [])]);
const none = { kind: 'none' } as const;
const nothingChosen = { choices: {}, unfit: {} };

function progress(step: number, over: Partial<TrainingProgress> = {}): TrainingProgress {
  return { runId: 1, step, steps: 10, loss: 1 / step, accuracy: null, stepsPerSecond: 5, model: null, updateToData: [], losses: [1 / step], accuracies: [], ...over };
}

describe('the state the panel is shown', () => {
  it('is loading before anything is known', () => assert.deepEqual(panelState('net.py', { kind: 'idle' }, none, nothingChosen), { kind: 'loading', title: 'net.py', stage: null, last: null }));
  it('has the models, the seed and the time taken when ready', () => {
    const state = panelState('net.py', { kind: 'ready', result: good }, none, nothingChosen);
    assert.ok(state.kind === 'ready');
    assert.deepEqual(state.content, { file: modelFile, title: 'net.py', models: good.report.models, listing: good.listing, ...nothingChosen, seed: 0, mode: 'train', durationMs: 5 });
  });
  it('keeps the last content when failed or loading', () => {
    for (const kind of ['failed', 'loading'] as const) {
      const state = panelState('net.py', kind === 'loading' ? { kind, stage: null, last: good } : { kind, message: 'line 3: no', diagnostics: [], last: good }, none, nothingChosen);
      assert.ok(state.kind === kind && state.last?.models === good.report.models);
    }
  });
  it('says what takes long', () => {
    const state = panelState('net.py', { kind: 'loading', stage: { kind: 'layers', model: 'Net', done: 12, total: 60 }, last: null }, none, nothingChosen);
    assert.ok(state.kind === 'loading' && state.stage === 'computing `Net`: 12 of 60 layers');
  });
  it('says how what is shown stands to the editor, where that is not plain', () => {
    assert.equal(asideOf('net.py', null, false), null);
    assert.equal(asideOf('net.py', 'helpers.py', false), '`helpers.py` has no model that is known here; `net.py` is shown still.');
    assert.match(asideOf('net.py', 'helpers.py', true) ?? '', /^`net.py` is gone/);
  });
  it('keeps a run\'s curves on screen while the file is run again', () => {
    const run = new TrainingRun(1, 10);
    run.advance(progress(1));
    const state = panelState('net.py', { kind: 'loading', stage: null, last: good }, run.state, nothingChosen);
    assert.ok(state.kind === 'ready' && state.training.kind === 'running');
  });
});

describe('a training run', () => {
  it('says that it was stopped for another, not that of another that came when it was done', () => {
    const result = { reason: 'stopped', step: 5, loss: 1, accuracy: null, data: '', optimizer: 'adam', learningRate: 1e-3, batch: 1, message: null, diagnostics: [] } as const;
    const messageOf = (reason: 'stopped' | 'steps') => {
      const run = new TrainingRun(1, 10);
      run.displace();
      run.end({ ...result, reason });
      return run.state.kind === 'ended' && run.state.result.message;
    };
    assert.deepEqual([messageOf('stopped'), messageOf('steps')], ['Another training was started, and one runs at a time.', null]);
  });

  it('is known not to be of the file as it is, once that was edited', () => {
    const run = new TrainingRun(1, 10);
    const isOutdated = () => { const { state } = run; return state.kind === 'running' && state.isOutdated; };
    const before = isOutdated();
    run.outdate();
    assert.deepEqual([before, isOutdated()], [false, true]);
  });

  it('gathers the curves, one point a step', () => {
    const run = new TrainingRun(1, 10);
    run.advance(progress(2, { losses: [3, 2], accuracies: [0.1, 0.2] }));
    run.advance(progress(3, { losses: [1], accuracies: [0.5] }));
    const { state } = run;
    assert.ok(state.kind === 'running');
    assert.deepEqual(state.curves, { loss: [3, 2, 1], accuracy: [0.1, 0.2, 0.5] });
  });
  it('keeps the last report of the layers until a newer one comes', () => {
    const run = new TrainingRun(1, 10);
    const seen = model('Net', []);
    run.advance(progress(1, { model: seen, updateToData: [-3] }));
    run.advance(progress(2));
    assert.equal(run.progress.model, seen);
    assert.deepEqual(run.progress.updateToData, [-3]);
    assert.equal(run.progress.step, 2);
  });
  it('is paused, runs on, and ends or fails for good', () => {
    const run = new TrainingRun(1, 10);
    run.pause(true);
    assert.equal(run.state.kind, 'paused');
    run.pause(false);
    assert.equal(run.state.kind, 'running');
    run.end({ reason: 'stopped', step: 3, loss: 1, accuracy: null, data: 'moons', optimizer: 'adam', learningRate: 1e-3, batch: 32, message: null, diagnostics: [] });
    assert.equal(run.state.kind, 'ended');
    assert.ok(!run.isActive);
    const lost = new TrainingRun(2, 10);
    lost.fail('the runtime ended');
    assert.deepEqual(lost.state, { kind: 'failed', message: 'the runtime ended' });
  });
});

describe('the panel\'s page', () => {
  it('lets in its own script by nonce, and nothing from elsewhere', () => {
    const policy = contentSecurityPolicy({ cspSource: 'vscode-webview:', nonce: 'abc' });
    assert.match(policy, /^default-src 'none'; script-src 'nonce-abc';/);
    assert.doesNotMatch(policy, /unsafe|https?:|\*/);
    assert.match(panelHtml({ cspSource: 'vscode-webview:', nonce: 'abc', scriptUri: 's.js', styleUri: 's.css' }), /<script nonce="abc" src="s\.js">/);
  });
});

describe('shape hints', () => {
  it('stand at the end of the call\'s line with the outermost call\'s shape', () => {
    const net = model('Net', [layer(0, { call: range(7, 20, 31), outputShape: [32, 256] }), layer(1, { call: range(7, 10, 32, 8), outputShape: [32, 128] })]);
    assert.deepEqual(shapeHints(result([net]), modelFile, (place) => place), [{ line: 7, shape: [32, 256] }, { line: 8, shape: [32, 128] }]);
  });
  it('are left out where one line gives different shapes', () => {
    const net = model('Net', [layer(0, { call: range(7, 8, 20), outputShape: [1, 64] }), layer(1, { call: range(7, 8, 20), outputShape: [1, 128] })]);
    assert.deepEqual(shapeHints(result([net]), modelFile, (place) => place), []);
  });
});
