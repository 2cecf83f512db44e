// Derivatives of poolings. They are linear once a maximum's position is known: the backward op's derivative is the pooling itself.
import { emit, gather, reshape, type Term } from '../emitter.ts';
import { elementCount } from '../tensorType.ts';
import type { VjpRules } from './vjpRule.ts';

/** The spatial axes as one. */
const flattened = (x: Term, spatialRank: number) =>
  reshape(x, [...x.shape.slice(0, -spatialRank), elementCount(x.shape.slice(-spatialRank))]);

export const poolingVjps = {
  max_pool_with_indices: ({ g, inputs: [x], outputs: [, indices], attributes: { kernelSize } }) => [
    () => emit('max_pool_backward', [g, indices], { inputShape: x.shape, spatialRank: kernelSize.length }),
  ],
  max_pool_backward: ({ g, inputs: [gradient, indices], attributes: { spatialRank } }) => [
    () => {
      const taken = gather(flattened(g, spatialRank), flattened(indices, spatialRank), g.shape.length - spatialRank);
      return reshape(taken, gradient.shape);
    },
    null,
  ],
  avg_pool: ({ g, inputs: [x], attributes }) => [() => emit('avg_pool_backward', [g], { ...attributes, inputShape: x.shape })],
  avg_pool_backward: ({ g, attributes: { inputShape: _, ...attributes } }) => [() => emit('avg_pool', [g], attributes)],
  adaptive_avg_pool: ({ g, inputs: [x], attributes: { outputSize } }) => [
    () => emit('adaptive_avg_pool_backward', [g], { inputShape: x.shape, spatialRank: outputSize.length }),
  ],
  adaptive_avg_pool_backward: ({ g, inputs: [gradient], attributes: { spatialRank } }) => [
    () => emit('adaptive_avg_pool', [g], { outputSize: gradient.shape.slice(-spatialRank) }),
  ],
  adaptive_max_pool_with_indices: ({ g, inputs: [x], outputs: [, indices], attributes: { outputSize } }) => [
    () => emit('max_pool_backward', [g, indices], { inputShape: x.shape, spatialRank: outputSize.length }),
  ],
  interpolate: ({ g, inputs: [x], attributes }) => [() => emit('interpolate_backward', [g], { ...attributes, inputShape: x.shape })],
  interpolate_backward: ({ g, attributes: { inputShape: _, ...attributes } }) => [() => emit('interpolate', [g], attributes)],
  im2col: ({ g, inputs: [x], attributes }) => [() => emit('col2im', [g], { ...attributes, outputSize: x.shape.slice(-2) })],
  col2im: ({ g, attributes: { outputSize: _, ...attributes } }) => [() => emit('im2col', [g], attributes)],
} satisfies Partial<VjpRules>;
