// Convolutions of one to three axes, their gradients, and transposed ones, which are the backward pass of plain ones: three kinds of work, whose
// kernels are chosen by shape. What follows element by element is done on the result while it is in the cache.
import { typeOf, type NodeOf, type ValueId } from '../../../graph/graph.ts';
import type { Convolution } from '../../../graph/opAttributes.ts';
import { elementCount } from '../../../graph/tensorType.ts';
import { blockRows, edgeBytes } from '../assembly/limits.ts';
import { Place } from '../buffers.ts';
import type { ChainHost } from '../chainBuilder.ts';
import { aligned } from '../freeList.ts';
import type { KernelName } from '../kernels.ts';
import type { Lowering } from '../lowering.ts';
import { isFloats } from '../storage.ts';
import type { Fields } from '../task.ts';
import { expanded, type View } from '../view.ts';
import { convolutionGeometry, countOf, flippedGeometry, isAll, windowBlocks, type ConvolutionGeometry, type WindowBlocks } from './convolutionWindow.ts';
import type { LoweringRules } from './rule.ts';
import { emitWinograd, emitWinogradByWeight, isWinogradByWeight, winogradTile } from './winograd.ts';

/** Nodes whose result is an image. */
type ResultNode = NodeOf<'convolution'> | NodeOf<'convolution_backward_input'>;
type ConvolutionNode = ResultNode | NodeOf<'convolution_backward_weight'>;

/** Floats of packed panels: half of the second-level cache, the left side and the result need the rest. */
const floatsInPanels = 128 * 1024;
/** Depth of a block of packed columns at most: a panel of 8 is then 20 KiB of the first-level cache. */
const mostDepth = 640;
const mostPixels = 512;
/** What a command that is hardly ever needed counts: that all threads take part if it is. */
const seldomWork = 16_000;

const productsOf = (g: ConvolutionGeometry): number => g.images * g.groups * g.inChannels * g.outChannels * countOf(g.kernel) * countOf(g.output);

/** Splits `count` things into equal parts of at most `most`; returns the size of one. */
function evenPart(count: number, most: number): number {
  return Math.ceil(count / Math.ceil(count / Math.max(1, most)));
}

interface Sides {
  /** The wide side. */
  readonly x: Place;
  readonly weight: Place;
  /** The narrow side. */
  readonly y: Place;
}

/** A command of assembly/convolution.ts. */
function emitProduct(
  node: ConvolutionNode, lowering: Lowering, kernel: KernelName, g: ConvolutionGeometry, blocks: WindowBlocks, { x, weight, y }: Sides, chain: Fields | 0,
  parts: { readonly panelFloats: number; readonly stripBytes: number; readonly blockSize: number; readonly sharesRows: boolean; readonly condition?: Place },
): void {
  const stripsAt = aligned(parts.panelFloats * 4);
  const offsetsAt = stripsAt + aligned(parts.stripBytes);
  const edgeAt = offsetsAt + aligned(blocks.pixels * 4);
  const bytes = edgeAt + aligned(edgeBytes);
  const work = parts.condition === undefined ? 2 * productsOf(g) : seldomWork;
  lowering.command(kernel, work, {
    window: blocks.window, x, weight, y, chain, scratch: lowering.scratchPerThread(bytes), scratchBytes: bytes, stripsAt, offsetsAt, edgeAt,
    blockSize: parts.blockSize, sharesRows: parts.sharesRows ? 1 : 0, condition: parts.condition ?? 0,
  }, node.id);
}

/** `condition`: a word that says whether there is anything to do. */
function emitForward(node: ConvolutionNode, lowering: Lowering, g: ConvolutionGeometry, sides: Sides, chain: Fields | 0, condition?: Place): void {
  const taps = countOf(g.kernel);
  const blockSize = evenPart(g.inChannels, Math.floor(mostDepth / taps));
  const depth = blockSize * taps;
  const blocks = windowBlocks(g, Math.min(mostPixels, Math.max(8, Math.floor(floatsInPanels / depth))));
  emitProduct(node, lowering, 'convolve', g, blocks, sides, chain, {
    panelFloats: depth * blocks.pixels, stripBytes: blocks.stripBytes, blockSize,
    // Few pixels: each thread would read all of a large weight for a handful of columns.
    sharesRows: g.images * g.groups * countOf(g.output) < 256 && g.outChannels >= 48,
    ...(condition && { condition }),
  });
}

