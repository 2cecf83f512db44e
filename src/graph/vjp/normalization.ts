// Derivatives of normalizations. The first ones are ops of their own, as they are what training spends its time in; the second
// ones (gradient penalties) are taken of the formula that those ops stand for.
import { add, emit, emitAll, mean, mul, once, reshape, rsqrt, square, sub, sum, type Term } from '../emitter.ts';
import type { Shape } from '../tensorType.ts';
import type { Step, VjpRules } from './vjpRule.ts';

/** How a normalization lies over its input. */
interface Layout {
  /** Axes over which mean and variance are taken. */
  readonly statistics: readonly number[];
  /** Axes along which weight and bias are the same. */
  readonly repeated: readonly number[];
  /** The weight's shape, aligned with the input. */
  readonly weightShape: Shape;
}
function perChannel({ shape }: Term): Layout {
  const others = shape.map((_, axis) => axis).filter((axis) => axis !== 1);
  return { statistics: others, repeated: others, weightShape: shape.map((size, axis) => (axis === 1 ? size : 1)) };
}
function perElement({ shape }: Term, normalizedRank: number): Layout {
  const first = shape.length - normalizedRank;
  const axes = shape.map((_, axis) => axis);
  return { statistics: axes.slice(first), repeated: axes.slice(0, first), weightShape: shape.slice(first) };
}

/**
 * x̂ = (x − x̄) rstd, h = g weight: dx = rstd (h − mean(h) − x̂ mean(h x̂)), dweight = Σ g x̂, dbias = Σ g. The batch's statistics
 * are written as functions of x, so that a derivative goes through them too.
 */
function backward([g, x, weight, , rstd]: readonly Term[], { statistics, repeated, weightShape }: Layout): Term[] {
  const centred = sub(x, mean(x, statistics, true));
  const variance = mean(square(centred), statistics, true);
  // rstd = (variance + eps)^−½, where eps is not known here: rstd⁻² has its value, the variance its derivative
  const saved = reshape(rstd, variance.shape);
  const shifted = add(sub(variance, constant(variance)), constant(reciprocal(square(saved))));
  const scale = rsqrt(shifted);
  const normalized = mul(centred, scale);
  const h = mul(g, reshape(weight, weightShape));
  const dx = mul(scale, sub(sub(h, mean(h, statistics, true)), mul(normalized, mean(mul(h, normalized), statistics, true))));
  return [dx, sum(mul(g, normalized), repeated), sum(g, repeated)];
}
const constant = (x: Term) => emit('detach', [x], {});
const reciprocal = (x: Term) => emit('reciprocal', [x], {});

function second(step: Step<'native_batch_norm_backward' | 'native_layer_norm_backward'>, layout: Layout) {
  const gradients = once(() => step.through(backward(step.inputs, layout)));
  return step.inputs.map((_, at) => () => gradients()[at]);
}

export const normalizationVjps = {
  native_batch_norm: ({ g, inputs: [x, weight], outputs: [, savedMean, rstd] }) => {
    const gradients = once(() => emitAll('native_batch_norm_backward', [g, x, weight, savedMean, rstd], {}));
    return [0, 1, 2].map((at) => () => gradients()[at]);
  },
  native_layer_norm: ({ g, inputs: [x, weight], outputs: [, savedMean, rstd], attributes: { normalizedRank } }) => {
    const gradients = once(() => emitAll('native_layer_norm_backward', [g, x, weight, savedMean, rstd], { normalizedRank }));
    return [0, 1, 2].map((at) => () => gradients()[at]);
  },
  native_batch_norm_backward: (step) => second(step, perChannel(step.inputs[1])),
  native_layer_norm_backward: (step) => second(step, perElement(step.inputs[1], step.attributes.normalizedRank)),
} satisfies Partial<VjpRules>;
