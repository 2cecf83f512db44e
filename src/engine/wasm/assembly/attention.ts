// Attention without its matrix of weights: keys pass by in blocks, and each row of queries keeps its largest score and its sum of exponentials
// so far (Milakov and Gimelshein 2018; Dao et al. 2022). Backward, the weights of a block are made again from the saved logarithms of the sums.
import { multiplyBlock } from './gemm';
import { attentionKeys, attentionQueries, edgeBytes } from './limits';
import { packPanels } from './packing';
import { madd, sumLanes } from './simd';
import { shareStart } from './threads';
import { exp } from './vectorMath';

/** Rows of queries, and keys, that are met at a time: their scores take 24 KiB. */
const rowsAtOnce = attentionQueries, keysAtOnce = attentionKeys;

/** A stack of matrices over two batch axes; strides in bytes, elements of a row side by side. */
@unmanaged class Stack { at: usize; outer: i32; inner: i32; row: i32; }
@inline function matrixOf(s: Stack, outer: i32, inner: i32): usize {
  return s.at + outer * s.outer + inner * s.inner;
}

/** `mask`: 0 for none; `maskColumn`: bytes from key to key. */
@unmanaged class AttentionArguments {
  query: usize; key: usize; value: usize; y: usize; logSums: usize;
  gradient: usize; dQuery: usize; dKey: usize; dValue: usize;
  mask: usize; maskColumn: i32; isBool: i32;
  scratch: usize; scratchBytes: i32;
  outer: i32; inner: i32; queries: i32; keys: i32; width: i32; valueWidth: i32;
  isCausal: i32; scale: f32;
}

/** (arguments, thread, threads): shares are of the batch, or of the rows of queries where the batch is one. */
export function attention(address: usize, thread: i32, threads: i32): void {
  const g = changetype<AttentionArguments>(address);
  const batches = g.outer * g.inner;
  const byBatch = batches >= threads;
  const end = byBatch ? shareStart(batches, 1, thread + 1, threads) : batches;
  const top = byBatch ? 0 : shareStart(g.queries, rowsAtOnce, thread, threads);
  const bottom = byBatch ? g.queries : shareStart(g.queries, rowsAtOnce, thread + 1, threads);
  for (let batch = byBatch ? shareStart(batches, 1, thread, threads) : 0; batch < end; batch++) {
    attend(g, batch, top, bottom, g.scratch + <usize>thread * g.scratchBytes);
  }
}

function attend(g: AttentionArguments, batch: i32, top: i32, bottom: i32, scratch: usize): void {
  const outer = batch / g.inner, inner = batch % g.inner;
  const queries = changetype<Stack>(g.query), keys = changetype<Stack>(g.key), values = changetype<Stack>(g.value), results = changetype<Stack>(g.y);
  const query = matrixOf(queries, outer, inner), key = matrixOf(keys, outer, inner), value = matrixOf(values, outer, inner), y = matrixOf(results, outer, inner);
  const edge = scratch, scores = edge + edgeBytes, keyPanels = scores + rowsAtOnce * keysAtOnce * 4;
  const valuePanels = keyPanels + keysAtOnce * <usize>g.width * 4, largest = valuePanels + keysAtOnce * panelled(g.valueWidth) * 4;
  const sums = largest + <usize>g.queries * 4;
  for (let row = top; row < bottom; row++) {
    store<f32>(largest + <usize>row * 4, -Infinity);
    store<f32>(sums + <usize>row * 4, 0);
    memory.fill(y + row * results.row, 0, g.valueWidth * 4);
  }
  for (let first = 0; first < g.keys; first += keysAtOnce) {
    const count = min(keysAtOnce, g.keys - first);
    packPanels(key + first * keys.row, 4, keys.row, g.width, count, keyPanels);
    packPanels(value + first * values.row, values.row, 4, count, g.valueWidth, valuePanels);
    for (let row = top; row < bottom; row += rowsAtOnce) {
      const rows = min(rowsAtOnce, bottom - row);
      // Nothing of these keys is seen by these rows.
      if (g.isCausal != 0 && first > row + rows - 1) continue;
      multiplyBlock(rows, count, g.width, query + row * queries.row, queries.row, 4, keyPanels, scores, keysAtOnce * 4, false, edge);
      for (let r = 0; r < rows; r++) {
        const line = scores + <usize>(r * keysAtOnce) * 4;
        maskScores(g, outer, inner, row + r, first, count, line);
        const place = <usize>(row + r) * 4;
        const before = load<f32>(largest + place);
        const now = max(before, largestOf(line, count));
        if (now == -Infinity) {
          memory.fill(line, 0, count * 4);
          continue;
        }
        const sum = exponentials(line, count, now);
        if (before != now) {
          const factor = before == -Infinity ? <f32>0 : f32x4.extract_lane(exp(f32x4.splat(before - now)), 0);
          store<f32>(sums + place, load<f32>(sums + place) * factor);
          scaleRow(y + (row + r) * results.row, g.valueWidth, factor);
          store<f32>(largest + place, now);
        }
        store<f32>(sums + place, load<f32>(sums + place) + sum);
      }
      multiplyBlock(rows, g.valueWidth, count, scores, keysAtOnce * 4, 4, valuePanels, y + row * results.row, results.row, true, edge);
    }
  }
  const logSums = g.logSums + <usize>(batch * g.queries) * 4;
  for (let row = top; row < bottom; row++) {
    const place = <usize>row * 4;
    const sum = load<f32>(sums + place);
    // A row that sees nothing has no sum; one with a NaN has a NaN, which is handed on.
    if (sum != 0) scaleRow(y + row * results.row, g.valueWidth, 1 / sum);
    store<f32>(logSums + place, sum != 0 ? load<f32>(largest + place) + <f32>Math.log(sum) : -Infinity);
  }
}

