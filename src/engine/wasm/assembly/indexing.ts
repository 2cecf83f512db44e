// Reading and writing by integer index (int32). One that is out of range is a fault, and counts as 0.
import { copyBytes } from './copying';
import { fault } from './faults';
import { shareStart } from './threads';

/**
 * The position that an index means among `size`; `fromEnd`: what is added to a negative one, 0 where none is allowed. `order`: when the reference would
 * have met it.
 */
@inline function positionOf(index: i32, size: i32, fromEnd: i32, order: i32, faults: usize): i32 {
  const position = index < 0 ? index + fromEnd : index;
  if (<u32>position < <u32>size) return position;
  fault(faults, <f64>order, <f64>index);
  return 0;
}

/** Blocks of x: `offsets` gets, or where not `isFirst` is added, `stride` (bytes) times the position that each index means. */
@unmanaged class OffsetArguments { index: usize; offsets: usize; faults: usize; count: i32; size: i32; stride: i32; isFirst: i32; fromEnd: i32; }

export function indexOffsets(address: usize, thread: i32, threads: i32): void {
  const o = changetype<OffsetArguments>(address);
  const end = shareStart(o.count, 16, thread + 1, threads);
  for (let n = shareStart(o.count, 16, thread, threads); n < end; n++) {
    const index = load<i32>(o.index + <usize>n * 4);
    const position = positionOf(index, o.size, o.fromEnd, n, o.faults);
    const place = o.offsets + <usize>n * 4;
    store<i32>(place, (o.isFirst != 0 ? 0 : load<i32>(place)) + position * o.stride);
  }
}

/**
 * `blocks`: outer × count blocks of `inner` bytes, one after the other; block (o, n) belongs to the one of x at o · step + offsets[n].
 */
@unmanaged class BlockArguments { x: usize; offsets: usize; blocks: usize; outer: i32; count: i32; inner: i32; step: i32; }

export function takeBlocks(address: usize, thread: i32, threads: i32): void {
  const b = changetype<BlockArguments>(address);
  const end = shareStart(b.outer * b.count, 1, thread + 1, threads), start = shareStart(b.outer * b.count, 1, thread, threads);
  let n = start % b.count;
  let x = b.x + (start / b.count) * b.step;
  let target = b.blocks + <usize>start * b.inner;
  for (let block = start; block < end; block++, target += b.inner) {
    const from = x + load<i32>(b.offsets + <usize>n * 4);
    if (b.inner == 4) store<u32>(target, load<u32>(from));
    else copyBytes(target, from, b.inner);
    if (++n == b.count) {
      n = 0;
      x += b.step;
    }
  }
}

/** What is done with a block and what lies at its place. */
@unmanaged class Put { @inline do(to: usize, from: usize, bytes: i32): void { copyBytes(to, from, bytes); } }
@unmanaged class AddFloats { @inline do(to: usize, from: usize, bytes: i32): void { addFloats(to, from, bytes >> 2); } }

export function putBlocks(address: usize, thread: i32, threads: i32): void {
  eachBlock<Put>(changetype<BlockArguments>(address), thread, threads);
}
/** As `putBlocks`, of float32 that are added. */
export function addBlocks(address: usize, thread: i32, threads: i32): void {
  eachBlock<AddFloats>(changetype<BlockArguments>(address), thread, threads);
}

/** Blocks of one place come in order: threads share the outer axis, or the bytes of a block. */
function eachBlock<F>(b: BlockArguments, thread: i32, threads: i32): void {
  const f = changetype<F>(0);
  const byOuter = b.outer >= threads;
  const from = byOuter ? shareStart(b.outer, 1, thread, threads) : 0, to = byOuter ? shareStart(b.outer, 1, thread + 1, threads) : b.outer;
  const start = byOuter ? 0 : shareStart(b.inner, 64, thread, threads), end = byOuter ? b.inner : shareStart(b.inner, 64, thread + 1, threads);
  if (start >= end) return;
  for (let o = from; o < to; o++) {
    const x = b.x + o * b.step + start;
    let source = b.blocks + <usize>o * b.count * b.inner + start;
    for (let n = 0; n < b.count; n++, source += b.inner) f.do(x + load<i32>(b.offsets + <usize>n * 4), source, end - start);
  }
}

