// `npm run bench`: ours against PyTorch, tfjs-wasm and onnxruntime-web, interleaved in one run. CONTRIBUTING.md has its options. A benchmark, not a
// test: nothing here fails for being slow.
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, competitorFamilies, engines, packages, reasonMissing, type Engine, type Family } from './engineTable.ts';
import { measure, type WorkloadResult } from './measurement.ts';
import { isNamed, readOptions, UsageError, type BenchOptions } from './options.ts';
import { goalTable, remarks, resultsText, timeTable, waitingTable } from './results.ts';
import { writeTensors } from './tensorFile.ts';
import { inspectionTimes, structureTimes, type Waiting } from './waitingTimes.ts';
import { workloads } from './workloads.ts';

const waits: readonly (readonly [id: string, measure: (rounds: number) => Promise<Waiting[]>])[] = [['structure', structureTimes], ['inspect', inspectionTimes]];

/** Pinned versions, into the cache folder; scripts of packages are not run. */
function installPackages(): void {
  mkdirSync(cacheFolder, { recursive: true });
  const dependencies = Object.assign({}, ...Object.values(packages));
  writeFileSync(join(cacheFolder, 'package.json'), JSON.stringify({ private: true, dependencies }, null, 2));
  const { status } = spawnSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: cacheFolder, stdio: 'inherit', shell: process.platform === 'win32' });
  if (status !== 0) throw new Error('npm install failed');
}

/** Those that are there, and a line for each family that is not. */
function presentEngines({ without }: BenchOptions): { readonly present: readonly Engine[]; readonly leftOut: readonly string[] } {
  const reasons = new Map<Family, string | null>();
  for (const { family } of engines) if (!reasons.has(family)) reasons.set(family, without.includes(family) ? 'left out by --without' : reasonMissing(family));
  const leftOut = [...reasons].flatMap(([family, reason]) => (reason === null ? [] : [`${family}: ${reason}`]));
  return { present: engines.filter(({ family }) => reasons.get(family) === null), leftOut };
}

async function run(options: BenchOptions): Promise<void> {
  const isAsked = (id: string) => options.only === null || options.only.some((name) => isNamed(id, name));
  const asked = workloads.filter(({ id }) => isAsked(id));
  const { present, leftOut } = presentEngines(options);
  const notes = asked.length > 0 ? [...leftOut] : [];
  notes.forEach((line) => console.log(line));

  const results: WorkloadResult[] = [];
  mkdirSync(cacheFolder, { recursive: true });
  for (const workload of asked) {
    const path = join(cacheFolder, `${workload.id}.safetensors`);
    console.log(`\n${workload.id}: ${workload.title}`);
    try {
      writeTensors(path, workload.tensors());
      const result = await measure(workload, present, options.rounds, path);
      results.push(result);
      console.log(timeTable({ workloads: [result], engines: present }));
    } finally {
      rmSync(path, { force: true });
    }
  }

  const waiting: Waiting[] = [];
  for (const [id, measureWaits] of waits.filter(([name]) => isAsked(name))) {
    try {
      waiting.push(...await measureWaits(options.rounds));
    } catch (error) {
      notes.push(`${id}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  if (results.length > 0) console.log(`\n${goalTable(results)}`);
  if (waiting.length > 0) console.log(`\n${waitingTable(waiting)}`);
  console.log(`\n${remarks({ workloads: results, leftOut: notes })}`);
  if (!options.writes) return console.log('\nRESULTS.md is as it was: it takes a whole run of at least 7 rounds, without --only and --no-write.');
  const text = resultsText({ date: new Date(), rounds: options.rounds, engines: present, workloads: results, waiting, leftOut: notes });
  writeFileSync(new URL('RESULTS.md', import.meta.url), text);
  console.log('\nWritten to test/bench/RESULTS.md.');
}

try {
  const options = readOptions(process.argv.slice(2), [...workloads.map(({ id }) => id), ...waits.map(([id]) => id)], competitorFamilies);
  if (options.installs) installPackages();
  else await run(options);
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
