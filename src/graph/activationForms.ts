// Activation functions written with operators: per op that can complete one, the formulas looked for. A formula is matched as
// algebra (`GraphPatterns`), so that the order of operands does not matter.
import type { Node, ValueId } from './graph.ts';
import { isNear, type GraphPatterns, type Product } from './graphPatterns.ts';
import type { Op } from './opAttributes.ts';

interface Form {
  readonly name: string;
  readonly input: ValueId;
}
type Recognizer = (patterns: GraphPatterns, node: Node) => Form | null;

const seluScale = 1.0507009873554805;
const seluAlpha = 1.6732632423543772;
const geluTanhScale = Math.sqrt(2 / Math.PI);
const geluCubic = 0.044715;

/** The first pair, in either order, for which `match` gives something. */
function eitherOrder<T>([a, b]: readonly ValueId[], match: (a: ValueId, b: ValueId) => T | null): T | null {
  return match(a, b) ?? match(b, a);
}

/** k x: whether by a number (k is then given) or by a tensor (`number` is null); null: `value` is no multiple of x. */
function multiple(p: GraphPatterns, value: ValueId, x: ValueId): { number: number | null } | null {
  const { coefficient, factors } = p.product(value);
  const others = factors.filter((factor) => !p.isSame(factor, x));
  if (others.length !== factors.length - 1) return null;
  return others.length === 0 ? { number: coefficient } : others.length === 1 ? { number: null } : null;
}

/** What a slope for negative x makes of a rectifier. */
const leaky = ({ number }: { number: number | null }) => (number === null ? 'prelu' : number === 1 ? null : 'leaky_relu');

const isTerm = (term: Product, coefficient: number, factor: (value: ValueId) => boolean) =>
  term.factors.length === 1 && isNear(term.coefficient, coefficient) && factor(term.factors[0]);

/** 1 + exp(± x): x and the sign. */
function onePlusExp(p: GraphPatterns, value: ValueId): { x: ValueId; sign: number } | null {
  const { constant, terms } = p.sum(value);
  if (constant !== 1 || terms.length !== 1 || terms[0].coefficient !== 1 || terms[0].factors.length !== 1) return null;
  const exponent = p.argument(terms[0].factors[0], 'exp');
  if (exponent === null) return null;
  const { coefficient, factors } = p.product(exponent);
  return factors.length === 1 && Math.abs(coefficient) === 1 ? { x: factors[0], sign: coefficient } : null;
}

/** α (exp(x) − 1): α */
function expMinusOne(p: GraphPatterns, value: ValueId, x: ValueId): number | null {
  const { coefficient, factors } = p.product(value);
  if (factors.length !== 1) return null;
  const direct = p.argument(factors[0], 'expm1');
  if (direct !== null) return p.isSame(direct, x) ? coefficient : null;
  const { constant, terms } = p.sum(factors[0]);
  const isExp = terms.length === 1 && isTerm(terms[0], -constant, (factor) => {
    const exponent = p.argument(factor, 'exp');
    return exponent !== null && p.isSame(exponent, x);
  });
  return isExp && constant !== 0 ? coefficient * -constant : null;
}

/** The function of one name that a value is, called or written: its input. */
function inputOf(p: GraphPatterns, value: ValueId, name: string): ValueId | null {
  const node = p.node(value);
  if (node.op === name) return node.inputs[0];
  const form = writtenForms[node.op]?.(p, node);
  return form?.name === name ? form.input : null;
}

const where: Recognizer = (p, { inputs: [condition, a, b] }) => {
  const test = p.signTest(condition);
  if (!test) return null;
  const { x, holdsFor } = test;
  const [positive, negative] = holdsFor === 'positive' ? [a, b] : [b, a];
  if (!p.isSame(positive, x)) return null;
  if (p.isZero(negative)) return { name: 'relu', input: x };
  const slope = multiple(p, negative, x);
  const name = slope ? leaky(slope) : expMinusOne(p, negative, x) === null ? null : 'elu';
  return name === null ? null : { name, input: x };
};

