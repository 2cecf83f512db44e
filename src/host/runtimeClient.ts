// The host's one connection to the runtime process: started when first needed, started again after it ended (an ordinary event), and ended by us when
// a request takes longer than it may. Inspections take turns, so that a time limit counts the work of its own request only.
import { CancelledError, ConnectionClosedError } from '../protocol/rpc.ts';
import type { EventHandlers, Rpc } from '../protocol/rpc.ts';
import type { InspectRequest, InspectResult, InspectStage, RuntimeClientContract, RuntimeContract, TrainingProgress, TrainRequest, TrainResult } from '../protocol/runtimeApi.ts';
import { Signal } from './disposable.ts';

/** A running runtime process. */
export interface RuntimeConnection {
  readonly rpc: Rpc<RuntimeClientContract, RuntimeContract>;
  readonly pid: number | undefined;
  /** The protections it runs under, strictest first, in words. */
  readonly protections: readonly string[];
  /** The tensor engine, in words. */
  readonly engine: string;
  /** Called once, when the process is gone; what was pending has been rejected before. */
  onDidExit(listener: (code: number | null, signal: string | null) => void): unknown;
  dispose(): unknown;
}

export type Launch = (readableRoots: readonly string[], events: EventHandlers<RuntimeContract>) => Promise<RuntimeConnection>;

/** Beyond the time that the file's Python may take: for starting, tracing and the engine. */
const engineGraceSeconds = 60;

export class RuntimeClient {
  #connection: Promise<RuntimeConnection> | undefined;
  #current: RuntimeConnection | undefined;
  /** Set right before the process is ended for its request's time: that request is not made again. */
  #limitReached: string | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  #isDisposed = false;
  readonly #roots = new Set<string>();
  /** Training runs that are going on, by their ids. */
  readonly #trainings = new Map<number, RuntimeConnection>();
  readonly #progress = new Signal<TrainingProgress>();
  #onStage: (stage: InspectStage) => void = () => {};

  readonly onTrainingProgress = this.#progress.on;

  /** `log` writes a line of the output channel. */
  constructor(
    private readonly launch: Launch,
    private readonly log: (line: string) => void,
    private readonly graceSeconds = engineGraceSeconds,
  ) {}

  /** Process id of the runtime, if it runs. */
  get pid(): number | undefined {
    return this.#current?.pid;
  }

  /** Runs a file. After a death of the process that was not ours the request is made once more. `onStage` is told what it is at. */
  inspect(request: InspectRequest, signal: AbortSignal, onStage: (stage: InspectStage) => void = () => {}): Promise<InspectResult> {
    const result = this.#turn.then(() => {
      this.#onStage = (stage) => !signal.aborted && onStage(stage);
      return this.#inspectNow(request, signal);
    });
    this.#turn = result.catch(() => undefined);
    return untilAborted(result, signal);
  }

  async train(request: TrainRequest, signal: AbortSignal): Promise<TrainResult> {
    const connection = await this.#connect(request.root);
    this.#trainings.set(request.runId, connection);
    try {
      return await connection.rpc.call('train', request, signal);
    } finally {
      this.#trainings.delete(request.runId);
      if (connection !== this.#current && !this.#isTraining(connection)) await connection.dispose();
    }
  }

  #isTraining(connection: RuntimeConnection): boolean {
    return [...this.#trainings.values()].includes(connection);
  }

  async control(method: 'pauseTraining' | 'resumeTraining' | 'stopTraining', runId: number): Promise<void> {
    await (this.#trainings.get(runId) ?? this.#current)?.rpc.call(method, { runId });
  }

  /** Ends the process; the next request starts another. */
  async end(reason: string): Promise<void> {
    const connection = await this.#connection?.catch(() => undefined);
    if (!connection || connection !== this.#current) return;
    this.#forget(connection);
    this.log(`runtime ended: ${reason}`);
    connection.rpc.close(reason);
    await connection.dispose();
  }

  dispose(): void {
    this.#isDisposed = true;
    for (const connection of new Set(this.#trainings.values())) void connection.dispose();
    void this.end('the editor is closing');
  }

  async #inspectNow(request: InspectRequest, signal: AbortSignal): Promise<InspectResult> {
    for (let attempt = 1; ; attempt++) {
      if (signal.aborted) throw new CancelledError();
      const connection = await this.#connect(request.root);
      this.#limitReached = undefined;
      const limitSeconds = request.options.timeLimitSeconds + (request.options.figureLimitSeconds ?? 0) + this.graceSeconds;
      const timer = setTimeout(() => {
        this.#limitReached = `The run took longer than ${limitSeconds} s and was ended.`;
        void this.end(this.#limitReached);
      }, limitSeconds * 1000);
      try {
        return await connection.rpc.call('inspect', request, signal);
      } catch (error) {
        if (!(error instanceof ConnectionClosedError) || this.#isDisposed) throw error;
        if (this.#limitReached !== undefined) throw new Error(this.#limitReached);
        if (attempt === 2) throw new Error(`The runtime ended twice while it ran this file (${error.message}). It starts again with the next edit.`);
        this.log('running the file once more');
      } finally {
        clearTimeout(timer);
      }
    }
  }

  #connect(root: string | null): Promise<RuntimeConnection> {
    if (this.#isDisposed) return Promise.reject(new ConnectionClosedError('the editor is closing'));
    if (root !== null && !this.#roots.has(root)) {
      // The process may read only what it was started with, so another folder needs another process.
      this.#roots.add(root);
      if (this.#connection) return this.#replace(`another folder is read now: ${root}`).then(() => this.#connect(root));
    }
    this.#connection ??= this.#start();
    return this.#connection;
  }

  /** Ends the process, or leaves it to the training that it is at: it ends with that. */
  async #replace(reason: string): Promise<void> {
    const connection = await this.#connection?.catch(() => undefined);
    if (!connection || connection !== this.#current) return;
    if (!this.#isTraining(connection)) return this.end(reason);
    this.#forget(connection);
    this.log(`another runtime is started, and the one before ends when its training does: ${reason}`);
  }

  async #start(): Promise<RuntimeConnection> {
    const startedAt = performance.now();
    try {
      const connection = await this.launch([...this.#roots], {
        ready: ({ startupMs }) => this.log(`runtime ready in ${Math.round(startupMs)} ms`),
        trainingProgress: (progress) => this.#progress.fire(progress),
        inspecting: (stage) => this.#onStage(stage),
        log: ({ level, text }) => this.log(level === 'info' ? text : `${level}: ${text}`),
      });
      this.#current = connection;
      this.log(`runtime started (process ${connection.pid}) in ${Math.round(performance.now() - startedAt)} ms; protections: ${connection.protections.join(', ') || 'closed doors only'}; tensor engine: ${connection.engine}`);
      connection.onDidExit((code, signal) => {
        if (this.#current !== connection) return;
        this.#forget(connection);
        this.log(`runtime ended (${signal ?? `status ${code}`}); it starts again when it is needed`);
      });
      return connection;
    } catch (error) {
      this.#connection = undefined;
      const message = error instanceof Error ? error.message : String(error);
      this.log(`runtime did not start: ${message}`);
      throw new Error(`The runtime did not start: ${message}`, { cause: error });
    }
  }

  #forget(connection: RuntimeConnection): void {
    if (this.#current !== connection) return;
    this.#current = undefined;
    this.#connection = undefined;
  }
}

/** Rejects with `CancelledError` as soon as the signal is aborted, also while the request waits for its turn. */
function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(new CancelledError());
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
