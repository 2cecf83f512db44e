// Starts the runtime process with the strictest protections that this Node (or Electron as Node) takes. Used by the
// extension host and by the command alike.
import { fork, type ChildProcess } from 'node:child_process';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { Rpc, type EventHandlers, type Message } from '../protocol/rpc.ts';
import type { RuntimeClientContract, RuntimeContract } from '../protocol/runtimeApi.ts';

export interface LaunchOptions {
  /** Path of dist/runtime.js. */
  readonly entry: string;
  /** Folders that the process may read besides its own: workspace roots. */
  readonly readableRoots: readonly string[];
  readonly events: EventHandlers<RuntimeContract>;
  /** Tries 256-bit instructions, behind a flag of V8's: see `compileKernels`. */
  readonly revectorize?: boolean;
  /** Node flags to start with, in place of the strictest set that starts. */
  readonly flags?: readonly string[];
  /** Milliseconds that a start may take. */
  readonly startLimitMs?: number;
  /** What the process writes to stderr: warnings of Node's, a crash. */
  onStderr(text: string): void;
}

export interface RuntimeConnection {
  readonly rpc: Rpc<RuntimeClientContract, RuntimeContract>;
  readonly pid: number;
  readonly startupMs: number;
  readonly protections: readonly string[];
  /** The tensor engine, in words. */
  readonly engine: string;
  /** Called once, when the process is gone; pending calls were rejected before. */
  onDidExit(listener: (code: number | null, signal: string | null) => void): void;
  dispose(): void;
}

/** What src/runtime/main.ts looks for among its arguments. */
export const revectorizeArgument = '--revectorize';

/** One set of Node flags, and what is told when it had to be left out. */
type FlagSet = (options: LaunchOptions) => readonly string[];

const noStrings: FlagSet = () => ['--disallow-code-generation-from-strings'];
const permissionModel = (flag: string): FlagSet => ({ entry, readableRoots }) => [
  flag, '--allow-worker', ...outermost([dirname(entry), ...readableRoots]).map((folder) => `--allow-fs-read=${join(folder, '*')}`),
];

/** Without folders that are equal to another or lie below it: Node 20 aborts at a pattern that it was given twice, and denies the outer of two, one of which is in the other. */
function outermost(folders: readonly string[]): string[] {
  const isWithin = (folder: string, other: string) => !/^\.\.($|[\\/])/.test(relative(other, folder)) && !isAbsolute(relative(other, folder));
  return [...new Set(folders.map((folder) => resolve(folder)))].filter((folder, _, all) => !all.some((other) => other !== folder && isWithin(folder, other)));
}

/** From strict to bare. The doors of src/python/doors.ts are closed under each of them. */
const attempts: readonly (readonly FlagSet[])[] = [
  [noStrings, permissionModel('--permission')],
  [noStrings, permissionModel('--experimental-permission')],
  [permissionModel('--permission')],
  [permissionModel('--experimental-permission')],
  [noStrings],
  [],
];
/** Index into `attempts` of the first that started here; later starts begin with it. */
let strictest = 0;

const defaultStartLimitMs = 30_000;

/** The process did not say in time that it is ready: a machine that is busy or was asleep, and no word against the flags. */
class LateStartError extends Error {}

/** Starts the process and waits until it is ready. Throws what it said if no set of flags starts it. */
export async function launchRuntime(options: LaunchOptions): Promise<RuntimeConnection> {
  if (options.flags) return start(options, options.flags);
  let failure = '';
  for (let attempt = strictest; attempt < attempts.length; attempt++) {
    try {
      const connection = await start(options, attempts[attempt].flatMap((flags) => flags(options)));
      strictest = attempt;
      return connection;
    } catch (error) {
      if (error instanceof LateStartError) throw error;
      failure = (error as Error).message;
    }
  }
  throw new Error(`the runtime does not start: ${failure}`);
}

function start(options: LaunchOptions, flags: readonly string[]): Promise<RuntimeConnection> {
  const child = fork(options.entry, options.revectorize ? [revectorizeArgument] : [], {
    execArgv: ['--no-warnings', ...flags],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: { ...bareEnvironment(), ELECTRON_RUN_AS_NODE: '1' },
  });
  return new Promise((resolve, reject) => {
    let words = '';
    let isReady = false;
    child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      if (isReady) options.onStderr(text);
      else words += text;
    });
    const exits: ((code: number | null, signal: string | null) => void)[] = [];
    const rpc: RuntimeConnection['rpc'] = new Rpc((message) => send(child, message), {}, {
      ...options.events,
      ready: (payload) => {
        isReady = true;
        clearTimeout(timer);
        options.events.ready(payload);
        resolve({
          rpc, pid: child.pid!, startupMs: payload.startupMs, protections: payload.protections, engine: payload.engine,
          onDidExit: (listener) => exits.push(listener),
          dispose: () => child.kill('SIGKILL'),
        });
      },
    });
    const limitMs = options.startLimitMs ?? defaultStartLimitMs;
    const timer = setTimeout(() => {
      reject(new LateStartError(`the runtime did not start within ${limitMs / 1000} s`));
      child.kill('SIGKILL');
    }, limitMs);
    child.on('message', (message) => rpc.receive(message as Message));
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.on('exit', (code, signal) => {
      clearTimeout(timer);
      rpc.close(`the runtime ended (${signal ?? `status ${code}`})`);
      if (!isReady) reject(new Error(reasonIn(words) || `it ended with ${signal ?? `status ${code}`}`));
      for (const listener of exits) listener(code, signal);
    });
  });
}

/** Of all that Node writes when it ends, the line that says why: Node's version is the last one. */
function reasonIn(words: string): string {
  const lines = words.trim().split('\n');
  return lines.find((line) => /^\w*Error\b.*:/.test(line)) ?? lines.at(-1)!;
}

function send(child: ChildProcess, message: Message): void {
  // A child that has just died is told of by its 'exit' event.
  if (child.connected) child.send(message, () => {});
}

/** Model code learns nothing of the user's environment; what Node itself needs stays. */
function bareEnvironment(): Record<string, string> {
  const kept = ['PATH', 'SystemRoot', 'TEMP', 'TMP', 'TMPDIR', 'LD_LIBRARY_PATH'];
  return Object.fromEntries(kept.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]!]])));
}
