// What the rules of the findings look at.
import type { Finding, LayerReport, LossReport, ParameterReport, Stats } from '../protocol/report.ts';
import type { SourceRange } from '../protocol/source.ts';
import type { Thresholds } from './thresholds.ts';

export interface Evidence {
  readonly layers: readonly LayerReport[];
  /** Indices of the layers that speak for an activation: each function is judged once, though several rows show it. */
  readonly activationOwners: readonly number[];
  /** A layer of the model normalizes: batch, layer, group… */
  readonly isNormalized: boolean;
  /** Index of the last layer before the model's output, which units rules leave out; null: unknown. */
  readonly outputLayer: number | null;
  /** Size of the batch. */
  readonly samples: number;
  readonly loss: LossReport | null;
  /** Number of classes of a cross-entropy; null for other losses. */
  readonly classes: number | null;
  readonly definition: SourceRange | null;
  readonly nonFinite: NonFinite | null;
  /** The parameters are as they were drawn, not trained. */
  readonly isUntrained: boolean;
}

/** The first value with NaN or an infinity, in execution order. */
export interface NonFinite {
  readonly op: string;
  readonly layer: number | null;
  readonly range: SourceRange | null;
  readonly nan: number;
  readonly infinite: number;
  readonly count: number;
}

export type Rule = (evidence: Evidence, thresholds: Thresholds) => Finding[];

export function weightsOf(layer: LayerReport): readonly ParameterReport[] {
  return layer.parameters.filter(({ shape }) => shape.length >= 2);
}

export function isEmbedding(layer: LayerReport): boolean {
  return isEmbeddingType(layer.type);
}

export function isEmbeddingType(type: string): boolean {
  return /embedding/i.test(type);
}

export function isAllFinite(stats: Stats): boolean {
  return stats.nan === 0 && stats.posInf === 0 && stats.negInf === 0;
}
