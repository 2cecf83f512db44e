// How long a user waits: from starting the runtime to its first result, and from an edit to the next. Prints a table; run it
// alone on a quiet machine, after `npm run build`: npx tsx test/bench/inspectTimes.ts
import { readFileSync } from 'node:fs';
import { RuntimeUnderTest } from '../runtime/runtimeUnderTest.ts';

const REPETITIONS = 7;
const files = ['mnist_mlp', 'mnist_cnn', 'recurrent', 'keras_cnn', 'vanishing_gradient'];
const textOf = (name: string) => readFileSync(new URL(`../../examples/${name}.py`, import.meta.url), 'utf8');

async function timed<T>(act: () => Promise<T>): Promise<readonly [T, number]> {
  const start = performance.now();
  const result = await act();
  return [result, performance.now() - start];
}

const median = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1]!;
const ms = (number: number) => `${Math.round(number)} ms`.padStart(9);

const starts: number[] = [], firsts: number[] = [];
for (let n = 0; n < 3; n += 1) {
  const [runtime, start] = await timed(() => RuntimeUnderTest.start());
  const [, first] = await timed(() => runtime.inspect(textOf('mnist_mlp')));
  starts.push(start);
  firsts.push(start + first);
  runtime.connection.dispose();
}
console.log(`runtime ready      ${ms(median(starts))}\nfirst result       ${ms(median(firsts))}   (mnist_mlp, a new process)\n`);

const runtime = await RuntimeUnderTest.start();
console.log('after an edit            whole    Python    engine');
for (const name of files) {
  const whole: number[] = [], python: number[] = [], engine: number[] = [];
  for (let n = 0; n < REPETITIONS; n += 1) {
    const [{ durationMs }, duration] = await timed(() => runtime.inspect(`${textOf(name)}\n# edit ${n}\n`));
    whole.push(duration);
    python.push(durationMs.python);
    engine.push(durationMs.engine);
  }
  console.log(`${name.padEnd(20)} ${ms(median(whole))} ${ms(median(python))} ${ms(median(engine))}`);
}
runtime.connection.dispose();
