import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import type { ActivationLensApi } from '../../../src/host/extension.ts';
import { closeAll, eventually, extensionApi, lensText, open, setting } from './editor.ts';

describe('quick train', () => {
  let api: ActivationLensApi;
  let document: vscode.TextDocument;
  const state = () => api.trainingOf(document.uri);

  before(async () => {
    api = await extensionApi();
    ({ document } = await open('points.py'));
    await eventually('lenses', async () => (await lensText(document)) !== '');
  });
  after(async () => {
    await setting('quickTrain.steps', undefined);
    await closeAll();
  });

  it('brings the loss down, with one point of the curve a step', async () => {
    await setting('quickTrain.steps', 200);
    await vscode.commands.executeCommand('activationLens.quickTrain');
    const end = state();
    assert.ok(end.kind === 'ended', `it ${end.kind}: ${JSON.stringify(end).slice(0, 300)}`);
    assert.equal(end.result.reason, 'steps');
    assert.equal(end.curves.loss.length, 200);
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const [first, last] = [mean(end.curves.loss.slice(0, 10)), mean(end.curves.loss.slice(-10))];
    assert.ok(last < 0.8 * first, `from ${first} to ${last}`);
    assert.ok(end.progress.model && end.progress.model.layers.length > 0, 'the layers were told as they moved');
  });

  it('knows a run that is not of the file as it is now', async () => {
    const isOutdated = () => { const now = state(); return now.kind === 'ended' && now.isOutdated; };
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), '# edited\n');
    const before = isOutdated();
    await vscode.workspace.applyEdit(edit);
    assert.deepEqual([before, isOutdated()], [false, true]);
  });

  it('trains on the user\'s table', async () => {
    await setting('quickTrain.steps', 40);
    await setting('quickTrain.data', 'points.csv');
    await vscode.commands.executeCommand('activationLens.quickTrain');
    await setting('quickTrain.data', undefined);
    const end = state();
    assert.ok(end.kind === 'ended', JSON.stringify(end).slice(0, 300));
    assert.match(end.result.data, /points\.csv/);
  });

  it('says in words that a table is not there', async () => {
    await setting('quickTrain.data', 'missing.csv');
    await vscode.commands.executeCommand('activationLens.quickTrain');
    await setting('quickTrain.data', undefined);
    const end = state();
    assert.ok(end.kind === 'failed' && /There is no data file .*missing\.csv/.test(end.message), JSON.stringify(end).slice(0, 300));
  });

  it('pauses, goes on, and stops when cancelled', async () => {
    await setting('quickTrain.steps', 20_000);
    const run = vscode.commands.executeCommand('activationLens.quickTrain');
    await eventually('some steps', () => { const now = state(); return now.kind === 'running' && now.progress.step > 3; });
    await vscode.commands.executeCommand('activationLens.pauseTraining');
    await eventually('paused', () => state().kind === 'paused');
    await new Promise((resolve) => setTimeout(resolve, 300));
    const step = () => { const now = state(); return 'progress' in now ? now.progress.step : -1; };
    const pausedAt = step();
    await new Promise((resolve) => setTimeout(resolve, 500));
    assert.equal(step(), pausedAt, 'no step while paused');
    await vscode.commands.executeCommand('activationLens.resumeTraining');
    await eventually('more steps', () => step() > pausedAt);
    await vscode.commands.executeCommand('activationLens.stopTraining');
    await run;
    const end = state();
    assert.ok(end.kind === 'ended' && end.result.reason === 'stopped', JSON.stringify(end).slice(0, 300));
    assert.ok(end.result.step < 20_000);
  });

  it('fails in words when the runtime is killed under it, and can be started again', async () => {
    const run = vscode.commands.executeCommand('activationLens.quickTrain');
    await eventually('some steps', () => { const now = state(); return now.kind === 'running' && now.progress.step > 3; });
    process.kill(api.runtimePid!, 'SIGKILL');
    await run;
    const lost = state();
    assert.ok(lost.kind === 'failed' && /^The run is lost.*ended.*Quick train starts another/.test(lost.message), JSON.stringify(lost).slice(0, 300));
    await setting('quickTrain.steps', 20);
    await vscode.commands.executeCommand('activationLens.quickTrain');
    assert.equal(state().kind, 'ended');
  });
});
