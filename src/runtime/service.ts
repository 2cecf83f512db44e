// Serves the runtime's requests on the worker thread: one file at a time in the interpreter, training beside it.
import type { RequestHandlers } from '../protocol/rpc.ts';
import type { InspectRequest, InspectResult, RuntimeContract, TrainingProgress } from '../protocol/runtimeApi.ts';
import type { FileRun } from '../python/fileRun.ts';
import type { Interpreter } from '../python/interpreter.ts';
import { inspect, runFile, type RunContext } from './inspection.ts';
import type { SharedState } from './sharedState.ts';
import { TrainingRuns } from './trainingRuns.ts';

export interface ServiceEvents {
  log(level: 'info' | 'warning' | 'error', text: string): void;
  progress(progress: TrainingProgress): void;
}

export class RuntimeService {
  /** Id of the request that is handed to the handlers next: a handler takes it before it waits for anything. */
  nextRequest = 0;
  /** Ids of values rise over all runs: the next begins behind the last. */
  #last: FileRun | undefined;
  readonly #runs: TrainingRuns;

  readonly handlers: RequestHandlers<RuntimeContract> = {
    inspect: (request) => this.#inspect(request),
    train: (request, signal) => this.#runs.start(this.#run(request, this.#context()), request, signal),
    pauseTraining: ({ runId }) => this.#runs.pause(runId),
    resumeTraining: ({ runId }) => this.#runs.resume(runId),
    stopTraining: ({ runId }) => this.#runs.stop(runId),
  };

  constructor(private readonly interpreter: Interpreter, private readonly shared: SharedState, private readonly events: ServiceEvents) {
    this.#runs = new TrainingRuns((progress) => events.progress(progress));
  }

  #inspect(request: InspectRequest): InspectResult {
    const context = this.#context();
    const start = performance.now();
    const run = this.#run(request, context);
    const python = performance.now() - start;
    const result = inspect(run, request, context, () => performance.now());
    return { ...result, durationMs: { ...result.durationMs, python: result.durationMs.python + python } };
  }

  #run(request: InspectRequest, context: RunContext): FileRun {
    const run = runFile(request, context);
    this.#last = run;
    return run;
  }

  #context(): RunContext {
    const id = this.nextRequest;
    return {
      interpreter: this.interpreter,
      firstId: this.#last?.recorder.nextId ?? 0,
      isCancelled: () => this.shared.isCancelled(id),
      onStatement: (line) => (this.shared.statementLine = line),
      log: (level, text) => this.events.log(level === 'error' || level === 'warning' ? level : 'info', text),
    };
  }
}
