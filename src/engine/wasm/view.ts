// How a value lies in a buffer: what permutes, expands or slices another value is a view of the same storage, and kernels that take strides
// read it in place.
import { elementCount, type DType, type Shape } from '../../graph/tensorType.ts';
import { contiguousStrides } from '../layout.ts';
import type { BufferId } from './buffers.ts';

/** `offset` and `strides` in elements. */
export interface View {
  readonly buffer: BufferId;
  readonly dtype: DType;
  readonly shape: Shape;
  readonly offset: number;
  readonly strides: readonly number[];
}

export function contiguousView(buffer: BufferId, dtype: DType, shape: Shape): View {
  return { buffer, dtype, shape, offset: 0, strides: contiguousStrides(shape) };
}

/** Whether elements lie one after the other; axes of size 1 may have any stride. */
export function isContiguous({ shape, strides }: View): boolean {
  if (elementCount(shape) === 0) return true;
  let expected = 1;
  for (let axis = shape.length - 1; axis >= 0; axis -= 1) {
    if (shape[axis] !== 1 && strides[axis] !== expected) return false;
    expected *= shape[axis];
  }
  return true;
}

export function permuted(view: View, dims: readonly number[]): View {
  return { ...view, shape: dims.map((axis) => view.shape[axis]), strides: dims.map((axis) => view.strides[axis]) };
}

/** Repeated along new axes and axes of size 1, as broadcasting does. */
export function expanded(view: View, shape: Shape): View {
  const added = shape.length - view.shape.length;
  const strides = shape.map((size, axis) => (axis < added || view.shape[axis - added] !== size ? 0 : view.strides[axis - added]));
  return { ...view, shape, strides };
}

export function sliced(view: View, dim: number, start: number, end: number, step: number): View {
  const shape = view.shape.map((size, axis) => (axis === dim ? Math.max(0, Math.ceil((end - start) / step)) : size));
  const strides = view.strides.map((stride, axis) => (axis === dim ? stride * step : stride));
  return { ...view, shape, strides, offset: view.offset + start * view.strides[dim] };
}

/** The same elements in another shape; undefined: they would have to be moved. */
export function reshaped(view: View, shape: Shape): View | undefined {
  if (isContiguous(view)) return { ...view, shape, strides: contiguousStrides(shape) };
  const strides = new Array<number>(shape.length).fill(0);
  // Runs of old axes and of new ones that hold equally many elements are matched; the old ones must be one axis in effect.
  const old = view.shape.map((size, axis) => ({ size, stride: view.strides[axis] })).filter(({ size }) => size !== 1);
  let next = 0;
  let from = 0;
  while (next < shape.length) {
    if (shape[next] === 1) { next += 1; continue; }
    if (from === old.length) return undefined;
    let oldCount = old[from].size;
    let newCount = shape[next];
    let [oldEnd, newEnd] = [from + 1, next + 1];
    while (oldCount !== newCount) {
      if (oldCount < newCount) {
        if (oldEnd === old.length || old[oldEnd - 1].stride !== old[oldEnd].stride * old[oldEnd].size) return undefined;
        oldCount *= old[oldEnd++].size;
      } else {
        newCount *= shape[newEnd++];
      }
    }
    let stride = old[oldEnd - 1].stride;
    for (let axis = newEnd - 1; axis >= next; axis -= 1) {
      strides[axis] = stride;
      stride *= shape[axis];
    }
    [from, next] = [oldEnd, newEnd];
  }
  return { ...view, shape, strides };
}

/**
 * The strides of `view` over the axes of a coarser shape: `groups` are the numbers of neighbouring axes that each of its axes stands for.
 * undefined: some group is not one axis in effect.
 */
export function grouped({ shape, strides }: Pick<View, 'shape' | 'strides'>, groups: readonly number[]): number[] | undefined {
  const result: number[] = [];
  let axis = 0;
  for (const count of groups) {
    let stride: number | undefined;
    let size = 1;
    for (let n = axis + count - 1; n >= axis; n -= 1) {
      if (shape[n] === 1) continue;
      if (stride === undefined) stride = strides[n];
      else if (strides[n] !== stride * size) return undefined;
      size *= shape[n];
    }
    result.push(stride ?? 0);
    axis += count;
  }
  return result;
}
