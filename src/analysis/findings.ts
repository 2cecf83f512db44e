// Figures → findings: one rule per function, joined in one table. Limits are in `thresholds.ts`, definitions in docs/figures.md.
import { formatAmount, formatCount } from '../protocol/amounts.ts';
import { lossTitle, targetsPhrase } from '../protocol/lossWords.ts';
import type { Finding, LayerReport, LossReport, ParameterReport, Stats } from '../protocol/report.ts';
import { formatLocation, type SourceRange } from '../protocol/source.ts';
import { dormantRatio, type Thresholds } from './thresholds.ts';

/** What the rules look at. */
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

type Rule = (evidence: Evidence, thresholds: Thresholds) => Finding[];

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

function inactiveUnits(evidence: Evidence, thresholds: Thresholds): Finding[] {
  const { samples } = evidence;
  return judged(evidence, thresholds).flatMap(({ layer, units, isCertain }) => {
    const { inactive, count } = units;
    if (inactive === null || !isCertain(inactive) || !(inactive > thresholds.inactiveUnitFraction * count)) return [];
    const isDead = samples >= thresholds.deadSampleCount;
    const state = isDead ? 'dead' : 'inactive';
    const which = count === 1 ? `The only unit of ${titleOf(layer)} is ${state}`
      : `${formatCount(inactive)} of ${formatCount(count)} units of ${titleOf(layer)} (${percent(inactive / count)}) are ${state}`;
    return [finding(isDead ? 'dead-relu' : 'inactive-units', 'warning', layer,
      `${which}: ${layer.activationFunction} gave 0 for each of the ${formatAmount(samples, 'sample')} seen, so no gradient passes through ${count === 1 ? 'it' : 'them'}.`)];
  });
}

