// Attention as one kernel that streams the keys; its matrix of weights never exists.
import { typeOf, type NodeOf } from '../../../graph/graph.ts';
import type { Attention } from '../../../graph/opAttributes.ts';
import { elementCount } from '../../../graph/tensorType.ts';
import { attentionKeys, attentionQueries, edgeBytes } from '../assembly/limits.ts';
import { Place } from '../buffers.ts';
import type { Lowering } from '../lowering.ts';
import { elementBytes, isFloats } from '../storage.ts';
import { Float, type Fields } from '../task.ts';
import { expanded, type View } from '../view.ts';
import { stacked } from './batch.ts';
import type { LoweringRules } from './rule.ts';

type AttentionNode = NodeOf<'scaled_dot_product_attention'> | NodeOf<'scaled_dot_product_attention_backward'>;

interface AttentionSizes {
  readonly outer: number;
  readonly inner: number;
  readonly queries: number;
  readonly keys: number;
  readonly width: number;
  readonly valueWidth: number;
}

/** The matrices and what is common to both kernels, by the fields' names; null: not of a kind that these take. */
function prepare(node: AttentionNode, lowering: Lowering, matrices: readonly View[], mask: View | undefined): {
  readonly stacks: readonly Fields[];
  readonly masking: { readonly mask: Fields | 0; readonly maskColumn: number; readonly isBool: number };
  readonly sizes: AttentionSizes;
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
  const stackOf = (view: View, n: number): Fields => {
    const size = elementBytes(view.dtype);
    const [outer, inner] = axes.strides[n];
    return { at: new Place(view.buffer, view.offset * size), outer: outer * size, inner: inner * size, row: view.strides.at(-2)! * size };
  };
  const stacks = views.slice(0, matrices.length).map(stackOf);
  const ofMask = views[matrices.length];
  return {
    stacks, sizes: { outer: axes.sizes[0], inner: axes.sizes[1], queries, keys, width, valueWidth },
    masking: ofMask === undefined ? { mask: 0, maskColumn: 0, isBool: 0 } : {
      mask: stackOf(ofMask, matrices.length), maskColumn: ofMask.strides.at(-1)! * elementBytes(ofMask.dtype), isBool: ofMask.dtype === 'bool' ? 1 : 0,
    },
  };
}

const panelled = (columns: number): number => Math.ceil(columns / 8) * 8;

function workOf({ outer, inner, queries, keys, width, valueWidth }: AttentionSizes, { isCausal }: Attention, products: number): number {
  return (outer * inner * queries * keys * (width + valueWidth) * products) / (isCausal ? 2 : 1);
}

export const attentionRules = {
  scaled_dot_product_attention: (node, lowering) => {
    const [query, key, value, mask] = node.inputs;
    const { attributes } = node;
    const found = prepare(node, lowering, [query, key, value].map((each) => lowering.read(each)), mask === undefined ? undefined : lowering.read(mask));
    if (found === null) return false;
    const { stacks: [ofQuery, ofKey, ofValue], sizes } = found;
    const { inner, queries, width, valueWidth } = sizes;
    const y = { at: lowering.write(node.outputs[0]), outer: 4 * inner * queries * valueWidth, inner: 4 * queries * valueWidth, row: 4 * valueWidth };
    const bytes = edgeBytes + 4 * (attentionQueries * attentionKeys + attentionKeys * width + attentionKeys * panelled(valueWidth) + 2 * queries + 16);
    lowering.command('attention', workOf(sizes, attributes, 2), {
      query: ofQuery, key: ofKey, value: ofValue, y, logSums: lowering.write(node.outputs[1]), gradient: 0, dQuery: 0, dKey: 0, dValue: 0, ...found.masking,
      scratch: lowering.scratchPerThread(bytes), scratchBytes: bytes, ...sizes, isCausal: attributes.isCausal ? 1 : 0, scale: new Float(attributes.scale),
    });
    return true;
  },
  scaled_dot_product_attention_backward: (node, lowering) => {
    const [gradient, query, key, value, y, logSums, mask] = node.inputs;
    const { attributes } = node;
    const matrices = [query, key, value, y, gradient].map((each) => lowering.read(each));
    const found = prepare(node, lowering, matrices, mask === undefined ? undefined : lowering.read(mask));
    if (found === null) return false;
    const { stacks: [ofQuery, ofKey, ofValue, ofResult, ofGradient], sizes } = found;
    const { queries, width, valueWidth } = sizes;
    const bytes = edgeBytes + 4 * (2 * attentionQueries * attentionKeys + attentionKeys * (width + valueWidth + panelled(width))
      + attentionQueries * (panelled(width) + panelled(valueWidth)) + queries + 16);
    const [dQuery, dKey, dValue] = node.outputs.map((output) => lowering.write(output));
    lowering.command('attentionBackward', workOf(sizes, attributes, 5), {
      query: ofQuery, key: ofKey, value: ofValue, y: ofResult, logSums: lowering.readContiguous(logSums), gradient: ofGradient, dQuery, dKey, dValue,
      ...found.masking, scratch: lowering.scratchPerThread(bytes), scratchBytes: bytes, ...sizes,
      isCausal: attributes.isCausal ? 1 : 0, scale: new Float(attributes.scale),
    });
    return true;
  },
} satisfies LoweringRules;
