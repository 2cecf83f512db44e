// Derivatives of ops that move elements: each moves the gradient back.
import { emit, flip, permute, reshape, slice, zerosLike } from '../emitter.ts';
import { SliceGradient, type VjpRules } from './vjpRule.ts';

export const shapeVjps = {
  reshape: ({ g, inputs: [x] }) => [() => reshape(g, x.shape)],
  permute: ({ g, attributes: { dims } }) => [() => permute(g, dims.map((_, axis) => dims.indexOf(axis)))],
  expand: ({ g }) => [() => g],
  slice: ({ g, attributes }) => [() => new SliceGradient(g, attributes)],
  slice_scatter: ({ g, inputs: [, source], attributes }) => [
    () => emit('slice_scatter', [g, zerosLike(source)], attributes),
    () => emit('slice', [g], attributes),
  ],
  cat: ({ g, inputs, attributes: { dim } }) => {
    let start = 0;
    return inputs.map((input) => {
      const from = start;
      start += input.shape[dim];
      return () => slice(g, dim, from, from + input.shape[dim]);
    });
  },
  // Padding with a constant is undone by cropping, and the reverse
  pad: ({ g, inputs: [x], attributes: { pads, mode } }) => [() => (
    mode === 'constant'
      ? emit('pad', [g], { pads: pads.map(([before, after]) => [-before, -after] as const), mode, value: 0 })
      : emit('pad_backward', [g], { pads, mode, inputShape: x.shape })
  )],
  pad_backward: ({ g, attributes: { pads, mode } }) => [() => emit('pad', [g], { pads, mode, value: 0 })],
  flip: ({ g, attributes: { dims } }) => [() => flip(g, ...dims)],
  tril: ({ g, attributes }) => [() => emit('tril', [g], attributes)],
  triu: ({ g, attributes }) => [() => emit('triu', [g], attributes)],
} satisfies Partial<VjpRules>;
