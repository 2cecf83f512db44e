// Interpolation axis by axis, and windows as columns.
import type { Interpolation, Windows } from '../../graph/opAttributes.ts';
import type { Shape } from '../../graph/tensorType.ts';
import { windowCounts } from '../../graph/windowCounts.ts';
import { tapsAlong, type Taps } from '../interpolationTaps.ts';
import { lanesAlong } from '../layout.ts';
import type { Tensor } from '../tensor.ts';
import type { Triple } from '../windows.ts';
import { addColumnsToImage, imageToColumns, type Window } from './columns.ts';
import type { Kernels } from './kernel.ts';

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
    const { outer, inner } = lanesAlong(sizes, axis);
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
  const [rows, columns] = windowCounts([height, width], attributes);
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
