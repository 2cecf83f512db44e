// Derivatives of reductions and of what runs along an axis.
import {
  and, cast, cat, cumprod, cumsum, div, emit, eq, exp, expand, flip, full, mean, mul, once, or, permute, reshape, scatterAdd, slice, sub,
  sum, triu, where, zerosLike, type Term,
} from '../emitter.ts';
import { reducedShape } from '../infer/reduction.ts';
import type { Reduction } from '../opAttributes.ts';
import { elementCount, type Shape } from '../tensorType.ts';
import { noGradient, type VjpRule, type VjpRules } from './vjpRule.ts';

/** A reduced tensor with its axes back, of size 1. */
function keptAxes(reduced: Term, shape: Shape, { dim }: Reduction): Term {
  return reshape(reduced, reducedShape(shape, { dim, keepdim: true }));
}
/** A reduced tensor stretched over what was reduced. */
function stretched(reduced: Term, x: Term, reduction: Reduction): Term {
  return expand(keptAxes(reduced, x.shape, reduction), x.shape);
}
function reducedCount(x: Term, { dim }: Reduction): number {
  return elementCount(dim.map((axis) => x.shape[axis]));
}

/** Evenly to all that equal the extremum, which is NaN where one of them is: PyTorch's evenly_distribute_backward. */
const extremum: VjpRule<'amax' | 'amin'> = ({ g, inputs: [x], y, attributes }) => [() => {
  const isExtremum = cast(or(eq(x, keptAxes(y, x.shape, attributes)), emit('isnan', [x], {})), g.dtype);
  const ties = sum(isExtremum, attributes.dim, true);
  return mul(div(isExtremum, ties), keptAxes(g, x.shape, attributes));
}];

/** Σ over this and all later elements */
const reverseCumsum = (x: Term, dim: number) => flip(cumsum(flip(x, dim), dim), dim);

/** The product of all other elements along the last axis, exact where elements are 0. */
function othersProduct(x: Term): Term {
  const axis = x.shape.length - 1;
  const count = x.shape[axis];
  const one = full(x, [...x.shape.slice(0, -1), 1], 1);
  const before = (from: Term) => cumprod(cat([one, slice(from, axis, 0, count - 1)], axis), axis);
  return mul(before(x), flip(before(flip(x, axis)), axis));
}

/** What was taken from somewhere goes back there. */
const fromIndices: VjpRule<'sort' | 'cummax' | 'cummin'> = ({ g, inputs: [x], outputs: [, indices], attributes: { dim } }) => [() => (
  x.shape.length === 0 ? g : scatterAdd(zerosLike(x), indices, g, dim)
)];

export const reductionVjps = {
  sum: ({ g, inputs: [x], attributes }) => [() => stretched(g, x, attributes)],
  mean: ({ g, inputs: [x], attributes }) => [() => stretched(mul(g, 1 / reducedCount(x, attributes)), x, attributes)],
  // (Π x)' = the product of the others
  prod: ({ g, inputs: [x], attributes }) => [() => {
    if (elementCount(x.shape) === 0 || attributes.dim.length === 0) return stretched(g, x, attributes);
    const kept = x.shape.map((_, axis) => axis).filter((axis) => !attributes.dim.includes(axis));
    const order = [...kept, ...attributes.dim];
    const arranged = permute(x, order);
    const others = othersProduct(reshape(arranged, [...kept.map((axis) => x.shape[axis]), reducedCount(x, attributes)]));
    const back = order.map((_, axis) => order.indexOf(axis));
    return mul(permute(reshape(others, arranged.shape), back), keptAxes(g, x.shape, attributes));
  }],
  amax: extremum,
  amin: extremum,
  any: noGradient, all: noGradient, argmax: noGradient, argmin: noGradient,
  // 2 (x − x̄) / (n − correction)
  var: ({ g, inputs: [x], attributes }) => [() => {
    const factor = 2 / (reducedCount(x, attributes) - attributes.correction);
    return mul(mul(keptAxes(g, x.shape, attributes), factor), sub(x, mean(x, attributes.dim, true)));
  }],
  cumsum: ({ g, attributes: { dim } }) => [() => reverseCumsum(g, dim)],
  // yⱼ = Π_{k≤j} xₖ: dxᵢ = Σ_{j≥i} gⱼ yⱼ / xᵢ. At the first 0 the quotient is the product with that element replaced by 1;
  // past it every product has a 0 left, so that both y and the gradient vanish.
  cumprod: ({ g, inputs: [x], y, attributes: { dim } }) => [() => {
    if (x.shape.length === 0) return g;
    const isZero = eq(x, 0);
    const isFirstZero = and(isZero, eq(cumsum(cast(isZero, 'int64'), dim), 1));
    const quotient = div(reverseCumsum(mul(g, y), dim), where(isZero, 1, x));
    const atFirstZero = reverseCumsum(mul(g, cumprod(where(isFirstZero, 1, x), dim)), dim);
    return where(isZero, where(isFirstZero, atFirstZero, 0), quotient);
  }],
  // y (g − Σ g y)
  softmax: ({ g, inputs: [x], y, attributes: { dim } }) => [() => (
    mul(y, sub(g, sum(mul(g, y), x.shape.length === 0 ? [] : [dim], true)))
  )],
  // g − eʸ Σ g
  log_softmax: ({ g, inputs: [x], y, attributes: { dim } }) => [() => (
    sub(g, mul(exp(y), sum(g, x.shape.length === 0 ? [] : [dim], true)))
  )],
  // softmax(x) = exp(x − y)
  logsumexp: ({ g, inputs: [x], y, attributes }) => [() => (
    mul(keptAxes(g, x.shape, attributes), exp(sub(x, keptAxes(y, x.shape, attributes))))
  )],
  // dxᵢ = Σ_{j≥i} gⱼ exp(xᵢ − yⱼ)
  logcumsumexp: ({ g, inputs: [x], y, attributes }) => [() => (
    x.shape.length === 0 ? g : emit('logcumsumexp_backward', [g, x, y], attributes)
  )],
  logcumsumexp_backward: ({ inputs: [gradient, x, y], attributes: { dim }, through }) => {
    const all = once(() => {
      const count = x.shape[dim];
      const along = (term: Term, axis: number) =>
        reshape(term, [...x.shape.slice(0, dim), ...(axis === 0 ? [count, 1] : [1, count]), ...x.shape.slice(dim + 1)]);
      const spread = [...x.shape.slice(0, dim), count, count, ...x.shape.slice(dim + 1)];
      const later = cast(triu(full(x, [count, count], 1)), 'bool');
      const isLater = reshape(later, spread.map((size, axis) => (axis === dim || axis === dim + 1 ? size : 1)));
      const factors = exp(where(isLater, sub(along(x, 0), along(y, 1)), -1e30));
      return through([sum(mul(factors, along(gradient, 1)), [dim + 1])]);
    });
    return [0, 1, 2].map((at) => () => all()[at]);
  },
  cummax: fromIndices,
  cummin: fromIndices,
  searchsorted: noGradient,
  // Each element's gradient goes back to where the element came from
  sort: fromIndices,
} satisfies Partial<VjpRules>;
