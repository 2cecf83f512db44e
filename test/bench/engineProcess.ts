// One engine's process for one workload, seen from the bench.
import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Engine } from './engineTable.ts';
import type { FromEngine, ToEngine, Variant } from './engines/protocol.ts';
import type { WorkloadId } from './workloads.ts';

/** The engine cannot do the workload; the message is its own. */
export class EngineFailure extends Error {
  override readonly name = 'EngineFailure';
}

export class EngineProcess {
  description = '';
  variants: readonly Variant[] = [];
  readonly #child: ChildProcess;
  readonly #messages: AsyncIterator<FromEngine>;
  #said = '';

  /** Ends when the workload is prepared and warm. Throws `EngineFailure`. */
  static async start(engine: Engine, workload: WorkloadId, tensorPath: string): Promise<EngineProcess> {
    const started = new EngineProcess(engine, workload, tensorPath);
    const message = await started.#next();
    if (!('ready' in message)) throw new Error(`${engine.title} answered ${JSON.stringify(message)} before it was ready`);
    return Object.assign(started, message.ready);
  }

  private constructor(readonly engine: Engine, workload: WorkloadId, tensorPath: string) {
    this.#child = spawn(engine.command, [...engine.words, workload, `${engine.threads}`, tensorPath], {
      env: { ...process.env, ...engine.environment }, stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.#child.on('error', (error) => (this.#said += error.message));
    this.#child.stderr!.on('data', (text: Buffer) => (this.#said += text.toString()));
    // A process that ended is found out by reading from it.
    this.#child.stdin!.on('error', () => {});
    this.#messages = messagesOf(this.#child);
  }

  /** Milliseconds a step. Throws `EngineFailure`. */
  async block(variant: string, blockMs: number): Promise<number> {
    this.#child.stdin!.write(`${JSON.stringify({ variant, blockMs } satisfies ToEngine)}\n`);
    const message = await this.#next();
    if (!('block' in message)) throw new Error(`${this.engine.title} answered ${JSON.stringify(message)} instead of a block`);
    return message.block.msPerStep;
  }

  async close(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.stdin!.end();
    await ended;
  }

  async #next(): Promise<Exclude<FromEngine, { failed: string }>> {
    const { value, done } = await this.#messages.next();
    if (done) throw new EngineFailure(errorIn(this.#said));
    const message = value as FromEngine;
    if ('failed' in message) throw new EngineFailure(message.failed);
    return message;
  }
}

/** Libraries write to the standard output too: only lines that are JSON objects are messages. */
async function* messagesOf(child: ChildProcess): AsyncGenerator<FromEngine> {
  for await (const line of createInterface({ input: child.stdout! })) {
    if (line.startsWith('{"')) yield JSON.parse(line) as FromEngine;
  }
}

/** The line of a stack trace, of Node's or Python's, that says what went wrong. */
function errorIn(said: string): string {
  const lines = said.trim().split('\n').map((line) => line.trim());
  return lines.findLast((line) => /^\w*(Error|Exception)\b.*:/.test(line)) ?? (lines.at(-1) || 'its process ended');
}
