// Convolutions of 3 × 3 with stride 1 by Winograd's minimal filtering: for which of them it pays, and how their tiles are blocked.
import type { NodeOf } from '../../../graph/graph.ts';
import { edgeBytes } from '../assembly/limits.ts';
import { Place } from '../buffers.ts';
import { aligned } from '../freeList.ts';
import type { Lowering } from '../lowering.ts';
import type { Fields } from '../task.ts';
import { countOf, isAll, type ConvolutionGeometry } from './convolutionWindow.ts';

/** Pixels that a tile gives along an axis. */
export type WinogradTile = 2 | 4;

/** Bytes of a block's transformed inputs and products. */
const blockBytes = 1024 * 1024;
/** Fewer, and the transformed weight is read too often. */
const fewestTiles = 16;
const mostTiles = 64;
/** Bytes of a thread's sums for the gradient of the weight: 256 × 256 channels. */
const mostSums = 12 * 2 ** 20;
const tilePlaceBytes = 16;

/**
 * Times in products (one multiply-add of 4-lane arithmetic per lane), measured on a 3.6 GHz Zen 4 over 8..512 channels and maps of 5²..112²: what a matrix
 * product packs, for an element of its columns; what the transforms of input and output take for one of theirs; and those of the weight, which for
 * hundreds of channels go to memory and back.
 */
const packing = 10;
const transform = 18;
const weightTransform = 26;
/** Products from which on the two meetings of the threads more are worth it: some 50 µs. */
const fromProducts = 1.5e6;

/**
 * The tile that a convolution is computed with, or undefined where the matrix product is as fast: for few channels (the transforms outweigh what they save),
 * for small maps (tiles that stick out) and for large weights over few pixels. 64 → 64 at 56²: 4, 2.9 times as fast; 512 → 512 at 7²: undefined for
 * one image, 4 for eight, 1.6 times as fast.
 */
export function winogradTile(g: ConvolutionGeometry): WinogradTile | undefined {
  if (!isThreeByThree(g)) return undefined;
  const { inChannels, outChannels } = g;
  const products = 9 * g.images * countOf(g.output) * inChannels * outChannels;
  const direct = products * (1 + packing / outChannels);
  const times = ([2, 4] as const).map((tile) => {
    const tiles = Math.ceil(tileCount(g, tile) / 8) * 8;
    const each = tiles * (inChannels * outChannels + transform * (inChannels + outChannels)) + weightTransform * inChannels * outChannels;
    return { tile, time: (tile + 2) ** 2 * each };
  });
  const best = times.reduce((a, b) => (a.time <= b.time ? a : b));
  return products >= fromProducts && best.time < 0.9 * direct ? best.tile : undefined;
}

/** Whether the gradient of the weight is computed with tiles of 4, too; each thread has sums of its own, which have to be worth their memory. */
export function isWinogradByWeight(g: ConvolutionGeometry): boolean {
  if (!isThreeByThree(g)) return false;
  const { inChannels, outChannels } = g;
  const products = 9 * g.images * countOf(g.output) * inChannels * outChannels;
  const tiles = tileCount(g, 4);
  const time = 36 * (tiles * (inChannels * outChannels + transform * (inChannels + outChannels)) + weightTransform * inChannels * outChannels);
  return products >= fromProducts && time < 0.9 * products * (1 + packing / outChannels) && 4 * 36 * inChannels * outChannels <= mostSums;
}

function isThreeByThree(g: ConvolutionGeometry): boolean {
  const isFlat = g.kernel[0] === 1 && g.output[0] === 1 && g.input[0] === 1 && g.padding[0] === 0;
  return isFlat && g.kernel[1] === 3 && g.kernel[2] === 3 && g.groups === 1 && isAll(g.stride, 1) && isAll(g.dilation, 1);
}

function tileCount({ images, output: [, height, width] }: ConvolutionGeometry, tile: WinogradTile): number {
  return images * Math.ceil(height / tile) * Math.ceil(width / tile);
}

/**
 * `isFlipped`: the weight is that of the convolution whose input's gradient this one is. `isStrange`: a word that is 1 afterwards where some result is
 * not finite.
 */
