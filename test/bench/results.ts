// Results as tables, for the terminal and for RESULTS.md.
import { readFileSync } from 'node:fs';
import type { Engine } from './engineTable.ts';
import { machineLines } from './machine.ts';
import { bestOf, ratioOf, type Ratio, type WorkloadResult } from './measurement.ts';
import type { Waiting } from './waitingTimes.ts';

/** Most that a W3 step may take with the statistics of every layer, of one without. */
const statisticsGoal = 1.3;
/** Share of the processors taken by others from which a result says so. */
const busyShare = 0.05;
const statisticsVariant = 'with statistics';

export interface BenchResults {
  readonly date: Date;
  readonly rounds: number;
  readonly engines: readonly Engine[];
  readonly workloads: readonly WorkloadResult[];
  readonly waiting: readonly Waiting[];
  /** A line for each of what was not measured. */
  readonly leftOut: readonly string[];
}

export function resultsText(results: BenchResults): string {
  const { workloads, waiting, rounds } = results;
  const bounds = readFileSync(new URL('bounds.md', import.meta.url), 'utf8').trim();
  return [
    '# Benchmark results',
    `Written by \`npm run bench\` on ${results.date.toISOString().slice(0, 10)}; see CONTRIBUTING.md. ${rounds} rounds, engines interleaved (A B C A B C …), in each a block of about 0.3 s; `
      + 'times are medians of a step, ratios medians of the ratios of each round. PyTorch is the faster of its default and `foreach` optimizer, of N C H W and channels-last (W2). Revectorized: '
      + 'with the setting `activationLens.revectorize`, on a Node as recent as the one in VS Code; its ratio is to PyTorch, 2 threads each.',
    `## Machine\n\n${[...machineLines(), ...descriptions(workloads)].map((line) => `- ${line}`).join('\n')}`,
    `## Against the goals\n\n${goalTable(workloads)}`,
    `## Milliseconds a step\n\n${timeTable(results)}`,
    ...(waiting.length > 0 ? [`## What a user waits for\n\n${waitingTable(waiting)}`] : []),
    `## Left out, and results that differ\n\n${remarks(results)}`,
    `## What bounds each workload\n\n${bounds}`,
  ].join('\n\n') + '\n';
}

export function goalTable(workloads: readonly WorkloadResult[]): string {
  const header = ['Workload', 'ours / PyTorch, 2 threads', 'of rounds', 'Goal', '', 'revectorized', 'ours / PyTorch, 1 thread', '/ PyTorch AVX2, 2t', '/ tfjs-wasm, 2t', '/ onnxruntime-web, 2t'];
  const rows = workloads.flatMap((result) => {
    const { workload } = result;
    const ours = bestOf(result, 'ours-2');
    const against = (engineId: string) => ratioOf(ours, bestOf(result, engineId));
    const main = against('pytorch-2');
    const row = [
      `${workload.id.split('-')[0]} ${workload.title}`, ...judged(main, workload.goal, result), ratio(ratioOf(bestOf(result, 'revectorized-2'), bestOf(result, 'pytorch-2'))),
      ratio(ratioOf(bestOf(result, 'ours-1'), bestOf(result, 'pytorch-1'))),
      ratio(against('pytorch-avx2-2')), ratio(against('tfjs-2')), ratio(against('onnxruntime-2')),
    ];
    const [two, one, revectorized] = ['ours-2', 'ours-1', 'revectorized-2'].map((id) => ratioOf(result.series.find(({ engine, variant }) => engine.id === id && variant === statisticsVariant), bestOf(result, id)));
    if (!two && !one) return [row];
    return [row, [`${workload.id} with statistics of every layer / without (ours)`, ...judged(two, statisticsGoal, result), ratio(revectorized), ratio(one), '', '', '']];
  });
  return table(header, rows);
}

