// Interpolation axis by axis, and windows as columns. Along one axis each output is a weighted sum of some inputs: the weights are
// computed once, and the backward pass is the same sum the other way.
import type { Interpolation, Windows } from '../../graph/opAttributes.ts';
import type { Shape } from '../../graph/tensorType.ts';
import type { Tensor } from '../tensor.ts';
import { addColumnsToImage, imageToColumns } from './columns.ts';
import type { Kernels } from './kernel.ts';
import type { Triple, Window } from './spatial.ts';

/** Output o is the sum over n of weights[o · count + n] times the input at places[o · count + n]. */
export interface Taps {
  readonly count: number;
  readonly places: Int32Array;
  readonly weights: Float64Array;
}

/** Keys' cubic convolution. PyTorch has a = −¾ for plain interpolation, −½ (as Pillow) with antialias. */
function cubic(x: number, a: number): number {
  const d = Math.abs(x);
  if (d < 1) return ((a + 2) * d - (a + 3)) * d * d + 1;
  return d < 2 ? ((d - 5) * d + 8) * d * a - 4 * a : 0;
}

function makeTaps(outputs: number, count: number, fill: (o: number, put: (place: number, weight: number) => void) => void): Taps {
  const places = new Int32Array(outputs * count);
  const weights = new Float64Array(outputs * count);
  for (let o = 0; o < outputs; o += 1) {
    let next = o * count;
    fill(o, (place, weight) => {
      places[next] = place;
      weights[next] = weight;
      next += 1;
    });
  }
  return { count, places, weights };
}

export function tapsAlong(inputs: number, outputs: number, scale: number | null, { mode, alignCorners, antialias }: Interpolation): Taps {
  const last = inputs - 1;
  if (mode === 'nearest' || mode === 'nearest-exact') {
    // PyTorch looks at no scale where sizes are the same or double
    if (mode === 'nearest' && (outputs === inputs || outputs === 2 * inputs)) {
      return makeTaps(outputs, 1, (o, put) => put(outputs === inputs ? o : o >> 1, 1));
    }
    // In float32, as PyTorch does: a place just below a whole number may round up to it.
    const ratio = Math.fround(scale === null ? inputs / outputs : 1 / scale);
    const shift = mode === 'nearest' ? 0 : 0.5;
    return makeTaps(outputs, 1, (o, put) => put(Math.min(Math.floor(Math.fround((o + shift) * ratio)), last), 1));
  }
  const ratio = alignCorners ? (outputs > 1 ? last / (outputs - 1) : 0) : scale === null ? inputs / outputs : 1 / scale;
  if (antialias) return smoothTaps(inputs, outputs, ratio, mode);
  const point = (o: number) => (alignCorners ? ratio * o : ratio * (o + 0.5) - 0.5);
  const inside = (place: number) => Math.min(Math.max(place, 0), last);
  if (mode === 'cubic') {
    return makeTaps(outputs, 4, (o, put) => {
      const first = Math.floor(point(o));
      for (let n = -1; n <= 2; n += 1) put(inside(first + n), cubic(point(o) - first - n, -0.75));
    });
  }
  return makeTaps(outputs, 2, (o, put) => {
    const at = Math.max(point(o), 0);
    const low = Math.min(Math.floor(at), last);
    const rest = Math.min(at - low, 1);
    put(low, 1 - rest);
    put(inside(low + 1), rest);
  });
}

/** A filter as wide as an output is in inputs, as Pillow resizes. */
function smoothTaps(inputs: number, outputs: number, ratio: number, mode: 'linear' | 'cubic'): Taps {
  const stretch = Math.max(ratio, 1);
  const support = (mode === 'linear' ? 1 : 2) * stretch;
  const filter = mode === 'linear' ? (x: number) => Math.max(0, 1 - Math.abs(x)) : (x: number) => cubic(x, -0.5);
  return makeTaps(outputs, Math.ceil(support) * 2 + 1, (o, put) => {
    const centre = ratio * (o + 0.5);
    const start = Math.max(Math.trunc(centre - support + 0.5), 0);
    const end = Math.min(Math.trunc(centre + support + 0.5), inputs);
    let sum = 0;
    for (let place = start; place < end; place += 1) sum += filter((place - centre + 0.5) / stretch);
    for (let place = start; place < end; place += 1) put(place, filter((place - centre + 0.5) / stretch) / sum);
  });
}