/** (arguments, thread, threads): shares are of the batch. With P the weights: dV = Pᵀ g, dS = P ∘ (g Vᵀ − rowsum(g ∘ y)) · scale, dQ = dS K, dK = dSᵀ Q. */
export function attentionBackward(address: usize, thread: i32, threads: i32): void {
  const g = changetype<AttentionArguments>(address);
  const batches = g.outer * g.inner, end = shareStart(batches, 1, thread + 1, threads);
  for (let batch = shareStart(batches, 1, thread, threads); batch < end; batch++) attendBackward(g, batch, g.scratch + <usize>thread * g.scratchBytes);
}

function attendBackward(g: AttentionArguments, batch: i32, scratch: usize): void {
  const outer = batch / g.inner, inner = batch % g.inner;
  const queries = changetype<Stack>(g.query), keys = changetype<Stack>(g.key), values = changetype<Stack>(g.value);
  const results = changetype<Stack>(g.y), gradients = changetype<Stack>(g.gradient);
  const query = matrixOf(queries, outer, inner), key = matrixOf(keys, outer, inner), value = matrixOf(values, outer, inner);
  const y = matrixOf(results, outer, inner), gradient = matrixOf(gradients, outer, inner);
  const widthBytes = <usize>g.width * 4, valueBytes = <usize>g.valueWidth * 4;
  const dQuery = g.dQuery + <usize>(batch * g.queries) * widthBytes, dKey = g.dKey + <usize>(batch * g.keys) * widthBytes;
  const dValue = g.dValue + <usize>(batch * g.keys) * valueBytes, logSums = g.logSums + <usize>(batch * g.queries) * 4;
  const edge = scratch, weights = edge + edgeBytes, dScores = weights + rowsAtOnce * keysAtOnce * 4, keyPanels = dScores + rowsAtOnce * keysAtOnce * 4;
  const valuePanels = keyPanels + keysAtOnce * widthBytes, keyRows = valuePanels + keysAtOnce * valueBytes, queryRows = keyRows + keysAtOnce * panelled(g.width) * 4;
  const gradientRows = queryRows + rowsAtOnce * panelled(g.width) * 4, means = gradientRows + rowsAtOnce * panelled(g.valueWidth) * 4;
  for (let row = 0; row < g.queries; row++) {
    store<f32>(means + <usize>row * 4, dot(gradient + row * gradients.row, y + row * results.row, g.valueWidth));
  }
  memory.fill(dQuery, 0, <usize>g.queries * widthBytes);
  for (let first = 0; first < g.keys; first += keysAtOnce) {
    const count = min(keysAtOnce, g.keys - first);
    memory.fill(dKey + <usize>first * widthBytes, 0, <usize>count * widthBytes);
    memory.fill(dValue + <usize>first * valueBytes, 0, <usize>count * valueBytes);
    packPanels(key + first * keys.row, 4, keys.row, g.width, count, keyPanels);
    packPanels(value + first * values.row, 4, values.row, g.valueWidth, count, valuePanels);
    packPanels(key + first * keys.row, keys.row, 4, count, g.width, keyRows);
    for (let row = 0; row < g.queries; row += rowsAtOnce) {
      const rows = min(rowsAtOnce, g.queries - row);
      if (g.isCausal != 0 && first > row + rows - 1) continue;
      multiplyBlock(rows, count, g.width, query + row * queries.row, queries.row, 4, keyPanels, weights, keysAtOnce * 4, false, edge);
      multiplyBlock(rows, count, g.valueWidth, gradient + row * gradients.row, gradients.row, 4, valuePanels, dScores, keysAtOnce * 4, false, edge);
      for (let r = 0; r < rows; r++) {
        const line = weights + <usize>(r * keysAtOnce) * 4;
        maskScores(g, outer, inner, row + r, first, count, line);
        const logSum = load<f32>(logSums + <usize>(row + r) * 4);
        if (logSum == -Infinity) memory.fill(line, 0, count * 4);
        else exponentials(line, count, logSum);
        backThroughSoftmax(line, dScores + <usize>(r * keysAtOnce) * 4, count, load<f32>(means + <usize>(row + r) * 4), g.scale);
      }
      packPanels(gradient + row * gradients.row, gradients.row, 4, rows, g.valueWidth, gradientRows);
      packPanels(query + row * queries.row, queries.row, 4, rows, g.width, queryRows);
      multiplyBlock(count, g.valueWidth, rows, weights, 4, keysAtOnce * 4, gradientRows, dValue + <usize>first * valueBytes, valueBytes, true, edge);
      multiplyBlock(rows, g.width, count, dScores, keysAtOnce * 4, 4, keyRows, dQuery + <usize>row * widthBytes, widthBytes, true, edge);
      multiplyBlock(count, g.width, rows, dScores, 4, keysAtOnce * 4, queryRows, dKey + <usize>first * widthBytes, widthBytes, true, edge);
    }
  }
}

