// Type checks every program with its own tsconfig; prints one line each, fails if any fails.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const compiler = fileURLToPath(new URL('../node_modules/typescript/bin/tsc', import.meta.url));
const programs = ['src/tsconfig.json', 'src/runtime', 'src/cli', 'src/host', 'webview', 'test', 'test/vscode', 'test/webview'];

let failed = 0;
for (const program of programs) {
  const { status, stdout } = spawnSync(process.execPath, [compiler, '-p', program], { cwd: root, encoding: 'utf8' });
  console.log(`${status === 0 ? 'ok    ' : 'failed'} ${program}`);
  if (status !== 0) {
    failed++;
    console.log(stdout);
  }
}
process.exitCode = failed > 0 ? 1 : 0;
