// Gathers what a training run tells into the state that the panel draws. Pure.
import type { TrainingState } from '../protocol/panelApi.ts';
import type { TrainingProgress, TrainResult } from '../protocol/runtimeApi.ts';

export class TrainingRun {
  readonly #loss: number[] = [];
  readonly #accuracy: number[] = [];
  #progress: TrainingProgress;
  #isPaused = false;
  #isOutdated = false;
  #isDisplaced = false;
  #outcome: { readonly result: TrainResult } | { readonly message: string } | undefined;

  constructor(readonly runId: number, steps: number) {
    this.#progress = { runId, step: 0, steps, loss: NaN, accuracy: null, stepsPerSecond: 0, model: null, updateToData: [], losses: [], accuracies: [] };
  }

  get progress(): TrainingProgress {
    return this.#progress;
  }

  get isActive(): boolean {
    return this.#outcome === undefined;
  }

  /** Takes an event of this run. The last report of the layers stays until there is a newer one. */
  advance(progress: TrainingProgress): void {
    this.#loss.push(...progress.losses);
    this.#accuracy.push(...progress.accuracies);
    const { model, updateToData } = progress.model ? progress : this.#progress;
    this.#progress = { ...progress, model, updateToData };
  }

  pause(isPaused: boolean): void {
    this.#isPaused = isPaused;
  }

  /** Notes that the file or the settings are no longer those that it began with. */
  outdate(): void {
    this.#isOutdated = true;
  }

  /** Notes that it is stopped for another run. */
  displace(): void {
    this.#isDisplaced = true;
  }

  end(result: TrainResult): void {
    const isStoppedForAnother = this.#isDisplaced && result.reason === 'stopped';
    this.#outcome = { result: isStoppedForAnother ? { ...result, message: 'Another training was started, and one runs at a time.' } : result };
  }

  fail(message: string): void {
    this.#outcome = { message };
  }

  get state(): TrainingState {
    const told = { progress: this.#progress, curves: { loss: [...this.#loss], accuracy: [...this.#accuracy] }, isOutdated: this.#isOutdated };
    if (this.#outcome === undefined) return { kind: this.#isPaused ? 'paused' : 'running', ...told };
    return 'result' in this.#outcome ? { kind: 'ended', ...told, result: this.#outcome.result } : { kind: 'failed', message: this.#outcome.message };
  }
}
