// The command line of `npm run bench`.
import { parseArgs } from 'node:util';

export interface BenchOptions {
  /** Names of workloads or of their groups (`W1`); null: all. */
  readonly only: readonly string[] | null;
  /** Engine families that are not asked. */
  readonly without: readonly string[];
  readonly rounds: number;
  readonly writes: boolean;
  readonly installs: boolean;
}

const leastRoundsWritten = 7;

/** The command line does not say what to do; the message is for whoever wrote it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** `known`: what `--only` may name. Throws `UsageError`. */
export function readOptions(words: readonly string[], known: readonly string[], families: readonly string[]): BenchOptions {
  const values = parsed(words);
  const only = values.only === undefined ? null : values.only.split(',');
  for (const name of only ?? []) {
    if (!known.some((id) => isNamed(id, name))) throw new UsageError(`--only takes of ${known.join(', ')}, or a group such as W1; there is no ${name}`);
  }
  const without = values.without?.split(',') ?? [];
  for (const name of without) if (!families.includes(name)) throw new UsageError(`--without takes of ${families.join(', ')}; there is no ${name}`);
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) throw new UsageError('--rounds takes a whole number from 1');
  // What is written is a whole run: results of different runs do not compare.
  const writes = !values['no-write'] && only === null && rounds >= leastRoundsWritten;
  return { only, without, rounds, writes, installs: values.install };
}

function parsed(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words], options: {
        only: { type: 'string' }, without: { type: 'string' }, rounds: { type: 'string', default: `${leastRoundsWritten}` },
        'no-write': { type: 'boolean', default: false }, install: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** Whether `name` means the workload `id`: itself or its group. */
export function isNamed(id: string, name: string): boolean {
  return id === name || id.startsWith(`${name}-`);
}
