// How often a window that slides fits into what it slides over: poolings, and windows as columns.
import type { Windows } from './opAttributes.ts';

/** Along each axis of `sizes`. With `ceilMode` the last may hang over the end, but must begin before it. */
export function windowCounts(sizes: readonly number[], { kernelSize, stride, padding, dilation }: Windows, ceilMode = false): number[] {
  return sizes.map((size, axis) => {
    const extent = dilation[axis] * (kernelSize[axis] - 1) + 1;
    const count = Math.floor((size + 2 * padding[axis] - extent + (ceilMode ? stride[axis] - 1 : 0)) / stride[axis]) + 1;
    return ceilMode && (count - 1) * stride[axis] >= size + padding[axis] ? count - 1 : count;
  });
}
