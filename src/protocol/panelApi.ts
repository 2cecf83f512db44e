// What the panel (webview) asks of the host, and the snapshots the host gives it.
import type { ModelChoices } from './modelChoices.ts';
import type { Diagnostic, Fix, ModelReport } from './report.ts';
import type { ModelListing, TrainingProgress, TrainResult } from './runtimeApi.ts';
import type { SourceRange } from './source.ts';

/** A point of a training run's curves, one per step. */
export interface TrainingCurves {
  readonly loss: readonly number[];
  readonly accuracy: readonly number[];
}

/** What a run has told. */
interface TrainingTold {
  readonly progress: TrainingProgress;
  readonly curves: TrainingCurves;
  /** The file or the settings are no longer those that it began with. */
  readonly isOutdated: boolean;
}

export type TrainingState =
  | { readonly kind: 'none' }
  | TrainingTold & { readonly kind: 'running' | 'paused' }
  | TrainingTold & { readonly kind: 'ended'; readonly result: TrainResult }
  | { readonly kind: 'failed'; readonly message: string };

/** The last state in which the file ran, shown while it does not. */
export interface ReadyContent {
  readonly file: string;
  /** The file's name as the editor's tab has it. */
  readonly title: string;
  readonly models: readonly ModelReport[];
  readonly listing: readonly ModelListing[];
  /** By the name of a model, what the user chose in place of what was assumed. */
  readonly choices: Readonly<Record<string, ModelChoices>>;
  /** By the name of a model whose choices were left out, because the file as it is now does not take them: why. */
  readonly unfit: Readonly<Record<string, string>>;
  readonly seed: number;
  readonly mode: 'train' | 'eval';
  readonly durationMs: number;
}

/** The panel's whole state, as one union. */
export type PanelState =
  | { readonly kind: 'idle'; readonly message: string }
  | { readonly kind: 'loading'; readonly title: string; /** What the run is at, in words, once it takes long. */ readonly stage: string | null; readonly last: ReadyContent | null }
  | { readonly kind: 'failed'; readonly title: string; readonly diagnostics: readonly Diagnostic[]; readonly message: string; readonly last: ReadyContent | null }
  | { readonly kind: 'ready'; readonly content: ReadyContent; readonly diagnostics: readonly Diagnostic[]; readonly training: TrainingState };

/** What a lens, a hover or a command last asked the panel to show. */
export interface PanelFocus {
  /** Rises with each such wish: a view follows one once, and keeps the serial of the last it followed. */
  readonly serial: number;
  readonly model: string;
  /** Index into the model's layers. */
  readonly layer: number | null;
  readonly tab: 'layers' | 'training';
}

/** Complete, never a delta: messages to a hidden webview are lost. */
export interface PanelSnapshot {
  /** Rises by one with each change; a view that is asked to draw an older one leaves it. */
  readonly revision: number;
  readonly state: PanelState;
  /** Layer that the cursor stands on in the editor: index into the main model's layers. */
  readonly cursorLayer: number | null;
  readonly focus?: PanelFocus;
  /** How what is shown stands to the editor, where it is not simply the file in it: another file is open there, or the file is gone. */
  readonly aside: string | null;
}

/** A model and its file, as `ReadyContent` names it: by the time that a request comes, the panel may show another file. */
export interface ModelOfFile {
  readonly file: string;
  readonly model: string;
}

export interface HostRequests {
  /** The first thing a webview asks, and again after it was restored. */
  ready(params: Record<string, never>): PanelSnapshot;
  /** Shows a place of the file in an editor. */
  reveal(params: { readonly range: SourceRange; readonly focus: boolean }): void;
  /** Ends the run of the file that is shown. */
  cancelRun(params: Record<string, never>): void;
  /** Runs a model of the listing that was left out. */
  showModel(params: { readonly model: string }): void;
  /** Shows a model constructed and called otherwise, if it can be; else fails, and all stays as it was. */
  choose(params: ModelOfFile & { readonly choices: ModelChoices }): void;
  /** Writes what was chosen of a model into the file, as a `# lens:` comment. */
  writeChoices(params: ModelOfFile): void;
  /** Makes the edits that a diagnostic names. */
  applyFix(params: Fix): void;
  quickTrain(params: { readonly model: string }): void;
  pauseTraining(params: Record<string, never>): void;
  resumeTraining(params: Record<string, never>): void;
  stopTraining(params: Record<string, never>): void;
}

export interface PanelHostContract {
  requests: HostRequests;
  events: { snapshot: PanelSnapshot };
}

/** The panel serves nothing: what it shows comes as snapshots. */
export interface PanelViewContract {
  requests: Record<never, never>;
  events: Record<never, never>;
}
