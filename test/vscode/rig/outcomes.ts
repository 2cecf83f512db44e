// The results file: what a run says of itself at its end. An exit status alone is not believed (an extension host that dies is reported as status 0).
import { writeFileSync } from 'node:fs';
import type Mocha from 'mocha';

interface Outcome {
  readonly title: string;
  readonly error?: string;
}

/** Runs a mocha whose files are loaded; writes the file that ACTIVATION_LENS_RESULTS names and resolves to the number of failures. */
export function runToTheEnd(mocha: Mocha): Promise<number> {
  const outcomes: Outcome[] = [];
  process.on('unhandledRejection', (reason) => {
    if (isOurs(reason)) outcomes.push({ title: 'a promise was rejected and nobody looked', error: describeError(reason) });
  });
  return new Promise((resolve) => {
    const runner = mocha.run(() => resolve(countFailures(outcomes)));
    runner.on('pass', (test) => outcomes.push({ title: test.fullTitle() }));
    runner.on('fail', (test, error: unknown) => outcomes.push({ title: test.fullTitle(), error: describeError(error) }));
    runner.on('end', () => {
      const failures = countFailures(outcomes);
      const file = process.env.ACTIVATION_LENS_RESULTS;
      if (file) writeFileSync(file, JSON.stringify({ complete: true, passes: outcomes.length - failures, failures, tests: outcomes }, null, 1));
    });
  });
}

const countFailures = (outcomes: readonly Outcome[]) => outcomes.filter((outcome) => outcome.error !== undefined).length;

const describeError = (error: unknown) => (error instanceof Error ? error.stack ?? error.message : String(error));

/** The workbench around us has rejections of its own. */
const isOurs = (reason: unknown) => reason instanceof Error && /extension\.cjs|\.test\.(?:cjs|ts)/.test(reason.stack ?? '');
