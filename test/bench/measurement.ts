// Measures one workload: every engine's process prepared and warm, results compared, then rounds of one block each, A B C A B C.
import type { Engine } from './engineTable.ts';
import { EngineFailure, EngineProcess } from './engineProcess.ts';
import type { Variant } from './engines/protocol.ts';
import { busyShare } from './machine.ts';
import { median } from './median.ts';
import { comparedSteps } from './engines/protocol.ts';
import { isSame, largestDifference } from './samples.ts';
import { isParameter, type Workload } from './workloads.ts';

/** Long against a timer's and a scheduler's grain, short against what else goes on in the machine. */
const blockMs = 300;
const idleSampleMs = 400;

export interface Series {
  readonly engine: Engine;
  readonly variant: string;
  readonly role: Variant['role'];
  /** Milliseconds a step, by round. */
  readonly ms: readonly number[];
  readonly medianMs: number;
}
export interface WorkloadResult {
  readonly workload: Workload;
  readonly series: readonly Series[];
  /** What each engine that took part says it is. */
  readonly descriptions: ReadonlyMap<Engine, string>;
  /** Engines that could not do it, in their words. */
  readonly failures: readonly { readonly engine: Engine; readonly reason: string }[];
  /** Results beyond the tolerance from PyTorch's, or from ours where there is no PyTorch. */
  readonly differences: readonly { readonly engine: Engine; readonly variant: string; readonly from: Engine; readonly what: string; readonly relative: number }[];
  /** Share of the processors that others took while all engines waited, 0..1: above a few percent the times are not worth much. */
  readonly busy: number;
}

export async function measure(workload: Workload, engines: readonly Engine[], rounds: number, tensorPath: string): Promise<WorkloadResult> {
  const processes: EngineProcess[] = [];
  const failures: WorkloadResult['failures'][number][] = [];
  try {
    for (const engine of engines) {
      try {
        processes.push(await EngineProcess.start(engine, workload.id, tensorPath));
      } catch (error) {
        failures.push({ engine, reason: failureOf(error) });
      }
    }
    const differences = compare(processes, workload);
    const busyBefore = await busyShare(idleSampleMs);
    const times = new Map<EngineProcess, Map<string, number[]>>(processes.map((process) => [process, new Map(process.variants.map(({ name }) => [name, []]))]));
    for (let round = 0; round < rounds; round += 1) {
      for (const [process, variants] of times) {
        try {
          for (const [variant, ms] of variants) ms.push(await process.block(variant, blockMs));
        } catch (error) {
          failures.push({ engine: process.engine, reason: failureOf(error) });
          times.delete(process);
        }
      }
    }
    const busy = Math.max(busyBefore, await busyShare(idleSampleMs));
    const series = [...times].flatMap(([{ engine, variants }, byVariant]) => variants.map(({ name, role }): Series => {
      const ms = byVariant.get(name)!;
      return { engine, variant: name, role, ms, medianMs: median(ms) };
    }));
    return { workload, series, failures, differences, busy, descriptions: new Map(processes.map(({ engine, description }) => [engine, description])) };
  } finally {
    await Promise.all(processes.map((process) => process.close()));
  }
}

/** The fastest of an engine's ways to do the work. */
export function bestOf({ series }: WorkloadResult, engineId: string): Series | undefined {
  const anchors = series.filter(({ engine, role }) => engine.id === engineId && role === 'anchor');
  return anchors.reduce<Series | undefined>((best, own) => (best === undefined || own.medianMs < best.medianMs ? own : best), undefined);
}

export interface Ratio {
  /** Of the ratios of each round. */
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

export function ratioOf(numerator: Series | undefined, denominator: Series | undefined): Ratio | undefined {
  if (!numerator || !denominator) return undefined;
  const ratios = numerator.ms.map((ms, round) => ms / denominator.ms[round]);
  return { median: median(ratios), least: Math.min(...ratios), most: Math.max(...ratios) };
}

function compare(processes: readonly EngineProcess[], workload: Workload): WorkloadResult['differences'] {
  const judge = processes.find(({ engine }) => engine.family === 'pytorch') ?? processes.find(({ engine }) => engine.family === 'ours');
  if (!judge) return [];
  return processes.flatMap(({ engine, variants }) => variants.flatMap(({ name, figures }) => {
    const difference = largestDifference(figures, judge.variants[0].figures);
    return isSame(difference) ? [] : [{ engine, variant: name, from: judge.engine, what: partName(workload, difference.part), relative: difference.relative }];
  }));
}

/** As an engine orders its figures: see `PreparedVariant`. */
function partName(workload: Workload, part: number): string {
  switch (workload.kind) {
    case 'forward': return 'its output';
    case 'statistics': return ['its moments', 'its share of zeros', 'its histogram'][part];
    case 'training': return part < comparedSteps ? `its loss of step ${part + 1}` : `its gradient of ${Object.keys(workload.tensors()).filter(isParameter)[part - comparedSteps]}`;
    default: return workload.kind satisfies never;
  }
}

function failureOf(error: unknown): string {
  if (!(error instanceof EngineFailure)) throw error;
  // Results are committed, and say nothing of where things lie on this machine.
  return error.message.replace(/(?:\/[\w.@+-]+){2,}/g, '…');
}
