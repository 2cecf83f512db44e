// Derivatives of indexing: what was read is added to, what was written is read. Indices themselves get none.
import { emit, full, gather, scatter, scatterAdd, zerosLike, type Term } from '../emitter.ts';
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
