// Convolutions of 3 × 3 with stride 1 by Winograd's minimal filtering (winogradTransforms.ts): 36 (or 16) products of small matrices for a block of tiles
// that stays in the second-level cache, instead of one with nine times the depth. Inputs are transformed straight into the panels of the micro-kernel.
import { chainRow } from './chain';
import { multiplyBlock } from './gemm';
import { blockRows, chainAreaBytes } from './limits';
import { shareStart, threadArea } from './threads';
import { copyFloats } from './window';
import {
  betweenBytes, transformInput4, transformInput6, transformOutput4, transformOutput6, transformWeight4, transformWeight6,
} from './winogradTransforms';

/** This thread's place for what lies between the passes of a transform. */
@inline function transformScratch(): usize { return threadArea() + chainAreaBytes; }

@unmanaged class WeightArguments {
  weight: usize; transformed: usize;
  /** Results and inputs of the convolution; steps in bytes from one's taps to another's. */
  outChannels: i32; inChannels: i32; outStep: i32; inStep: i32;
  /** 1: taps backwards, for the gradient of the input. */
  isFlipped: i32;
  /** Pixels that a tile gives along an axis: 4 or 2. */
  tile: i32;
  /** Bytes from one element's matrix to the next one's, and from row to row. */
  step: i32; row: i32;
  /** See `WinogradArguments`. */
  isStrange: usize;
}

/** (arguments, thread, threads): for each element of a transformed kernel a matrix, outputs × inputs. */
export function winogradWeight(address: usize, thread: i32, threads: i32): void {
  const g = changetype<WeightArguments>(address);
  const between = transformScratch();
  if (thread == 0) store<i32>(g.isStrange, 0);
  const end = shareStart(g.outChannels, 1, thread + 1, threads);
  const rowTap: usize = g.isFlipped != 0 ? -12 : 12, tap: usize = g.isFlipped != 0 ? -4 : 4, first: usize = g.isFlipped != 0 ? 32 : 0;
  for (let output = shareStart(g.outChannels, 1, thread, threads); output < end; output++) {
    const source = g.weight + <usize>output * g.outStep + first;
    for (let input = 0; input < g.inChannels; input += 4) {
      const last = g.inChannels - 1;
      const p0 = source + <usize>input * g.inStep, p1 = source + <usize>min(input + 1, last) * g.inStep;
      const p2 = source + <usize>min(input + 2, last) * g.inStep, p3 = source + <usize>min(input + 3, last) * g.inStep;
      const to = g.transformed + <usize>output * g.row + <usize>input * 4;
      if (g.tile == 4) transformWeight6(p0, p1, p2, p3, rowTap, tap, to, g.step, between);
      else transformWeight4(p0, p1, p2, p3, rowTap, tap, to, g.step, between);
    }
  }
}

@unmanaged class WinogradArguments {
  x: usize; weight: usize; y: usize; chain: usize; scratch: usize;
  images: i32; inChannels: i32; outChannels: i32;
  inHeight: i32; inWidth: i32; outHeight: i32; outWidth: i32; paddingHeight: i32; paddingWidth: i32;
  /** Pixels that a tile gives along an axis, and tiles along each. */
  tile: i32; tilesDown: i32; tilesAcross: i32;
  /** A multiple of 8. */
  tilesPerBlock: i32;
  weightStep: i32; weightRow: i32;
  /** Bytes from one element's panels to the next one's, and of its products. */
  panelStep: i32; productStep: i32;
  scratchBytes: i32; productsAt: i32; stripAt: i32; placesAt: i32; edgeAt: i32;
  /** 1: threads share channels of the result rather than tiles. */
  sharesRows: i32;
  /** A word that is set where some result is not finite. A transform spreads NaN and infinity over a tile, so that all has to be done again without one. */
  isStrange: usize;
}

/** Of a tile: where it begins in the strip (bytes) and in the result (bytes from channel 0 of image 0), and how many of its pixels there are. */
@unmanaged class TilePlace { strip: usize; result: usize; rows: i32; columns: i32; }

