// Reductions of a strided tensor over any of its axes, read in place. Where the elements that lie side by side are reduced, a lane is a series
// of runs of neighbours; where they are kept, lanes are taken side by side, and rows are added to a tile of them. Sums are in
// float32 over at most 128 neighbours of a run, or four rows, and go on in float64.
import { fewLanes } from './limits';
import { addedInDoubles, loadFew, loadUpTo4, sumDoubles, upper } from './simd';
import { barrier, shareStart, threadArea } from './threads';

/** Sizes of three kept and three reduced axes, `count` neighbours that are either, and strides in bytes. `partials`: fewLanes × threads float64. */
@unmanaged class ReduceArguments {
  x: usize; y: usize; partials: usize; divisor: f32; count: i32;
  kept0: i32; kept1: i32; kept2: i32; keptStride0: i32; keptStride1: i32; keptStride2: i32;
  reduced0: i32; reduced1: i32; reduced2: i32; reducedStride0: i32; reducedStride1: i32; reducedStride2: i32;
}

/** Lanes that are taken side by side: a tile of float64 for each stays in the first-level cache. */
const tileElements = 512;

/** What a reduction makes of a run of neighbours, and of two results of runs. */
@unmanaged class Sum {
  @inline get none(): f64 { return 0; }
  @inline run(x: usize, count: i32): f64 { return sumRun(x, count); }
  @inline join(a: f64, b: f64): f64 { return a + b; }
  @inline four(a: v128, b: v128, c: v128, d: v128): v128 { return f32x4.add(f32x4.add(a, b), f32x4.add(c, d)); }
  @inline joinPairs(a: v128, b: v128): v128 { return f64x2.add(a, b); }
}
@unmanaged class Largest {
  @inline get none(): f64 { return -Infinity; }
  @inline run(x: usize, count: i32): f64 { return <f64>largestOf(x, count, false); }
  @inline join(a: f64, b: f64): f64 { return max<f64>(a, b); }
  @inline four(a: v128, b: v128, c: v128, d: v128): v128 { return f32x4.max(f32x4.max(a, b), f32x4.max(c, d)); }
  @inline joinPairs(a: v128, b: v128): v128 { return f64x2.max(a, b); }
}
@unmanaged class Smallest {
  @inline get none(): f64 { return Infinity; }
  @inline run(x: usize, count: i32): f64 { return -(<f64>largestOf(x, count, true)); }
  @inline join(a: f64, b: f64): f64 { return min<f64>(a, b); }
  @inline four(a: v128, b: v128, c: v128, d: v128): v128 { return f32x4.min(f32x4.min(a, b), f32x4.min(c, d)); }
  @inline joinPairs(a: v128, b: v128): v128 { return f64x2.min(a, b); }
}
@unmanaged class Product {
  @inline get none(): f64 { return 1; }
  @inline run(x: usize, count: i32): f64 {
    let product = 1.0;
    for (let i = 0; i < count; i++) product *= <f64>load<f32>(x + <usize>i * 4);
    return product;
  }
  @inline join(a: f64, b: f64): f64 { return a * b; }
}

export function sumRuns(address: usize, thread: i32, threads: i32): void { runs<Sum>(changetype<ReduceArguments>(address), thread, threads); }
export function sumLanesBeside(address: usize, thread: i32, threads: i32): void { beside<Sum>(changetype<ReduceArguments>(address), thread, threads); }
export function maximumRuns(address: usize, thread: i32, threads: i32): void { runs<Largest>(changetype<ReduceArguments>(address), thread, threads); }
export function maximumLanesBeside(address: usize, thread: i32, threads: i32): void { beside<Largest>(changetype<ReduceArguments>(address), thread, threads); }
export function minimumRuns(address: usize, thread: i32, threads: i32): void { runs<Smallest>(changetype<ReduceArguments>(address), thread, threads); }
export function minimumLanesBeside(address: usize, thread: i32, threads: i32): void { beside<Smallest>(changetype<ReduceArguments>(address), thread, threads); }
export function productRuns(address: usize, thread: i32, threads: i32): void { runs<Product>(changetype<ReduceArguments>(address), thread, threads); }

