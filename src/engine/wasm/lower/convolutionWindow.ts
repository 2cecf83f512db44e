// The geometry of a plain convolution, and how its output is cut into blocks: what assembly/window.ts reads.
import type { Convolution } from '../../../graph/opAttributes.ts';
import type { Shape } from '../../../graph/tensorType.ts';
import { triple, type Triple } from '../../windows.ts';
import type { Fields } from '../task.ts';

/** From the wide side (input) to the narrow one (output); a transposed convolution has them exchanged. */
export interface ConvolutionGeometry {
  readonly images: number;
  readonly groups: number;
  /** Channels of one group. */
  readonly inChannels: number;
  readonly outChannels: number;
  readonly input: Triple;
  readonly output: Triple;
  readonly kernel: Triple;
  readonly stride: Triple;
  readonly padding: Triple;
  readonly dilation: Triple;
}

export function convolutionGeometry(input: Shape, output: Shape, weight: Shape, { stride, padding, dilation, groups }: Convolution): ConvolutionGeometry {
  return {
    images: input[0], groups, inChannels: input[1] / groups, outChannels: output[1] / groups,
    input: triple(input.slice(2), 1), output: triple(output.slice(2), 1), kernel: triple(weight.slice(2), 1),
    stride: triple(stride, 1), padding: triple(padding, 0), dilation: triple(dilation, 1),
  };
}

/** The convolution of the output's gradient that gives the input's, where the stride is 1; its weight is flipped, with inputs and outputs exchanged. */
export function flippedGeometry(g: ConvolutionGeometry): ConvolutionGeometry {
  return {
    ...g, inChannels: g.outChannels, outChannels: g.inChannels, input: g.output, output: g.input,
    padding: mapTriple((axis) => g.dilation[axis] * (g.kernel[axis] - 1) - g.padding[axis]),
  };
}

export function countOf([depth, height, width]: Triple): number {
  return depth * height * width;
}
export const isAll = (values: Triple, value: number): boolean => values.every((each) => each === value);

function mapTriple(of: (axis: 0 | 1 | 2) => number): Triple {
  return [of(0), of(1), of(2)];
}

/** Blocks of an output image. */
export interface WindowBlocks {
  /** A Window of assembly/window.ts. */
  readonly window: Fields;
  /** Pixels of a block at most, filled up to whole panels. */
  readonly pixels: number;
  /** Of one channel's strip. */
  readonly stripBytes: number;
  readonly isInPlace: boolean;
}

/** Cuts the output into blocks of about `pixels` pixels. */
export function windowBlocks(g: ConvolutionGeometry, pixels: number): WindowBlocks {
  const { input, output, kernel, stride, padding, dilation } = g;
  const [depth, height, width] = output;
  const [level, unitWidth, units, unitsPerBlock] = unitsFor(g, pixels);
  const box: Triple = level === 2 ? [unitsPerBlock, height, width] : level === 1 ? [1, unitsPerBlock, width] : [1, 1, unitWidth];
  const span = mapTriple((axis) => dilation[axis] * (kernel[axis] - 1) + 1);
  const isInPlace = isAll(padding, 0) && input.every((size, axis) => (output[axis] - 1) * stride[axis] + span[axis] <= size);
  const strip = isInPlace ? input : mapTriple((axis) => (box[axis] - 1) * stride[axis] + span[axis]);
  const rowStep = strip[2] * 4;
  const sliceStep = strip[1] * rowStep;
  const channelStep = strip[0] * sliceStep;
  const positions = tapPositions(g);
  const { images, groups, inChannels, outChannels } = g;
  const [inDepth, inHeight, inWidth] = input;
  const [strideDepth, strideHeight, strideWidth] = stride;
  const [paddingDepth, paddingHeight, paddingWidth] = padding;
  const [spanDepth, spanHeight, spanWidth] = span;
  return {
    window: {
      images, groups, inChannels, outChannels, inDepth, inHeight, inWidth, outDepth: depth, outHeight: height, outWidth: width,
      strideDepth, strideHeight, strideWidth, paddingDepth, paddingHeight, paddingWidth, spanDepth, spanHeight, spanWidth,
      taps: positions.length, tapOffsets: positions.map(([z, y, x]) => z * sliceStep + y * rowStep + x * 4), tapPositions: positions.flat(),
      isInPlace: isInPlace ? 1 : 0, channelStep, sliceStep, rowStep, level, unitWidth, units, unitsPerBlock,
    },
    pixels: Math.ceil(countOf(box) / 8) * 8, stripBytes: isInPlace ? 0 : channelStep, isInPlace,
  };
}

function unitsFor(
  { output: [depth, height, width] }: ConvolutionGeometry, pixels: number,
): readonly [level: number, unitWidth: number, units: number, perBlock: number] {
  // Equal blocks, as few as can be.
  const evenly = (units: number, size: number): number => Math.ceil(units / Math.ceil(units / Math.max(1, Math.floor(pixels / size))));
  if (depth > 1 && height * width <= pixels) return [2, width, depth, evenly(depth, height * width)];
  if (width <= pixels) return [1, width, depth * height, evenly(height, width)];
  const unitWidth = Math.max(8, Math.floor(pixels / 8) * 8);
  return [0, unitWidth, depth * height * Math.ceil(width / unitWidth), 1];
}

function tapPositions({ kernel: [depth, height, width], dilation }: ConvolutionGeometry): Triple[] {
  const positions: Triple[] = [];
  for (let z = 0; z < depth; z += 1) {
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) positions.push([z * dilation[0], y * dilation[1], x * dilation[2]]);
    }
  }
  return positions;
}
