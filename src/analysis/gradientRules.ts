// Findings about the gradients of the weights, from the first layer to the last.
import { formatCount } from '../protocol/amounts.ts';
import type { Finding, LayerReport, LossReport } from '../protocol/report.ts';
import { isAllFinite, isEmbedding, isEmbeddingType, weightsOf, type Evidence } from './evidence.ts';
import { finding, titleOf } from './findingForm.ts';
import type { Thresholds } from './thresholds.ts';

export function explodingGradient({ layers, nonFinite: first, loss }: Evidence, { gradientRatio }: Thresholds): Finding[] {
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

export function vanishingGradient(evidence: Evidence, thresholds: Thresholds): Finding[] {
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

const scientific = (value: number) => (value !== 0 && (value < 1e-3 || value >= 1e4) ? value.toExponential(1) : value.toPrecision(2));
const more = (count: number) => (count <= 0 ? '' : count === 1 ? ' (and of one more layer)' : ` (and of ${count} more layers)`);
