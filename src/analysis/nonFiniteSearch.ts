// Finds the first value of a model that is not finite: its op, layer and line. A run of its own, made only when the figures
// show that there is one.
import type { ValueId } from '../graph/graph.ts';
import { nodeOf } from '../graph/graph.ts';
import type { Tensor } from '../engine/tensor.ts';
import type { SourceRange } from '../protocol/source.ts';
import type { NonFinite } from './evidence.ts';
import { rowOfNode, type ReportPlan } from './reportPlan.ts';

/** Computes the tapped values, in execution order. */
export type RunTapped = (taps: ReadonlyMap<ValueId, (tensor: Tensor) => void>) => void;

interface Found {
  readonly value: ValueId;
  readonly nan: number;
  readonly infinite: number;
  readonly count: number;
}

/**
 * The first node with NaN or +∞, in execution order; where there is none, the first with −∞, if it reaches the output or the
 * loss: a mask of −∞ before a softmax is how attention is written, and no fault.
 */
export function findNonFinite(plan: ReportPlan, run: RunTapped, sites: (site: number | null) => SourceRange | null): NonFinite | null {
  const finds: Found[] = [];
  const masks: Found[] = [];
  const look = (value: ValueId) => (tensor: Tensor) => {
    if (finds.length > 0 || !(tensor.data instanceof Float32Array || tensor.data instanceof Float64Array)) return;
    let nan = 0, positive = 0, negative = 0;
    for (const element of tensor.data) {
      if (element !== element) nan++;
      else if (element === Infinity) positive++;
      else if (element === -Infinity) negative++;
    }
    if (nan + positive + negative === 0) return;
    (nan + positive > 0 ? finds : masks).push({ value, nan, infinite: positive + negative, count: tensor.data.length });
  };
  const values = [...plan.forward.given, ...plan.forward.nodes.flatMap((node) => node.outputs), ...(plan.loss ? [plan.loss.value] : [])];
  run(new Map(values.map((value) => [value, look(value)])));
  const ends = new Set<ValueId>([...plan.trace.outputs, ...(plan.loss ? [plan.loss.value] : [])]);
  const found = finds[0] ?? (masks.some(({ value }) => ends.has(value)) ? masks[0] : undefined);
  if (!found) return null;
  const node = nodeOf(plan.graph, found.value);
  return {
    op: plan.forward.given.has(found.value) ? nameOf(plan, found.value) : node.op, layer: rowOfNode(plan, node)?.index ?? null,
    range: sites(node.origin.site), nan: found.nan, infinite: found.infinite, count: found.count,
  };
}

function nameOf(plan: ReportPlan, value: ValueId): string {
  const parameter = plan.trace.parameters.find((candidate) => candidate.value === value);
  return parameter?.name ?? plan.trace.inputs.find((input) => input.value === value)?.name ?? 'buffer';
}
