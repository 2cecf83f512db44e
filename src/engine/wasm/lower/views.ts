// Ops that move nothing: their output is their input's storage under other strides. Who cannot read it so gets a copy.
import { typeOf, type NodeOf } from '../../../graph/graph.ts';
import type { Op } from '../../../graph/opAttributes.ts';
import { isExactCast, representation, settled } from '../../tensor.ts';
import type { Lowering } from '../lowering.ts';
import { contiguousView, expanded, permuted, reshaped, sliced, type View } from '../view.ts';
import type { LoweringRules } from './rule.ts';

type ViewNode = NodeOf<'reshape' | 'detach' | 'with_gradient' | 'expand' | 'permute' | 'slice' | 'cast'>;

/** The view of another value that a node is. `peek`: without waiting for that value. */
function alias(node: ViewNode, lowering: Lowering, change: (view: View) => View): true {
  lowering.alias(node.outputs[0], change(lowering.peek(node.inputs[0])));
  return true;
}

export const viewRules = {
  reshape: (node, lowering) => {
    const { shape } = typeOf(lowering.graph, node.outputs[0]);
    const view = lowering.peek(node.inputs[0]);
    const moved = reshaped(view, shape);
    lowering.alias(node.outputs[0], moved ?? { ...lowering.copied(lowering.read(node.inputs[0])), ...stridesOf(view, shape) });
    return true;
  },
  detach: (node, lowering) => alias(node, lowering, (view) => view),
  with_gradient: (node, lowering) => alias(node, lowering, (view) => view),
  expand: (node, lowering) => alias(node, lowering, (view) => expanded(view, node.attributes.shape)),
  permute: (node, lowering) => alias(node, lowering, (view) => permuted(view, node.attributes.dims)),
  slice: (node, lowering) => {
    const { dim, start, end, step } = node.attributes;
    return alias(node, lowering, (view) => sliced(view, dim, start, end, step));
  },
  cast: (node, lowering) => {
    const { dtype } = node.attributes;
    return isExactCast(typeOf(lowering.graph, node.inputs[0]).dtype, dtype) && alias(node, lowering, (view) => ({ ...view, dtype }));
  },
  // One number, read wherever it is wanted
  full: (node, lowering) => {
    const { shape, value, dtype } = node.attributes;
    // One that its type does not hold is settled, or is an error, as the reference kernel has it.
    const { range } = representation[dtype];
    if (range !== null && !(Number.isInteger(value) && value >= range[0] && value <= range[1])) return false;
    lowering.alias(node.outputs[0], expanded(lowering.scalar(settled(dtype, value), dtype), shape));
    return true;
  },
} satisfies LoweringRules & Record<Exclude<Op & ViewNode['op'], never>, unknown>;

function stridesOf({ buffer, dtype }: View, shape: readonly number[]): Pick<View, 'shape' | 'strides'> {
  const { strides } = contiguousView(buffer, dtype, shape);
  return { shape, strides };
}
