// The training runs of this process, by the ids that their starters gave them.
import { trainingDefaults } from '../analysis/trainingDefaults.ts';
import { quickTrain, TrainingError } from '../training/quickTrain.ts';
import { TrainingControl } from '../training/trainingControl.ts';
import type { TrainingProgress, TrainRequest, TrainResult } from '../protocol/runtimeApi.ts';
import type { Engine } from '../engine/engine.ts';
import { typeOf } from '../graph/graph.ts';
import type { FileRun, TracedModel } from '../python/fileRun.ts';

export class TrainingRuns {
  readonly #controls = new Map<number, TrainingControl>();

  constructor(private readonly engine: Engine, private readonly onProgress: (progress: TrainingProgress) => void) {}

  /**
   * Runs the file, traces the model that the request names and trains it until it is done or stopped, which it can be from now on. Aborting the request
   * stops it too, `isCancelled` even within a step. `prepared` runs the file, and is called right before the trace: no other file's run may come between them.
   */
  async start(request: TrainRequest, signal: AbortSignal, isCancelled: () => boolean, prepared: Promise<() => FileRun>): Promise<TrainResult> {
    const { options, train, runId } = request;
    const control = new TrainingControl();
    this.#controls.set(runId, control);
    const stop = () => control.stop();
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    try {
      const run = (await prepared)();
      const { trace, diagnostics } = traceForTraining(run, request);
      if (!trace || trace.outputs.length === 0) throw new TrainingError(whyNoModel([...run.diagnostics, ...diagnostics], request.source.path));
      const result = await quickTrain({
        runId, graph: run.recorder.graph, trace, train, control,
        report: {
          engine: this.engine,
          isCancelled,
          seed: options.seed,
          ...(options.loss && { loss: options.loss }),
          memoryLimitBytes: options.memoryLimitMiB * 2 ** 20,
          constants: run.recorder.constantOf,
          sites: run.sites,
        },
        onProgress: this.onProgress,
        yieldTurn: () => new Promise((resolve) => setImmediate(resolve)),
        now: () => performance.now(),
      });
      return { ...result, diagnostics: [...diagnostics, ...result.diagnostics] };
    } finally {
      signal.removeEventListener('abort', stop);
      this.#controls.delete(runId);
    }
  }

  pause(runId: number): void {
    this.#controls.get(runId)?.pause();
  }
  resume(runId: number): void {
    this.#controls.get(runId)?.resume();
  }
  stop(runId: number): void {
    this.#controls.get(runId)?.stop();
  }
}

/** A file that tries its model on one sample is trained in batches all the same. */
function traceForTraining(run: FileRun, { options, train }: TrainRequest): TracedModel {
  const name = options.model ?? null;
  const traced = run.trace(name, train.batch ?? options.batch ?? null);
  const { graph } = run.recorder;
  const input = traced.trace?.inputs[0];
  const isSingle = input !== undefined && input.origin === 'file' && typeOf(graph, input.value).shape[0] === 1;
  if (!isSingle || train.batch !== undefined || options.batch !== undefined) return traced;
  const batched = run.trace(name, trainingDefaults(graph, traced.trace!).batchSize);
  const isTraced = batched.trace !== null && batched.trace.outputs.length > 0;
  // What was said of the first call is not said again of the second.
  return isTraced ? { ...batched, diagnostics: [...traced.diagnostics, ...batched.diagnostics] } : traced;
}

/** `source`: path of the file that was run. */
function whyNoModel(diagnostics: FileRun['diagnostics'], source: string): string {
  const first = diagnostics.find(({ severity }) => severity === 'error');
  if (!first) return 'The file has no model to train.';
  if (!first.range) return first.message;
  const { file, line } = first.range;
  return `${first.message} (${file === source ? '' : `${file.replace(/^.*[/\\]/, '')}, `}line ${line})`;
}