/** max(0, x); max(x, a x) */
const maximum: Recognizer = (p, { inputs }) => eitherOrder(inputs, (a, x) => {
  if (p.isZero(x)) return null;
  if (p.isZero(a)) return { name: 'relu', input: x };
  const slope = multiple(p, a, x);
  const isBelowOne = slope && (slope.number === null || slope.number > 0 && slope.number < 1);
  return isBelowOne ? { name: leaky(slope)!, input: x } : null;
});

/** min(max(0, x), 6), min(max(−1, x), 1) */
const minimum: Recognizer = (p, { inputs }) => eitherOrder(inputs, (bound, value) => {
  const high = p.number(bound);
  if (high === 6) {
    const input = inputOf(p, value, 'relu');
    return input === null ? null : { name: 'relu6', input };
  }
  const inner = p.node(value);
  if (high !== 1 || inner.op !== 'maximum') return null;
  return eitherOrder(inner.inputs, (low, x) => (p.number(low) === -1 ? { name: 'hardtanh', input: x } : null));
});

/** max(0, x) with a lowest or a highest value */
function bounded(min: number | null, max: number | null, input: ValueId): Form | null {
  if (min === 0 && max === null) return { name: 'relu', input };
  if (min === 0 && max === 6) return { name: 'relu6', input };
  return min === -1 && max === 1 ? { name: 'hardtanh', input } : null;
}

/** ½ x (1 + erf(x / √2)), ½ x (1 + tanh(√(2/π) (x + 0.044715 x³))) */
function isGeluGate(p: GraphPatterns, gate: ValueId, x: ValueId): boolean {
  const { constant, terms } = p.sum(gate);
  if (constant !== 1 || terms.length !== 1 || terms[0].factors.length !== 1 || terms[0].coefficient !== 1) return false;
  const [call] = terms[0].factors;
  const inErf = p.argument(call, 'erf');
  if (inErf !== null) {
    const slope = multiple(p, inErf, x)?.number;
    return slope != null && isNear(slope, Math.SQRT1_2);
  }
  const inTanh = p.argument(call, 'tanh');
  if (inTanh === null) return false;
  const { coefficient, factors } = p.product(inTanh);
  if (factors.length === 0 || !isNear(coefficient, geluTanhScale)) return false;
  const cubic = p.sum(factors.find((factor) => !p.isSame(factor, x)) ?? factors[0]);
  // x (1 + c x²) has x as a factor, x + c x³ has not
  const degree = factors.length === 2 ? 2 : 3;
  return cubic.terms.some((term) => isNear(term.coefficient, geluCubic)
    && term.factors.length === degree && term.factors.every((factor) => p.isSame(factor, x)));
}

/** x + |x| */
function isTwiceRelu(p: GraphPatterns, value: ValueId): ValueId | null {
  const { constant, terms } = p.sum(value);
  return constant === 0 ? reluOfTerms(p, terms, 1) : null;
}
/** k x + k |x|: x */
function reluOfTerms(p: GraphPatterns, terms: readonly Product[], coefficient: number): ValueId | null {
  if (terms.length !== 2 || terms.some((term) => term.coefficient !== coefficient || term.factors.length !== 1)) return null;
  return eitherOrder([terms[0].factors[0], terms[1].factors[0]], (x, other) => {
    const inner = p.argument(other, 'abs');
    return inner !== null && p.isSame(inner, x) ? x : null;
  });
}

/** Products: the node's factors in any order and nesting. */
const product: Recognizer = (p, node) => {
  const { coefficient, factors } = p.product(node.outputs[0]);
  if (factors.length === 1) {
    const twice = coefficient === 0.5 ? isTwiceRelu(p, factors[0]) : null;
    if (twice !== null) return { name: 'relu', input: twice };
    return isNear(coefficient, seluScale) ? seluOf(p, factors[0]) : null;
  }
  if (factors.length !== 2) return null;
  return eitherOrder(factors, (x, gate) => {
    if (coefficient === 0.5 && isGeluGate(p, gate, x)) return { name: 'gelu', input: x };
    if (coefficient !== 1) return null;
    const test = p.signTest(gate);
    if (test?.holdsFor === 'positive' && p.isSame(test.x, x)) return { name: 'relu', input: x };
    const inSigmoid = inputOf(p, gate, 'sigmoid');
    if (inSigmoid !== null) return p.isSame(inSigmoid, x) ? { name: 'silu', input: x } : null;
    const inTanh = p.argument(gate, 'tanh');
    const inSoftplus = inTanh === null ? null : inputOf(p, inTanh, 'softplus');
    return inSoftplus !== null && p.isSame(inSoftplus, x) ? { name: 'mish', input: x } : null;
  });
};

