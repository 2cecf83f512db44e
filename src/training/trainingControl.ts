// Pause, resume and stop of one training run, from whoever started it.

export class TrainingControl {
  #isStopped = false;
  #resume: (() => void) | undefined;
  #paused: Promise<void> | undefined;

  get isStopped(): boolean {
    return this.#isStopped;
  }

  pause(): void {
    this.#paused ??= new Promise((resolve) => (this.#resume = resolve));
  }

  resume(): void {
    this.#resume?.();
    this.#paused = undefined;
    this.#resume = undefined;
  }

  /** Ends the run after the step in progress, a paused one too. */
  stop(): void {
    this.#isStopped = true;
    this.resume();
  }

  get isPaused(): boolean {
    return this.#paused !== undefined;
  }

  /** Resolves at once unless paused. */
  async whilePaused(): Promise<void> {
    await this.#paused;
  }
}
