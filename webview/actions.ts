// What the views can cause: requests to the host, and changes of what the user chose. The views know neither RPC nor store.
import type { SourceRange } from '../src/protocol/source.ts';
import type { HostConnection } from './connection.ts';
import type { Store } from './store.ts';
import type { UiState } from './uiState.ts';

export interface Actions {
  /** Shows a place of the file; with `focus`, the editor takes the keyboard. */
  reveal(range: SourceRange | null, focus: boolean): void;
  quickTrain(model: string): void;
  pauseTraining(): void;
  resumeTraining(): void;
  stopTraining(): void;
  choose(change: Partial<UiState>): void;
  remember(change: Partial<UiState>): void;
}

/** Requests that fail are said by `onError`, in the host's words. */
export function actionsOf(host: HostConnection, store: Store, onError: (message: string) => void): Actions {
  const report = (answer: Promise<void>) => void answer.catch((error: unknown) => onError(error instanceof Error ? error.message : String(error)));
  return {
    reveal: (range, focus) => { if (range) report(host.call('reveal', { range, focus })); },
    quickTrain: (model) => report(host.call('quickTrain', { model })),
    pauseTraining: () => report(host.call('pauseTraining', {})),
    resumeTraining: () => report(host.call('resumeTraining', {})),
    stopTraining: () => report(host.call('stopTraining', {})),
    choose: (change) => store.choose(change),
    remember: (change) => store.remember(change),
  };
}
