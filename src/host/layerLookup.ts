// From a place in the editor to the layers that stand there, and back. Pure.
import type { InspectResult, ModelListing } from '../protocol/runtimeApi.ts';
import type { LayerReport, ModelReport } from '../protocol/report.ts';
import type { SourceRange } from '../protocol/source.ts';

/** Where a range stands in the text as it is now; null when it is no longer there. */
export type RangeMap = (range: SourceRange) => SourceRange | null;

/** A layer found at a place, with the range that holds the place. */
export interface LayerMatch {
  readonly model: ModelReport;
  readonly layer: LayerReport;
  readonly range: SourceRange;
}

/** The model that the file is about; undefined where no model could be run. */
export function mainModel(models: readonly ModelReport[], listing: readonly ModelListing[]): ModelReport | undefined {
  const name = listing.find((entry) => entry.main)?.name;
  return models.find((model) => model.name === name) ?? models[0];
}

/** True if the range holds the position; its end counts, because a cursor stands between characters. `line` counts from 1. */
export function holds(range: SourceRange, line: number, column: number): boolean {
  const afterStart = line > range.line || (line === range.line && column >= range.column);
  const beforeEnd = line < range.endLine || (line === range.endLine && column <= range.endColumn);
  return afterStart && beforeEnd;
}

/** Negative if `a` is the smaller range. */
function compareExtent(a: SourceRange, b: SourceRange): number {
  const lines = (a.endLine - a.line) - (b.endLine - b.line);
  return lines !== 0 ? lines : (a.endColumn - a.column) - (b.endColumn - b.column);
}

const isSameRange = (a: SourceRange, b: SourceRange) =>
  a.line === b.line && a.column === b.column && a.endLine === b.endLine && a.endColumn === b.endColumn;

/**
 * The layers whose definition or call is the innermost range that holds the position: several where one line makes or calls many
 * (a class used often, a loop). The main model's layers come first, each model's in the order of their calls.
 */
export function layersAt(result: InspectResult, file: string, line: number, column: number, toNow: RangeMap): readonly LayerMatch[] {
  let matches: LayerMatch[] = [];
  for (const model of mainFirst(result)) {
    for (const layer of model.layers) {
      for (const recorded of [layer.call, layer.definition]) {
        if (recorded?.file !== file) continue;
        const range = toNow(recorded);
        if (!range || !holds(range, line, column)) continue;
        const order = matches.length > 0 ? compareExtent(range, matches[0]!.range) : -1;
        if (order < 0) matches = [{ model, layer, range }];
        else if (order === 0 && isSameRange(range, matches[0]!.range) && !matches.some((match) => match.layer === layer)) matches.push({ model, layer, range });
      }
    }
  }
  return matches;
}

/** The layers made on a line that have a name: what is hovered at the left of `self.conv = nn.Conv2d(…)`. The main model's come first. */
export function layersNamed(result: InspectResult, file: string, line: number, name: string, toNow: RangeMap): readonly LayerMatch[] {
  return mainFirst(result).flatMap((model) => model.layers.flatMap((layer): LayerMatch[] => {
    if (layer.kind === 'function' || layer.definition?.file !== file || layer.path.split(/[./]/).at(-1) !== name) return [];
    const range = toNow(layer.definition);
    return range?.line === line ? [{ model, layer, range }] : [];
  }));
}

function mainFirst({ report: { models }, listing }: InspectResult): readonly ModelReport[] {
  const main = mainModel(models, listing);
  return main ? [main, ...models.filter((model) => model !== main)] : models;
}

/** Index, in the main model, of the layer the cursor stands on: at its columns, else the only or first one of its line. */
export function cursorLayer(result: InspectResult, file: string, line: number, column: number, toNow: RangeMap): number | null {
  const main = mainModel(result.report.models, result.listing);
  if (!main) return null;
  const exact = layersAt(result, file, line, column, toNow).find((match) => match.model === main);
  if (exact) return exact.layer.index;
  for (const layer of main.layers) {
    if (layer.kind === 'container') continue;
    for (const recorded of [layer.call, layer.definition]) {
      if (recorded?.file === file && toNow(recorded)?.line === line) return layer.index;
    }
  }
  return null;
}
