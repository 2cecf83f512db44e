// What the user chose in the panel and finds again after hiding or reloading it. Nothing of the model is kept: that comes
// anew with the next snapshot. `file` is there for the host, which is given this state when it restores the panel.

export const tabs = ['layers', 'flow', 'training'] as const;
export type Tab = (typeof tabs)[number];

export interface UiState {
  readonly file: string | null;
  readonly tab: Tab;
  /** Name of the chosen model; null: the file's main model. */
  readonly model: string | null;
  /** Key of the selected row. */
  readonly selected: string | null;
  /** Keys of the folded containers. */
  readonly folded: readonly string[];
  readonly tableScroll: number;
  readonly detailScroll: number;
  readonly flowScroll: number;
  readonly flowOf: 'activations' | 'weights';
  /** Which of the notices the strip shows. */
  readonly notice: number;
  readonly definitionsOpen: boolean;
  readonly modelCallOpen: boolean;
  /** Serial of the last `PanelFocus` that was followed. */
  readonly focusSerial: number;
}

export const initialUiState: UiState = {
  file: null, tab: 'layers', model: null, selected: null, folded: [], tableScroll: 0, detailScroll: 0, flowScroll: 0,
  flowOf: 'activations', notice: 0, definitionsOpen: false, modelCallOpen: false, focusSerial: 0,
};

/** Reads a kept state; what is missing or of another kind (an older version wrote it) takes its initial value. */
export function restoreUiState(kept: unknown): UiState {
  if (typeof kept !== 'object' || kept === null) return initialUiState;
  const from = kept as Partial<Record<keyof UiState, unknown>>;
  const text = (value: unknown) => (typeof value === 'string' ? value : null);
  const position = (value: unknown) => (typeof value === 'number' && value >= 0 && Number.isFinite(value) ? value : 0);
  return {
    file: text(from.file),
    tab: tabs.find((tab) => tab === from.tab) ?? initialUiState.tab,
    model: text(from.model),
    selected: text(from.selected),
    folded: Array.isArray(from.folded) ? from.folded.filter((key) => typeof key === 'string') : [],
    tableScroll: position(from.tableScroll),
    detailScroll: position(from.detailScroll),
    flowScroll: position(from.flowScroll),
    flowOf: from.flowOf === 'weights' ? 'weights' : 'activations',
    notice: Math.floor(position(from.notice)),
    definitionsOpen: from.definitionsOpen === true,
    modelCallOpen: from.modelCallOpen === true,
    focusSerial: position(from.focusSerial),
  };
}
