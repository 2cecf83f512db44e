// Which figures of a layer the detail shows, in words and in order. Pure.
import { formatMeanStd, formatNumber, formatPercent } from '../../src/protocol/figures.ts';
import type { LayerReport, ParameterReport } from '../../src/protocol/report.ts';
import { formatCount } from '../../src/protocol/amounts.ts';
import { definitions } from '../definitions.ts';
import { formatCompact, overAll } from '../figures.ts';
import { shownStats } from '../rows.ts';

export interface Figure {
  readonly text: string;
  readonly label: string;
  readonly definition: string;
  /** Beyond the limit at which a finding would be made. */
  readonly isWarning: boolean;
}

/** `updateToData` is known only while the model trains. */
export function figuresOf(layer: LayerReport, updateToData: number | null): Figure[] {
  const figures: Figure[] = [];
  const add = (label: string, text: string, definition: string, isWarning = false) => figures.push({ label, text, definition, isWarning });
  const values = shownStats(layer);
  const { units, gradient, preActivation } = layer;
  const isActivated = layer.activationFunction !== null;
  if (values && values.count > 0) add('zeros', formatPercent(values.zeroFraction), definitions.zeros);
  if (units && isActivated) {
    if (units.inactive !== null) add('inactive units', `${formatCount(units.inactive)} / ${formatCount(units.count)}`, definitions.inactive, units.inactive > 0.1 * units.count);
    add('dormant units', `${formatCount(units.dormant)} / ${formatCount(units.count)}`, definitions.dormant, units.dormant > 0.25 * units.count);
    if (units.saturatedFraction > 0) add('saturated', formatPercent(units.saturatedFraction), definitions.saturated, units.saturatedFraction > 0.3);
  }
  if (preActivation) add('pre-activation', formatMeanStd(preActivation.mean, preActivation.std), definitions.preActivation);
  if (values) {
    add(isActivated ? 'activation' : 'output', formatMeanStd(values.mean, values.std), isActivated ? definitions.activation : definitions.output);
    const nonFinite = values.nan + values.posInf + values.negInf;
    if (nonFinite > 0) add('NaN or infinite', formatCount(nonFinite), 'Values that are not finite; they take no part in the other figures.', true);
  }
  if (gradient) {
    const [norm, mean] = [gradient.l2, gradient.meanAbs].map((ofFinite) => overAll(gradient, ofFinite));
    add('gradient norm', formatNumber(norm!), definitions.gradientNorm, !Number.isFinite(norm));
    add('mean |gradient|', formatNumber(mean!), definitions.meanGradient, !Number.isFinite(mean));
  }
  const ratio = gradToData(layer.parameters);
  if (ratio !== null) add('grad : data', formatNumber(ratio, 2), definitions.gradToData, ratio > 1);
  if (updateToData !== null) add('update : data', updateToData.toFixed(1).replace('-', '−'), definitions.updateToData, updateToData > -1 || updateToData < -5);
  if (layer.parameterCount > 0) add('parameters', formatCount(layer.parameterCount), definitions.parameters);
  if (layer.flops > 0) add('FLOPs', formatCompact(layer.flops), definitions.flops);
  return figures;
}

/** Of the layer's weight (the first parameter of rank ≥ 2 with a gradient); null where there is none. */
function gradToData(parameters: readonly ParameterReport[]): number | null {
  const weight = parameters.find(({ shape, value, gradient }) => shape.length >= 2 && value !== null && gradient !== null);
  return weight && weight.value!.std > 0 ? weight.gradient!.std / weight.value!.std : null;
}
