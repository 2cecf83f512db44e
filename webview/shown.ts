// From the store's state to what is on screen: which model, which rows, which notices. Pure; the views draw this and nothing else.
import type { PanelState, ReadyContent, TrainingState } from '../src/protocol/panelApi.ts';
import type { Diagnostic, Finding, Fix, ModelReport } from '../src/protocol/report.ts';
import type { SourceRange } from '../src/protocol/source.ts';
import { rowOfLayer, rowsOf, visibleRows, type Row } from './rows.ts';
import type { Store, TrainedModel } from './store.ts';
import type { UiState } from './uiState.ts';

export type Severity = 'error' | 'warning' | 'information';

/** One sentence of the strip above the tabs. */
export interface Notice {
  readonly severity: Severity;
  readonly text: string;
  readonly hint: string | null;
  /** Path of the layer it is about. */
  readonly layer: string | null;
  readonly range: SourceRange | null;
  readonly fixes: readonly Fix[];
}

/** Says that what is shown is not the file's present state, and why. */
export type Banner =
  | { readonly kind: 'none' }
  | { readonly kind: 'loading'; /** What the run is at, once it takes long. */ readonly text: string | null }
  | { readonly kind: 'failed'; readonly text: string; readonly range: SourceRange | null; readonly fixes: readonly Fix[]; readonly hasLast: boolean };

export interface Shown {
  readonly ui: UiState;
  readonly banner: Banner;
  /** `PanelSnapshot.aside` */
  readonly aside: string | null;
  /** In place of the content, where there is none yet. */
  readonly emptyText: string;
  readonly content: ReadyContent | null;
  readonly model: ModelReport | null;
  /** Set where `model` is one that a training run made. */
  readonly trained: TrainedModel | null;
  readonly training: TrainingState;
  readonly rows: readonly Row[];
  readonly visible: readonly Row[];
  readonly selected: Row | null;
  readonly cursor: Row | null;
  readonly notices: readonly Notice[];
}

/** What the panel shows now. */
export function shownOf(store: Pick<Store, 'snapshot' | 'trained' | 'ui'>): Shown {
  const { snapshot, ui } = store;
  const { content, banner, diagnostics, training, emptyText } = stateOf(snapshot?.state ?? null);
  const original = content ? chosenModel(content, ui.model) : null;
  const trained = original && banner.kind !== 'failed' && store.trained?.model.name === original.name ? store.trained : null;
  const model = trained?.model ?? original;
  const rows = model ? rowsOf(model) : [];
  const visible = visibleRows(rows, new Set(ui.folded));
  const isMain = content !== null && original !== null && original === chosenModel(content, null);
  const cursor = model && isMain && snapshot && snapshot.cursorLayer !== null ? rowOfLayer(model, visible, snapshot.cursorLayer) : null;
  const selected = visible.find((row) => row.key === ui.selected) ?? visible.find((row) => row.layer.failure !== null && !row.hasChildren) ?? visible.find((row) => !row.hasChildren) ?? null;
  return {
    ui, banner, aside: snapshot?.aside ?? null, emptyText, content, model, trained, training, rows, visible, selected,
    // A line that several layers share belongs to the selected one of them: going to a layer's source leads to no other layer.
    cursor: cursor && selected && sharesSource(cursor, selected) ? selected : cursor,
    notices: [...outdatedNotice(training), ...diagnostics.map(noticeOfDiagnostic), ...(model ? noticesOfModel(model) : [])].sort(bySeverity),
  };
}

function stateOf(state: PanelState | null): {
  content: ReadyContent | null; banner: Banner; diagnostics: readonly Diagnostic[]; training: TrainingState; emptyText: string;
} {
  const none = { diagnostics: [], training: { kind: 'none' } as const };
  if (!state) return { ...none, content: null, banner: { kind: 'loading', text: null }, emptyText: '' };
  switch (state.kind) {
    case 'idle':
      return { ...none, content: null, banner: { kind: 'none' }, emptyText: state.message };
    case 'loading':
      return { ...none, content: state.last, banner: { kind: 'loading', text: state.stage && `${state.title}: ${state.stage} …` }, emptyText: `Running ${state.title} …` };
    case 'failed': {
      const { range = null, fixes = [] } = state.diagnostics.find((diagnostic) => diagnostic.severity === 'error') ?? {};
      const placed = range && !/\bline \d+/.test(state.message) ? `Line ${range.line}: ${state.message}` : state.message;
      // The fault may be in a file that this one imports.
      const file = range?.file.split(/[\\/]/).at(-1) ?? state.title;
      const text = file === state.title || placed.includes(file) ? placed : `${file}, ${placed.replace(/^L/, 'l')}`;
      return { ...none, content: state.last, banner: { kind: 'failed', text, range, fixes, hasLast: state.last !== null }, emptyText: '' };
    }
    case 'ready':
      return {
        content: state.content, banner: { kind: 'none' }, diagnostics: state.diagnostics, training: state.training,
        emptyText: state.content.models.length === 0 ? whyEmpty(state.content, state.diagnostics) : '',
      };
    default:
      return state satisfies never;
  }
}

/** Of a file that has models none of which is shown, what is known of the reason. */
function whyEmpty({ title, listing }: ReadyContent, diagnostics: readonly Diagnostic[]): string {
  if (listing.length === 0) return `No model was found in ${title}.`;
  const told = diagnostics.find(({ severity, kind }) => severity === 'warning' && kind === 'skipped')?.message;
  return `No model of ${title} can be shown${told === undefined ? '' : `: ${told}`}.`;
}

function sharesSource({ layer: one }: Row, { layer: other }: Row): boolean {
  return isSamePlace(one.definition, other.definition) || isSamePlace(one.call, other.call);
}

function isSamePlace(one: SourceRange | null, other: SourceRange | null): boolean {
  return one !== null && other !== null && one.file === other.file && one.line === other.line && one.column === other.column && one.endLine === other.endLine && one.endColumn === other.endColumn;
}

function chosenModel(content: ReadyContent, name: string | null): ModelReport | null {
  const main = content.listing.find((listing) => listing.main)?.name;
  return content.models.find((model) => model.name === name) ?? content.models.find((model) => model.name === main) ?? content.models[0] ?? null;
}

/** Said first: what is shown of the model is the run's. */
function outdatedNotice(training: TrainingState): Notice[] {
  if (!('isOutdated' in training) || !training.isOutdated) return [];
  return [{ severity: 'warning', text: 'This training is of the file and settings as they were when it began.', hint: 'Quick train begins anew.', layer: null, range: null, fixes: [] }];
}

const severityOrder: readonly Severity[] = ['error', 'warning', 'information'];

function bySeverity(one: Notice, two: Notice): number {
  return severityOrder.indexOf(one.severity) - severityOrder.indexOf(two.severity);
}

function noticesOfModel(model: ModelReport): Notice[] {
  const findings = model.findings.map((finding: Finding): Notice => ({
    severity: finding.severity, text: finding.message, hint: null, layer: finding.layer === '' ? null : finding.layer, range: finding.range, fixes: finding.fixes,
  }));
  const assumptions = model.assumptions.map((text): Notice => ({ severity: 'information', text, hint: 'Assumed, since the file does not say.', layer: null, range: null, fixes: [] }));
  return [...findings, ...assumptions];
}

function noticeOfDiagnostic(diagnostic: Diagnostic): Notice {
  const { severity, message, hint, range, fixes = [] } = diagnostic;
  return { severity, text: message, hint, layer: null, range, fixes };
}