/** Columns of a packed block: whole panels of 8. */
@inline function panelled(columns: i32): usize {
  return <usize>((columns + 7) & ~7);
}

/** Scores of one row times the scale, with the mask; −∞ where a key is not seen. */
function maskScores(g: AttentionArguments, outer: i32, inner: i32, row: i32, first: i32, count: i32, line: usize): void {
  const scale = f32x4.splat(g.scale);
  let n = 0;
  for (; n + 4 <= count; n += 4) v128.store(line + <usize>n * 4, f32x4.mul(v128.load(line + <usize>n * 4), scale));
  for (; n < count; n++) store<f32>(line + <usize>n * 4, load<f32>(line + <usize>n * 4) * g.scale);
  if (g.mask != 0) {
    const stack = changetype<Stack>(g.mask);
    let mask = matrixOf(stack, outer, inner) + row * stack.row + first * g.maskColumn;
    for (n = 0; n < count; n++, mask += g.maskColumn) {
      const place = line + <usize>n * 4;
      if (g.isBool != 0) {
        if (load<u8>(mask) == 0) store<f32>(place, -Infinity);
      } else {
        store<f32>(place, load<f32>(place) + load<f32>(mask));
      }
    }
  }
  if (g.isCausal != 0) for (n = max(0, row + 1 - first); n < count; n++) store<f32>(line + <usize>n * 4, -Infinity);
}

function largestOf(line: usize, count: i32): f32 {
  let found: f32 = -Infinity;
  let n = 0;
  if (count >= 4) {
    let most = v128.load(line);
    for (n = 4; n + 4 <= count; n += 4) most = f32x4.max(most, v128.load(line + <usize>n * 4));
    found = max(max(f32x4.extract_lane(most, 0), f32x4.extract_lane(most, 1)), max(f32x4.extract_lane(most, 2), f32x4.extract_lane(most, 3)));
  }
  for (; n < count; n++) found = max(found, load<f32>(line + <usize>n * 4));
  return found;
}

/** x ← exp(x − shift); returns the sum. */
function exponentials(line: usize, count: i32, shift: f32): f32 {
  const from = f32x4.splat(shift);
  let sum = f32x4.splat(0);
  let n = 0;
  for (; n + 4 <= count; n += 4) {
    const value = exp(f32x4.sub(v128.load(line + <usize>n * 4), from));
    v128.store(line + <usize>n * 4, value);
    sum = f32x4.add(sum, value);
  }
  let total = sumLanes(sum);
  for (; n < count; n++) {
    const value = f32x4.extract_lane(exp(f32x4.splat(load<f32>(line + <usize>n * 4) - shift)), 0);
    store<f32>(line + <usize>n * 4, value);
    total += value;
  }
  return total;
}

function scaleRow(row: usize, count: i32, factor: f32): void {
  const factors = f32x4.splat(factor);
  let n = 0;
  for (; n + 4 <= count; n += 4) v128.store(row + <usize>n * 4, f32x4.mul(v128.load(row + <usize>n * 4), factors));
  for (; n < count; n++) store<f32>(row + <usize>n * 4, load<f32>(row + <usize>n * 4) * factor);
}

function dot(x: usize, y: usize, count: i32): f32 {
  let sum = f32x4.splat(0);
  let n = 0;
  for (; n + 4 <= count; n += 4) sum = madd(v128.load(x + <usize>n * 4), v128.load(y + <usize>n * 4), sum);
  let total = sumLanes(sum);
  for (; n < count; n++) total += load<f32>(x + <usize>n * 4) * load<f32>(y + <usize>n * 4);
  return total;
}

/** d ← w (d − mean) · scale */
function backThroughSoftmax(weights: usize, gradients: usize, count: i32, mean: f32, scale: f32): void {
  const means = f32x4.splat(mean), scales = f32x4.splat(scale);
  let n: usize = 0;
  const end = <usize>count * 4;
  for (; n + 16 <= end; n += 16) {
    v128.store(gradients + n, f32x4.mul(f32x4.mul(v128.load(weights + n), f32x4.sub(v128.load(gradients + n), means)), scales));
  }
  for (; n < end; n += 4) store<f32>(gradients + n, load<f32>(weights + n) * (load<f32>(gradients + n) - mean) * scale);
}