export function winograd(address: usize, thread: i32, threads: i32): void {
  const g = changetype<WinogradArguments>(address);
  const rows = g.images * g.tilesDown;
  if (g.sharesRows != 0) {
    tileRows(g, thread, 0, rows, shareStart(g.outChannels, 6, thread, threads), shareStart(g.outChannels, 6, thread + 1, threads));
  } else {
    tileRows(g, thread, shareStart(rows, 1, thread, threads), shareStart(rows, 1, thread + 1, threads), 0, g.outChannels);
  }
}

function tileRows(g: WinogradArguments, thread: i32, firstRow: i32, endRow: i32, top: i32, bottom: i32): void {
  if (top >= bottom) return;
  const panels = g.scratch + <usize>thread * g.scratchBytes;
  const products = panels + g.productsAt, edge = panels + g.edgeAt;
  const elements = (g.tile + 2) * (g.tile + 2);
  const end = endRow * g.tilesAcross;
  let finished = firstRow;
  for (let tile = firstRow * g.tilesAcross; tile < end; tile += g.tilesPerBlock) {
    const next = min(end, tile + g.tilesPerBlock);
    const tiles = (next - tile + 7) & ~7;
    placeTiles(g, panels, tile, next);
    transformInputs(g, panels, tile, next);
    for (let element = 0; element < elements; element++) {
      const weight = g.weight + <usize>element * g.weightStep, product = products + <usize>element * g.productStep;
      for (let r = top; r < bottom; r += blockRows) {
        multiplyBlock(
          min(blockRows, bottom - r), tiles, g.inChannels, weight + <usize>r * g.weightRow, g.weightRow, 4, panels + <usize>element * g.panelStep,
          product + <usize>(r - top) * tiles * 4, <usize>tiles * 4, false, edge,
        );
      }
    }
    transformOutputs(g, panels, tiles, top, bottom);
    const done = next / g.tilesAcross;
    if (g.chain != 0) for (; finished < done; finished++) chainTileRow(g, finished, top, bottom);
  }
}

function placeTiles(g: WinogradArguments, scratch: usize, first: i32, end: i32): void {
  const firstRow = first / g.tilesAcross;
  const step = stripRow(g);
  const tiles = (end - first + 7) & ~7;
  for (let n = 0; n < tiles; n++) {
    const place = changetype<TilePlace>(scratch + g.placesAt + <usize>n * offsetof<TilePlace>());
    const tile = min(first + n, end - 1);
    const row = tile / g.tilesAcross, across = tile % g.tilesAcross;
    const image = row / g.tilesDown, down = row % g.tilesDown;
    place.strip = <usize>(row - firstRow) * (g.tile + 2) * step + <usize>(across * g.tile) * 4;
    place.result = (<usize>image * g.outChannels * g.outHeight * g.outWidth + <usize>(down * g.tile * g.outWidth + across * g.tile)) * 4;
    place.rows = first + n < end ? min(g.tile, g.outHeight - down * g.tile) : 0;
    place.columns = min(g.tile, g.outWidth - across * g.tile);
  }
}

/** Bytes of a strip's row: all tiles of a row of them, and what the last one's load reads beyond. */
@inline function stripRow(g: WinogradArguments): usize { return <usize>(g.tilesAcross * g.tile + 4) * 4; }

function transformInputs(g: WinogradArguments, scratch: usize, first: i32, end: i32): void {
  const strip = scratch + g.stripAt, between = transformScratch(), step = stripRow(g);
  const firstRow = first / g.tilesAcross, endRow = (end - 1) / g.tilesAcross + 1;
  memory.fill(strip, 0, <usize>((endRow - firstRow) * (g.tile + 2)) * step);
  const ends = (end - first + 7) >> 3;
  for (let channel = 0; channel < g.inChannels; channel++) {
    for (let row = firstRow; row < endRow; row++) {
      const from = row == firstRow ? first % g.tilesAcross : 0, to = row == endRow - 1 ? (end - 1) % g.tilesAcross + 1 : g.tilesAcross;
      fillTileRow(g, channel, row, from, to, strip + <usize>((row - firstRow) * (g.tile + 2)) * step, step);
    }
    let place = scratch + g.placesAt;
    for (let panel = 0; panel < ends; panel++) {
      let target = scratch + <usize>panel * g.inChannels * 32 + <usize>channel * 32;
      for (let half = 0; half < 2; half++, target += 16, place += 4 * offsetof<TilePlace>()) {
        const p0 = strip + changetype<TilePlace>(place).strip, p1 = strip + changetype<TilePlace>(place + offsetof<TilePlace>()).strip;
        const p2 = strip + changetype<TilePlace>(place + 2 * offsetof<TilePlace>()).strip, p3 = strip + changetype<TilePlace>(place + 3 * offsetof<TilePlace>()).strip;
        if (g.tile == 4) transformInput6(p0, p1, p2, p3, step, target, g.panelStep, between);
        else transformInput4(p0, p1, p2, p3, step, target, g.panelStep, between);
      }
    }
  }
}