export function timeTable({ workloads, engines }: Pick<BenchResults, 'workloads' | 'engines'>): string {
  const header = ['Workload', ...engines.map(({ title }) => title), 'GFLOP/s, ours 2t'];
  const rows = workloads.flatMap((result) => {
    const { workload, series } = result;
    const ours = bestOf(result, 'ours-2');
    const beside = [...new Set(series.filter(({ role }) => role === 'beside').map(({ variant }) => variant))];
    return [
      [
        `${workload.id.split('-')[0]} ${workload.title}`, ...engines.map(({ id }) => milliseconds(bestOf(result, id)?.medianMs)),
        workload.flops === null || !ours ? '' : (workload.flops / ours.medianMs / 1e6).toFixed(1),
      ],
      ...beside.map((name) => [
        `${workload.id}, ${name}`, ...engines.map(({ id }) => milliseconds(series.find(({ engine, variant }) => engine.id === id && variant === name)?.medianMs)), '',
      ]),
    ];
  });
  return table(header, rows);
}

export function waitingTable(waiting: readonly Waiting[]): string {
  const ms = (number: number | null) => (number === null ? '' : `${Math.round(number)} ms`);
  return table(['', 'Whole', 'Python', 'Engine', 'Goal'], waiting.map(({ what, wholeMs, pythonMs, engineMs, goalMs }) =>
    [what, ms(wholeMs), ms(pythonMs), ms(engineMs), goalMs === null ? '' : `< ${goalMs} ms${wholeMs < goalMs ? '' : ': missed'}`]));
}

/** One line for each; the same reason given for several workloads is said once. */
export function remarks({ workloads, leftOut }: Pick<BenchResults, 'workloads' | 'leftOut'>): string {
  const failed = new Map<string, string[]>();
  for (const { workload, failures } of workloads) {
    for (const { engine, reason } of failures) {
      const key = `${engine.title}: ${reason}`;
      failed.set(key, [...(failed.get(key) ?? []), workload.id]);
    }
  }
  const differ = workloads.flatMap(({ workload, differences }) => differences.map(({ engine, variant, from, what, relative }) =>
    `${workload.id}: ${engine.title} (${variant}) differs from ${from.title} in ${what}${relative === Infinity ? ', not a number there or of another size' : `, by up to ${percent(relative)}`}`));
  const disturbed = workloads.flatMap(({ workload, busy }) => (busy < busyShare ? [] : [
    `${workload.id}: something else took ${Math.round(100 * busy)} % of the processors while the engines waited: measure again`,
  ]));
  const lines = [...disturbed, ...leftOut, ...[...failed].map(([reason, ids]) => `${ids.join(', ')}: ${reason}`), ...differ];
  return lines.length === 0 ? 'Nothing: everything was measured, and all results are within 1e-3 of PyTorch\'s.' : lines.map((line) => `- ${line}`).join('\n');
}

function descriptions(workloads: readonly WorkloadResult[]): string[] {
  const titles = new Map<string, Set<string>>();
  for (const [engine, description] of workloads.flatMap((result) => [...result.descriptions])) {
    titles.set(description, (titles.get(description) ?? new Set()).add(engine.title));
  }
  return [...titles].map(([description, engines]) => `${[...engines].join(', ')}: ${description}`);
}

/** Nothing is reached or missed on a busy machine: whoever needs both processors at once loses most there. */
function judged(found: Ratio | undefined, goal: number, { busy }: WorkloadResult): string[] {
  if (!found) return ['–', '', `≤ ${goal}`, ''];
  const judgement = busy >= busyShare ? 'machine busy' : found.median <= goal ? 'reached' : 'missed';
  return [`**${number(found.median)}**`, `${number(found.least)}–${number(found.most)}`, `≤ ${goal}`, judgement];
}

const percent = (share: number) => `${share < 1 ? (100 * share).toPrecision(2) : Math.round(100 * share)} %`;
const number = (value: number) => (value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2));
const ratio = (found: Ratio | undefined) => (found ? number(found.median) : '–');
const milliseconds = (ms: number | undefined) => (ms === undefined ? '–' : number(ms));

/** Markdown, its columns aligned so that it reads in a terminal too. */
function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((title, column) => Math.max(3, title.length, ...rows.map((row) => row[column].length)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))).join(' | ')} |`;
  const rule = `| ${widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [line(header), rule, ...rows.map(line)].join('\n');
}
