// Who is measured: ours first, then the competitors, each with the command that starts its process.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const families = ['ours', 'revectorized', 'pytorch', 'tfjs', 'onnxruntime'] as const;
export type Family = (typeof families)[number];
export const competitorFamilies: readonly string[] = families.filter((family) => family !== 'ours');

export interface Engine {
  readonly id: string;
  readonly title: string;
  readonly family: Family;
  readonly threads: 1 | 2;
  readonly command: string;
  /** Before the workload, the threads and the file of tensors. */
  readonly words: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));
export const cacheFolder = here('../../.cache/bench');
const python = process.env.BENCH_PYTHON ?? 'python3';
const modules = process.env.BENCH_MODULES ?? cacheFolder;

/** What `--install` takes a Node from whose V8 revectorizes; ours runs on the one that runs the bench otherwise. */
const recentNodePackage = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
const firstRevectorizingV8 = 13;
const recentNode = process.env.BENCH_RECENT_NODE
  ?? (parseInt(process.versions.v8, 10) >= firstRevectorizingV8 ? process.execPath : join(modules, 'node_modules', recentNodePackage, 'bin', 'node'));

/** PyTorch, oneDNN and MKL each look at their own. */
const limitedToAvx2 = { ATEN_CPU_CAPABILITY: 'avx2', ONEDNN_MAX_CPU_ISA: 'AVX2', MKL_ENABLE_INSTRUCTIONS: 'AVX2' };

function engine(family: Family, title: string, threads: 1 | 2, words: readonly string[], environment: Engine['environment'] = {}, suffix = ''): Engine {
  const command = family === 'pytorch' ? python : family === 'revectorized' ? recentNode : process.execPath;
  return { id: `${family}${suffix}-${threads}`, title: `${title} ${threads}t`, family, threads, command, words, environment };
}
const typescript = (file: string, ...before: readonly string[]) => [...before, '--import', 'tsx', here(file)];

const bothThreadCounts: readonly (1 | 2)[] = [1, 2];
export const engines: readonly Engine[] = [
  ...bothThreadCounts.map((threads) => engine('ours', 'ours', threads, typescript('engines/ours.ts'))),
  ...bothThreadCounts.map((threads) => engine('revectorized', 'ours revectorized', threads, typescript('engines/ours.ts'), { BENCH_REVECTORIZE: '1' })),
  ...bothThreadCounts.map((threads) => engine('pytorch', 'PyTorch', threads, [here('engines/pytorch.py')])),
  ...bothThreadCounts.map((threads) => engine('pytorch', 'PyTorch AVX2', threads, [here('engines/pytorch.py')], limitedToAvx2, '-avx2')),
  ...bothThreadCounts.map((threads) => engine('tfjs', 'tfjs-wasm', threads,
    typescript('engines/tfjs.ts', ...(threads > 1 ? ['--require', here('engines/tfjsThreads.cjs')] : [])), { BENCH_MODULES: modules })),
  ...bothThreadCounts.map((threads) => engine('onnxruntime', 'onnxruntime-web', threads, typescript('engines/onnxruntime.ts'), { BENCH_MODULES: modules })),
];

/** npm packages by family, in the versions that `--install` takes. */
export const packages: Readonly<Partial<Record<Family, Readonly<Record<string, string>>>>> = {
  revectorized: { [recentNodePackage]: '24.9.0' },
  tfjs: { '@tensorflow/tfjs': '4.22.0', '@tensorflow/tfjs-backend-wasm': '4.22.0' },
  onnxruntime: { 'onnxruntime-web': '1.30.0' },
};

/** Why a family cannot be measured here; null: it can. */
export function reasonMissing(family: Family): string | null {
  if (family === 'ours') return null;
  if (family === 'pytorch') {
    const { status } = spawnSync(python, ['-c', 'import torch'], { stdio: 'ignore' });
    return status === 0 ? null : 'no torch in the Python of BENCH_PYTHON (python3 by default)';
  }
  if (family === 'revectorized') {
    return existsSync(recentNode) ? null : 'no Node whose V8 revectorizes (24 or later): `npm run bench -- --install`, or its path in BENCH_RECENT_NODE';
  }
  const missing = Object.keys(packages[family]!).find((name) => !existsSync(join(modules, 'node_modules', name, 'package.json')));
  return missing === undefined ? null : `${missing} is not installed: \`npm run bench -- --install\`, or a folder that has it in BENCH_MODULES`;
}
