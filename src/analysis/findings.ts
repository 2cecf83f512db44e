// Figures → findings: one rule per function, joined in one table. Limits are in `thresholds.ts`, definitions in docs/figures.md.
import { formatAmount, formatCount } from '../protocol/amounts.ts';
import { lossTitle, targetsPhrase } from '../protocol/lossWords.ts';
import type { Finding, LossReport } from '../protocol/report.ts';
import { formatLocation } from '../protocol/source.ts';
import { isAllFinite, isEmbedding, weightsOf, type Evidence, type Rule } from './evidence.ts';
import { finding, placeOf, titleOf } from './findingForm.ts';
import { explodingGradient, vanishingGradient } from './gradientRules.ts';
import type { Thresholds } from './thresholds.ts';
import { dormantUnits, inactiveUnits, saturated } from './unitRules.ts';

/** None where there were no samples: nothing follows from them. */
export function findings(evidence: Evidence, thresholds: Thresholds): Finding[] {
  if (evidence.samples === 0) return [];
  return byPlace([
    ...rules.flatMap((rule) => rule(evidence, thresholds)),
    ...rulesOfTheLoss.flatMap((rule) => rule(evidence, thresholds)).map((one) => asAssumed(one, evidence.loss)),
  ]);
}

/** What follows from a loss that nobody named is no fact of the file. */
function asAssumed(one: Finding, loss: LossReport | null): Finding {
  if (loss?.origin !== 'assumed') return one;
  const what = [lossTitle(loss), targetsPhrase(loss)].filter(Boolean).join(' ');
  return { ...one, severity: one.severity === 'error' ? 'error' : 'information', message: `${one.message} The file names no loss: this is seen with one that was assumed, ${what}.` };
}

/** Layers that one expression makes (in a loop, in a block) share a finding: the first is named, the others are counted. */
function byPlace(all: readonly Finding[]): Finding[] {
  const groups = new Map<string, Finding[]>();
  for (const one of all) {
    const key = one.range === null ? `${one.rule} ${one.layer}` : `${one.rule} ${formatLocation(one.range)}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].map(([first, ...others]) => {
    if (others.length === 0) return first;
    return { ...first, message: `${first.message} ${others.length === 1 ? 'One more layer made here is' : `${formatCount(others.length)} more layers made here are`} alike.` };
  });
}

const rules: readonly Rule[] = [nonFinite, uncalledLayer, inactiveUnits, dormantUnits, saturated, poorInitialization];
const rulesOfTheLoss: readonly Rule[] = [explodingGradient, vanishingGradient, lossAtStart];

function nonFinite({ nonFinite: first, layers }: Evidence): Finding[] {
  if (!first) return [];
  const layer = first.layer === null ? undefined : layers[first.layer];
  const what = [first.nan > 0 ? `${formatCount(first.nan)} NaN` : '', first.infinite > 0 ? `${formatCount(first.infinite)} infinite` : ''].filter(Boolean).join(' and ');
  return [{
    rule: 'non-finite', severity: 'error', layer: layer?.path ?? '', range: first.range ?? (layer ? placeOf(layer) : null), fixes: [],
    message: `\`${first.op}\`${layer ? ` in ${titleOf(layer)}` : ''} is the first place with values that are not finite: ${what} of ${formatCount(first.count)}. What follows from them is not finite either.`,
  }];
}

function uncalledLayer({ layers }: Evidence): Finding[] {
  return layers.filter(({ missed }) => missed === 'not called').map((layer) => finding('uncalled-layer', 'information', layer,
    `${titleOf(layer)} is made but not called: ${layer.parameterCount === 1 ? 'its parameter gets' : `its ${formatAmount(layer.parameterCount, 'parameter')} get`} no gradient.`));
}

function poorInitialization({ layers, isNormalized, outputLayer, isUntrained }: Evidence, { varianceRatio }: Thresholds): Finding[] {
  // A normalization sets the scale anew: what comes before it and behind it cannot be compared.
  if (!isUntrained || isNormalized) return [];
  const series = layers.flatMap((layer) => {
    if (layer.kind === 'container' || layer.index === outputLayer || weightsOf(layer).length === 0 || isEmbedding(layer)) return [];
    const stats = layer.preActivation ?? layer.output;
    const variance = stats && isAllFinite(stats) ? stats.std ** 2 : 0;
    return variance > 0 ? [{ layer, variance }] : [];
  });
  if (series.length < 2) return [];
  const least = series.reduce((a, b) => (b.variance < a.variance ? b : a));
  const most = series.reduce((a, b) => (b.variance > a.variance ? b : a));
  const ratio = most.variance / least.variance;
  if (!(ratio > varianceRatio)) return [];
  const isShrinking = most.layer.index < least.layer.index;
  const at = isShrinking ? least.layer : most.layer;
  return [finding('poor-initialization', 'information', at,
    `The variance of the linear outputs ${isShrinking ? 'shrinks' : 'grows'} from ${titleOf((isShrinking ? most : least).layer)} to ${titleOf(at)} by a factor of ${formatCount(Math.round(ratio))}: `
    + 'the weights\' initialization does not keep the scale of the signal.')];
}

function lossAtStart({ layers, loss, classes, definition, isUntrained }: Evidence, { startLossRatio }: Thresholds): Finding[] {
  if (!isUntrained || !loss || loss.origin === 'assumed' || classes === null || classes < 2 || layers.every(({ parameters }) => parameters.length === 0)) return [];
  const chance = Math.log(classes);
  if (!(loss.value > startLossRatio * chance)) return [];
  return [{
    rule: 'loss-at-start', severity: 'information', layer: '', range: definition, fixes: [],
    message: `The cross-entropy before training is ${loss.value.toPrecision(3)}; guessing among ${formatCount(classes)} classes costs ln(${classes}) = ${chance.toPrecision(3)}. The last layer's outputs are too large or biased.`,
  }];
}
