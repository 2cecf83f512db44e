// The state of one document: when it is run, what is known of it now, and where the places of the last good result stand in the text being typed.
// Knows nothing of editors or processes, so that its timing is tested in plain mocha.
import { CancelledError } from '../protocol/rpc.ts';
import type { Diagnostic } from '../protocol/report.ts';
import type { InspectResult, InspectStage } from '../protocol/runtimeApi.ts';
import type { SourceRange } from '../protocol/source.ts';
import { Signal } from './disposable.ts';
import { shiftRange } from './positionShift.ts';
import type { TextChange } from './positionShift.ts';

export type InspectionState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'loading'; readonly last: InspectResult | null; /** What it is at, once it takes long. */ readonly stage: InspectStage | null }
  /** The file did not run, or no model of it did; `last` is the latest result that had one. */
  | { readonly kind: 'failed'; readonly message: string; readonly diagnostics: readonly Diagnostic[]; readonly last: InspectResult | null }
  | { readonly kind: 'ready'; readonly result: InspectResult };

/** The result that is on screen in a state, fresh or kept. */
export function shownResult(state: InspectionState): InspectResult | null {
  switch (state.kind) {
    case 'idle': return null;
    case 'loading': case 'failed': return state.last;
    case 'ready': return state.result;
    default: return state satisfies never;
  }
}

/** Why a result cannot replace the last good one, in words; null when it can. */
export function failureOf(result: InspectResult): string | null {
  if (result.report.models.length > 0) return null;
  const worst = result.report.diagnostics.find((diagnostic) => diagnostic.severity === 'error');
  if (!worst) return null;
  return worst.range ? `line ${worst.range.line}: ${worst.message}` : worst.message;
}

/** A run that had to be killed says only `line N: why`. */
function diagnosticsOf(message: string, file: string): readonly Diagnostic[] {
  const [, line, why] = /^line (\d+): (.*)$/s.exec(message) ?? [];
  if (line === undefined || why === undefined) return [];
  const number = Number(line);
  return [{ kind: 'limit', severity: 'error', message: why, range: { file, line: number, column: 0, endLine: number + 1, endColumn: 0 }, hint: null }];
}

export const stoppedMessage = 'The run was cancelled. The file runs again with the next edit.';

export class Inspection {
  readonly #changed = new Signal<InspectionState>();
  #state: InspectionState = { kind: 'idle' };
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: AbortController | undefined;
  /** Edits between the text of the shown result and the text as it is now. */
  #edits: TextChange[] = [];
  /** How many of `#edits` were made when the running request took the text. */
  #editsSent = 0;

  readonly onDidChange = this.#changed.on;

  /** `file` is the name that ranges give the document; `run` takes its text as it is when called. */
  constructor(
    readonly file: string,
    private readonly run: (signal: AbortSignal, onStage: (stage: InspectStage) => void) => Promise<InspectResult>,
  ) {}

  get state(): InspectionState {
    return this.#state;
  }

  get isPending(): boolean {
    return this.#timer !== undefined || this.#running !== undefined;
  }

  /** Notes edits, so that the places of the last result move along. Does not start a run. */
  edited(changes: readonly TextChange[]): void {
    this.#edits.push(...changes);
  }

  /** Runs the document after a pause in which no other call of this comes. A run in progress is of an older text and is cancelled. */
  schedule(delayMs: number): void {
    this.cancel();
    this.#timer = setTimeout(() => void this.#start(), delayMs);
  }

  /** Ends a run at the user's wish. */
  stop(): void {
    if (!this.isPending) return;
    this.cancel();
    this.#set({ kind: 'failed', message: stoppedMessage, diagnostics: [], last: shownResult(this.#state) });
  }

  cancel(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#running?.abort();
    this.#running = undefined;
  }

  /** Where a range of the shown result stands in the text as it is now; null if that text was changed. */
  readonly toNow = (range: SourceRange): SourceRange | null => (range.file === this.file ? shiftRange(range, this.#edits) : range);

  async #start(): Promise<void> {
    this.#timer = undefined;
    const controller = new AbortController();
    this.#running = controller;
    this.#editsSent = this.#edits.length;
    const last = shownResult(this.#state);
    this.#set({ kind: 'loading', last, stage: null });
    try {
      const result = await this.run(controller.signal, (stage) => this.#running === controller && this.#set({ kind: 'loading', last, stage }));
      if (this.#running === controller) this.#settle(result);
    } catch (error) {
      if (this.#running !== controller || error instanceof CancelledError) return;
      this.#running = undefined;
      const message = error instanceof Error ? error.message : String(error);
      this.#set({ kind: 'failed', message, diagnostics: diagnosticsOf(message, this.file), last: shownResult(this.#state) });
    }
  }

  #settle(result: InspectResult): void {
    this.#running = undefined;
    const message = failureOf(result);
    if (message !== null) {
      this.#set({ kind: 'failed', message, diagnostics: result.report.diagnostics, last: shownResult(this.#state) });
      return;
    }
    this.#edits = this.#edits.slice(this.#editsSent);
    this.#set({ kind: 'ready', result });
  }

  #set(state: InspectionState): void {
    this.#state = state;
    this.#changed.fire(state);
  }

  dispose(): void {
    this.cancel();
  }
}
