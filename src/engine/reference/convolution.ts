// Convolutions of rank 1 to 3 by im2col and matrix product, one image and group at a time. A transposed convolution is the
// backward pass of a plain one: the same three functions, with the parts of input and output exchanged.
import type { Convolution } from '../../graph/opAttributes.ts';
import type { Shape } from '../../graph/tensorType.ts';
import type { Tensor, TypedArray } from '../tensor.ts';
import { triple, type Triple } from '../windows.ts';
import { addColumnsToImage, imageToColumns, type Window } from './columns.ts';
import { matrix, multiply } from './gemm.ts';
import type { Kernels } from './kernel.ts';

/** Sizes of a plain convolution from `input` (wide side) to `output` (narrow side). */
interface Geometry {
  readonly images: number;
  readonly groups: number;
  readonly inChannels: number;
  readonly outChannels: number;
  readonly input: Triple;
  readonly output: Triple;
  readonly inCount: number;
  readonly outCount: number;
  /** Rows of the column matrix of one group: channels times kernel positions. */
  readonly depth: number;
  readonly window: Window;
  /** The columns are the image itself: nothing to copy. */
  readonly pointwise: boolean;
}

function geometry(inputShape: Shape, outputShape: Shape, weightShape: Shape, attributes: Convolution): Geometry {
  const input = triple(inputShape.slice(2), 1);
  const output = triple(outputShape.slice(2), 1);
  const kernel = triple(weightShape.slice(2), 1);
  const window: Window = {
    kernel, stride: triple(attributes.stride, 1), padding: triple(attributes.padding, 0), dilation: triple(attributes.dilation, 1),
  };
  const { groups } = attributes;
  return {
    images: inputShape[0], groups, inChannels: inputShape[1], outChannels: outputShape[1], input, output, window,
    inCount: input[0] * input[1] * input[2], outCount: output[0] * output[1] * output[2],
    depth: (inputShape[1] / groups) * kernel[0] * kernel[1] * kernel[2],
    pointwise: [...kernel, ...window.stride].every((size) => size === 1) && window.padding.every((size) => size === 0)
      // A transposed convolution can pad its output.
      && input.every((size, axis) => size === output[axis]),
  };
}

/** Calls `visit` for each image and group with where its input, output and weight begin. */
function eachGroup(g: Geometry, visit: (input: number, output: number, weight: number) => void): void {
  const inStep = (g.inChannels / g.groups) * g.inCount;
  const outStep = (g.outChannels / g.groups) * g.outCount;
  const weightStep = (g.outChannels / g.groups) * g.depth;
  for (let image = 0; image < g.images; image += 1) {
    for (let group = 0; group < g.groups; group += 1) {
      const part = image * g.groups + group;
      visit(part * inStep, part * outStep, group * weightStep);
    }
  }
}

/** output = weight · columns(input), added to what is there where `accumulate`. */
function forward(g: Geometry, x: TypedArray, weight: TypedArray, y: TypedArray, accumulate: boolean): void {
  const columns = g.pointwise ? x : scratchLike(x, g.depth * g.outCount);
  const outChannels = g.outChannels / g.groups;
  eachGroup(g, (input, output, weightStart) => {
    if (!g.pointwise) imageToColumns({ data: x, start: input, channels: g.inChannels / g.groups, size: g.input }, g.window, g.output, columns);
    multiply(
      outChannels, g.outCount, g.depth, matrix(weight, weightStart, g.depth, 1),
      matrix(columns, g.pointwise ? input : 0, g.outCount, 1), matrix(y, output, g.outCount, 1), accumulate,
    );
  });
}

/** dinput += columnsBack(weightᵀ · doutput); the input is cleared first unless `accumulate`. */
function backwardInput(g: Geometry, dy: TypedArray, weight: TypedArray, dx: TypedArray, accumulate: boolean): void {
  if (!accumulate) dx.fill(0);
  const columns = new Float64Array(g.depth * g.outCount);
  eachGroup(g, (input, output, weightStart) => {
    multiply(
      g.depth, g.outCount, g.outChannels / g.groups, matrix(weight, weightStart, 1, g.depth),
      matrix(dy, output, g.outCount, 1), matrix(columns, 0, g.outCount, 1), false,
    );
    addColumnsToImage(columns, g.window, g.output, { data: dx, start: input, channels: g.inChannels / g.groups, size: g.input });
  });
}

/** dweight = Σ over images of doutput · columns(input)ᵀ. */
function backwardWeight(g: Geometry, dy: TypedArray, x: TypedArray, dweight: TypedArray): void {
  const columns = g.pointwise ? x : scratchLike(x, g.depth * g.outCount);
  const sums = new Float64Array(dweight.length);
  eachGroup(g, (input, output, weightStart) => {
    if (!g.pointwise) imageToColumns({ data: x, start: input, channels: g.inChannels / g.groups, size: g.input }, g.window, g.output, columns);
    multiply(
      g.outChannels / g.groups, g.depth, g.outCount, matrix(dy, output, g.outCount, 1),
      matrix(columns, g.pointwise ? input : 0, 1, g.outCount), matrix(sums, weightStart, g.depth, 1), true,
    );
  });
  dweight.set(sums);
}

function scratchLike(x: TypedArray, length: number): TypedArray {
  return x instanceof Float32Array ? new Float32Array(length) : new Float64Array(length);
}

/** Puts each channel's bias (or 0) everywhere in it. */
function fillWithBias(y: Tensor, bias: Tensor | undefined): void {
  const [images, channels] = y.shape;
  const count = y.data.length / Math.max(1, images * channels);
  for (let plane = 0; plane < images * channels; plane += 1) {
    y.data.fill(bias === undefined ? 0 : bias.data[plane % channels], plane * count, (plane + 1) * count);
  }
}

export const convolutionKernels: Kernels<'convolution' | 'convolution_backward_input' | 'convolution_backward_weight'> = {
  convolution: ([x, weight, bias], attributes, [y]) => {
    fillWithBias(y, bias);
    if (attributes.transposed) backwardInput(geometry(y.shape, x.shape, weight.shape, attributes), x.data, weight.data, y.data, true);
    else forward(geometry(x.shape, y.shape, weight.shape, attributes), x.data, weight.data, y.data, true);
  },
  convolution_backward_input: ([dy, weight], attributes, [dx]) => {
    if (attributes.transposed) forward(geometry(dy.shape, dx.shape, weight.shape, attributes), dy.data, weight.data, dx.data, false);
    else backwardInput(geometry(dx.shape, dy.shape, weight.shape, attributes), dy.data, weight.data, dx.data, false);
  },
  convolution_backward_weight: ([dy, x], attributes, [dweight]) => {
    if (attributes.transposed) backwardWeight(geometry(dy.shape, x.shape, dweight.shape, attributes), x.data, dy.data, dweight.data);
    else backwardWeight(geometry(x.shape, dy.shape, dweight.shape, attributes), dy.data, x.data, dweight.data);
  },
};