/** Where the lane of a kept position begins. */
@inline function laneAt(r: ReduceArguments, position: i32): usize {
  const k2 = position % r.kept2, rest = position / r.kept2;
  return r.x + k2 * r.keptStride2 + (rest % r.kept1) * r.keptStride1 + (rest / r.kept1) * r.keptStride0;
}
/** Where a run of a lane begins, from the lane's beginning. */
@inline function runAt(r: ReduceArguments, position: i32): usize {
  const r2 = position % r.reduced2, rest = position / r.reduced2;
  return r2 * r.reducedStride2 + (rest % r.reduced1) * r.reducedStride1 + (rest / r.reduced1) * r.reducedStride0;
}

/** Each lane is `count` neighbours at each of the reduced positions. Threads share lanes, or, where there are few, the runs or a run. */
function runs<F>(r: ReduceArguments, thread: i32, threads: i32): void {
  const f = changetype<F>(0);
  const lanes = r.kept0 * r.kept1 * r.kept2, each = r.reduced0 * r.reduced1 * r.reduced2;
  if (lanes >= 4 * threads || lanes > fewLanes || threads == 1) {
    const end = shareStart(lanes, 1, thread + 1, threads);
    for (let lane = shareStart(lanes, 1, thread, threads); lane < end; lane++) {
      store<f32>(r.y + <usize>lane * 4, <f32>(part<F>(r, laneAt(r, lane), 0, each, 0, r.count) / <f64>r.divisor));
    }
    return;
  }
  const byRun = each >= 4 * threads;
  const from = byRun ? shareStart(each, 1, thread, threads) : 0, to = byRun ? shareStart(each, 1, thread + 1, threads) : each;
  const start = byRun ? 0 : shareStart(r.count, 128, thread, threads), end = byRun ? r.count : shareStart(r.count, 128, thread + 1, threads);
  for (let lane = 0; lane < lanes; lane++) {
    store<f64>(r.partials + <usize>(lane * threads + thread) * 8, part<F>(r, laneAt(r, lane), from, to, start, end));
  }
  barrier(threads);
  if (thread != 0) return;
  for (let lane = 0; lane < lanes; lane++) {
    let result = f.none;
    for (let other = 0; other < threads; other++) result = f.join(result, load<f64>(r.partials + <usize>(lane * threads + other) * 8));
    store<f32>(r.y + <usize>lane * 4, <f32>(result / <f64>r.divisor));
  }
}

/** Elements `start`..`end` of the runs `from`..`to` of a lane. */
function part<F>(r: ReduceArguments, lane: usize, from: i32, to: i32, start: i32, end: i32): f64 {
  const f = changetype<F>(0);
  let result = f.none;
  for (let run = from; run < to; run++) result = f.join(result, f.run(lane + runAt(r, run) + <usize>start * 4, end - start));
  return result;
}

/** `count` lanes lie side by side at each kept position. */
function beside<F>(r: ReduceArguments, thread: i32, threads: i32): void {
  const positions = r.kept0 * r.kept1 * r.kept2;
  const isEach = positions >= 4 * threads;
  const from = isEach ? shareStart(positions, 1, thread, threads) : 0, to = isEach ? shareStart(positions, 1, thread + 1, threads) : positions;
  const start = isEach ? 0 : shareStart(r.count, 16, thread, threads), end = isEach ? r.count : shareStart(r.count, 16, thread + 1, threads);
  for (let position = from; position < to; position++) {
    for (let lane = start; lane < end; lane += tileElements) {
      tile<F>(r, laneAt(r, position) + <usize>lane * 4, r.y + <usize>(position * r.count + lane) * 4, min(tileElements, end - lane));
    }
  }
}