function emitByWeight(node: NodeOf<'convolution_backward_weight'>, lowering: Lowering, g: ConvolutionGeometry, sides: Sides): void {
  const condition = lowering.rounding === 'fast' && isWinogradByWeight(g) ? emitWinogradByWeight(node, lowering, g, sides.x, sides.weight, sides.y) : undefined;
  const taps = countOf(g.kernel);
  const columns = g.inChannels * taps;
  const blockSize = Math.ceil(evenPart(columns, 512) / 8) * 8;
  const blocks = windowBlocks(g, Math.min(mostPixels, Math.floor(floatsInPanels / blockSize)));
  const channels = Math.min(g.inChannels, Math.ceil(blockSize / taps) + 1);
  emitProduct(node, lowering, 'convolveByWeight', g, blocks, sides, 0, {
    panelFloats: blockSize * blocks.pixels, stripBytes: channels * blocks.stripBytes, blockSize, sharesRows: false, ...(condition && { condition }),
  });
}

function emitByInput(node: ConvolutionNode, lowering: Lowering, g: ConvolutionGeometry, sides: Sides, chain: Fields | 0): void {
  const blockSize = evenPart(g.outChannels, mostDepth);
  const blocks = windowBlocks(g, Math.min(mostPixels, Math.max(8, Math.floor(floatsInPanels / blockSize))));
  emitProduct(node, lowering, 'convolveByInput', g, blocks, sides, chain, {
    panelFloats: blockSize * blocks.pixels, stripBytes: Math.max(blockRows, countOf(g.kernel)) * blocks.pixels * 4, blockSize, sharesRows: false,
  });
}

/** A block's strip and results: the first-level cache. */
const depthwisePixels = 4096;

/** A command of assembly/depthwise.ts. */
function emitDepthwise(
  node: ConvolutionNode, lowering: Lowering, kernel: 'depthwise' | 'depthwiseByInput' | 'depthwiseByWeight', g: ConvolutionGeometry, { x, weight, y }: Sides,
  chain: Fields | 0,
): void {
  const blocks = windowBlocks(g, depthwisePixels);
  const sumsAt = aligned(blocks.stripBytes);
  const bytes = sumsAt + aligned(g.outChannels * countOf(g.kernel) * 8);
  lowering.command(kernel, 2 * productsOf(g), {
    window: blocks.window, x, weight, y, chain, scratch: lowering.scratchPerThread(bytes), scratchBytes: bytes, sumsAt,
  }, node.id);
}

const isDepthwise = (g: ConvolutionGeometry): boolean => g.groups > 1 && g.inChannels === 1 && g.outChannels <= 4;

/** The result, N C …, as the host of what follows. */
function hostResult(node: ConvolutionNode, lowering: Lowering, finish: ChainHost['finish'], bias?: ValueId): void {
  const { shape } = typeOf(lowering.graph, node.outputs[0]);
  const axes = { sizes: [1, shape[0], shape[1], elementCount(shape.slice(2))], groups: [0, 1, 1, shape.length - 2] };
  const perChannel = bias === undefined ? undefined : lowering.read(bias);
  lowering.chains.host(node, { axes, finish }, perChannel && expanded(alongChannels(perChannel, shape.length - 2), shape));
}

function alongChannels(view: View, spatialRank: number): View {
  return {
    ...view, shape: [...view.shape, ...new Array<number>(spatialRank).fill(1)], strides: [...view.strides, ...new Array<number>(spatialRank).fill(0)],
  };
}

/** y = weight ∗ x */
function lowerForward(node: ResultNode, lowering: Lowering, g: ConvolutionGeometry, x: Place, weight: Place, bias?: ValueId): void {
  hostResult(node, lowering, (y, chain) => {
    if (isDepthwise(g)) {
      emitDepthwise(node, lowering, 'depthwise', g, { x, weight, y }, chain);
      return;
    }
    const condition = tryWinograd(node, lowering, g, { x, weight, y }, chain, false);
    emitForward(node, lowering, g, { x, weight, y }, chain, condition);
  }, bias);
}

