// Windows that slide over 1 to 3 spatial axes: every kernel sees three (depth, height, width), the missing ones being of size 1.
// The elements that the windows of a pooling cover are listed axis by axis.
import type { AveragePooling, MaxPooling } from '../graph/opAttributes.ts';
import { elementCount, type Shape } from '../graph/tensorType.ts';

export type Triple = readonly [number, number, number];

/** The values of 1 to 3 trailing axes as those of three. */
export function triple(values: readonly number[], missing: number): Triple {
  const [depth, height, width] = [missing, missing, missing, ...values].slice(-3);
  return [depth, height, width];
}

export interface Spatial {
  /** Everything before the spatial axes: images times channels. */
  readonly planes: number;
  readonly size: Triple;
  /** Elements of one plane. */
  readonly count: number;
}

export function spatial(shape: Shape, spatialRank: number): Spatial {
  const size = triple(shape.slice(shape.length - spatialRank), 1);
  const planes = elementCount(shape.slice(0, shape.length - spatialRank));
  return { planes, size, count: size[0] * size[1] * size[2] };
}

/** One window along one axis: the elements it covers, and how many its mean divides by. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly divisor: number;
}

export function averageSpans(size: Triple, output: Triple, attributes: AveragePooling): Span[][] {
  const kernel = triple(attributes.kernelSize, 1);
  const stride = triple(attributes.stride, 1);
  const padding = triple(attributes.padding, 0);
  return output.map((count, axis) => Array.from({ length: count }, (_, position) => {
    const first = position * stride[axis] - padding[axis];
    // A window that `ceilMode` lets hang over the padding counts only as far as the padding goes.
    const last = Math.min(first + kernel[axis], size[axis] + padding[axis]);
    const start = Math.max(first, 0);
    const end = Math.min(last, size[axis]);
    return { start, end, divisor: attributes.countIncludePad ? last - first : end - start };
  }));
}

export function adaptiveSpans(size: Triple, output: Triple): Span[][] {
  return output.map((count, axis) => Array.from({ length: count }, (_, position) => {
    const start = Math.floor((position * size[axis]) / count);
    const end = Math.ceil(((position + 1) * size[axis]) / count);
    return { start, end, divisor: end - start };
  }));
}

/** Of a window with dilation, every `dilation`-th element from `start` on. */
export function maximumSpans(size: Triple, output: Triple, attributes: MaxPooling): Span[][] {
  const kernel = triple(attributes.kernelSize, 1);
  const stride = triple(attributes.stride, 1);
  const padding = triple(attributes.padding, 0);
  const dilation = triple(attributes.dilation, 1);
  return output.map((count, axis) => Array.from({ length: count }, (_, position) => {
    const first = position * stride[axis] - padding[axis];
    const start = first < 0 ? first + Math.ceil(-first / dilation[axis]) * dilation[axis] : first;
    const end = Math.min(first + (kernel[axis] - 1) * dilation[axis] + 1, size[axis]);
    return { start, end, divisor: end - start };
  }));
}