/** Sums along an axis of `shape` (as outer, size, inner); back: from the outputs to the inputs. */
function applyTaps(from: Float64Array, outer: number, inputs: number, outputs: number, inner: number, taps: Taps, isBack: boolean): Float64Array {
  const to = new Float64Array(outer * (isBack ? inputs : outputs) * inner);
  for (let plane = 0; plane < outer; plane += 1) {
    for (let o = 0; o < outputs; o += 1) {
      const outputStart = (plane * outputs + o) * inner;
      for (let n = o * taps.count; n < (o + 1) * taps.count; n += 1) {
        const weight = taps.weights[n];
        if (weight === 0) continue;
        const inputStart = (plane * inputs + taps.places[n]) * inner;
        const [source, target] = isBack ? [outputStart, inputStart] : [inputStart, outputStart];
        for (let i = 0; i < inner; i += 1) to[target + i] += weight * from[source + i];
      }
    }
  }
  return to;
}

function resample(from: Tensor, to: Tensor, inputShape: Shape, attributes: Interpolation, isBack: boolean): void {
  const { outputSize, scales } = attributes;
  let data: Float64Array = Float64Array.from(from.data);
  const sizes = [...from.shape];
  outputSize.forEach((outputs, n) => {
    const axis = 2 + n;
    const inputs = inputShape[axis];
    const outer = sizes.slice(0, axis).reduce((product, size) => product * size, 1);
    const inner = sizes.slice(axis + 1).reduce((product, size) => product * size, 1);
    data = applyTaps(data, outer, inputs, outputs, inner, tapsAlong(inputs, outputs, scales[n], attributes), isBack);
    sizes[axis] = isBack ? inputs : outputs;
  });
  to.data.set(data);
}

function windowOf({ kernelSize, stride, padding, dilation }: Windows): Window {
  const flat = ([height, width]: readonly number[], depth: number): Triple => [depth, height, width];
  return { kernel: flat(kernelSize, 1), stride: flat(stride, 1), padding: flat(padding, 0), dilation: flat(dilation, 1) };
}

/** Calls `visit` with where each image's elements and columns begin. */
function eachImage(imageShape: Shape, attributes: Windows, visit: (image: number, columns: number, length: number, output: Triple) => void): void {
  const [channels, height, width] = imageShape.slice(-3);
  const [rows, columns] = [height, width].map((size, axis) => {
    const { kernelSize, stride, padding, dilation } = attributes;
    return Math.floor((size + 2 * padding[axis] - dilation[axis] * (kernelSize[axis] - 1) - 1) / stride[axis]) + 1;
  });
  const length = channels * attributes.kernelSize[0] * attributes.kernelSize[1] * rows * columns;
  const images = imageShape.length === 4 ? imageShape[0] : 1;
  for (let n = 0; n < images; n += 1) visit(n * channels * height * width, n * length, length, [1, rows, columns]);
}

export const resamplingKernels: Kernels<'interpolate' | 'interpolate_backward' | 'im2col' | 'col2im'> = {
  interpolate: ([x], attributes, [y]) => resample(x, y, x.shape, attributes, false),
  interpolate_backward: ([dy], attributes, [dx]) => resample(dy, dx, attributes.inputShape, attributes, true),
  im2col: ([x], attributes, [y]) => {
    const [channels, height, width] = x.shape.slice(-3);
    eachImage(x.shape, attributes, (start, columns, length, output) => {
      const image = { data: x.data, start, channels, size: [1, height, width] as const };
      imageToColumns(image, windowOf(attributes), output, y.data.subarray(columns, columns + length));
    });
  },
  col2im: ([x], attributes, [y]) => {
    y.data.fill(0);
    const [channels, height, width] = y.shape.slice(-3);
    eachImage(y.shape, attributes, (start, columns, length, output) => {
      const image = { data: y.data, start, channels, size: [1, height, width] as const };
      addColumnsToImage(x.data.subarray(columns, columns + length), windowOf(attributes), output, image);
    });
  },
};
