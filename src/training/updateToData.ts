// How large a step's change of a layer's weights is against the weights themselves: log10(std(update) / std(parameter)).
// Guide line −3 (A. Karpathy, makemore part 3; CS231n notes 3).
import type { Graph, ValueId } from '../graph/graph.ts';
import { typeOf } from '../graph/graph.ts';
import type { LayerRow } from '../analysis/layerRows.ts';
import type { FloatArray } from '../engine/optimizerStep.ts';

/** Over all weights (rank ≥ 2) that the row shows; null where it has none, or none that vary. */
export function updateToData(
  row: LayerRow, graph: Graph, changes: ReadonlyMap<ValueId, { readonly before: FloatArray; readonly after: FloatArray }>,
): number | null {
  let updates = 0, values = 0, count = 0;
  for (const { parameter } of row.parameters) {
    const change = changes.get(parameter.value);
    if (!change || typeOf(graph, parameter.value).shape.length < 2) continue;
    const { before, after } = change;
    updates += deviation(after, before);
    values += deviation(before, null);
    count += before.length;
  }
  return count === 0 || values === 0 ? null : Math.log10(Math.sqrt(updates / values));
}

/** Σ (d − d̄)² of d = a − b, or of a alone: one pass, as both are near 0 against what they vary by. */
function deviation(a: FloatArray, b: FloatArray | null): number {
  let sum = 0, squares = 0;
  for (let index = 0; index < a.length; index++) {
    const d = b === null ? a[index] : a[index] - b[index];
    sum += d;
    squares += d * d;
  }
  return Math.max(0, squares - (sum * sum) / a.length);
}
