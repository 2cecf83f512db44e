// Builds everything that ships into dist/: one entry per program, Pyodide's files, the shims and the interpreter's snapshot.
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { buildKernels } from './scripts/kernels.mjs';
import { readShims } from './scripts/shims.mjs';

const root = dirname(fileURLToPath(import.meta.url));
const dist = join(root, 'dist');
const pyodideFolder = dirname(createRequire(import.meta.url).resolve('pyodide'));
const production = process.argv.includes('--production');

const shared = { absWorkingDir: root, bundle: true, logLevel: 'warning', sourcemap: production ? false : 'linked', minify: production, target: 'es2022' };
const node = { ...shared, platform: 'node', external: ['vscode', './pyodide/pyodide.mjs'] };

await Promise.all([
  buildKernels(dist),
  build({ ...node, entryPoints: { extension: 'src/host/extension.ts' }, outdir: dist, format: 'cjs', outExtension: { '.js': '.cjs' } }),
  build({ ...node, entryPoints: { cli: 'src/cli/main.ts', runtime: 'src/runtime/main.ts', runtimeWorker: 'src/runtime/worker.ts', engineThread: 'src/runtime/engineThread.ts', snapshot: 'src/runtime/snapshot.ts' }, outdir: dist, format: 'esm', banner: { js: "import { createRequire as _createRequire } from 'node:module'; const require = _createRequire(import.meta.url);" } }),
  // Holds a whole WebAssembly module as text, which must not be escaped; its worker loads it when it is needed.
  build({ ...node, entryPoints: { hdf5: 'src/runtime/hdf5File.ts' }, outdir: dist, format: 'esm', charset: 'utf8', minify: true, sourcemap: false }),
  build({ ...shared, platform: 'browser', entryPoints: { webview: 'webview/main.ts' }, outdir: dist, format: 'iife' }),
  build({ ...shared, platform: 'browser', entryPoints: { webview: 'webview/style.css' }, outdir: dist }),
]);

mkdirSync(join(dist, 'pyodide'), { recursive: true });
for (const file of ['pyodide.mjs', 'pyodide.asm.mjs', 'pyodide.asm.wasm', 'python_stdlib.zip']) {
  copyFileSync(join(pyodideFolder, file), join(dist, 'pyodide', file));
}

const shims = JSON.stringify(readShims());
writeFileSync(join(dist, 'shims.json'), shims);

// The snapshot takes seconds: it is made again only when the shims, Pyodide or what imports them changed.
const version = JSON.parse(readFileSync(join(pyodideFolder, 'package.json'), 'utf8')).version;
const key = createHash('sha256').update(version).update(shims).update(readFileSync(join(root, 'src/python/interpreter.ts'))).digest('hex');
const keyFile = join(dist, 'snapshot.key');
if (!existsSync(keyFile) || readFileSync(keyFile, 'utf8') !== key) {
  const { makeSnapshotFile } = await import(join(dist, 'snapshot.js'));
  const snapshot = await makeSnapshotFile(dist);
  writeFileSync(join(dist, 'snapshot.bin.gz'), gzipSync(snapshot, { level: 9 }));
  writeFileSync(keyFile, key);
}
// Pyodide leaves a message port open, which would keep this process alive for ever.
process.exit();
// The interpreter that the snapshot was taken of would keep this process alive.
process.exit(0);
