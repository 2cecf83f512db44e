// How a finding about a layer is put: where it stands, and what it calls the layer.
import type { Finding, LayerReport } from '../protocol/report.ts';
import type { SourceRange } from '../protocol/source.ts';

export function finding(rule: Finding['rule'], severity: Finding['severity'], layer: LayerReport, message: string): Finding {
  return { rule, severity, message, layer: layer.path, range: placeOf(layer), fixes: [] };
}

/** The place where it was constructed is its own, which a call through a `Sequential` is not. */
export function placeOf(layer: LayerReport): SourceRange | null {
  return layer.definition ?? layer.call;
}

export function titleOf(layer: LayerReport): string {
  return layer.path === '' ? `the ${layer.type}` : `\`${layer.path}\``;
}
