// Element-wise ops of int32 and int64, alone or beside floats and bools: each a command of its own, as they are few and small. What is of another
// kind than the op computes in is converted first.
import { typeOf, type Node, type ValueId } from '../../../graph/graph.ts';
import type { Op, OpAttributes } from '../../../graph/opAttributes.ts';
import type { DType } from '../../../graph/tensorType.ts';
import { overflow } from '../../reference/integers.ts';
import { Opcode } from '../assembly/opcodes.ts';
import type { Place } from '../buffers.ts';
import { chainSteps, type ChainStep } from '../elementwise.ts';
import type { Lowering } from '../lowering.ts';
import { isFloats } from '../storage.ts';
import { contiguousView, type View } from '../view.ts';

/** Ops that compute integers of integers, with their step; `leaves`: results can need more bits than there are. */
const integerSteps: { readonly [O in Op]?: { readonly opcode: Opcode; readonly leaves: boolean } } = {
  add: { opcode: Opcode.add_ints, leaves: true }, sub: { opcode: Opcode.sub_ints, leaves: true }, mul: { opcode: Opcode.mul_ints, leaves: true },
  square: { opcode: Opcode.mul_ints, leaves: true }, neg: { opcode: Opcode.neg_ints, leaves: true }, abs: { opcode: Opcode.abs_ints, leaves: true },
  maximum: { opcode: Opcode.maximum_ints, leaves: false }, minimum: { opcode: Opcode.minimum_ints, leaves: false },
  eq: { opcode: Opcode.eq_ints, leaves: false }, ne: { opcode: Opcode.ne_ints, leaves: false }, lt: { opcode: Opcode.lt_ints, leaves: false },
  le: { opcode: Opcode.le_ints, leaves: false }, gt: { opcode: Opcode.gt_ints, leaves: false }, ge: { opcode: Opcode.ge_ints, leaves: false },
};

const isInteger = (dtype: DType): boolean => dtype === 'int32' || dtype === 'int64';

/** A bound of `clamp` in float32, which holds integers up to 2²⁴; no bound is what none exceeds. */
const LARGEST_BOUND = 2 ** 24;
const UNBOUNDED = 2 ** 31;

/** false: no integers take part, or a type or op that there is no step for. */
export function lowerIntegers(node: Node, lowering: Lowering): boolean {
  const { graph } = lowering;
  const [output] = node.outputs;
  const result = typeOf(graph, output).dtype;
  const types = [result, ...node.inputs.map((input) => typeOf(graph, input).dtype)];
  if (!types.some(isInteger) || !types.every((dtype) => isInteger(dtype) || dtype === 'bool' || isFloats(dtype))) return false;
  const inputTypes = types.slice(1);
  const views = (as: 'integers' | 'floats', inputs: readonly ValueId[]): View[] => inputs.map((input) => converted(node, lowering, lowering.read(input), as));
  const checked = (leaves: boolean): Place | 0 => (leaves && result === 'int64' ? lowering.fault(overflow) : 0);

  if (node.op === 'cast') {
    const opcode = isInteger(result) ? Opcode.to_int : result === 'bool' ? Opcode.to_bool : Opcode.to_float;
    const from = lowering.read(node.inputs[0]);
    lowering.chains.step(node, opcode, [from], lowering.newView(output), checked(isFloats(inputTypes[0])));
    return true;
  }
  if (node.op === 'where') {
    const [condition, ...values] = node.inputs;
    if (inputTypes[0] !== 'bool' || result === 'bool') return false;
    const chosen = views(isInteger(result) ? 'integers' : 'floats', values);
    lowering.chains.step(node, Opcode.where, [lowering.read(condition), ...chosen], lowering.newView(output));
    return true;
  }
  if (isFloats(result) || inputTypes.some(isFloats)) {
    const step = chainSteps[node.op] as ((attributes: OpAttributes[Op]) => ChainStep) | undefined;
    if (!step || isInteger(result)) return false;
    const { opcode, p, q } = step(node.attributes);
    const inputs = views('floats', node.inputs);
    lowering.chains.step(node, opcode, inputs, lowering.newView(output), p, q);
    return true;
  }
  if (node.op === 'clamp') {
    const { min, max } = node.attributes;
    const isHeld = (bound: number | null): boolean => bound === null || (Number.isInteger(bound) && Math.abs(bound) <= LARGEST_BOUND);
    if (!isInteger(result) || !isHeld(min) || !isHeld(max)) return false;
    lowering.chains.step(node, Opcode.clamp_ints, views('integers', node.inputs), lowering.newView(output), min ?? -UNBOUNDED, max ?? UNBOUNDED);
    return true;
  }
  const step = integerSteps[node.op];
  if (!step) return false;
  const inputs = views('integers', node.inputs);
  lowering.chains.step(node, step.opcode, inputs, lowering.newView(output), checked(step.leaves));
  return true;
}

/** Integers, or floats (bools are read as such), over the view's shape. */
function converted(node: Node, lowering: Lowering, view: View, as: 'integers' | 'floats'): View {
  if (as === 'integers' ? isInteger(view.dtype) : !isInteger(view.dtype)) return view;
  const dtype: DType = as === 'integers' ? 'int32' : 'float32';
  const to = contiguousView(lowering.buffers.of(dtype, view.shape), dtype, view.shape);
  lowering.chains.step(node, as === 'integers' ? Opcode.to_int : Opcode.to_float, [view], to);
  return to;
}
