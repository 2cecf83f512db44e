import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { closeAll, extensionApi, lenses, open } from './editor.ts';

describe('the extension', () => {
  after(closeAll);

  it('starts nothing for a file that names no framework', async () => {
    const api = await extensionApi();
    const { document } = await open('plain.py');
    await new Promise((resolve) => setTimeout(resolve, 500));
    assert.equal(api.runtimePid, undefined);
    assert.equal((await lenses(document)).size, 0);
  });
  it('is up within 50 ms', async () => {
    const { activationMs } = await extensionApi();
    assert.ok(activationMs < 50, `activation took ${activationMs} ms`);
  });
  it('registers every command that its manifest names', async () => {
    const manifest = vscode.extensions.getExtension('activation-lens.activation-lens')!.packageJSON as { contributes: { commands: { command: string }[] } };
    const registered = new Set(await vscode.commands.getCommands(true));
    const missing = manifest.contributes.commands.map(({ command }) => command).filter((command) => !registered.has(command));
    assert.deepEqual(missing, []);
  });
});
