// Walking several arrays in step. Every op that broadcasts, permutes, slices or copies a part is one walk: axes that all
// operands step through evenly are merged first, so that the common case is a single row.
import type { Shape } from '../../graph/tensorType.ts';
import type { TypedArray } from '../tensor.ts';

/** Elements from one place to the next along each axis. */
export type Strides = readonly number[];

export function contiguousStrides(shape: Shape): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis -= 1) {
    strides[axis] = stride;
    stride *= shape[axis];
  }
  return strides;
}

/** Strides that read a contiguous tensor of `shape` as if it had the shape `target`: 0 along axes it is repeated on. */
export function broadcastStrides(shape: Shape, target: Shape): number[] {
  const own = contiguousStrides(shape);
  const added = target.length - shape.length;
  return target.map((_, axis) => (axis < added || shape[axis - added] === 1 ? 0 : own[axis - added]));
}

/**
 * Calls `row(length, positions, steps)` for rows that together cover `shape`. `positions[k]` is where operand k begins in this
 * row, `steps[k]` its stride along it; both arrays are reused from call to call.
 */
export function walkRows(
  shape: Shape, strides: readonly Strides[], starts: readonly number[],
  row: (length: number, positions: readonly number[], steps: readonly number[]) => void,
): void {
  const sizes: number[] = [];
  const steps: number[][] = [];
  for (let axis = 0; axis < shape.length; axis += 1) {
    const size = shape[axis];
    if (size === 0) return;
    if (size === 1) continue;
    const step = strides.map((stride) => stride[axis]);
    const outer = steps[steps.length - 1];
    if (outer !== undefined && outer.every((outerStep, operand) => outerStep === step[operand] * size)) {
      sizes[sizes.length - 1] *= size;
      steps[steps.length - 1] = step;
    } else {
      sizes.push(size);
      steps.push(step);
    }
  }
  const length = sizes.pop() ?? 1;
  const rowSteps = steps.pop() ?? strides.map(() => 0);
  const positions = [...starts];
  const counters = sizes.map(() => 0);
  for (;;) {
    row(length, positions, rowSteps);
    let axis = sizes.length - 1;
    for (; axis >= 0; axis -= 1) {
      const step = steps[axis];
      counters[axis] += 1;
      for (let operand = 0; operand < positions.length; operand += 1) positions[operand] += step[operand];
      if (counters[axis] < sizes[axis]) break;
      for (let operand = 0; operand < positions.length; operand += 1) positions[operand] -= step[operand] * sizes[axis];
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

/** The axes around one axis: element (o, i, n) of a contiguous tensor is at `(o * size + i) * inner + n`. */
export interface Lanes {
  readonly outer: number;
  readonly size: number;
  readonly inner: number;
}

export function lanesAlong(shape: Shape, axis: number): Lanes {
  let outer = 1;
  let inner = 1;
  for (let other = 0; other < axis; other += 1) outer *= shape[other];
  for (let other = axis + 1; other < shape.length; other += 1) inner *= shape[other];
  return { outer, size: shape[axis] ?? 1, inner };
}
