// Serves the runtime's requests on the worker thread: one file at a time in the interpreter, training beside it.
import type { RequestHandlers } from '../protocol/rpc.ts';
import type { InspectRequest, InspectResult, InspectStage, RuntimeContract, TrainingProgress, TrainRequest, TrainResult } from '../protocol/runtimeApi.ts';
import type { Engine } from '../engine/engine.ts';
import type { FileRun } from '../python/fileRun.ts';
import type { Interpreter } from '../python/interpreter.ts';
import type { PythonWeights } from '../python/pythonWeights.ts';
import { inspect, runFile, type RunContext } from './inspection.ts';
import { readWeights, type LoadHdf5 } from './weightsReading.ts';
import type { SharedState } from './sharedState.ts';
import { TrainingRuns } from './trainingRuns.ts';

export interface ServiceEvents {
  log(level: 'info' | 'warning' | 'error', text: string): void;
  progress(progress: TrainingProgress): void;
  inspecting(stage: InspectStage): void;
}

/** Nobody reads faster than that; a file that is done before says nothing. */
const stageIntervalMs = 500;

export class RuntimeService {
  /** Id of the request that is handed to the handlers next: a handler takes it before it waits for anything. */
  nextRequest = 0;
  /** Ids of values rise over all runs: the next begins behind the last. */
  #last: FileRun | undefined;
  readonly #runs: TrainingRuns;

  readonly handlers: RequestHandlers<RuntimeContract> = {
    inspect: (request) => this.#inspect(request),
    train: (request, signal) => this.#train(request, signal),
    pauseTraining: ({ runId }) => this.#runs.pause(runId),
    resumeTraining: ({ runId }) => this.#runs.resume(runId),
    stopTraining: ({ runId }) => this.#runs.stop(runId),
  };

  constructor(
    private readonly interpreter: Interpreter, private readonly engine: Engine, private readonly shared: SharedState,
    private readonly events: ServiceEvents, private readonly loadHdf5: LoadHdf5,
  ) {
    this.#runs = new TrainingRuns(engine, (progress) => events.progress(progress));
  }

  async #inspect(request: InspectRequest): Promise<InspectResult> {
    const context = this.#context();
    const weights = await this.#weightsOf(request);
    const start = performance.now();
    const run = this.#run(request, context, weights);
    const python = performance.now() - start;
    const result = inspect(run, request, context, () => performance.now());
    return { ...result, durationMs: { ...result.durationMs, python: result.durationMs.python + python } };
  }

  async #train(request: TrainRequest, signal: AbortSignal): Promise<TrainResult> {
    const context = this.#context();
    return this.#runs.start(request, signal, context.isCancelled, this.#weightsOf(request).then((weights) => () => this.#run(request, context, weights)));
  }

  async #weightsOf({ options: { weights } }: InspectRequest): Promise<PythonWeights | undefined> {
    return weights && readWeights(weights, this.loadHdf5);
  }

  /** Nothing may be waited for between a run and its traces: the next run takes the interpreter. */
  #run(request: InspectRequest, context: RunContext, weights: PythonWeights | undefined): FileRun {
    this.shared.runningRequest = context.request;
    this.shared.calledModel = -1;
    const run = runFile(request, context, { firstId: this.#last?.recorder.nextId ?? 0, ...(weights && { weights }) });
    this.#last = run;
    return run;
  }

  #context(): RunContext {
    const id = this.nextRequest;
    let toldAt = performance.now();
    return {
      request: id,
      engine: this.engine,
      interpreter: this.interpreter,
      isCancelled: () => this.shared.isCancelled(id),
      onStatement: (line) => (this.shared.statementLine = line),
      onModel: (position) => (this.shared.calledModel = position),
      onStage: (stage) => {
        const now = performance.now();
        if (now - toldAt < stageIntervalMs) return;
        toldAt = now;
        this.events.inspecting(stage);
      },
      log: (level, text) => this.events.log(level === 'error' || level === 'warning' ? level : 'info', text),
    };
  }
}