/** scale · elu(x) with selu's α */
function seluOf(p: GraphPatterns, value: ValueId): Form | null {
  const node = p.node(value);
  if (node.op === 'elu') return isNear(node.attributes.alpha, seluAlpha) ? { name: 'selu', input: node.inputs[0] } : null;
  if (node.op !== 'where') return null;
  const form = where(p, node);
  if (form?.name !== 'elu') return null;
  const hasAlpha = [node.inputs[1], node.inputs[2]].some((branch) => {
    const alpha = expMinusOne(p, branch, form.input);
    return alpha !== null && isNear(alpha, seluAlpha);
  });
  return hasAlpha ? { name: 'selu', input: form.input } : null;
}

/** Quotients: 1 / (1 + exp(−x)), exp(x) / (1 + exp(x)), x / (1 + |x|), tanh and softmax by exponentials. */
const quotient: Recognizer = (p, node) => {
  const [above, below] = node.inputs;
  if (p.number(below) !== null) return product(p, node);
  const logistic = onePlusExp(p, below);
  if (p.number(above) === 1) return logistic?.sign === -1 ? { name: 'sigmoid', input: logistic.x } : null;
  const exponent = p.argument(above, 'exp');
  if (logistic?.sign === 1 && exponent !== null && p.isSame(exponent, logistic.x)) return { name: 'sigmoid', input: logistic.x };
  if (exponent !== null) return softmaxOf(p, above, below, exponent);
  // x σ(x) written as x / (1 + exp(−x))
  if (logistic?.sign === -1 && p.isSame(above, logistic.x)) return { name: 'silu', input: logistic.x };
  return softsignOf(p, above, below) ?? tanhOf(p, above, below);
};

function softmaxOf(p: GraphPatterns, above: ValueId, below: ValueId, exponent: ValueId): Form | null {
  const summed = p.argument(below, 'sum');
  if (summed === null || !p.isSame(summed, above)) return null;
  // exp(x − max x) for safety: the input is x
  const shift = p.node(exponent);
  if (shift.op !== 'sub') return { name: 'softmax', input: exponent };
  const [x, highest] = shift.inputs;
  const isShift = p.node(highest).op === 'amax' || p.node(highest).op === 'reshape';
  return { name: 'softmax', input: isShift ? x : exponent };
}

function softsignOf(p: GraphPatterns, x: ValueId, below: ValueId): Form | null {
  const { constant, terms } = p.sum(below);
  const isBelow = constant === 1 && terms.length === 1 && isTerm(terms[0], 1, (factor) => {
    const inner = p.argument(factor, 'abs');
    return inner !== null && p.isSame(inner, x);
  });
  return isBelow ? { name: 'softsign', input: x } : null;
}

/** (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ) */
function tanhOf(p: GraphPatterns, above: ValueId, below: ValueId): Form | null {
  const difference = exponentials(p, above);
  const total = exponentials(p, below);
  if (!difference || !total) return null;
  const [rising, falling] = difference;
  const isTanh = rising.coefficient === 1 && falling.coefficient === -1 && total.every((term) => term.coefficient === 1)
    && p.isSame(rising.x, total[0].x);
  return isTanh ? { name: 'tanh', input: rising.x } : null;
}
/** a eˣ + b e⁻ˣ: the two terms, the rising one first. */
function exponentials(p: GraphPatterns, value: ValueId): { coefficient: number; x: ValueId }[] | null {
  const { constant, terms } = p.sum(value);
  if (constant !== 0 || terms.length !== 2) return null;
  const found = terms.flatMap(({ coefficient, factors }) => {
    const exponent = factors.length === 1 ? p.argument(factors[0], 'exp') : null;
    if (exponent === null) return [];
    const inner = p.product(exponent);
    return inner.factors.length === 1 && Math.abs(inner.coefficient) === 1 ? [{ coefficient, x: inner.factors[0], sign: inner.coefficient }] : [];
  });
  if (found.length !== 2 || found[0].sign === found[1].sign || !p.isSame(found[0].x, found[1].x)) return null;
  return found.sort((a, b) => b.sign - a.sign);
}

