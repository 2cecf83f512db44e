// Derivatives of indexing: what was read is added to, what was written is read. Indices themselves get none.
import { cast, div, emit, eq, full, gather, mul, scatter, scatterAdd, zerosLike, type Term } from '../emitter.ts';
import type { Shape } from '../tensorType.ts';
import type { VjpRules } from './vjpRule.ts';

/** A scatter may use a corner of its source only: the rest has no influence. */
function cornerOf(shape: Shape, taken: Term): Term {
  const pads = shape.map((size, axis) => [0, size - taken.shape[axis]] as const);
  return pads.every(([, after]) => after === 0) ? taken : emit('pad', [taken], { pads, mode: 'constant', value: 0 });
}

export const indexingVjps = {
  gather: ({ g, inputs: [x, index], attributes: { dim } }) => [() => scatterAdd(zerosLike(x), index, g, dim), null],
  scatter: ({ g, inputs: [, index, source], attributes: { dim } }) => [
    () => scatter(g, index, full(g, index.shape, 0), dim),
    null,
    () => cornerOf(source.shape, gather(g, index, dim)),
  ],
  scatter_add: ({ g, inputs: [, index, source], attributes: { dim } }) => [
    () => g, null, () => cornerOf(source.shape, gather(g, index, dim)),
  ],
  // Evenly to all that equal the extremum
  scatter_reduce: ({ g, inputs: [x, index, source], y, attributes: { dim, includeSelf } }) => {
    const part = source.shape.every((size, axis) => size === index.shape[axis]) ? source
      : emit('pad', [source], { pads: source.shape.map((size, axis) => [0, index.shape[axis] - size] as const), mode: 'constant', value: 0 });
    const own = () => {
      const isExtremum = cast(eq(x, y), g.dtype);
      return includeSelf ? isExtremum : scatter(isExtremum, index, full(g, index.shape, 0), dim);
    };
    const written = () => cast(eq(part, gather(y, index, dim)), g.dtype);
    const shares = () => div(g, scatterAdd(own(), index, written(), dim));
    return [() => mul(own(), shares()), null, () => cornerOf(source.shape, mul(written(), gather(shares(), index, dim)))];
  },
  index_select: ({ g, inputs: [x, index], attributes }) => [() => emit('index_add', [zerosLike(x), index, g], attributes), null],
  index_add: ({ g, inputs: [, index], attributes }) => [() => g, null, () => emit('index_select', [g, index], attributes)],
  index: ({ g, inputs: [x, ...indices], attributes: { dims } }) => [
    () => emit('index_put', [zerosLike(x), g, ...indices], { dims, accumulate: true }),
    ...indices.map(() => null),
  ],
  index_put: ({ g, inputs: [, values, ...indices], attributes: { dims, accumulate } }) => [
    () => (accumulate ? g : emit('index_put', [g, zerosLike(values), ...indices], { dims, accumulate: false })),
    () => emit('index', [g, ...indices], { dims }),
    ...indices.map(() => null),
  ],
  embedding: ({ g, inputs: [weight, indices] }) => [
    () => emit('embedding_backward', [g, indices], { numWeights: weight.shape[0] }), null,
  ],
  embedding_backward: ({ g, inputs: [, indices] }) => [() => emit('embedding', [g, indices], {}), null],
} satisfies Partial<VjpRules>;
