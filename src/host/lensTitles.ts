// Which models get a lens, on which line, and what it says. One line of lenses for a line of the file, however many models it makes. Pure.
import type { ModelReport } from '../protocol/report.ts';
import type { InspectResult } from '../protocol/runtimeApi.ts';
import type { SourceRange } from '../protocol/source.ts';
import { formatAmount, formatShape } from '../protocol/amounts.ts';
import type { RangeMap } from './layerLookup.ts';
import { mainModel } from './layerLookup.ts';

export interface ModelLens {
  readonly model: ModelReport;
  readonly range: SourceRange;
  /** `235,146 parameters · (32, 784) → (32, 10)` */
  readonly summary: string;
}

export function modelSummary(model: ModelReport): string {
  const parts: string[] = [];
  if (model.parameterCount > 0) parts.push(formatAmount(model.parameterCount, 'parameter'));
  const inputs = model.inputs.map((input) => formatShape(input.shape)).join(', ');
  const output = model.output ? formatShape(model.output.shape) : model.layers.some((layer) => layer.failure !== null) ? 'fails' : '';
  if (inputs !== '' && output !== '') parts.push(`${inputs} → ${output}`);
  else if (output !== '') parts.push(`→ ${output}`);
  return parts.join(' · ') || formatAmount(model.layers.length, 'layer');
}

/** The lenses of a file, in the order of its lines; the main model wins a line that several share. */
export function modelLenses(result: InspectResult, file: string, toNow: RangeMap): readonly ModelLens[] {
  const main = mainModel(result.report.models, result.listing);
  const byLine = new Map<number, ModelLens>();
  for (const model of result.report.models) {
    const recorded = lensPlace(model, file);
    const range = recorded && toNow(recorded);
    if (!range || (byLine.has(range.line) && model !== main)) continue;
    byLine.set(range.line, { model, range, summary: modelSummary(model) });
  }
  return [...byLine.values()].sort((a, b) => a.range.line - b.range.line);
}

/** The model's own place; for one that has none in this file (its class is imported, or the file itself is the model), its first layer's. */
function lensPlace(model: ModelReport, file: string): SourceRange | null {
  const places = [model.definition, ...model.layers.flatMap((layer) => [layer.definition, layer.call])];
  return places.find((range) => range?.file === file) ?? null;
}