/** What tiles `from`..`to` of a row of tiles see of a channel. */
function fillTileRow(g: WinogradArguments, channel: i32, row: i32, from: i32, to: i32, strip: usize, step: usize): void {
  const image = row / g.tilesDown, y0 = (row % g.tilesDown) * g.tile - g.paddingHeight, x0 = -g.paddingWidth;
  const left = max(from * g.tile, -x0), right = min(to * g.tile + 2, g.inWidth - x0);
  const source = g.x + (<usize>image * g.inChannels + channel) * g.inHeight * g.inWidth * 4;
  for (let y = max(0, -y0), end = min(g.tile + 2, g.inHeight - y0); y < end; y++) {
    if (left < right) copyFloats(source + <usize>((y0 + y) * g.inWidth + x0 + left) * 4, strip + y * step + <usize>left * 4, right - left);
  }
}

function transformOutputs(g: WinogradArguments, scratch: usize, tiles: i32, top: i32, bottom: i32): void {
  const between = transformScratch(), part = between + betweenBytes;
  const row = <usize>g.outWidth * 4;
  for (let channel = top; channel < bottom; channel++) {
    const source = scratch + g.productsAt + <usize>(channel - top) * tiles * 4;
    const result = g.y + <usize>channel * g.outHeight * row;
    let place = scratch + g.placesAt;
    let seen = f32x4.splat(0);
    for (let tile = 0; tile < tiles; tile += 4, place += 4 * offsetof<TilePlace>()) {
      const t0 = changetype<TilePlace>(place), t1 = changetype<TilePlace>(place + offsetof<TilePlace>());
      const t2 = changetype<TilePlace>(place + 2 * offsetof<TilePlace>()), t3 = changetype<TilePlace>(place + 3 * offsetof<TilePlace>());
      const isWhole = min(min(t0.rows, t1.rows), min(t2.rows, t3.rows)) == g.tile && min(min(t0.columns, t1.columns), min(t2.columns, t3.columns)) == g.tile;
      const p0 = isWhole ? result + t0.result : part, p1 = isWhole ? result + t1.result : part + 64;
      const p2 = isWhole ? result + t2.result : part + 128, p3 = isWhole ? result + t3.result : part + 192;
      const step = isWhole ? row : 16;
      if (g.tile == 4) seen = transformOutput6(source + <usize>tile * 4, g.productStep, p0, p1, p2, p3, step, between, seen);
      else seen = transformOutput4(source + <usize>tile * 4, g.productStep, p0, p1, p2, p3, step, between, seen);
      if (isWhole) continue;
      for (let n: usize = 0; n < 4; n++) writePart(changetype<TilePlace>(place + n * offsetof<TilePlace>()), part + n * 64, result, row);
    }
    if (v128.any_true(f32x4.ne(seen, seen))) store<i32>(g.isStrange, 1);
  }
}

/** The pixels of a tile that there are. */
function writePart(tile: TilePlace, part: usize, result: usize, row: usize): void {
  for (let y = 0; y < tile.rows; y++) {
    const to = result + tile.result + y * row;
    for (let x = 0; x < tile.columns; x++) store<f32>(to + <usize>x * 4, load<f32>(part + <usize>(y * 4 + x) * 4));
  }
}

/** A row of tiles is done: so are its rows of pixels. */
function chainTileRow(g: WinogradArguments, row: i32, top: i32, bottom: i32): void {
  const from = (row % g.tilesDown) * g.tile * g.outWidth, to = min(from + g.tile * g.outWidth, g.outHeight * g.outWidth);
  for (let channel = top; channel < bottom; channel++) chainRow(g.chain, 0, row / g.tilesDown, channel, from, to);
}
