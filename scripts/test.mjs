// The whole test: installs what it needs, type checks, runs the unit tests, and the extension in a real VS Code.
// Its last line counts everything: `N passed, N failed`.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { installDependencies, root, run } from './dependencies.mjs';

installDependencies();
run(process.execPath, ['esbuild.mjs']);
const { install } = await import('../test/vscode/rig/install.mjs');
try {
  install();
} catch (error) {
  console.error(error.message);
  process.exit(2);
}

const total = { passed: 0, failed: 0 };
mkdirSync(join(root, 'out'), { recursive: true });
step('type checks', ['scripts/check.mjs'], checkCounts);
step('unit tests', ['node_modules/mocha/bin/mocha.js', '--reporter', 'scripts/countingReporter.cjs', 'test/*.test.ts', 'test/{protocol,graph,engine,analysis,training,python,runtime,cli,host,webview}/**/*.test.ts'], resultsFile('out/unit-results.json'));
step('in VS Code', ['test/vscode/run.mjs'], vscodeCounts);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;

/** Runs one part; `count` reads how many passed and failed, from its output or the file it wrote. A part without an answer failed once. */
function step(title, words, count) {
  console.log(`\n── ${title}`);
  const counter = count();
  const { status, stdout } = spawnSync(process.execPath, words, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8', maxBuffer: 2 ** 28 });
  process.stdout.write(stdout ?? '');
  const { passed, failed } = counter(stdout ?? '') ?? { passed: 0, failed: 1 };
  total.passed += passed;
  total.failed += failed + (status !== 0 && failed === 0 ? 1 : 0);
}

function checkCounts() {
  return (output) => ({ passed: (output.match(/^ok /gm) ?? []).length, failed: (output.match(/^failed /gm) ?? []).length });
}

function vscodeCounts() {
  return (output) => {
    const found = /^(\d+) passed, (\d+) failed$/m.exec(output);
    return found && { passed: Number(found[1]), failed: Number(found[2]) };
  };
}

function resultsFile(name) {
  const file = join(root, name);
  return () => {
    rmSync(file, { force: true });
    return () => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined);
  };
}
