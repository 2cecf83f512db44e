// The command's words, as one table: name, value, meaning. From it come parsing, checks and `--help`. Contract: docs/command.md.
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { optimizerNames, type LossKind, type OptimizerName } from '../protocol/report.ts';
import { mostMemoryMib } from '../protocol/memoryLimit.ts';
import { weightsEndings, weightsFormatOf } from '../protocol/weightsFormat.ts';

export interface InspectArguments {
  readonly file: string;
  readonly model?: string;
  readonly call?: string;
  readonly inputs: readonly string[];
  readonly seed: number;
  readonly mode: 'train' | 'eval';
  readonly weights?: string;
  readonly loss?: LossKind;
  readonly structure: boolean;
  readonly timeLimitSeconds: number;
  /** Undefined: half the machine's. */
  readonly memoryLimitMiB?: number;
  readonly root?: string;
  readonly json: boolean;
  readonly list: boolean;
  readonly output?: string;
}

export interface TrainArguments extends InspectArguments {
  readonly steps: number;
  readonly every: number;
  readonly batch?: number;
  readonly learningRate?: number;
  readonly optimizer?: OptimizerName;
  readonly data?: string;
}

export type Command =
  | { readonly kind: 'inspect'; readonly arguments: InspectArguments }
  | { readonly kind: 'train'; readonly arguments: TrainArguments }
  | { readonly kind: 'help' }
  | { readonly kind: 'version' };

/** The words are off; the message is one line that names the option. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

type Words = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

interface OptionRow {
  readonly name: string;
  readonly short?: string;
  /** What stands after it; none: a switch. */
  readonly value?: string;
  readonly isRepeated?: boolean;
  readonly meaning: string;
  /** Returns the value as the command takes it, or throws a string that says what was expected. */
  readonly read?: (text: string) => unknown;
  readonly trainOnly?: boolean;
}

const losses: readonly LossKind[] = ['mean-square', 'sum', 'cross-entropy', 'binary-cross-entropy', 'mse', 'own'];

const options: readonly OptionRow[] = [
  { name: 'model', value: 'NAME', meaning: 'class or variable to show; default: the file\'s main model' },
  { name: 'list', meaning: 'name the file\'s models and end' },
  { name: 'call', value: 'EXPR', meaning: 'Python expression in the file\'s namespace that makes the model' },
  { name: 'input', value: 'SPEC', isRepeated: true, read: inputSpec, meaning: 'input to draw: 2x3x32x32, or int:2x128:0..65; once per argument' },
  { name: 'seed', value: 'N', read: integer(0, Number.MAX_SAFE_INTEGER), meaning: 'seed of weights, inputs and targets; default 0' },
  { name: 'mode', value: 'MODE', read: oneOf(['train', 'eval']), meaning: 'train or eval; default train' },
  { name: 'weights', value: 'FILE', read: weightsFile, meaning: `start from these weights (${weightsEndings})` },
  { name: 'loss', value: 'NAME', read: oneOf(losses), meaning: `${losses.join(', ')}; default: the file's own, else by the output's shape` },
  { name: 'structure', meaning: 'shapes, parameters and FLOPs only; no arithmetic' },
  { name: 'time-limit', value: 'S', read: positive, meaning: 'seconds for the file\'s Python; default 10' },
  { name: 'memory-limit', value: 'MIB', read: integer(1, mostMemoryMib), meaning: `MiB for tensors, at most ${mostMemoryMib}; default: half the machine's` },
  { name: 'root', value: 'DIR', meaning: 'where the file\'s imports are looked up; default: upward from the file' },
  { name: 'json', meaning: 'the figures as JSON' },
  { name: 'output', short: 'o', value: 'FILE', meaning: 'write the figures to a file instead of the terminal' },
  { name: 'steps', value: 'N', read: integer(1, 10_000_000), trainOnly: true, meaning: 'steps to train; default 300' },
  { name: 'batch', value: 'N', read: integer(1, 1_000_000), trainOnly: true, meaning: 'examples per step; default: the file\'s' },
  { name: 'lr', value: 'X', read: positive, trainOnly: true, meaning: 'learning rate; default: the file\'s, else the optimizer\'s' },
  { name: 'optimizer', value: 'NAME', read: oneOf(optimizerNames), trainOnly: true, meaning: `${optimizerNames.join(', ')}; default: the file's, else adam` },
  { name: 'data', value: 'NAME|PATH', trainOnly: true, meaning: 'data set by name (two-moons, glyphs, …), or a .csv or .npz file; default: what fits the model' },
  { name: 'every', value: 'K', read: integer(1, 10_000_000), trainOnly: true, meaning: 'statistics of the layers each K steps; default 10' },
];

export const usage = [
  'activation-lens inspect FILE [options]   what each layer of the file\'s model does to data',
  'activation-lens train FILE [options]     quick-train it and watch the layers',
  'activation-lens --help | --version',
  '',
  'options:',
  ...options.filter(({ trainOnly }) => !trainOnly).map(describe),
  '',
  'options of train:',
  ...options.filter(({ trainOnly }) => trainOnly).map(describe),
].join('\n');

function describe({ name, short, value, meaning }: OptionRow): string {
  return `  ${`${short ? `-${short}, ` : ''}--${name}${value ? ` ${value}` : ''}`.padEnd(22)} ${meaning}`;
}

