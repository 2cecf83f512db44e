// Findings about the units of an activation: those that never fire, hardly fire, or lie where it is flat.
import { formatAmount, formatCount } from '../protocol/amounts.ts';
import type { Finding, LayerReport } from '../protocol/report.ts';
import type { Evidence } from './evidence.ts';
import { finding, titleOf } from './findingForm.ts';
import { dormantRatio, type Thresholds } from './thresholds.ts';

export function inactiveUnits(evidence: Evidence, thresholds: Thresholds): Finding[] {
  const { samples } = evidence;
  return judged(evidence, thresholds).flatMap(({ layer, units, isCertain }) => {
    const { inactive, count } = units;
    if (inactive === null || !isCertain(inactive) || !(inactive > thresholds.inactiveUnitFraction * count)) return [];
    const isDead = samples >= thresholds.deadSampleCount;
    const state = isDead ? 'dead' : 'inactive';
    const which = count === 1 ? `The only unit of ${titleOf(layer)} is ${state}`
      : `${formatCount(inactive)} of ${formatCount(count)} units of ${titleOf(layer)} (${percent(inactive / count)}) are ${state}`;
    return [finding(isDead ? 'dead-relu' : 'inactive-units', 'warning', layer,
      `${which}: ${layer.activationFunction} gave 0 for ${samples === 1 ? 'the one sample' : `each of the ${formatAmount(samples, 'sample')}`} seen, so no gradient passes through ${count === 1 ? 'it' : 'them'}.`)];
  });
}

export function dormantUnits(evidence: Evidence, thresholds: Thresholds): Finding[] {
  return judged(evidence, thresholds).flatMap(({ layer, units, isCertain }) => {
    // Units that are nearly silent but fire: those that never do are the rule above.
    const quiet = units.dormant - (units.inactive ?? 0);
    if (layer.index === evidence.outputLayer || layer.activationFunction === 'softmax') return [];
    if (!isCertain(units.dormant) || !(quiet > 0 && quiet > thresholds.dormantUnitFraction * units.count)) return [];
    return [finding('dormant-units', 'warning', layer,
      `${formatCount(quiet)} of ${formatCount(units.count)} units of ${titleOf(layer)} (${percent(quiet / units.count)}) are dormant on the ${formatAmount(evidence.samples, 'sample')} seen: `
      + `their mean activation is at most ${percent(dormantRatio)} of the layer's.`)];
  });
}

export function saturated(evidence: Evidence, thresholds: Thresholds): Finding[] {
  return judged(evidence, thresholds).flatMap(({ layer, units }) => {
    if (layer.index === evidence.outputLayer || !(units.saturatedFraction > thresholds.saturatedFraction)) return [];
    return [finding('saturated', 'warning', layer,
      `${percent(units.saturatedFraction)} of the activations of ${titleOf(layer)} lie in the flat part of ${layer.activationFunction} `
      + `(${formatAmount(evidence.samples, 'sample')}), where its gradient is nearly 0: its inputs are too large.`)];
  });
}

interface Judged {
  readonly layer: LayerReport;
  readonly units: NonNullable<LayerReport['units']>;
  /** Whether so many silent units cannot be chance: each was seen often, or together they were. */
  isCertain(silent: number): boolean;
}

function judged(evidence: Evidence, { valuesPerUnit }: Thresholds): Judged[] {
  return evidence.activationOwners.flatMap((index) => {
    const layer = evidence.layers[index];
    const { units, activation } = layer;
    if (!units || !activation || units.count === 0) return [];
    const seen = activation.count / units.count;
    const isCertain = (silent: number) => seen >= valuesPerUnit || (silent === units.count && silent * seen >= valuesPerUnit);
    return [{ layer, units, isCertain }];
  });
}

const percent = (fraction: number) => `${(fraction * 100).toFixed(fraction < 0.1 ? 1 : 0)} %`;
