// The panel's state: the newest snapshot, what the user chose, and the last model a training run showed. It owns no view.
import type { PanelSnapshot, PanelState, ReadyContent, TrainingState } from '../src/protocol/panelApi.ts';
import type { ModelReport } from '../src/protocol/report.ts';
import { rowOfLayer, rowsOf } from './rows.ts';
import { isSameData } from './sameData.ts';
import { restoreUiState, type UiState } from './uiState.ts';

/** Where the user's choices are kept: the two methods of VS Code's webview API. */
export interface StateKeeper {
  getState(): unknown;
  setState(state: unknown): void;
}

/** A model as it was at a step of a training run. Only some steps carry one, so the last is kept here. */
export interface TrainedModel {
  readonly runId: number;
  readonly step: number;
  readonly model: ModelReport;
  readonly updateToData: readonly (number | null)[];
}

export class Store {
  #snapshot: PanelSnapshot | null = null;
  #trained: TrainedModel | null = null;
  #ui: UiState;
  readonly #listeners: (() => void)[] = [];

  constructor(private readonly keeper: StateKeeper) {
    this.#ui = restoreUiState(keeper.getState());
  }

  get snapshot(): PanelSnapshot | null {
    return this.#snapshot;
  }
  get trained(): TrainedModel | null {
    return this.#trained;
  }
  get ui(): UiState {
    return this.#ui;
  }

  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  /** Takes a snapshot unless a newer one is already here: the answer to `ready` and the events have no mutual order. */
  take(snapshot: PanelSnapshot): void {
    if (this.#snapshot && snapshot.revision <= this.#snapshot.revision) return;
    this.#snapshot = this.#withKnownModels(snapshot);
    if (snapshot.state.kind === 'ready') {
      this.#trained = trainedModel(snapshot.state.training, this.#trained);
      const { content: { file }, training } = snapshot.state;
      // A file that nobody trains is opened to see its layers, whatever was looked at of the one before.
      const tab = this.#ui.tab === 'training' && training.kind === 'none' ? 'layers' : this.#ui.tab;
      if (file !== this.#ui.file) this.remember(this.#ui.file === null ? { file } : { file, tab, model: null, selected: null, folded: [], tableScroll: 0, detailScroll: 0, flowScroll: 0, notice: 0 });
    }
    this.#follow(snapshot);
    this.#tell();
  }

  /** The snapshot with the very objects of the models that are as they were: a moved cursor then redraws no chart. */
  #withKnownModels(snapshot: PanelSnapshot): PanelSnapshot {
    const known = contentOf(this.#snapshot?.state ?? null)?.models;
    const { state } = snapshot;
    const content = contentOf(state);
    if (!known || !content) return snapshot;
    const models = content.models.map((model, i) => (known[i] && isSameData(known[i], model) ? known[i] : model));
    const kept = { ...content, models };
    return { ...snapshot, state: state.kind === 'ready' ? { ...state, content: kept } : { ...state, last: kept } as PanelState };
  }

  /** Shows what a lens or a hover asked for, with the first snapshot that has it; later snapshots name it still. */
  #follow({ focus, state }: PanelSnapshot): void {
    if (!focus || focus.serial <= this.#ui.focusSerial || state.kind !== 'ready') return;
    const model = state.content.models.find(({ name }) => name === focus.model);
    if (!model) return;
    const rows = rowsOf(model);
    const row = focus.layer === null ? null : rowOfLayer(model, rows, focus.layer);
    const parents = new Map(rows.map(({ key, parent }) => [key, parent]));
    const around = new Set<string>();
    for (let parent = row?.parent ?? null; parent !== null; parent = parents.get(parent) ?? null) around.add(parent);
    const shown = row ? { selected: row.key, folded: this.#ui.folded.filter((key) => !around.has(key)) } : {};
    this.remember({ focusSerial: focus.serial, model: model.name, tab: focus.tab, ...shown });
  }

  /** Changes what the user chose, keeps it and redraws. */
  choose(change: Partial<UiState>): void {
    this.remember(change);
    this.#tell();
  }

  /** Keeps a choice that is already on screen, such as a scroll position. */
  remember(change: Partial<UiState>): void {
    this.#ui = { ...this.#ui, ...change };
    this.keeper.setState(this.#ui);
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

function contentOf(state: PanelState | null): ReadyContent | null {
  if (state === null || state.kind === 'idle') return null;
  return state.kind === 'ready' ? state.content : state.last;
}

function trainedModel(training: TrainingState, last: TrainedModel | null): TrainedModel | null {
  switch (training.kind) {
    case 'none':
    case 'failed':
      return null;
    case 'running':
    case 'paused':
    case 'ended': {
      const { runId, step, model, updateToData } = training.progress;
      if (model) return { runId, step, model, updateToData };
      return last?.runId === runId ? last : null;
    }
    default:
      return training satisfies never;
  }
}