export function emitWinograd(
  node: NodeOf<'convolution'> | NodeOf<'convolution_backward_input'>, lowering: Lowering, g: ConvolutionGeometry, tile: WinogradTile,
  x: Place, weight: Place, y: Place, chain: Fields | 0, isFlipped: boolean, isStrange: Place,
): void {
  const { images, inChannels, outChannels, input: [, inHeight, inWidth], output: [, outHeight, outWidth], padding: [, paddingHeight, paddingWidth] } = g;
  const elements = (tile + 2) ** 2;
  // Rows of whole vectors; a line more from matrix to matrix, so that the same place in all of them is not the same set of the cache.
  const weightRow = Math.ceil(inChannels / 4) * 16;
  const weightStep = outChannels * weightRow + 64;
  const transformed = new Place(lowering.buffers.add(elements * weightStep));
  const [outStep, inStep] = isFlipped ? [36, outChannels * 36] : [inChannels * 36, 36];
  lowering.command('winogradWeight', 4 * elements * inChannels * outChannels, {
    weight, transformed, outChannels, inChannels, outStep, inStep, isFlipped: isFlipped ? 1 : 0, tile, step: weightStep, row: weightRow, isStrange,
  }, node.id);

  const tilesDown = Math.ceil(outHeight / tile);
  const tilesAcross = Math.ceil(outWidth / tile);
  const tiles = tileCount(g, tile);
  const fitting = Math.floor(blockBytes / (4 * elements * (inChannels + outChannels)) / 8) * 8;
  const tilesPerBlock = Math.min(Math.max(fewestTiles, fitting), mostTiles, Math.ceil(tiles / 8) * 8);
  const panelStep = inChannels * tilesPerBlock * 4 + 64;
  const productStep = outChannels * tilesPerBlock * 4 + 64;
  const productsAt = aligned(elements * panelStep);
  const stripAt = productsAt + aligned(elements * productStep);
  const rowsOfBlock = Math.min(Math.ceil((tilesPerBlock - 1) / tilesAcross) + 1, images * tilesDown);
  const placesAt = stripAt + aligned(rowsOfBlock * (tile + 2) * (tilesAcross * tile + 4) * 4);
  const edgeAt = placesAt + aligned(tilesPerBlock * tilePlaceBytes);
  const bytes = edgeAt + aligned(edgeBytes);
  const products = elements * tiles * inChannels * outChannels;
  lowering.command('winograd', 2 * products, {
    x, weight: transformed, y, chain, scratch: lowering.scratchPerThread(bytes), images, inChannels, outChannels,
    inHeight, inWidth, outHeight, outWidth, paddingHeight, paddingWidth, tile, tilesDown, tilesAcross, tilesPerBlock,
    weightStep, weightRow, panelStep, productStep, scratchBytes: bytes, productsAt, stripAt, placesAt, edgeAt,
    // Few tiles: each thread would read all of a large weight for them.
    sharesRows: tiles <= 2 * tilesPerBlock && outChannels >= 48 && weightStep * elements > 2 ** 21 ? 1 : 0,
    isStrange,
  }, node.id);
}

/** The gradient of the weight; `y` is that of the result. Returns the word that is 1 afterwards where some of it is not finite. */
export function emitWinogradByWeight(
  node: NodeOf<'convolution_backward_weight'>, lowering: Lowering, g: ConvolutionGeometry, x: Place, weight: Place, y: Place,
): Place {
  const { images, inChannels, outChannels, input: [, inHeight, inWidth], output: [, outHeight, outWidth], padding: [, paddingHeight, paddingWidth] } = g;
  const tilesDown = Math.ceil(outHeight / 4);
  const tilesAcross = Math.ceil(outWidth / 4);
  const tiles = images * tilesDown * tilesAcross;
  const tilesPerBlock = Math.min(mostTiles, Math.ceil(tiles / 4) * 4);
  const panelChannels = Math.ceil(inChannels / 8) * 8;
  const sumRow = panelChannels * 4;
  const [sumStep, gradientStep, panelStep] = [outChannels * sumRow + 64, outChannels * tilesPerBlock * 4 + 64, panelChannels * tilesPerBlock * 4 + 64];
  const gradientsAt = aligned(36 * sumStep);
  const panelsAt = gradientsAt + aligned(36 * gradientStep);
  const stripsAt = panelsAt + aligned(36 * panelStep);
  const rowsOfBlock = Math.min(Math.ceil((tilesPerBlock - 1) / tilesAcross) + 1, images * tilesDown);
  const edgeAt = stripsAt + aligned(8 * rowsOfBlock * 6 * (tilesAcross * 4 + 4) * 4);
  const bytes = edgeAt + aligned(edgeBytes);
  const state = lowering.buffers.add(8, 'scratch');
  const fields = {
    x, weight, y, scratch: lowering.scratchPerThread(bytes), images, inChannels, outChannels,
    inHeight, inWidth, outHeight, outWidth, paddingHeight, paddingWidth, tilesDown, tilesAcross, tilesPerBlock, scratchBytes: bytes, sumStep, sumRow, gradientsAt, gradientStep, panelsAt, panelStep, stripsAt, edgeAt,
    state: new Place(state),
  };
  lowering.command('winogradByWeight', 72 * tiles * inChannels * outChannels, fields, node.id);
  lowering.command('winogradWeightBack', 144 * inChannels * outChannels, fields, node.id);
  return new Place(state, 4);
}
