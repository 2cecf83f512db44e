import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { closeAll, eventually, extensionApi, hoverAt, lensText, open, openUntitled, positionOf, problems, rangeOf, replace, setting } from './editor.ts';

describe('a runtime in trouble', () => {
  afterEach(closeAll);

  it('starts again after it was killed between two runs', async () => {
    const api = await extensionApi();
    const editor = await open('points.py');
    await eventually('lenses', async () => (await lensText(editor.document)).includes('82 parameters'));
    const first = api.runtimePid!;
    process.kill(first, 'SIGKILL');
    await eventually('its end is known', () => api.runtimePid !== first);
    await replace(editor, 'nn.Linear(2, 16)', 'nn.Linear(2, 8)');
    await replace(editor, 'nn.Linear(16, 2)', 'nn.Linear(8, 2)');
    await eventually('a new result', async () => (await lensText(editor.document)).includes('42 parameters'));
    assert.notEqual(api.runtimePid, first);
  });

  it('is killed in the middle of a run, and the run is made again', async () => {
    const api = await extensionApi();
    await setting('timeLimit', 3);
    const { document } = await open('endless.py');
    await eventually('the run has begun', () => api.inspectionOf(document.uri)?.kind === 'loading' && api.runtimePid !== undefined);
    await new Promise((resolve) => setTimeout(resolve, 700));
    const first = api.runtimePid!;
    process.kill(first, 'SIGKILL');
    await eventually('another process', () => api.runtimePid !== undefined && api.runtimePid !== first);
    await eventually('its result', async () => (await lensText(document)).includes('40 parameters'));
  });

  it('reports an endless loop on its line, and the editor answers meanwhile', async () => {
    await setting('timeLimit', 2);
    const api = await extensionApi();
    const { document } = await openUntitled('import torch.nn as nn\n\nmodel = nn.Sequential(nn.Linear(4, 8), nn.ReLU())\n\ncount = 0\nwhile True:\n    count += 1\n');
    await eventually('the run has begun', () => api.inspectionOf(document.uri)?.kind === 'loading');
    const askedAt = Date.now();
    await vscode.commands.executeCommand('vscode.executeDocumentSymbolProvider', document.uri);
    await hoverAt(document, positionOf(document, 'count += 1'));
    assert.ok(Date.now() - askedAt < 1000, 'the editor waited for the loop');
    const [problem] = await eventually('a problem', () => (problems(document).length > 0 ? problems(document) : undefined));
    assert.equal(problem!.code, 'limit');
    const loop = rangeOf(document, 'while True:\n    count += 1');
    assert.ok(loop.contains(problem!.range.start), `the marker stands on line ${problem!.range.start.line + 1}`);
    await eventually('what ran before it', async () => (await lensText(document)).includes('40 parameters'));
  });

  it('kills code that cannot be interrupted, says so on its line, and runs the next file', async () => {
    await setting('timeLimit', 1);
    const { document } = await openUntitled('import torch.nn as nn\n\nmodel = nn.Linear(4, 8)\nsum(range(10 ** 12))\n');
    const [problem] = await eventually('a problem', () => (problems(document).length > 0 ? problems(document) : undefined));
    assert.deepEqual([problem!.code, problem!.range.start.line], ['limit', 3], problem!.message);
    const next = await openUntitled('import torch.nn as nn\n\nmodel = nn.Linear(4, 9)\n');
    await eventually('the next result', async () => (await lensText(next.document)).includes('45 parameters'));
  });
  after(() => setting('timeLimit', undefined));
});
