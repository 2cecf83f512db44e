// What the views can cause: requests to the host, and changes of what the user chose. The views know neither RPC nor store.
import type { ModelChoices } from '../src/protocol/modelChoices.ts';
import type { ModelOfFile } from '../src/protocol/panelApi.ts';
import type { Fix } from '../src/protocol/report.ts';
import type { SourceRange } from '../src/protocol/source.ts';
import type { HostConnection } from './connection.ts';
import type { Store } from './store.ts';
import type { UiState } from './uiState.ts';

export interface Actions {
  /** Shows a place of the file; with `focus`, the editor takes the keyboard. */
  reveal(range: SourceRange | null, focus: boolean): void;
  applyFix(fix: Fix): void;
  cancelRun(): void;
  quickTrain(model: string): void;
  pauseTraining(): void;
  resumeTraining(): void;
  stopTraining(): void;
  /** Has a model run that the file has and that was left out. */
  showModel(model: string): void;
  /** Has a model constructed and called otherwise; resolves to what stands against it, or null. */
  chooseCall(params: ModelOfFile & { readonly choices: ModelChoices }): Promise<string | null>;
  /** Writes what was chosen into the file; resolves as `chooseCall`. */
  writeChoices(params: ModelOfFile): Promise<string | null>;
  choose(change: Partial<UiState>): void;
  remember(change: Partial<UiState>): void;
}

/** Requests that fail are said by `onError`, in the host's words. */
export function actionsOf(host: HostConnection, store: Store, onError: (message: string) => void): Actions {
  const problemOf = (answer: Promise<void>) => answer.then(() => null, (error: unknown) => (error instanceof Error ? error.message : String(error)));
  const report = (answer: Promise<void>) => void problemOf(answer).then((problem) => { if (problem !== null) onError(problem); });
  return {
    reveal: (range, focus) => { if (range) report(host.call('reveal', { range, focus })); },
    applyFix: (fix) => report(host.call('applyFix', fix)),
    cancelRun: () => report(host.call('cancelRun', {})),
    quickTrain: (model) => report(host.call('quickTrain', { model })),
    pauseTraining: () => report(host.call('pauseTraining', {})),
    resumeTraining: () => report(host.call('resumeTraining', {})),
    stopTraining: () => report(host.call('stopTraining', {})),
    showModel: (model) => report(host.call('showModel', { model })),
    chooseCall: (params) => problemOf(host.call('choose', params)),
    writeChoices: (params) => problemOf(host.call('writeChoices', params)),
    choose: (change) => store.choose(change),
    remember: (change) => store.remember(change),
  };
}
