// Element-wise ops of integers, alone or beside floats and bools: each a command of its own, as they are few and small. What is of another
// kind than the op computes in is converted first.
import { typeOf, type Node, type ValueId } from '../../../graph/graph.ts';
import type { Op, OpAttributes } from '../../../graph/opAttributes.ts';
import type { DType } from '../../../graph/tensorType.ts';
import { overflow, zeroDivision, type EngineError } from '../../engineError.ts';
import { Opcode } from '../assembly/opcodes.ts';
import type { Place } from '../buffers.ts';
import { chainSteps, type ChainStep } from '../elementwise.ts';
import type { Lowering } from '../lowering.ts';
import { isFloats, isIntegers } from '../storage.ts';
import { contiguousView, type View } from '../view.ts';

/** Ops that compute integers of integers, with their step; `leaves`: results can need more bits than there are. */
const integerSteps: { readonly [O in Op]?: { readonly opcode: Opcode; readonly leaves: boolean; readonly divides?: true } } = {
  add: { opcode: Opcode.add_ints, leaves: true }, sub: { opcode: Opcode.sub_ints, leaves: true }, mul: { opcode: Opcode.mul_ints, leaves: true },
  square: { opcode: Opcode.mul_ints, leaves: true }, neg: { opcode: Opcode.neg_ints, leaves: true }, abs: { opcode: Opcode.abs_ints, leaves: true },
  maximum: { opcode: Opcode.maximum_ints, leaves: false }, minimum: { opcode: Opcode.minimum_ints, leaves: false },
  eq: { opcode: Opcode.eq_ints, leaves: false }, ne: { opcode: Opcode.ne_ints, leaves: false }, lt: { opcode: Opcode.lt_ints, leaves: false },
  le: { opcode: Opcode.le_ints, leaves: false }, gt: { opcode: Opcode.gt_ints, leaves: false }, ge: { opcode: Opcode.ge_ints, leaves: false },
  bitwise_and: { opcode: Opcode.and_ints, leaves: false }, bitwise_or: { opcode: Opcode.or_ints, leaves: false }, bitwise_xor: { opcode: Opcode.xor_ints, leaves: false },
  bitwise_left_shift: { opcode: Opcode.shift_left, leaves: true }, bitwise_right_shift: { opcode: Opcode.shift_right, leaves: false },
  remainder: { opcode: Opcode.remainder_ints, leaves: false, divides: true }, fmod: { opcode: Opcode.fmod_ints, leaves: false, divides: true },
  floor_divide: { opcode: Opcode.floor_divide_ints, leaves: true, divides: true },
};

/** Ops that are the same of integers and of the floats that these are rounded to. */
const ofTruth: ReadonlySet<Op> = new Set<Op>(['logical_not', 'logical_and', 'logical_or', 'logical_xor', 'isnan', 'isinf']);

/** Whose results are not cut to fewer bits. */
const isWhole = (dtype: DType): boolean => dtype === 'int32' || dtype === 'int64' || !isIntegers(dtype);
/** Whether `converted` makes integers of it that are exact. */
export const isCounted = (dtype: DType): boolean => isIntegers(dtype) || dtype === 'bool' || dtype === 'uint8';

/** A bound of `clamp` in float32, which holds integers up to 2²⁴; no bound is what none exceeds. */
const largestBound = 2 ** 24;
const unbounded = 2 ** 31;

/** false: no integers take part, or a type or op that there is no step for. */
export function lowerIntegers(node: Node, lowering: Lowering): boolean {
  const { graph } = lowering;
  const [output] = node.outputs;
  const result = typeOf(graph, output).dtype;
  const types = [result, ...node.inputs.map((input) => typeOf(graph, input).dtype)];
  // Bytes without a sign are read as the floats that they are, and not written.
  if (!types.some(isIntegers) || types.includes('float64') || result === 'uint8') return false;
  const inputTypes = types.slice(1);
  const views = (as: 'integers' | 'floats', inputs: readonly ValueId[]): View[] => inputs.map((input) => converted(node, lowering, lowering.read(input), as));
  const checked = (leaves: boolean): Place | 0 => (leaves && result === 'int64' ? lowering.fault(overflow) : 0);

  if (node.op === 'cast') {
    if (!isWhole(result)) return false;
    const opcode = isIntegers(result) ? Opcode.to_int : result === 'bool' ? Opcode.to_bool : Opcode.to_float;
    const from = lowering.read(node.inputs[0]);
    lowering.chains.step(node, opcode, [from], lowering.newView(output), checked(isFloats(inputTypes[0])));
    return true;
  }
  if (node.op === 'where') {
    const [condition, ...values] = node.inputs;
    if (inputTypes[0] !== 'bool' || result === 'bool') return false;
    const chosen = views(isIntegers(result) ? 'integers' : 'floats', values);
    lowering.chains.step(node, Opcode.where, [lowering.read(condition), ...chosen], lowering.newView(output));
    return true;
  }
  if (isFloats(result) || inputTypes.some(isFloats) || ofTruth.has(node.op)) {
    const step = chainSteps[node.op] as ((attributes: OpAttributes[Op]) => ChainStep) | undefined;
    if (!step || isIntegers(result)) return false;
    const { opcode, p, q } = step(node.attributes);
    const inputs = views('floats', node.inputs);
    lowering.chains.step(node, opcode, inputs, lowering.newView(output), p, q);
    return true;
  }
  const bounds = boundsOf(node);
  if (bounds) {
    const isHeld = (bound: number | null): boolean => bound === null || (Number.isInteger(bound) && Math.abs(bound) <= largestBound);
    const [min, max] = bounds;
    if (!isIntegers(result) || !isWhole(result) || !isHeld(min) || !isHeld(max)) return false;
    lowering.chains.step(node, Opcode.clamp_ints, views('integers', node.inputs), lowering.newView(output), min ?? -unbounded, max ?? unbounded);
    return true;
  }
  const step = integerSteps[node.op];
  if (!step || (step.leaves && !isWhole(result))) return false;
  const inputs = views('integers', node.inputs);
  const faults = step.divides ? lowering.fault(failedDivision) : checked(step.leaves);
  lowering.chains.step(node, step.opcode, inputs, lowering.newView(output), faults, step.leaves && result === 'int64' ? 1 : 0);
  return true;
}

/** Between which an op keeps integers; undefined: it does something else. */
function boundsOf({ op, attributes }: Node): readonly [min: number | null, max: number | null] | undefined {
  switch (op) {
    case 'clamp': return [attributes.min, attributes.max];
    case 'relu': return [0, null];
    case 'sign': return [-1, 1];
    default: return undefined;
  }
}

/** NaN is a division by zero. */
function failedDivision(quotient: number): EngineError {
  return Number.isNaN(quotient) ? zeroDivision() : overflow(quotient);
}

/** Integers, or floats (bools are read as such), over the view's shape. */
export function converted(node: Node, lowering: Lowering, view: View, as: 'integers' | 'floats'): View {
  if (as === 'integers' ? isIntegers(view.dtype) : !isIntegers(view.dtype)) return view;
  const dtype: DType = as === 'integers' ? 'int32' : 'float32';
  const to = contiguousView(lowering.buffers.of(dtype, view.shape), dtype, view.shape);
  lowering.chains.step(node, as === 'integers' ? Opcode.to_int : Opcode.to_float, [view], to);
  return to;
}
