// What is known of every document that is looked at. Readers (lenses, hovers, problems, the panel) only read; the document inspector fills it.
import type { InspectResult, InspectStage } from '../protocol/runtimeApi.ts';
import type { Closable } from './disposable.ts';
import { Signal } from './disposable.ts';
import { Inspection } from './inspection.ts';

export class InspectionStore {
  readonly #inspections = new Map<string, Inspection>();
  readonly #registrations = new Map<string, Closable>();
  readonly #changed = new Signal<string>();

  /** Tells the key of a document whose state changed, or that is no longer looked at. */
  readonly onDidChange = this.#changed.on;

  /** `key` is the document's URI. */
  get(key: string): Inspection | undefined {
    return this.#inspections.get(key);
  }

  entries(): IterableIterator<[string, Inspection]> {
    return this.#inspections.entries();
  }

  open(key: string, file: string, run: (signal: AbortSignal, onStage: (stage: InspectStage) => void) => Promise<InspectResult>): Inspection {
    const known = this.#inspections.get(key);
    if (known) return known;
    const inspection = new Inspection(file, run);
    this.#inspections.set(key, inspection);
    this.#registrations.set(key, inspection.onDidChange(() => this.#changed.fire(key)));
    return inspection;
  }

  close(key: string): void {
    const inspection = this.#inspections.get(key);
    if (!inspection) return;
    this.#registrations.get(key)?.dispose();
    this.#registrations.delete(key);
    this.#inspections.delete(key);
    inspection.dispose();
    this.#changed.fire(key);
  }

  dispose(): void {
    for (const key of [...this.#inspections.keys()]) this.close(key);
  }
}