function dormantUnits(evidence: Evidence, thresholds: Thresholds): Finding[] {
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

function saturated(evidence: Evidence, thresholds: Thresholds): Finding[] {
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

/** A layer's weights (rank ≥ 2, biases left out) and the mean |gradient| over them. Embeddings are left out: most of their rows get none. */
function weightGradients(layers: readonly LayerReport[]): { readonly layer: LayerReport; readonly mean: number; readonly isFinite: boolean }[] {
  const seen = new Set<string>();
  return layers.flatMap((layer) => {
    if (layer.kind === 'container' || isEmbedding(layer) || seen.has(layer.path)) return [];
    seen.add(layer.path);
    const gradients = weightsOf(layer).flatMap(({ gradient }) => (gradient ? [gradient] : []));
    const count = gradients.reduce((sum, gradient) => sum + gradient.count, 0);
    if (count === 0) return [];
    return [{ layer, mean: gradients.reduce((sum, gradient) => sum + gradient.meanAbs * gradient.count, 0) / count, isFinite: gradients.every(isAllFinite) }];
  });
}

function explodingGradient({ layers, nonFinite: first, loss }: Evidence, { gradientRatio }: Thresholds): Finding[] {
  const series = weightGradients(layers);
  const broken = series.filter(({ isFinite }) => !isFinite);
  if (broken.length > 0) {
    // Where the forward values are not finite already, its own finding says where it began.
    const { layer } = broken.at(-1)!;
    return first ? [] : [finding('exploding-gradient', 'error', layer, `The gradient of ${titleOf(layer)}'s weights has NaN or infinite values${more(broken.length - 1)}.`)];
  }
  const last = series.at(-1);
  if (!last || !(last.mean > 0) || entersAtSeveral(loss)) return [];
  const exploded = series.filter(({ mean }) => mean > last.mean / gradientRatio);
  if (exploded.length === 0) return [];
  const worst = exploded.reduce((a, b) => (b.mean > a.mean ? b : a));
  return [finding('exploding-gradient', 'warning', worst.layer,
    `The mean |gradient| of ${titleOf(worst.layer)}'s weights is ${scientific(worst.mean)}, ${formatCount(Math.round(worst.mean / last.mean))} times that of the last layer (${scientific(last.mean)})${more(exploded.length - 1)}.`)];
}

/** Below this, a factor that is the same for all units closes its branch at the start: zero weights of a last normalization, a layer scale of 1e-6. */
const closedFactor = 1e-3;

/** Whether an untrained model begins with a branch that is closed on purpose (zero-initialized weights, layer scales): no gradient passes until the first steps have opened it. */
function startsClosed({ layers, isUntrained }: Evidence): boolean {
  return isUntrained && layers.some(({ type, parameters }) => !isEmbeddingType(type) && parameters.some(({ name, value, trainable }) =>
    trainable && value !== null && !/bias|pos|embed|token|cls/i.test(name) && value.std === 0 && value.maxAbs < closedFactor));
}

/** Whether outputs of several depths are in the loss: the gradients of layers before and behind one are then no series. */
function entersAtSeveral(loss: LossReport | null): boolean {
  return (loss?.others?.length ?? 0) > 0;
}

function vanishingGradient(evidence: Evidence, thresholds: Thresholds): Finding[] {
  if (startsClosed(evidence) || entersAtSeveral(evidence.loss)) return [];
  const { layers } = evidence;
  const series = weightGradients(layers);
  const last = series.at(-1);
  if (!last || series.some(({ isFinite }) => !isFinite)) return [];
  const isFallingFrom = (from: number) => {
    const steps = series.length - 1 - from;
    const falling = series.slice(from, -1).filter(({ mean }, step) => mean < series[from + step + 1].mean).length;
    // One step is the difference of two layers, not a fall from layer to layer.
    return steps > 1 && falling >= thresholds.fallingSteps * steps;
  };
  const vanished = series.filter(({ mean }, from) => mean < thresholds.vanishedGradient || (mean < thresholds.gradientRatio * last.mean && isFallingFrom(from)));
  if (vanished.length === 0) return [];
  const worst = vanished.reduce((a, b) => (b.mean < a.mean ? b : a));
  const compared = worst === last || last.mean === 0 ? '' : `, ${scientific(worst.mean / last.mean)} times the last layer's`;
  const what = worst.mean === 0
    ? `No gradient reaches the weights of ${titleOf(worst.layer)}`
    : `The gradient of the weights of ${titleOf(worst.layer)} is ${scientific(worst.mean)} on average${compared}`;
  const others = vanished.length - 1;
  const who = others === 0 ? 'It' : others === 1 ? 'It and one other layer' : `It and ${others} other layers`;
  return [finding('vanishing-gradient', 'warning', worst.layer, `${what}. ${who} will hardly learn.`)];
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

function finding(rule: Finding['rule'], severity: Finding['severity'], layer: LayerReport, message: string): Finding {
  return { rule, severity, message, layer: layer.path, range: placeOf(layer), fixes: [] };
}

/** The place where it was constructed is its own, which a call through a `Sequential` is not. */
function placeOf(layer: LayerReport): SourceRange | null {
  return layer.definition ?? layer.call;
}

function titleOf(layer: LayerReport): string {
  return layer.path === '' ? `the ${layer.type}` : `\`${layer.path}\``;
}

function weightsOf(layer: LayerReport): readonly ParameterReport[] {
  return layer.parameters.filter(({ shape }) => shape.length >= 2);
}

function isEmbedding(layer: LayerReport): boolean {
  return isEmbeddingType(layer.type);
}

function isEmbeddingType(type: string): boolean {
  return /embedding/i.test(type);
}

export function isAllFinite(stats: Stats): boolean {
  return stats.nan === 0 && stats.posInf === 0 && stats.negInf === 0;
}

const percent = (fraction: number) => `${(fraction * 100).toFixed(fraction < 0.1 ? 1 : 0)} %`;
const scientific = (value: number) => (value !== 0 && (value < 1e-3 || value >= 1e4) ? value.toExponential(1) : value.toPrecision(2));
const more = (count: number) => (count <= 0 ? '' : count === 1 ? ' (and of one more layer)' : ` (and of ${count} more layers)`);
