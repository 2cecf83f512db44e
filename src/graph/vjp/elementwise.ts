// Derivatives of element-wise ops. `g` is the gradient with respect to y. Where a function has a corner, the value is PyTorch's.
import {
  abs, add, and, cos, cosh, div, emit, eq, exp, floor, ge, gt, le, log, lt, mul, neg, once, pow, reshape, rsqrt, sigmoid, sign,
  sin, sinh, softplus, square, sub, sum, tanh, trunc, where, zerosLike, type Term,
} from '../emitter.ts';
import type { Op, OpAttributes } from '../opAttributes.ts';
import { substituted } from '../substitution.ts';
import { elementCount } from '../tensorType.ts';
import { noGradient, type VjpRule, type VjpRules } from './vjpRule.ts';

/** y = f(x) element by element: dx = g · f'(x) */
function derivative<O extends Op>(slope: (x: Term, y: Term, attributes: OpAttributes[O]) => Term): VjpRule<O> {
  return ({ g, inputs: [x], y, attributes }) => [() => mul(g, slope(x, y, attributes))];
}
/** y = f(x): dx from g as a whole, where g must not be multiplied (a masked infinity stays masked). */
function pullback<O extends Op>(rule: (g: Term, x: Term, y: Term, attributes: OpAttributes[O]) => Term): VjpRule<O> {
  return ({ g, inputs: [x], y, attributes }) => [() => rule(g, x, y, attributes)];
}
/** z = f(x, y) */
function binary<O extends Op>(
  forX: (g: Term, x: Term, y: Term, z: Term) => Term, forY: (g: Term, x: Term, y: Term, z: Term) => Term,
): VjpRule<O> {
  return ({ g, inputs: [x, y], y: z }) => [() => forX(g, x, y, z), () => forY(g, x, y, z)];
}

const within = (x: Term, low: number, high: number) => and(gt(x, low), lt(x, high));
/** Steps between constant pieces: zero wherever it is defined. */
const flat: VjpRule<'sign' | 'floor' | 'ceil' | 'round' | 'trunc'> = ({ g }) => [() => zerosLike(g)];

// Constants of the self-normalizing function (Klambauer et al. 2017)
const seluAlpha = 1.6732632423543772848170429916717;
const seluScale = 1.0507009873554804934193349852946;
// gelu's tanh form: tanh(√(2/π) (x + 0.044715 x³)) (Hendrycks and Gimpel 2016)
const geluScale = Math.sqrt(2 / Math.PI);
const geluCubic = 0.044715;

