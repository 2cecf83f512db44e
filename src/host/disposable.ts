// Ownership: whoever opens a thing registers it here, and closing the owner closes it. No `vscode`, so that plain tests can use it.

export interface Closable {
  dispose(): unknown;
}

/** Owns what is given to `own`; disposes it last opened, first closed. */
export abstract class Disposable {
  #isDisposed = false;
  readonly #owned: Closable[] = [];

  protected get isDisposed(): boolean {
    return this.#isDisposed;
  }

  protected own<T extends Closable>(thing: T): T {
    if (this.#isDisposed) thing.dispose();
    else this.#owned.push(thing);
    return thing;
  }

  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    for (const thing of this.#owned.reverse()) thing.dispose();
    this.#owned.length = 0;
  }
}

/** Listeners of one kind of change. */
export class Signal<T> {
  readonly #listeners = new Set<(value: T) => void>();

  /** Hears every change until the returned registration is disposed. */
  readonly on = (listener: (value: T) => void): Closable => {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  };

  fire(value: T): void {
    for (const listener of [...this.#listeners]) listener(value);
  }
}