/** `width` lanes: rows are taken in fours where one axis holds as many. */
function tile<F>(r: ReduceArguments, x: usize, y: usize, width: i32): void {
  const f = changetype<F>(0);
  const sums = threadArea();
  const last = sums + <usize>width * 8;
  for (let at = sums; at < last; at += 8) store<f64>(at, f.none);
  for (let r0 = 0; r0 < r.reduced0; r0++) {
    for (let r1 = 0; r1 < r.reduced1; r1++) {
      let row = x + r0 * r.reducedStride0 + r1 * r.reducedStride1;
      let left = r.reduced2;
      for (; left >= 4; left -= 4, row += 4 * r.reducedStride2) addRows<F>(sums, row, r.reducedStride2, 2 * r.reducedStride2, 3 * r.reducedStride2, width);
      for (; left > 0; left--, row += r.reducedStride2) addRow<F>(sums, row, width);
    }
  }
  for (let at = sums; at < last; at += 8, y += 4) store<f32>(y, <f32>(load<f64>(at) / <f64>r.divisor));
}

function addRows<F>(sums: usize, row: usize, second: i32, third: i32, fourth: i32, width: i32): void {
  const f = changetype<F>(0);
  let left = width;
  for (; left >= 4; left -= 4, row += 16, sums += 32) {
    const four = f.four(v128.load(row), v128.load(row + second), v128.load(row + third), v128.load(row + fourth));
    v128.store(sums, f.joinPairs(v128.load(sums), f64x2.promote_low_f32x4(four)));
    v128.store(sums, f.joinPairs(v128.load(sums, 16), f64x2.promote_low_f32x4(upper(four))), 16);
  }
  for (; left > 0; left--, row += 4, sums += 8) {
    let sum = f.join(load<f64>(sums), <f64>load<f32>(row));
    sum = f.join(sum, <f64>load<f32>(row + second));
    sum = f.join(sum, <f64>load<f32>(row + third));
    store<f64>(sums, f.join(sum, <f64>load<f32>(row + fourth)));
  }
}

function addRow<F>(sums: usize, row: usize, width: i32): void {
  const f = changetype<F>(0);
  for (let left = width; left > 0; left--, row += 4, sums += 8) store<f64>(sums, f.join(load<f64>(sums), <f64>load<f32>(row)));
}

/** In blocks of 128 float32, whose sums are added in float64. */
export function sumRun(x: usize, count: i32): f64 {
  let total = f64x2.splat(0);
  let left = count;
  while (left >= 16) {
    let a = v128.load(x), b = v128.load(x, 16), c = v128.load(x, 32), d = v128.load(x, 48);
    let more = min((left >> 4) - 1, 7);
    x += 64;
    left -= 16 * (more + 1);
    for (; more > 0; more--, x += 64) {
      a = f32x4.add(a, v128.load(x));
      b = f32x4.add(b, v128.load(x, 16));
      c = f32x4.add(c, v128.load(x, 32));
      d = f32x4.add(d, v128.load(x, 48));
    }
    total = f64x2.add(total, addedInDoubles(f32x4.add(f32x4.add(a, b), f32x4.add(c, d))));
  }
  let rest = f32x4.splat(0);
  for (; left >= 4; left -= 4, x += 16) rest = f32x4.add(rest, v128.load(x));
  if (left > 0) rest = f32x4.add(rest, loadFew(x, left, 0));
  return sumDoubles(f64x2.add(total, addedInDoubles(rest)));
}

