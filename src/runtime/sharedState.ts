// Memory that the runtime's two threads share: how the supervisor reaches a worker whose thread is busy with Python.

/** Words before the marks of cancelled requests. */
const words = 5;

/** Requests are told apart by the low bits of their ids; far more than can be open at once. */
const slots = 256;

export class SharedState {
  readonly #words: Int32Array;
  readonly #cancelled: Uint8Array;

  constructor(readonly buffer: SharedArrayBuffer = new SharedArrayBuffer(4 * words + slots)) {
    this.#words = new Int32Array(buffer, 0, words);
    this.#cancelled = new Uint8Array(buffer, 4 * words, slots);
  }

  beginRequest(id: number): void {
    Atomics.store(this.#cancelled, id % slots, 0);
  }
  cancel(id: number): void {
    Atomics.store(this.#cancelled, id % slots, 1);
  }
  isCancelled(id: number): boolean {
    return Atomics.load(this.#cancelled, id % slots) === 1;
  }

  /** Model code runs from now on, for at most `limitMs`; 0: it is done. */
  setPythonLimit(limitMs: number): void {
    if (limitMs > 0) this.statementLine = 0;
    Atomics.add(this.#words, 2, 1);
    Atomics.store(this.#words, 0, limitMs);
  }
  /** Another number for each time that model code began or ended: who looks now and then sees that it is not the same run. */
  get pythonRun(): number {
    return Atomics.load(this.#words, 2);
  }
  get pythonLimitMs(): number {
    return Atomics.load(this.#words, 0);
  }
  /** The top-level statement of the file that runs; 0: none yet. */
  set statementLine(line: number) {
    Atomics.store(this.#words, 1, line);
  }
  get statementLine(): number {
    return Atomics.load(this.#words, 1);
  }
  /** The request whose file has the interpreter; 0: none had it yet. */
  set runningRequest(id: number) {
    Atomics.store(this.#words, 3, id);
  }
  get runningRequest(): number {
    return Atomics.load(this.#words, 3);
  }
  /** Which of the models to show is called: 0 is the main one, -1 none. */
  set calledModel(position: number) {
    Atomics.store(this.#words, 4, position + 1);
  }
  get calledModel(): number {
    return Atomics.load(this.#words, 4) - 1;
  }
}
