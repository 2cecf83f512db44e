// How the elements of a contiguous tensor lie: strides along its axes, and lanes along one of them. Both engines walk memory by these.
import { elementCount, type Shape } from '../graph/tensorType.ts';

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

/** Neighbouring axes of `shape` that every one of the stride lists goes through evenly, as one; axes of size 1 left out. */
export function merged(shape: Shape, strides: readonly (readonly number[])[]): { sizes: number[]; strides: number[][] } {
  const sizes: number[] = [];
  const kept: number[][] = [];
  for (const [axis, size] of shape.entries()) {
    if (size === 1) continue;
    const step = strides.map((each) => each[axis]);
    const outer = kept.at(-1);
    if (outer?.every((stride, n) => stride === step[n] * size)) {
      sizes[sizes.length - 1] *= size;
      kept[kept.length - 1] = step;
    } else {
      sizes.push(size);
      kept.push(step);
    }
  }
  return { sizes, strides: strides.map((_, n) => kept.map((step) => step[n])) };
}

/** The axes before, at and after one: element (o, i, n) of a contiguous tensor is at `(o · size + i) · inner + n`. A scalar is one lane of one element. */
export interface Lanes {
  readonly outer: number;
  readonly size: number;
  readonly inner: number;
}

export function lanesAlong(shape: Shape, axis: number): Lanes {
  return { outer: elementCount(shape.slice(0, axis)), size: shape[axis] ?? 1, inner: elementCount(shape.slice(axis + 1)) };
}