/** The largest of `count` floats, or of their negatives; NaN if one is. The pseudo-maximum is one instruction, and knows no NaN. */
export function largestOf(x: usize, count: i32, ofNegatives: bool): f32 {
  const sign = i32x4.splat(ofNegatives ? 0x80000000 : 0);
  let a = f32x4.splat(-Infinity), b = a, c = a, d = a;
  let unordered = i32x4.splat(0);
  let left = count;
  for (; left >= 16; left -= 16, x += 64) {
    const p = v128.xor(v128.load(x), sign), q = v128.xor(v128.load(x, 16), sign), r = v128.xor(v128.load(x, 32), sign), s = v128.xor(v128.load(x, 48), sign);
    a = f32x4.pmax(a, p);
    b = f32x4.pmax(b, q);
    c = f32x4.pmax(c, r);
    d = f32x4.pmax(d, s);
    unordered = v128.or(unordered, v128.or(v128.or(f32x4.ne(p, p), f32x4.ne(q, q)), v128.or(f32x4.ne(r, r), f32x4.ne(s, s))));
  }
  for (; left > 0; left -= 4, x += 16) {
    const p = v128.xor(loadUpTo4(x, left, ofNegatives ? Infinity : -Infinity), sign);
    a = f32x4.pmax(a, p);
    unordered = v128.or(unordered, f32x4.ne(p, p));
  }
  if (v128.any_true(unordered)) return NaN;
  a = f32x4.pmax(f32x4.pmax(a, b), f32x4.pmax(c, d));
  a = f32x4.pmax(a, upper(a));
  return max<f32>(f32x4.extract_lane(a, 0), f32x4.extract_lane(a, 1));
}

/** Sum of squares about `mean`, less what the mean's rounding adds to it; float32 within blocks of 64. */
export function squaresAbout(x: usize, count: i32, mean: f32, sums: usize): void {
  const middle = f32x4.splat(mean);
  let total = f64x2.splat(0), offsets = f64x2.splat(0);
  for (let left = count; left > 0; ) {
    let a = f32x4.splat(0), b = a, c = a, d = a;
    let block = min(left, 64);
    left -= block;
    for (; block >= 8; block -= 8, x += 32) {
      const p = f32x4.sub(v128.load(x), middle), q = f32x4.sub(v128.load(x, 16), middle);
      a = f32x4.add(a, f32x4.mul(p, p));
      b = f32x4.add(b, f32x4.mul(q, q));
      c = f32x4.add(c, p);
      d = f32x4.add(d, q);
    }
    for (; block > 0; block -= 4, x += 16) {
      const p = f32x4.sub(block >= 4 ? v128.load(x) : loadFew(x, block, mean), middle);
      a = f32x4.add(a, f32x4.mul(p, p));
      c = f32x4.add(c, p);
    }
    total = f64x2.add(total, addedInDoubles(f32x4.add(a, b)));
    offsets = f64x2.add(offsets, addedInDoubles(f32x4.add(c, d)));
  }
  store<f64>(sums, load<f64>(sums) + sumDoubles(total));
  store<f64>(sums, load<f64>(sums, 8) + sumDoubles(offsets), 8);
}

/** Lanes as `runs` has them. */
export function variance(address: usize, thread: i32, threads: i32): void {
  const r = changetype<ReduceArguments>(address);
  const lanes = r.kept0 * r.kept1 * r.kept2, each = r.reduced0 * r.reduced1 * r.reduced2;
  const elements = <f64>each * <f64>r.count;
  const sums = threadArea();
  const end = shareStart(lanes, 1, thread + 1, threads);
  for (let lane = shareStart(lanes, 1, thread, threads); lane < end; lane++) {
    const x = laneAt(r, lane);
    const mean = <f32>(part<Sum>(r, x, 0, each, 0, r.count) / elements);
    store<f64>(sums, 0);
    store<f64>(sums, 0, 8);
    for (let run = 0; run < each; run++) squaresAbout(x + runAt(r, run), r.count, mean, sums);
    const offset = load<f64>(sums, 8);
    store<f32>(r.y + <usize>lane * 4, <f32>((load<f64>(sums) - offset * offset / elements) / <f64>r.divisor));
  }
}
