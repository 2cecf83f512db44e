// Which lines of a file get a shape at their end: those that call layers and always give the same shape. Pure.
import type { InspectResult } from '../protocol/runtimeApi.ts';
import type { RangeMap } from './layerLookup.ts';
import { mainModel } from './layerLookup.ts';

export interface ShapeHint {
  /** Counts from 1; the line on which the call ends. */
  readonly line: number;
  readonly shape: readonly number[];
}

/** Of the main model. The last layer called on a line says its shape; a line whose calls differ (a class used for several layers) says none. */
export function shapeHints(result: InspectResult, file: string, toNow: RangeMap): readonly ShapeHint[] {
  const main = mainModel(result.report.models, result.listing);
  const byLine = new Map<number, { shape: readonly number[]; place: string } | 'several'>();
  for (const layer of main?.layers ?? []) {
    if (layer.call?.file !== file || layer.outputShape === null) continue;
    const range = toNow(layer.call);
    if (!range) continue;
    const place = `${range.line}:${range.column}:${range.endColumn}`;
    const known = byLine.get(range.endLine);
    const differs = known === 'several' || (known?.place === place && known.shape.join() !== layer.outputShape.join());
    byLine.set(range.endLine, differs ? 'several' : { shape: layer.outputShape, place });
  }
  return [...byLine].flatMap(([line, hint]) => (hint === 'several' ? [] : [{ line, shape: hint.shape }]));
}
