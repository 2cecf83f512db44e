// Memory that the runtime's two threads share: how the supervisor reaches a worker whose thread is busy with Python.

/** Requests are told apart by the low bits of their ids; far more than can be open at once. */
const slots = 256;

export class SharedState {
  readonly #words: Int32Array;
  readonly #cancelled: Uint8Array;

  constructor(readonly buffer: SharedArrayBuffer = new SharedArrayBuffer(16 + slots)) {
    this.#words = new Int32Array(buffer, 0, 4);
    this.#cancelled = new Uint8Array(buffer, 16, slots);
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
    Atomics.store(this.#words, 1, 0);
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
}