/** x = the gradient of the input from that of the output, y */
function lowerByInput(node: ResultNode, lowering: Lowering, g: ConvolutionGeometry, y: Place, weight: Place, bias?: ValueId): void {
  hostResult(node, lowering, (x, chain) => {
    if (isDepthwise(g) && !(g.outChannels === 1 && isAll(g.stride, 1))) {
      emitDepthwise(node, lowering, 'depthwiseByInput', g, { x, weight, y }, chain);
      return;
    }
    if (!isAll(g.stride, 1)) {
      emitByInput(node, lowering, g, { x, weight, y }, chain);
      return;
    }
    const taps = countOf(g.kernel);
    const count = g.groups * g.inChannels * g.outChannels * taps;
    const flipped = flippedGeometry(g);
    const condition = tryWinograd(node, lowering, flipped, { x: y, weight, y: x }, chain, true);
    const flippedWeight = new Place(lowering.buffers.add(count * 4));
    lowering.command('flipWeight', condition === undefined ? 4 * count : seldomWork, {
      weight, flipped: flippedWeight, groups: g.groups, inChannels: g.inChannels, outChannels: g.outChannels, taps, condition: condition ?? 0,
    }, node.id);
    const sides = { x: y, weight: flippedWeight, y: x };
    if (isDepthwise(g)) emitDepthwise(node, lowering, 'depthwise', flipped, sides, chain);
    else emitForward(node, lowering, flipped, sides, chain, condition);
  }, bias);
}

/** The convolution by Winograd's filtering where that pays; returns the word that says whether it has to be done again. */
function tryWinograd(
  node: ResultNode, lowering: Lowering, g: ConvolutionGeometry, { x, weight, y }: Sides, chain: Fields | 0, isFlipped: boolean,
): Place | undefined {
  const tile = lowering.rounding === 'close' ? undefined : winogradTile(g);
  if (tile === undefined) return undefined;
  const isStrange = new Place(lowering.buffers.add(4, 'scratch'));
  emitWinograd(node, lowering, g, tile, x, weight, y, chain, isFlipped, isStrange);
  return isStrange;
}

/** Whether kernels can: floats, and something to compute with. */
function isOurs(node: ConvolutionNode, { graph }: Lowering): boolean {
  return [...node.inputs, ...node.outputs].every((value) => {
    const { dtype, shape } = typeOf(graph, value);
    return isFloats(dtype) && elementCount(shape) > 0;
  });
}

/** Sizes by the two sides' values; a transposed convolution's input is the narrow side. */
function geometryOf({ graph }: Lowering, attributes: Convolution, input: ValueId, output: ValueId, weight: ValueId): ConvolutionGeometry {
  const [wide, narrow] = attributes.transposed ? [output, input] : [input, output];
  const shape = (value: ValueId) => typeOf(graph, value).shape;
  return convolutionGeometry(shape(wide), shape(narrow), shape(weight), attributes);
}

export const convolutionRules = {
  convolution: (node, lowering) => {
    if (!isOurs(node, lowering)) return false;
    const [x, weight, bias] = node.inputs;
    const { transposed } = node.attributes;
    (transposed ? lowerByInput : lowerForward)(
      node, lowering, geometryOf(lowering, node.attributes, x, node.outputs[0], weight), lowering.readContiguous(x), lowering.readContiguous(weight), bias,
    );
    return true;
  },
  convolution_backward_input: (node, lowering) => {
    if (!isOurs(node, lowering)) return false;
    const [gradient, weight] = node.inputs;
    const { transposed } = node.attributes;
    (transposed ? lowerForward : lowerByInput)(
      node, lowering, geometryOf(lowering, node.attributes, node.outputs[0], gradient, weight), lowering.readContiguous(gradient), lowering.readContiguous(weight),
    );
    return true;
  },
  convolution_backward_weight: (node, lowering) => {
    if (!isOurs(node, lowering)) return false;
    const [gradient, x] = node.inputs;
    const g = geometryOf(lowering, node.attributes, x, gradient, node.outputs[0]);
    const [wide, narrow] = node.attributes.transposed ? [gradient, x] : [x, gradient];
    const [ofWide, ofNarrow] = [lowering.readContiguous(wide), lowering.readContiguous(narrow)];
    const sides = { x: ofWide, weight: lowering.write(node.outputs[0]), y: ofNarrow };
    if (isDepthwise(g)) emitDepthwise(node, lowering, 'depthwiseByWeight', g, sides, 0);
    else emitByWeight(node, lowering, g, sides);
    return true;
  },
} satisfies LoweringRules;
