// Tests the extension in a real VS Code: builds and packages it, runs the suite in the extension host, then drives the workbench with the packaged .vsix
// installed. `--suite` or `--ui` does one of the two; `--grep TEXT` picks tests; `--no-build` takes dist/ as it is.
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { CannotInstallError, install, root } from './rig/install.mjs';

const here = path.join(root, 'test/vscode');
const out = path.join(root, 'out/vscode');
const words = process.argv.slice(2);
const grep = words.includes('--grep') ? words[words.indexOf('--grep') + 1] : undefined;
const onlySuite = words.includes('--suite');
const onlyUi = words.includes('--ui');
const isBuilt = words.includes('--no-build');

const total = { passes: 0, failures: 0 };
try {
  install();
  // The .vsix is made of the same build that the suite runs on.
  execFileSync(process.execPath, [path.join(root, 'scripts/package.mjs'), ...(isBuilt ? ['--no-build'] : [])], { cwd: root, stdio: 'inherit' });
  mkdirSync(path.join(root, 'out/screens'), { recursive: true });
  if (!onlyUi) add(await runSuite());
  if (!onlySuite) add(await runUi());
  console.log(`${total.passes} passed, ${total.failures} failed`);
  process.exitCode = total.failures === 0 && total.passes > 0 ? 0 : 1;
} catch (error) {
  if (!(error instanceof CannotInstallError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}

function add({ passes, failures }) {
  total.passes += passes;
  total.failures += failures;
}

/** Mocha inside the extension host, on a copy of the workspace, since tests may save files. */
async function runSuite() {
  const bundled = path.join(out, 'suite');
  rmSync(bundled, { recursive: true, force: true });
  const entries = readdirSync(path.join(here, 'suite')).filter((name) => name === 'index.ts' || name.endsWith('.test.ts'));
  await build({
    absWorkingDir: root, bundle: true, platform: 'node', format: 'cjs', target: 'node20', sourcemap: 'inline', external: ['vscode', 'mocha'],
    entryPoints: entries.map((name) => path.join(here, 'suite', name)), outdir: bundled, outExtension: { '.js': '.cjs' }, logLevel: 'warning',
  });
  const workspace = copyOfWorkspace('suite-workspace');
  const results = path.join(out, 'results.json');
  let status = 0;
  try {
    await runTests({
      vscodeExecutablePath: process.env.VSCODE_EXECUTABLE ?? path.join(here, 'rig/standIn.mjs'),
      extensionDevelopmentPath: root,
      extensionTestsPath: path.join(bundled, 'index.cjs'),
      extensionTestsEnv: { ACTIVATION_LENS_RESULTS: results, ...(grep ? { ACTIVATION_LENS_GREP: grep } : {}) },
      launchArgs: [workspace, '--disable-extensions'],
    });
  } catch (error) {
    status = error.code ?? 1;
  }
  return counted(results, status);
}

/** Mocha here, driving the workbench in a browser. */
async function runUi() {
  const results = path.join(out, 'ui-results.json');
  rmSync(results, { force: true });
  const environment = { ...process.env, ACTIVATION_LENS_RESULTS: results, ACTIVATION_LENS_WORKSPACE: copyOfWorkspace('ui-workspace'), ...(grep ? { ACTIVATION_LENS_GREP: grep } : {}) };
  const command = ['--import', 'tsx', path.join(here, 'ui/main.ts')];
  const status = await new Promise((resolve) => spawn(process.execPath, command, { cwd: root, env: environment, stdio: 'inherit' }).on('exit', (code) => resolve(code ?? 1)));
  return counted(results, status);
}

function copyOfWorkspace(name) {
  const copy = path.join(out, name);
  rmSync(copy, { recursive: true, force: true });
  cpSync(path.join(here, 'workspace'), copy, { recursive: true });
  return copy;
}

/** What a results file says; a run that wrote none, or whose status says otherwise, has failed once more. */
function counted(file, status) {
  try {
    const { complete, passes, failures, tests } = JSON.parse(readFileSync(file, 'utf8'));
    for (const test of tests) if (test.error) console.log(`FAILED ${test.title}\n  ${test.error.split('\n')[0]}`);
    const isSure = complete && (status === 0) === (failures === 0);
    return { passes, failures: failures + (isSure ? 0 : 1) };
  } catch {
    return { passes: 0, failures: 1 };
  }
}
