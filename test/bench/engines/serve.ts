// The process of an engine written in JavaScript: prepares one workload, says so, and runs timed blocks until its input ends.
import { createInterface } from 'node:readline';
import { readTensors, type BenchTensors } from '../tensorFile.ts';
import { workloads, type Workload } from '../workloads.ts';
import { comparedSteps, type Figures, type FromEngine, type ToEngine, type Variant } from './protocol.ts';

export interface PreparedVariant {
  readonly name: string;
  readonly role: Variant['role'];
  /** Parameters and the optimizer's state back to the beginning, so that each block goes the same way. */
  restart(): void;
  step(): void | Promise<void>;
  /** Of the last step: the loss of a training step, a sample of an output, the statistics. Each part is of one magnitude. */
  figures(): Figures;
  /** Of a training step: a sample of each parameter's gradient, in the file's order; absent where an engine keeps them to itself. */
  gradients?(): Figures;
}
export interface Prepared {
  /** Engine, version and what it runs on, as the results name it. */
  readonly description: string;
  readonly variants: readonly PreparedVariant[];
  close(): void;
}
export type Prepare = (workload: Workload, tensors: BenchTensors, threads: number) => Prepared | Promise<Prepared>;

/** Before a block: caches, sleeping threads and the clock get this long to be as in a long run. */
const warmUpMs = 30;
/** Once, before everything: the JIT's tiers. */
const firstWarmUpMs = 500;
/** A step's own time is taken over this long to size the blocks. */
const calibrationMs = 100;

/** `node … ENGINE.ts WORKLOAD THREADS TENSORS` */
export async function serve(prepare: Prepare): Promise<void> {
  const [id, threads, path] = process.argv.slice(2);
  const workload = workloads.find((candidate) => candidate.id === id);
  if (!workload) throw new Error(`There is no workload ${id}`);
  try {
    const prepared = await prepare(workload, readTensors(path), Number(threads));
    const variants: Variant[] = [];
    const stepMs = new Map<string, number>();
    for (const variant of prepared.variants) {
      variants.push({ name: variant.name, role: variant.role, figures: await firstFigures(variant, workload) });
      await runFor(variant, firstWarmUpMs);
      stepMs.set(variant.name, (await runFor(variant, calibrationMs)).msPerStep);
    }
    say({ ready: { description: prepared.description, variants } });
    for await (const line of createInterface({ input: process.stdin })) {
      const { variant: name, blockMs } = JSON.parse(line) as ToEngine;
      const variant = prepared.variants.find((candidate) => candidate.name === name)!;
      variant.restart();
      if (stepMs.get(name)! < blockMs) await runFor(variant, warmUpMs);
      const block = await runSteps(variant, Math.max(1, Math.round(blockMs / stepMs.get(name)!)));
      stepMs.set(name, block.msPerStep);
      say({ block });
    }
    prepared.close();
  } catch (error) {
    say({ failed: (error instanceof Error ? error.message : String(error)).split('\n')[0] });
  }
  process.exit();
}

async function firstFigures(variant: PreparedVariant, { kind }: Workload): Promise<Figures> {
  const figures: (readonly number[])[] = [];
  let gradients: Figures = [];
  variant.restart();
  for (let n = 0; n < (kind === 'training' ? comparedSteps : 1); n += 1) {
    await variant.step();
    figures.push(...variant.figures());
    // Those of the first step: later ones depend on updates, in which Adam makes much of a gradient that is nearly 0.
    if (n === 0) gradients = variant.gradients?.() ?? [];
  }
  return [...figures, ...gradients];
}

/** At least one step. */
async function runFor(variant: PreparedVariant, ms: number): Promise<{ msPerStep: number }> {
  const start = performance.now();
  let steps = 0;
  do {
    const pending = variant.step();
    if (pending) await pending;
    steps += 1;
  } while (performance.now() - start < ms);
  return { msPerStep: (performance.now() - start) / steps };
}

async function runSteps(variant: PreparedVariant, steps: number): Promise<{ steps: number; msPerStep: number }> {
  const start = performance.now();
  for (let n = 0; n < steps; n += 1) {
    const pending = variant.step();
    if (pending) await pending;
  }
  return { steps, msPerStep: (performance.now() - start) / steps };
}

function say(message: FromEngine): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}