/** Sums: ½ x + ½ |x|; max(0, x) + a min(0, x). */
const total: Recognizer = (p, node) => {
  const { constant, terms } = p.sum(node.outputs[0]);
  if (constant !== 0 || terms.length !== 2) return null;
  const half = reluOfTerms(p, terms, 0.5);
  if (half !== null) return { name: 'relu', input: half };
  return rectifierPair(p, terms[0], terms[1]) ?? rectifierPair(p, terms[1], terms[0]);
};

function rectifierPair(p: GraphPatterns, above: Product, below: Product): Form | null {
  if (above.coefficient !== 1 || above.factors.length !== 1 || below.factors.length > 2) return null;
  const x = inputOf(p, above.factors[0], 'relu');
  if (x === null) return null;
  for (const factor of below.factors) {
    // a min(0, x), or −a max(0, −x)
    const negated = inputOf(p, factor, 'relu');
    const isMirrored = negated !== null && multiple(p, negated, x)?.number === -1;
    if (!isMirrored && !isNegativePart(p, factor, x)) continue;
    if (below.factors.length === 2) return { name: 'prelu', input: x };
    const name = leaky({ number: below.coefficient * (isMirrored ? -1 : 1) });
    return name === null ? null : { name, input: x };
  }
  return null;
}
function isNegativePart(p: GraphPatterns, value: ValueId, x: ValueId): boolean {
  const node = p.node(value);
  if (node.op === 'clamp') return node.attributes.max === 0 && node.attributes.min === null && p.isSame(node.inputs[0], x);
  return node.op === 'minimum' && eitherOrder(node.inputs, (bound, inner) => p.isZero(bound) && p.isSame(inner, x) || null) !== null;
}

/** Per op that completes a written form. */
export const writtenForms: { readonly [O in Op]?: Recognizer } = {
  where, maximum, minimum, mul: product, div: quotient, add: total, sub: total,
  clamp: (_, { op, inputs, attributes }) => (op === 'clamp' ? bounded(attributes.min, attributes.max, inputs[0]) : null),
  hardtanh: (_, { op, inputs, attributes }) =>
    (op === 'hardtanh' ? bounded(attributes.minVal, attributes.maxVal, inputs[0]) ?? { name: 'hardtanh', input: inputs[0] } : null),
  threshold: (_, { op, inputs, attributes }) => (op === 'threshold'
    ? { name: attributes.threshold === 0 && attributes.value === 0 ? 'relu' : 'threshold', input: inputs[0] } : null),
  // 1 / (1 + exp(−x)) as a reciprocal or a power
  reciprocal: (p, { inputs: [below] }) => sigmoidBelow(p, below),
  pow: (p, { inputs: [below, exponent] }) => (p.number(exponent) === -1 ? sigmoidBelow(p, below) : null),
  // log(1 + eˣ)
  log: (p, { inputs: [x] }) => {
    const inner = onePlusExp(p, x);
    return inner?.sign === 1 ? { name: 'softplus', input: inner.x } : null;
  },
  log1p: (p, { inputs: [x] }) => {
    const exponent = p.argument(x, 'exp');
    return exponent === null ? null : { name: 'softplus', input: exponent };
  },
};

function sigmoidBelow(p: GraphPatterns, below: ValueId): Form | null {
  const logistic = onePlusExp(p, below);
  return logistic?.sign === -1 ? { name: 'sigmoid', input: logistic.x } : null;
}
