// How the runtime's process comes up, with programs that stand in for it.
import { strict as assert } from 'node:assert';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchRuntime, type LaunchOptions } from '../../src/runtime/launch.ts';

const folders: string[] = [];

/** A program that runs `text`; its folder is where it may read. */
function program(text: string): LaunchOptions {
  const folder = mkdtempSync(join(tmpdir(), 'launch-'));
  folders.push(folder);
  const entry = join(folder, 'runtime.mjs');
  writeFileSync(entry, text);
  return { entry, readableRoots: [], events: { ready: () => {}, log: () => {}, inspecting: () => {}, trainingProgress: () => {} }, onStderr: () => {} };
}

describe('the start of the runtime', () => {
  after(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

  it('does not take a late start for a refusal of its protections', async () => {
    const options = program('setInterval(() => {}, 1000);');
    await assert.rejects(launchRuntime({ ...options, startLimitMs: 500 }), /did not start within 0.5 s/);
  });

  it('says why the process ended when no set of flags starts it', async () => {
    await assert.rejects(launchRuntime(program('throw new Error("the disk is full");')), /^Error: the runtime does not start: Error: the disk is full$/);
  });
});