/** `words` are what stands after the command's own name. Throws `UsageError`. */
export function parseCommand(words: readonly string[]): Command {
  if (words.includes('--help') || words.includes('-h') || words[0] === 'help') return { kind: 'help' };
  if (words.includes('--version')) return { kind: 'version' };
  const [name, ...rest] = words;
  if (name !== 'inspect' && name !== 'train') {
    throw new UsageError(name === undefined ? 'say what to do: inspect FILE or train FILE (--help tells more)' : `there is no command "${name}": inspect FILE or train FILE (--help tells more)`);
  }
  const rows = options.filter(({ trainOnly }) => name === 'train' || !trainOnly);
  const { values, positionals } = parse(name, rows, rest);
  if (positionals.length !== 1) {
    throw new UsageError(positionals.length === 0 ? `${name}: name a Python file` : `${name}: one file at a time, not also ${positionals.slice(1).join(' ')}`);
  }
  const read = <T>(option: string): T | undefined => readOption(rows.find((row) => row.name === option)!, values[option]) as T | undefined;
  const given = <K extends string, T>(key: K, value: T | undefined) => (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: T };
  read('weights');
  const common: InspectArguments = {
    file: positionals[0], inputs: read<string[]>('input') ?? [], seed: read<number>('seed') ?? 0, mode: read<'train' | 'eval'>('mode') ?? 'train',
    structure: values['structure'] === true, json: values['json'] === true, list: values['list'] === true, timeLimitSeconds: read<number>('time-limit') ?? 10,
    ...given('model', read<string>('model')), ...given('call', read<string>('call')), ...given('weights', read<string>('weights')), ...given('loss', read<LossKind>('loss')),
    ...given('memoryLimitMiB', read<number>('memory-limit')), ...given('root', read<string>('root')), ...given('output', read<string>('output')),
  };
  if (common.model !== undefined && common.call !== undefined) throw new UsageError('--model and --call: take one of them');
  if (name === 'inspect') return { kind: 'inspect', arguments: common };
  if (common.structure) throw new UsageError('--structure: training needs arithmetic');
  return {
    kind: 'train',
    arguments: {
      ...common, steps: read<number>('steps') ?? 300, every: read<number>('every') ?? 10,
      ...given('batch', read<number>('batch')), ...given('learningRate', read<number>('lr')), ...given('optimizer', read<OptimizerName>('optimizer')), ...given('data', read<string>('data')),
    },
  };
}

function parse(command: string, rows: readonly OptionRow[], words: readonly string[]): { readonly values: Words; readonly positionals: readonly string[] } {
  const config: NonNullable<ParseArgsConfig['options']> = {};
  for (const { name, short, value, isRepeated } of rows) {
    config[name] = { type: value ? 'string' : 'boolean', ...(short && { short }), ...(isRepeated && { multiple: true }) };
  }
  try {
    const { values, positionals } = parseArgs({ args: joinNegative(words, rows), options: config, allowPositionals: true, strict: true });
    return { values: values as Words, positionals };
  } catch (error) {
    const unknown = /^Unknown option '([^']+)'/.exec((error as Error).message)?.[1];
    if (unknown === undefined) throw new UsageError((error as Error).message.split(/[.\n]/)[0]);
    const isTrains = options.some(({ name, trainOnly }) => trainOnly && `--${name}` === unknown);
    throw new UsageError(isTrains && command === 'inspect' ? `${unknown}: an option of train, not of inspect` : `${unknown}: there is no such option (--help names them)`);
  }
}

/** `--seed -1` is a value that is refused with its reason, not a missing one. */
function joinNegative(words: readonly string[], rows: readonly OptionRow[]): string[] {
  const joined: string[] = [];
  for (const word of words) {
    const before = joined.at(-1);
    if (/^-\d/.test(word) && rows.some(({ name, value }) => value && before === `--${name}`)) joined[joined.length - 1] = `${before}=${word}`;
    else joined.push(word);
  }
  return joined;
}

function readOption({ name, read }: OptionRow, value: Words[string]): unknown {
  if (value === undefined || !read) return value;
  const one = (text: string): unknown => {
    try {
      return read(text);
    } catch (expected) {
      throw new UsageError(`--${name} ${text}: ${expected as string}`);
    }
  };
  return Array.isArray(value) ? value.map(one) : one(value as string);
}

function inputSpec(text: string): string {
  if (/^\d+(x\d+)*$/.test(text)) return text;
  const bounds = /^int:\d+(?:x\d+)*:(-?\d+)\.\.(-?\d+)$/.exec(text);
  if (!bounds) throw 'an input is written like 2x3x32x32 or int:2x128:0..65';
  if (Number(bounds[1]) >= Number(bounds[2])) throw 'the upper bound is excluded, so it must be above the lower one';
  return text;
}

function integer(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !Number.isInteger(value) || value < least || value > most) throw `a whole number from ${least} to ${most} is expected`;
    return value;
  };
}

function positive(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value <= 0) throw 'a number above 0 is expected';
  return value;
}

function oneOf(names: readonly string[]): (text: string) => string {
  return (text) => {
    if (!names.includes(text)) throw `one of ${names.join(', ')} is expected`;
    return text;
  };
}

function weightsFile(text: string): string {
  if (weightsFormatOf(text) === undefined) throw `weights are read from ${weightsEndings}`;
  return text;
}
