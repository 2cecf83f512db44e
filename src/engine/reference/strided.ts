// Walking several arrays in step. Every op that broadcasts, permutes, slices or copies a part is one walk: axes that all
// operands step through evenly are merged first, so that the common case is a single row.
import type { Shape } from '../../graph/tensorType.ts';
import { merged, type Strides } from '../layout.ts';
import type { TypedArray } from '../tensor.ts';

/**
 * Calls `row(length, positions, steps)` for rows that together cover `shape`. `positions[k]` is where operand k begins in this
 * row, `steps[k]` its stride along it; both arrays are reused from call to call.
 */
export function walkRows(
  shape: Shape, strides: readonly Strides[], starts: readonly number[],
  row: (length: number, positions: readonly number[], steps: readonly number[]) => void,
): void {
  if (shape.includes(0)) return;
  const { sizes, strides: steps } = merged(shape, strides);
  const length = sizes.pop() ?? 1;
  const rowSteps = steps.map((each) => each.pop() ?? 0);
  const positions = [...starts];
  const counters = sizes.map(() => 0);
  for (;;) {
    row(length, positions, rowSteps);
    let axis = sizes.length - 1;
    for (; axis >= 0; axis -= 1) {
      counters[axis] += 1;
      for (let operand = 0; operand < positions.length; operand += 1) positions[operand] += steps[operand][axis];
      if (counters[axis] < sizes[axis]) break;
      for (let operand = 0; operand < positions.length; operand += 1) positions[operand] -= steps[operand][axis] * sizes[axis];
      counters[axis] = 0;
    }
    if (axis < 0) return;
  }
}

/** A strided part of an array. */
export interface Region {
  readonly data: TypedArray;
  readonly start: number;
  readonly strides: Strides;
}

/** Copies `shape` elements from one region to another. */
export function copyRegion(shape: Shape, from: Region, to: Region): void {
  const source = from.data;
  const target = to.data;
  walkRows(shape, [from.strides, to.strides], [from.start, to.start], (length, [start, into], [step, stepInto]) => {
    // For short rows the loop is quicker than making a subarray.
    if (step === 1 && stepInto === 1 && length >= 128) {
      target.set(source.subarray(start, start + length), into);
      return;
    }
    for (let n = 0, i = start, o = into; n < length; n += 1, i += step, o += stepInto) target[o] = source[i];
  });
}
