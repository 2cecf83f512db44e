// What a training tells while it runs: where it is, and the losses and accuracies of all steps since it told last.
import type { ModelReport } from '../protocol/report.ts';
import type { TrainingProgress, TrainOptions } from '../protocol/runtimeApi.ts';

/** Progress is told this often, so that drawing it does not slow the run. */
const toldEveryMs = 100;

/** Who is told, and of which run. */
export interface ProgressListener {
  readonly runId: number;
  readonly train: TrainOptions;
  onProgress(progress: TrainingProgress): void;
  /** Milliseconds of a clock that only rises. */
  now(): number;
}

export class ProgressTeller {
  #told: number;
  #spentMs = 0;
  #step = 0;
  #loss = NaN;
  #accuracy: number | null = null;
  #losses: number[] = [];
  #accuracies: number[] = [];

  constructor(private readonly listener: ProgressListener) {
    this.#told = listener.now();
  }

  /** Whether it is time to tell again. */
  get isDue(): boolean {
    return this.listener.now() - this.#told >= toldEveryMs;
  }

  /** After a pause. */
  restart(): void {
    this.#told = this.listener.now();
  }

  /** A step that is done, and what it took. */
  add(step: number, loss: number, accuracy: number | null, spentMs: number): void {
    this.#step = step;
    this.#loss = loss;
    this.#accuracy = accuracy;
    this.#spentMs += spentMs;
    this.#losses.push(loss);
    if (accuracy !== null) this.#accuracies.push(accuracy);
  }

  /** `model`: the layers' figures, where the step took them; `updateToData`: as many as it has layers. */
  tell(model: ModelReport | null, updateToData: readonly (number | null)[]): void {
    const { runId, train: { steps } } = this.listener;
    this.listener.onProgress({
      runId, step: this.#step, steps, loss: this.#loss, accuracy: this.#accuracy, stepsPerSecond: (1000 * this.#step) / Math.max(this.#spentMs, 0.001),
      model, updateToData, losses: this.#losses, accuracies: this.#accuracies,
    });
    this.#losses = [];
    this.#accuracies = [];
    this.restart();
  }

  /** Tells of steps that nobody has been told of. */
  tellRest(): void {
    if (this.#losses.length > 0) this.tell(null, []);
  }
}
