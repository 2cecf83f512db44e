// Stops Python that runs too long or is no longer wanted. CPython asks for pending signals every few dozen bytecodes by
// reading element 0 of a buffer: this one computes its answer, so that a time limit needs no second thread.

const sigint = 2;

/** The interrupt buffer of an interpreter. One run at a time. */
export class Interrupt {
  #deadline = Infinity;
  #isCancelled: () => boolean = () => false;
  /** Why the last run was interrupted; undefined: it was not. */
  reason: 'time' | 'cancelled' | undefined;

  /** `now`: a clock in milliseconds. `onLimit`: told the limit when a run begins, 0 when it has ended. */
  constructor(private readonly now: () => number, private readonly onLimit: (limitMs: number) => void = () => {}) {}

  /** Runs `run` under a limit of milliseconds; Python gets a KeyboardInterrupt when it is over or `isCancelled` says so. */
  guard<T>(limitMs: number, isCancelled: () => boolean, run: () => T): T {
    this.#deadline = this.now() + limitMs;
    this.#isCancelled = isCancelled;
    this.reason = undefined;
    this.onLimit(limitMs);
    try {
      return run();
    } finally {
      this.#deadline = Infinity;
      this.#isCancelled = () => false;
      this.onLimit(0);
    }
  }

  /** True once the running work should end; says why in `reason`. */
  isDue(): boolean {
    if (this.#isCancelled()) this.reason = 'cancelled';
    else if (this.now() > this.#deadline) this.reason = 'time';
    else return false;
    return true;
  }

  /** What Pyodide takes as its interrupt buffer. After an interrupt, a second passes before the next, so that Python can report it. */
  asBuffer(): Uint8Array {
    const interrupt = this;
    return Object.defineProperty(Object.create(null), '0', {
      get() {
        if (!interrupt.isDue()) return 0;
        interrupt.#deadline = interrupt.now() + 1000;
        interrupt.#isCancelled = () => false;
        return sigint;
      },
      set() {},
    }) as Uint8Array;
  }
}
