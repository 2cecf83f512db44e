// Compiles the engine's WebAssembly kernels (AssemblyScript) into dist/, three times: with relaxed SIMD, whose multiply-add is one instruction;
// without, for machines whose V8 has none; and with bodies that a V8 which revectorizes makes 256-bit instructions of.
import { readdirSync, readFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = 'src/engine/wasm/assembly';
const variants = {
  'kernels.relaxed.wasm': { features: ['relaxed-simd'], wide: 0 },
  'kernels.wasm': { features: [], wide: 0 },
  'kernels.wide.wasm': { features: ['relaxed-simd'], wide: 1 },
};

/** Compiles what changed since the last time. */
export async function buildKernels(dist = join(root, 'dist')) {
  mkdirSync(dist, { recursive: true });
  const hash = createHash('sha256').update(readFileSync(fileURLToPath(import.meta.url))).update(asc.version);
  for (const file of readdirSync(join(root, folder)).sort()) hash.update(file).update(readFileSync(join(root, folder, file)));
  const key = hash.digest('hex');
  const keyFile = join(dist, 'kernels.key');
  if (existsSync(keyFile) && readFileSync(keyFile, 'utf8') === key) return;
  for (const [name, { features, wide }] of Object.entries(variants)) {
    const { error, stderr } = await asc.main([
      `${folder}/index.ts`, '--baseDir', root, '--outFile', join(dist, name), '--runtime', 'stub', '-O3', '--noAssert', '--disableWarning', '201', '--disableWarning', '112',
      '--importMemory', '--sharedMemory', '--initialMemory', '1', '--maximumMemory', '65536', '--memoryBase', '16384',
      '--use', `WIDE=${wide}`, '--enable', ['simd', 'threads', 'bulk-memory', ...features].join(','),
    ]);
    if (error) throw new Error(`the kernels do not compile:\n${stderr}`);
    if (stderr.toString()) console.error(stderr.toString());
  }
  writeFileSync(keyFile, key);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildKernels();
