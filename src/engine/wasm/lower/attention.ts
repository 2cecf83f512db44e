// Attention as one kernel that streams the keys; its matrix of weights never exists.
import { typeOf, type NodeOf } from '../../../graph/graph.ts';
import type { Attention } from '../../../graph/opAttributes.ts';
import { elementCount } from '../../../graph/tensorType.ts';
import { ATTENTION_KEYS, ATTENTION_QUERIES, EDGE_BYTES } from '../assembly/limits.ts';
import { Place } from '../buffers.ts';
import type { Lowering } from '../lowering.ts';
import { elementBytes, isFloats } from '../storage.ts';
import { Float, type Word } from '../task.ts';
import { expanded, type View } from '../view.ts';
import { stacked } from './batch.ts';
import type { LoweringRules } from './rule.ts';

type AttentionNode = NodeOf<'scaled_dot_product_attention'> | NodeOf<'scaled_dot_product_attention_backward'>;

/** The matrices' words and the common ones; null: not of a kind that the kernel takes. */
function prepare(node: AttentionNode, lowering: Lowering, matrices: readonly View[], mask: View | undefined): {
  readonly stacks: readonly Word[]; readonly mask: readonly Word[]; readonly sizes: readonly number[];
} | null {
  const [query, key, value] = matrices;
  const batch = query.shape.slice(0, -2);
  const [queries, width] = query.shape.slice(-2);
  const [keys, valueWidth] = value.shape.slice(-2);
  const isOurs = [...node.inputs, ...node.outputs].every((each) => {
    const { dtype, shape } = typeOf(lowering.graph, each);
    return (isFloats(dtype) || (dtype === 'bool' && shape.length > 0)) && elementCount(shape) > 0;
  });
  if (!isOurs || key.shape.length !== query.shape.length) return null;
  const masks = mask === undefined ? [] : [expanded(mask, [...batch, queries, keys])];
  const { views, axes } = stacked(lowering, [...matrices.map((view) => (view.strides.at(-1) === 1 ? view : lowering.copied(view))), ...masks], batch);
  const stackOf = (view: View, n: number): Word => {
    const size = elementBytes(view.dtype);
    const [outer, inner] = axes.strides[n];
    return [new Place(view.buffer, view.offset * size), outer * size, inner * size, view.strides.at(-2)! * size];
  };
  const stacks = views.slice(0, matrices.length).map(stackOf);
  const ofMask = views[matrices.length];
  return {
    stacks, sizes: [...axes.sizes, queries, keys, width, valueWidth],
    mask: ofMask === undefined ? [0, 0, 0] : [stackOf(ofMask, matrices.length), ofMask.strides.at(-1)! * elementBytes(ofMask.dtype), ofMask.dtype === 'bool' ? 1 : 0],
  };
}

const panelled = (columns: number): number => Math.ceil(columns / 8) * 8;

function workOf([outer, inner, queries, keys, width, valueWidth]: readonly number[], { isCausal }: Attention, products: number): number {
  return (outer * inner * queries * keys * (width + valueWidth) * products) / (isCausal ? 2 : 1);
}

export const attentionRules = {
  scaled_dot_product_attention: (node, lowering) => {
    const [query, key, value, mask] = node.inputs;
    const { attributes } = node;
    const found = prepare(node, lowering, [query, key, value].map((each) => lowering.read(each)), mask === undefined ? undefined : lowering.read(mask));
    if (found === null) return false;
    const { stacks, sizes } = found;
    const [, inner, queries, , width, valueWidth] = sizes;
    const y: Word = [lowering.write(node.outputs[0]), 4 * inner * queries * valueWidth, 4 * queries * valueWidth, 4 * valueWidth];
    const bytes = EDGE_BYTES + 4 * ( ATTENTION_QUERIES * ATTENTION_KEYS + ATTENTION_KEYS * width + ATTENTION_KEYS * panelled(valueWidth) + 2 * queries + 16);
    lowering.command('attention', workOf(sizes, attributes, 2), [
      ...stacks, y, lowering.write(node.outputs[1]), 0, 0, 0, 0, ...found.mask, lowering.scratchPerThread(bytes), bytes, ...sizes,
      attributes.isCausal ? 1 : 0, new Float(attributes.scale),
    ]);
    return true;
  },
  scaled_dot_product_attention_backward: (node, lowering) => {
    const [gradient, query, key, value, y, logSums, mask] = node.inputs;
    const { attributes } = node;
    const matrices = [query, key, value, y, gradient].map((each) => lowering.read(each));
    const found = prepare(node, lowering, matrices, mask === undefined ? undefined : lowering.read(mask));
    if (found === null) return false;
    const { stacks, sizes } = found;
    const [, , queries, , width, valueWidth] = sizes;
    const bytes = EDGE_BYTES + 4 * ( 2 * ATTENTION_QUERIES * ATTENTION_KEYS + ATTENTION_KEYS * (width + valueWidth + panelled(width)) + ATTENTION_QUERIES * (panelled(width) + panelled(valueWidth)) + queries + 16);
    lowering.command('attentionBackward', workOf(sizes, attributes, 5), [
      ...stacks.slice(0, 4), lowering.readContiguous(logSums), stacks[4], ...node.outputs.map((output) => lowering.write(output)), ...found.mask,
      lowering.scratchPerThread(bytes), bytes, ...sizes, attributes.isCausal ? 1 : 0, new Float(attributes.scale),
    ]);
    return true;
  },
} satisfies LoweringRules;
