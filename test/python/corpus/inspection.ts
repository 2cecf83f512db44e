// A construction, inspected by the command as a user would.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { InspectReport } from '../../../src/protocol/report.ts';
import { differences, leaves, type Differences } from './comparison.ts';
import { type Construction, type Fact, parsed } from './constructions.ts';

const command = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));

export interface Inspection extends Differences {
  /** From the command's start to its end. */
  readonly milliseconds: number;
}

/** Large models take longer than a user's limits allow by default; a hang ends after five minutes. */
const limits = ['--time-limit', '60', '--memory-limit', '4096'];
const hang = 300_000;

export async function inspected(construction: Construction, root: string, fact: Fact, gradientTolerance: number): Promise<Inspection> {
  const begin = performance.now();
  const { report, message } = await reportOf(construction, root);
  const milliseconds = Math.round(performance.now() - begin);
  const model = report?.models[0];
  const shown = model === undefined ? { structure: [message], forward: ['no model'], backward: ['no model'] } : differences(model, fact, gradientTolerance);
  const failed = [shown.structure, shown.forward, shown.backward].some((list) => list.length > 0);
  const notes = failed ? (report?.diagnostics ?? []).map(({ kind, range, message: text }) => `[${kind}, line ${range?.line ?? '?'}] ${text}`) : [];
  return { ...shown, structure: shown.structure.length > 0 ? [...shown.structure, ...notes] : [], forward: shown.forward.length > 0 ? [...shown.forward, ...notes] : [], milliseconds };
}

async function reportOf({ path, call, inputs }: Construction, root: string): Promise<Reported> {
  return reported([join(root, path), '--root', root, '--call', call, ...inputs.flatMap((input) => ['--input', input]), '--loss', 'mean-square', ...limits]);
}

/** What keeps a file that is opened as it is, without a word said about it, from showing a model with all its figures; undefined where it does. */
export async function obstacle(path: string, root: string): Promise<string | undefined> {
  const { report, message, isDone } = await reported([join(root, path)]);
  const error = report?.diagnostics.find(({ severity }) => severity === 'error');
  if (!isDone || error !== undefined) return error?.message ?? message;
  const [model] = report!.models;
  if (model?.loss == null) return 'no loss';
  const without = leaves(model).find(({ output }) => output === null);
  return without && `no figures of ${without.path}`;
}

interface Reported {
  readonly report?: InspectReport;
  readonly message: string;
  /** The command's exit status was 0. */
  readonly isDone: boolean;
}

function reported(words: readonly string[]): Promise<Reported> {
  return new Promise((resolve) => {
    execFile(process.execPath, [command, 'inspect', ...words, '--json'], { maxBuffer: 2 ** 30, timeout: hang }, (error, stdout, stderr) => {
      const message = stderr.trim().split('\n').at(-1) || String(error);
      resolve({ ...(stdout.startsWith('{') && { report: parsed<InspectReport>(stdout) }), message, isDone: error === null });
    });
  });
}