@inline function addFloats(to: usize, from: usize, count: i32): void {
  let left = count;
  for (; left >= 4; left -= 4, from += 16, to += 16) v128.store(to, f32x4.add(v128.load(to), v128.load(from)));
  for (; left > 0; left--, from += 4, to += 4) store<f32>(to, load<f32>(to) + load<f32>(from));
}

/**
 * Elements of `index` (contiguous), each with the element of `target` that it points to along an axis of `size` elements, `step` bytes apart, and
 * the element of `beside` at its coordinates. `rank` sizes follow, then the strides (bytes) of index, target (0 along the axis) and beside.
 * `isShared`: threads can share the first axis.
 */
@unmanaged class ElementArguments { index: usize; target: usize; beside: usize; faults: usize; size: i32; step: i32; rank: i32; isShared: i32; }

@unmanaged class Gather {
  @inline visit(target: usize, beside: usize): void { store<u32>(beside, load<u32>(target)); }
}
@unmanaged class Scatter {
  @inline visit(target: usize, beside: usize): void { store<u32>(target, load<u32>(beside)); }
}
@unmanaged class ScatterAdd {
  @inline visit(target: usize, beside: usize): void { store<f32>(target, load<f32>(target) + load<f32>(beside)); }
}
@unmanaged class ScatterMaximum {
  @inline visit(target: usize, beside: usize): void { store<f32>(target, max(load<f32>(target), load<f32>(beside))); }
}
@unmanaged class ScatterMinimum {
  @inline visit(target: usize, beside: usize): void { store<f32>(target, min(load<f32>(target), load<f32>(beside))); }
}

export function gatherElements(address: usize, thread: i32, threads: i32): void { each<Gather>(changetype<ElementArguments>(address), thread, threads); }
export function scatterElements(address: usize, thread: i32, threads: i32): void { each<Scatter>(changetype<ElementArguments>(address), thread, threads); }
export function scatterAddElements(address: usize, thread: i32, threads: i32): void { each<ScatterAdd>(changetype<ElementArguments>(address), thread, threads); }
export function scatterMaximumElements(address: usize, thread: i32, threads: i32): void { each<ScatterMaximum>(changetype<ElementArguments>(address), thread, threads); }
export function scatterMinimumElements(address: usize, thread: i32, threads: i32): void { each<ScatterMinimum>(changetype<ElementArguments>(address), thread, threads); }

function each<F>(e: ElementArguments, thread: i32, threads: i32): void {
  const sizes = changetype<usize>(e) + offsetof<ElementArguments>();
  if (e.rank == 0) {
    if (thread == 0) changetype<F>(0).visit(e.target + positionOf(load<i32>(e.index), e.size, 0, 0, e.faults) * e.step, e.beside);
    return;
  }
  const count = load<i32>(sizes), strides = sizes + <usize>e.rank * 4;
  const start = e.isShared != 0 ? shareStart(count, 1, thread, threads) : thread == 0 ? 0 : count;
  const end = e.isShared != 0 ? shareStart(count, 1, thread + 1, threads) : count;
  const rank = <usize>e.rank * 4;
  axis<F>(
    e, strides, 0, end - start,
    e.index + start * load<i32>(strides), e.target + start * load<i32>(strides + rank), e.beside + start * load<i32>(strides + 2 * rank),
  );
}

function axis<F>(e: ElementArguments, strides: usize, number: i32, count: i32, index: usize, target: usize, beside: usize): void {
  const rank = <usize>e.rank * 4, at = strides + <usize>number * 4;
  const indexStride = load<i32>(at), targetStride = load<i32>(at + rank), besideStride = load<i32>(at + 2 * rank);
  if (number < e.rank - 1) {
    const inner = load<i32>(at - rank, 4);
    for (let n = 0; n < count; n++) axis<F>(e, strides, number + 1, inner, index + n * indexStride, target + n * targetStride, beside + n * besideStride);
    return;
  }
  const f = changetype<F>(0);
  for (let n = 0; n < count; n++, index += indexStride, target += targetStride, beside += besideStride) {
    f.visit(target + positionOf(load<i32>(index), e.size, 0, <i32>((index - e.index) >> 2), e.faults) * e.step, beside);
  }
}
