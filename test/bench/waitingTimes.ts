// How long a user waits, through the runtime of dist/: from starting it to its first result, from an edit to the next result, and for the
// structure of large models.
import { readFileSync } from 'node:fs';
import type { InspectOptions, InspectResult } from '../../src/protocol/runtimeApi.ts';
import { RuntimeUnderTest } from '../runtime/runtimeUnderTest.ts';
import { median } from './median.ts';

export interface Waiting {
  readonly what: string;
  readonly wholeMs: number;
  /** Of the whole; null where a process's start is part of it. */
  readonly pythonMs: number | null;
  readonly engineMs: number | null;
  readonly goalMs: number | null;
}

const newProcesses = 3;
const edited: readonly (readonly [example: string, goalMs: number | null])[] = [
  ['mnist_mlp', 150], ['mnist_cnn', 150], ['recurrent', null], ['keras_cnn', 150], ['vanishing_gradient', null],
];
/** `main`: what stands below the file's text. */
const structured: readonly { readonly file: string; readonly title: string; readonly goalMs: number; readonly main?: string }[] = [
  { file: 'resnet', title: 'ResNet-50', goalMs: 300, main: 'ResNet(3, 4, 6, 3)(torch.randn(1, 3, 224, 224))' },
  { file: 'resnet', title: 'ResNet-152', goalMs: 300, main: 'ResNet(3, 8, 36, 3)(torch.randn(1, 3, 224, 224))' },
  { file: 'gpt48', title: 'a 48-layer GPT', goalMs: 500 },
];

const exampleText = (name: string) => readFileSync(new URL(`../../examples/${name}.py`, import.meta.url), 'utf8');
const modelText = (name: string) => readFileSync(new URL(`models/${name}.py`, import.meta.url), 'utf8');

/** Throws where dist/ is not built. */
export async function inspectionTimes(rounds: number): Promise<Waiting[]> {
  const starts: number[] = [];
  for (let n = 0; n < newProcesses; n += 1) {
    const began = performance.now();
    const runtime = await RuntimeUnderTest.start();
    await runtime.inspect(exampleText('mnist_mlp'));
    starts.push(performance.now() - began);
    runtime.connection.dispose();
  }
  const first: Waiting = { what: 'first result in a new process (mnist_mlp)', wholeMs: median(starts), pythonMs: null, engineMs: null, goalMs: 1000 };
  const edits = await times(rounds, edited.map(([name, goalMs]) => ({ what: `edit of ${name}`, text: exampleText(name), options: {}, goalMs })));
  return [first, ...edits];
}

/** Shapes, parameters and FLOPs only. Throws where dist/ is not built. */
export function structureTimes(rounds: number): Promise<Waiting[]> {
  return times(rounds, structured.map(({ file, title, goalMs, main = '' }) => ({ what: `structure of ${title}`, text: `${modelText(file)}\n${main}`, options: { structureOnly: true }, goalMs })));
}

interface Question {
  readonly what: string;
  readonly text: string;
  readonly options: Partial<InspectOptions>;
  readonly goalMs: number | null;
}

async function times(rounds: number, questions: readonly Question[]): Promise<Waiting[]> {
  const runtime = await RuntimeUnderTest.start();
  const found: Waiting[] = [];
  for (const { what, text, options, goalMs } of questions) {
    const whole: number[] = [], python: number[] = [], engine: number[] = [];
    // The first one is a warm-up.
    for (let n = 0; n <= rounds; n += 1) {
      const began = performance.now();
      const result = await runtime.inspect(`${text}\n# edit ${n}\n`, options);
      const duration = performance.now() - began;
      checkAnswer(what, result);
      if (n === 0) continue;
      whole.push(duration);
      python.push(result.durationMs.python);
      engine.push(result.durationMs.engine);
    }
    found.push({ what, wholeMs: median(whole), pythonMs: median(python), engineMs: median(engine), goalMs });
  }
  runtime.connection.dispose();
  return found;
}

/** A file that failed is answered fast. */
function checkAnswer(what: string, { report }: InspectResult): void {
  if (report.models.length === 0) throw new Error(`${what}: no model was reported (${report.diagnostics[0]?.message ?? 'nothing was said'})`);
}
