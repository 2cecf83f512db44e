// Starts code-server for one test run in a folder of its own, and a browser to look at it.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { install } from './install.mjs';

const settings = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.reduceMotion': 'on',
  'workbench.colorTheme': 'Dark Modern',
  'window.autoDetectColorScheme': false,
  'chat.disableAIFeatures': true,
  'telemetry.telemetryLevel': 'off',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'update.mode': 'none',
  'editor.minimap.enabled': false,
  // An edit in a test stays unsaved: in the browser the default is to save it.
  'files.autoSave': 'off',
  'files.hotExit': 'off',
};

const startLimitMs = 60_000;

/**
 * A running code-server. `vsix` is installed first; with `isRestricted` the workspace is not trusted. `stop()` ends it and removes its folder.
 */
export async function startServer({ env = {}, settings: own = {}, vsix, isRestricted = false } = {}) {
  const { codeServer, node } = install();
  const folder = mkdtempSync(path.join(os.tmpdir(), 'activation-lens-'));
  const data = path.join(folder, 'data');
  const extensions = path.join(folder, 'extensions');
  const temporary = path.join(folder, 'tmp');
  for (const each of [path.join(data, 'User'), extensions, temporary]) mkdirSync(each, { recursive: true });
  const trust = isRestricted
    ? { 'security.workspace.trust.enabled': true, 'security.workspace.trust.startupPrompt': 'never', 'security.workspace.trust.banner': 'never' }
    : { 'security.workspace.trust.enabled': false };
  writeFileSync(path.join(data, 'User/settings.json'), JSON.stringify({ ...settings, ...trust, ...own }));
  const config = path.join(folder, 'config.yaml');
  writeFileSync(config, 'auth: none\n');

  const environment = { ...process.env, EXTENSIONS_GALLERY: '{}', TMPDIR: temporary, XDG_DATA_HOME: path.join(folder, 'xdg'), XDG_CONFIG_HOME: path.join(folder, 'xdg'), ...env };
  // A VS Code around us must not be mistaken for the one we start.
  for (const name of Object.keys(environment)) if (name.startsWith('VSCODE_') || name === 'PORT' || name === 'PASSWORD') delete environment[name];
  const base = [path.join(codeServer, 'out/node/entry.js'), '--config', config, '--user-data-dir', data, '--extensions-dir', extensions];
  if (vsix) execFileSync(node, [...base, '--install-extension', vsix], { env: environment, stdio: 'ignore' });

  const words = [
    ...base, '--auth', 'none', '--bind-addr', '127.0.0.1:0', '--disable-telemetry', '--disable-update-check', '--disable-getting-started-override',
    '--ignore-last-opened', '--vscode-option', 'enable-smoke-test-driver', ...(isRestricted ? [] : ['--disable-workspace-trust']),
  ];
  // A group of its own, so that stopping it stops its extension host and our runtime too.
  const server = spawn(node, words, { env: environment, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  let log = '';
  const stop = async () => {
    if (server.exitCode === null && server.signalCode === null) {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      process.kill(-server.pid, 'SIGTERM');
      const timer = setTimeout(() => killGroup(server.pid), 5000);
      await ended;
      clearTimeout(timer);
    }
    killGroup(server.pid);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  try {
    const url = await new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`code-server did not start within ${startLimitMs / 1000} s\n${log}`)), startLimitMs);
      const onData = (text) => {
        log += text;
        const address = /listening on (http:\/\/[^\s]+)/.exec(log);
        if (!address) return;
        clearTimeout(timer);
        resolve(address[1].replace(/\/$/, ''));
      };
      server.stdout.setEncoding('utf8').on('data', onData);
      server.stderr.setEncoding('utf8').on('data', onData);
      server.once('exit', (code) => reject(new Error(`code-server ended with status ${code}\n${log}`)));
    });
    // The workbench is loaded with the first request: on a wrong Node the port opens and pages fail.
    const answer = await fetch(`${url}/`);
    if (!answer.ok) throw new Error(`code-server answers ${answer.status}\n${log.slice(-1500)}`);
    return { url, host: new URL(url).host, data, stop, log: () => log };
  } catch (error) {
    await stop();
    throw error;
  }
}

function killGroup(pid) {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // The group is empty already.
  }
}

export function launchBrowser() {
  return chromium.launch({
    executablePath: install().chromium, headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage'],
  });
}

/** Address of the workbench on a folder; `payload` is what the desktop takes as command line words. */
export function workbenchUrl(server, folder, payload = []) {
  const url = new URL(`${server.url}/`);
  url.searchParams.set('folder', folder);
  if (payload.length > 0) url.searchParams.set('payload', JSON.stringify(payload));
  return url.href;
}
