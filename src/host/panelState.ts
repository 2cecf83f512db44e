// What the panel is shown of a document: one of four states, made from its inspection and its training run. Pure.
import type { PanelState, ReadyContent, TrainingState } from '../protocol/panelApi.ts';
import type { InspectResult } from '../protocol/runtimeApi.ts';
import { stageText } from '../protocol/stageText.ts';
import type { InspectionState } from './inspection.ts';

export const noDocument = 'Open a Python file that defines a network with PyTorch, Keras, TensorFlow or NumPy.';

export function closedDocument(title: string, isGone: boolean): string {
  return `${title} ${isGone ? 'is gone: it was deleted or moved' : 'was closed'}. ${noDocument}`;
}

/** `open`: the Python file in the editor; null: it is the one that is shown. */
export function asideOf(shown: string, open: string | null, isGone: boolean): string | null {
  if (isGone) return `\`${shown}\` is gone: it was deleted or moved. What is shown is what was last seen of it.`;
  return open === null ? null : `\`${open}\` has no model that is known here; \`${shown}\` is shown still.`;
}

/** What was chosen for a document's models: see `ReadyContent`. */
export type DocumentChoices = Pick<ReadyContent, 'choices' | 'unfit'>;

export function panelState(title: string, inspection: InspectionState, training: TrainingState, chosen: DocumentChoices): PanelState {
  const content = (result: InspectResult): ReadyContent => contentOf(title, result, chosen);
  switch (inspection.kind) {
    case 'idle': return { kind: 'loading', title, stage: null, last: null };
    case 'loading': {
      // While a run is drawn, a short refresh of the file must not take its curves off the screen.
      if (inspection.last && training.kind !== 'none') return { kind: 'ready', content: content(inspection.last), diagnostics: inspection.last.report.diagnostics, training };
      return { kind: 'loading', title, stage: inspection.stage && stageText(inspection.stage), last: inspection.last && content(inspection.last) };
    }
    case 'failed': return { kind: 'failed', title, diagnostics: inspection.diagnostics, message: inspection.message, last: inspection.last && content(inspection.last) };
    case 'ready': return { kind: 'ready', content: content(inspection.result), diagnostics: inspection.result.report.diagnostics, training };
    default: return inspection satisfies never;
  }
}

function contentOf(title: string, result: InspectResult, chosen: DocumentChoices): ReadyContent {
  const { file, models, seed, mode } = result.report;
  return { file, title, models, listing: result.listing, ...chosen, seed, mode, durationMs: result.durationMs.python + result.durationMs.engine };
}