export const elementwiseVjps = {
  cast: ({ g }) => [() => g],
  detach: noGradient,
  // What the user's own backward makes of g
  with_gradient: ({ g, inputs: [, ...inputs], attributes: { seed, results } }) => {
    const gradients = once(() => substituted(results, seed, g));
    return [null, ...inputs.map((_, at) => () => gradients()[at])];
  },
  neg: pullback((g) => neg(g)),
  // |x|' = sign(x), 0 at 0
  abs: derivative((x) => sign(x)),
  sign: flat, floor: flat, ceil: flat, round: flat, trunc: flat,
  exp: derivative((_, y) => y),
  expm1: derivative((_, y) => add(y, 1)),
  log: pullback((g, x) => div(g, x)),
  log1p: pullback((g, x) => div(g, add(x, 1))),
  log2: pullback((g, x) => div(g, mul(x, Math.LN2))),
  log10: pullback((g, x) => div(g, mul(x, Math.LN10))),
  // (√x)' = 1 / 2√x
  sqrt: pullback((g, _, y) => div(g, mul(y, 2))),
  // (1/√x)' = −½ y³
  rsqrt: derivative((_, y) => mul(mul(y, square(y)), -0.5)),
  square: derivative((x) => mul(x, 2)),
  // (1/x)' = −y²
  reciprocal: derivative((_, y) => neg(square(y))),
  sin: derivative((x) => cos(x)),
  cos: derivative((x) => neg(sin(x))),
  // tan' = 1 + tan²
  tan: derivative((_, y) => add(square(y), 1)),
  asin: derivative((x) => rsqrt(sub(1, square(x)))),
  acos: derivative((x) => neg(rsqrt(sub(1, square(x))))),
  atan: pullback((g, x) => div(g, add(square(x), 1))),
  sinh: derivative((x) => cosh(x)),
  cosh: derivative((x) => sinh(x)),
  tanh: derivative((_, y) => sub(1, square(y))),
  // erf' = 2/√π · exp(−x²)
  erf: derivative((x) => mul(exp(neg(square(x))), 2 / Math.sqrt(Math.PI))),
  asinh: derivative((x) => rsqrt(add(square(x), 1))),
  acosh: derivative((x) => rsqrt(sub(square(x), 1))),
  atanh: pullback((g, x) => div(g, sub(1, square(x)))),
  erfc: derivative((x) => mul(exp(neg(square(x))), -2 / Math.sqrt(Math.PI))),
  // 1 / erf'(y)
  erfinv: derivative((_, y) => mul(exp(square(y)), Math.sqrt(Math.PI) / 2)),
  lgamma: derivative((x) => emit('digamma', [x], {})),
  digamma: derivative((x) => emit('polygamma', [x], { n: 1 })),
  polygamma: derivative((x, _, { n }) => emit('polygamma', [x], { n: n + 1 })),
  i0: derivative((x) => emit('i1', [x], {})),
  // I₁' = I₀ − I₁ / x, ½ at 0
  i1: derivative((x, y) => {
    const isZero = eq(x, 0);
    return where(isZero, 0.5, sub(emit('i0', [x], {}), div(y, where(isZero, 1, x))));
  }),
  isnan: noGradient, isinf: noGradient, logical_not: noGradient,

  // 0 at 0
  relu: pullback((g, _, y) => where(le(y, 0), 0, g)),
  // σ' = σ (1 − σ)
  sigmoid: derivative((_, y) => mul(y, sub(1, y))),
  // (xσ)' = σ (1 + x (1 − σ))
  silu: derivative((x) => {
    const s = sigmoid(x);
    return mul(s, add(mul(x, sub(1, s)), 1));
  }),
  // t = tanh(softplus(x)): (x t)' = t + x σ(x) (1 − t²)
  mish: derivative((x) => {
    const t = tanh(softplus(x));
    return add(t, mul(mul(x, sigmoid(x)), sub(1, square(t))));
  }),
  // scale for x > 0, else scale · α · eˣ = y + scale · α
  selu: pullback((g, x, y) => where(gt(x, 0), mul(g, seluScale), mul(g, add(y, seluScale * seluAlpha)))),
  // (x / (1 + |x|))' = 1 / (1 + |x|)²
  softsign: pullback((g, x) => div(g, square(add(abs(x), 1)))),
  // (log σ(x))' = σ(−x)
  logsigmoid: derivative((x) => sigmoid(neg(x))),
  // 1/6 strictly inside −3 … 3
  hardsigmoid: pullback((g, x) => where(within(x, -3, 3), mul(g, 1 / 6), 0)),
  // 0 up to −3, x/3 + ½, 1 from 3 on
  hardswish: pullback((g, x) => where(le(x, -3), 0, where(lt(x, 3), mul(g, add(mul(x, 1 / 3), 0.5)), g))),
  // (x − tanh x)' = tanh²x
  tanhshrink: derivative((x) => square(tanh(x))),
  // 1 strictly inside, 0 at both corners
  relu6: pullback((g, x) => where(within(x, 0, 6), g, 0)),
  hardtanh: pullback((g, x, _, { minVal, maxVal }) => where(within(x, minVal, maxVal), g, 0)),
  leaky_relu: pullback((g, x, _, { negativeSlope }) => where(gt(x, 0), g, mul(g, negativeSlope))),
  // α eˣ = y + α for x ≤ 0
  elu: pullback((g, x, y, { alpha }) => where(gt(x, 0), g, mul(g, add(y, alpha)))),
  // exp(x / α) for x ≤ 0
  celu: pullback((g, x, _, { alpha }) => where(gt(x, 0), g, mul(g, exp(mul(x, 1 / alpha))))),
  gelu: derivative((x, _, { approximate }) => (approximate === 'tanh' ? geluTanhSlope(x) : emit('gelu_slope', [x], {}))),
  // (Φ + x φ)' = φ (2 − x²), as φ' = −x φ
  gelu_slope: derivative((x) => mul(normalDensity(x), sub(2, square(x)))),
  // σ(βx); 1 where βx is past the threshold
  softplus: pullback((g, x, _, { beta, threshold }) => where(gt(mul(x, beta), threshold), g, mul(g, sigmoid(mul(x, beta))))),
  // 1 inside, the bounds included
  clamp: pullback((g, x, _, { min, max }) => {
    const above = min === null ? null : ge(x, min);
    const below = max === null ? null : le(x, max);
    return where(above && below ? and(above, below) : (above ?? below)!, g, 0);
  }),
  hardshrink: pullback((g, x, _, { lambd }) => where(and(ge(x, -lambd), le(x, lambd)), 0, g)),
  softshrink: pullback((g, x, _, { lambd }) => where(and(ge(x, -lambd), le(x, lambd)), 0, g)),
  threshold: pullback((g, x, _, { threshold }) => where(le(x, threshold), 0, g)),

  add: binary((g) => g, (g) => g),
  sub: binary((g) => g, (g) => neg(g)),
  mul: binary((g, _, y) => mul(g, y), (g, x) => mul(g, x)),
  // (x/y)' = 1/y, −(x/y)/y
  div: binary((g, _, y) => div(g, y), (g, _, y, z) => neg(div(mul(g, z), y))),
  // (xʸ)' = y xʸ⁻¹ (0 for y = 0), xʸ log x (0 for x = 0, y ≥ 0)
  pow: binary(
    (g, x, y) => where(eq(y, 0), 0, mul(g, mul(y, pow(x, sub(y, 1))))),
    (g, x, y, z) => where(and(eq(x, 0), ge(y, 0)), 0, mul(g, mul(z, log(x)))),
  ),
  // The larger one's; half each where both are equal
  maximum: binary((g, x, y) => where(lt(x, y), 0, halfAtTies(g, x, y)), (g, x, y) => where(gt(x, y), 0, halfAtTies(g, x, y))),
  minimum: binary((g, x, y) => where(gt(x, y), 0, halfAtTies(g, x, y)), (g, x, y) => where(lt(x, y), 0, halfAtTies(g, x, y))),
  // x − y ⌊x/y⌋, x − y trunc(x/y)
  remainder: binary((g) => g, (g, x, y) => neg(mul(g, floor(div(x, y))))),
  fmod: binary((g) => g, (g, x, y) => neg(mul(g, trunc(div(x, y))))),
  floor_divide: noGradient,
  // atan2(x, y)' = y / (x² + y²), −x / (x² + y²), 0 at (0, 0)
  atan2: binary(
    (g, x, y) => mul(g, div(y, squaredDistance(x, y))),
    (g, x, y) => mul(g, div(neg(x), squaredDistance(x, y))),
  ),
  // x / √(x² + y²), y / √(x² + y²)
  hypot: binary((g, x, _, z) => mul(g, div(x, z)), (g, _, y, z) => mul(g, div(y, z))),
  // eˣ / (eˣ + eʸ) = σ(x − y)
  logaddexp: binary((g, x, y) => mul(g, sigmoid(sub(x, y))), (g, x, y) => mul(g, sigmoid(sub(y, x)))),
  bitwise_and: noGradient, bitwise_or: noGradient, bitwise_xor: noGradient, bitwise_left_shift: noGradient, bitwise_right_shift: noGradient,
  eq: noGradient, ne: noGradient, lt: noGradient, le: noGradient, gt: noGradient, ge: noGradient,
  logical_and: noGradient, logical_or: noGradient, logical_xor: noGradient,

  // x > 0: 1, 0. Else: slope, x
  prelu: ({ g, inputs: [x, slope] }) => {
    const rank = x.shape.length;
    const isShared = elementCount(slope.shape) === 1;
    const perChannel = x.shape.map((size, axis) => (axis === 1 ? size : 1));
    return [
      () => where(gt(x, 0), g, mul(g, reshape(slope, isShared ? [] : perChannel))),
      () => {
        const each = where(gt(x, 0), 0, mul(g, x));
        const others = x.shape.map((_, axis) => axis).filter((axis) => isShared || axis !== 1 || rank < 2);
        return reshape(sum(each, others), slope.shape);
      },
    ];
  },
  where: ({ g, inputs: [condition] }) => [null, () => where(condition, g, 0), () => where(condition, 0, g)],
} satisfies Partial<VjpRules>;

/** x² + y², 1 where that is 0 */
function squaredDistance(x: Term, y: Term): Term {
  const distance = add(square(x), square(y));
  return where(eq(distance, 0), 1, distance);
}

const halfAtTies = (g: Term, x: Term, y: Term) => where(eq(x, y), mul(g, 0.5), g);

/** φ of the standard normal distribution */
function normalDensity(x: Term): Term {
  return mul(exp(mul(square(x), -0.5)), 1 / Math.sqrt(2 * Math.PI));
}

/** t = tanh(s (x + c x³)): (½ x (1 + t))' = ½ (1 + t) + ½ x (1 − t²) s (1 + 3 c x²) */
function geluTanhSlope(x: Term): Term {
  const t = tanh(mul(add(x, mul(mul(x, square(x)), geluCubic)), geluScale));
  const inner = mul(add(mul(square(x), 3 * geluCubic), 1), geluScale);
  return mul(add(add(t, 1), mul(mul(x, sub(1, square(t))), inner)), 0.5);
}
