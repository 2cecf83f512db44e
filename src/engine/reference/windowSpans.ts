// The elements that the windows of a pooling cover, axis by axis.
import type { AveragePooling, MaxPooling } from '../../graph/opAttributes.ts';
import { triple, type Triple } from './spatial.ts';

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
