// Figures of values as they pass by: moments in one pass, a histogram in a second (its range is known only then). engine/statistics.ts defines them.
import { binCount, chainAreaBytes, histogramLanes, momentsDoubles, momentsHeaderBytes } from './limits';
import { addedInDoubles, madd, sumDoubles, sumLanes, truncate } from './simd';
import { shareStart, threadArea } from './threads';

/** What one thread found; `squares`: of what its finite values deviate from their mean. */
@unmanaged class Moments {
  finite: f64; nan: f64; posInf: f64; negInf: f64; zeros: f64;
  mean: f64; squares: f64; sumAbs: f64; min: f64; max: f64;
  /** Of the block at hand: sums of x − shift and of their squares. */
  shift: f64; blockSum: f64; blockSquares: f64;
}
const momentsBytes: usize = 8 * momentsDoubles;
/** A histogram for each lane, so that equal neighbours do not wait for each other. */
const lanesBytes: usize = histogramLanes * binCount * 4;
/** Elements that are looked at together: if one of them is not finite, they are gone through again one by one. */
const blockElements = 1024;

/**
 * At `parts`: the number of threads that took part, 16 bytes; then each one's `Moments`; `counts` has four times 64 words for each, of which the
 * first 64 are the result. */
@unmanaged class StatisticsArguments { x: usize; parts: usize; counts: usize; count: i32; }

export function moments(address: usize, thread: i32, threads: i32): void {
  const s = changetype<StatisticsArguments>(address);
  if (thread == 0) store<i32>(s.parts, threads);
  const m = changetype<Moments>(s.parts + momentsHeaderBytes + <usize>thread * momentsBytes);
  m.finite = 0; m.nan = 0; m.posInf = 0; m.negInf = 0; m.zeros = 0; m.mean = 0; m.squares = 0; m.sumAbs = 0;
  m.min = Infinity; m.max = -Infinity;
  const start = shareStart(s.count, 16, thread, threads), end = shareStart(s.count, 16, thread + 1, threads);
  for (let i = start; i < end; i += blockElements) {
    const count = min(blockElements, end - i);
    const x = s.x + <usize>i * 4;
    const before = m.finite;
    // About the mean so far: squares stay small where x varies little about a large one, and no single value decides what digits are lost.
    m.shift = <f64><f32>(before > 0 ? m.mean : meanOfSample(x, count));
    m.blockSum = 0;
    m.blockSquares = 0;
    if (!takeBlock(x, count & ~15, m)) takeEach(x, count & ~15, m);
    takeEach(x + <usize>(count & ~15) * 4, count & 15, m);
    addBlock(m, before);
  }
}

/** Of every so many values of the first block one is looked at: enough that none decides the shift, and few beside the block. */
const sampleStep = 16;

/** Near the mean, of a sample of the finite values; 0 of none. */
function meanOfSample(x: usize, count: i32): f64 {
  let sum: f64 = 0, finite: f64 = 0;
  for (let i = 0; i < count; i += sampleStep) {
    const value = <f64>load<f32>(x + <usize>i * 4);
    if (value - value != 0) continue;
    sum += value;
    finite += 1;
  }
  return finite > 0 ? sum / finite : 0;
}

/** The block's mean and squares together with those of the `before` values that came before it (Chan et al. 1979). */
function addBlock(m: Moments, before: f64): void {
  const own = m.finite - before;
  if (own == 0) return;
  const offset = m.blockSum / own;
  const apart = m.shift + offset - m.mean;
  m.squares += max<f64>(0, m.blockSquares - m.blockSum * offset) + apart * apart * (before * own / m.finite);
  m.mean += apart * (own / m.finite);
}

/**
 * A block of finite values, sixteen at a time; false, and nothing taken, where one is not finite. Sums are in float32 over 64 values, sixteen in each lane,
 * what is made of those in float64.
 */
function takeBlock(x: usize, count: i32, m: Moments): bool {
  const shift = f32x4.splat(<f32>m.shift), zero = f32x4.splat(0);
  let sum = f64x2.splat(0), squares = f64x2.splat(0), magnitudes = zero;
  let low = f32x4.splat(Infinity), high = f32x4.splat(-Infinity);
  let zeros = i32x4.splat(0);
  for (let at = x, end = x + <usize>count * 4; at < end;) {
    let sums = zero, evens = zero, odds = zero;
    for (const stop = min(end, at + 256); at < stop; at += 32) {
      const a = v128.load(at), b = v128.load(at, 16);
      low = f32x4.pmin(low, f32x4.pmin(a, b));
      high = f32x4.pmax(high, f32x4.pmax(a, b));
      zeros = i32x4.sub(zeros, i32x4.add(f32x4.eq(a, zero), f32x4.eq(b, zero)));
      magnitudes = f32x4.add(magnitudes, f32x4.add(f32x4.abs(a), f32x4.abs(b)));
      const p = f32x4.sub(a, shift), q = f32x4.sub(b, shift);
      sums = f32x4.add(sums, f32x4.add(p, q));
      evens = madd(p, p, evens);
      odds = madd(q, q, odds);
    }
    sum = f64x2.add(sum, addedInDoubles(sums));
    squares = f64x2.add(squares, addedInDoubles(f32x4.add(evens, odds)));
  }
  const sumAbs = sumLanes(magnitudes);
  const sumSquares = sumDoubles(squares);
  // NaN and infinity reach the sums; large values may overflow them, and small ones lose their squares: those are taken one by one too.
  if (!(sumAbs < Infinity) || !(sumSquares < Infinity)) return false;
  const lowest = min(min(f32x4.extract_lane(low, 0), f32x4.extract_lane(low, 1)), min(f32x4.extract_lane(low, 2), f32x4.extract_lane(low, 3)));
  const highest = max(max(f32x4.extract_lane(high, 0), f32x4.extract_lane(high, 1)), max(f32x4.extract_lane(high, 2), f32x4.extract_lane(high, 3)));
  if (sumSquares < 1e-30 && highest > lowest) return false;
  m.finite += <f64>count;
  m.zeros += <f64>(i32x4.extract_lane(zeros, 0) + i32x4.extract_lane(zeros, 1) + i32x4.extract_lane(zeros, 2) + i32x4.extract_lane(zeros, 3));
  m.blockSum += sumDoubles(sum);
  m.blockSquares += sumSquares;
  m.sumAbs += <f64>sumAbs;
  m.min = min(m.min, <f64>lowest);
  m.max = max(m.max, <f64>highest);
  return true;
}

function takeEach(x: usize, count: i32, m: Moments): void {
  for (let i = 0; i < count; i++) {
    const value = <f64>load<f32>(x + <usize>i * 4);
    if (value - value != 0) {
      if (value == Infinity) m.posInf += 1;
      else if (value == -Infinity) m.negInf += 1;
      else m.nan += 1;
      continue;
    }
    m.finite += 1;
    if (value == 0) m.zeros += 1;
    const deviation = value - m.shift;
    m.blockSum += deviation;
    m.blockSquares += deviation * deviation;
    m.sumAbs += Math.abs(value);
    m.min = min(m.min, value);
    m.max = max(m.max, value);
  }
}

/** After `moments` of the same arguments. Bins are found in float32, as torch.histc finds them: a value on an edge may count with either neighbour. */
export function histogram(address: usize, thread: i32, threads: i32): void {
  const s = changetype<StatisticsArguments>(address);
  const counts = s.counts + <usize>thread * lanesBytes;
  memory.fill(counts, 0, lanesBytes);
  const parts = load<i32>(s.parts);
  let low = Infinity, high = -Infinity, finite: f64 = 0;
  for (let part = 0; part < parts; part++) {
    const m = changetype<Moments>(s.parts + momentsHeaderBytes + <usize>part * momentsBytes);
    low = min(low, m.min);
    high = max(high, m.max);
    finite += m.finite;
  }
  if (finite == 0) return;
  const start = shareStart(s.count, 16, thread, threads), end = shareStart(s.count, 16, thread + 1, threads);
  const range = high > low ? high - low : 1;
  // Within the vectors' range there is neither an infinity nor a denormal step.
  const isPlain = finite == <f64>s.count && range > 1e-30 && range < 1e30 && Math.abs(low) < 1e30;
  const vectors = isPlain ? (end - start) & ~7 : 0;
  if (vectors > 0) countVectors(s.x + <usize>start * 4, vectors, low, range, counts);
  countEach(s.x + <usize>(start + vectors) * 4, end - start - vectors, low, range, counts);
}

/** From so many values on, pairs of them are counted in a table of 64 × 64: half as many counters are touched, and at the end rows and columns are added up. */
const pairedFrom = 16384;
const tableBytes: usize = binCount * binCount * 4;

function countVectors(x: usize, count: i32, low: f64, range: f64, counts: usize): void {
  const start = f32x4.splat(<f32>low), scale = f32x4.splat(<f32>(binCount / range));
  if (count < pairedFrom) {
    for (let at = x, end = x + <usize>count * 4; at < end; at += 16) countLanes(counts, i32x4.shl(binsOf(at, start, scale), 2));
    for (let bin = counts, end = counts + binCount * 4; bin < end; bin += 16) {
      const first = i32x4.add(v128.load(bin), v128.load(bin, binCount * 4));
      v128.store(bin, i32x4.add(first, i32x4.add(v128.load(bin, binCount * 8), v128.load(bin, binCount * 12))));
    }
    return;
  }
  const table = threadArea() + chainAreaBytes;
  memory.fill(table, 0, tableBytes);
  for (let at = x, end = x + <usize>count * 4; at < end; at += 32) {
    countPairs(table, i32x4.shl(i32x4.add(i32x4.shl(binsOf(at, start, scale), 6), binsOf(at + 16, start, scale)), 2));
  }
  addTable(table, counts);
}

@inline function binsOf(x: usize, start: v128, scale: v128): v128 {
  return i32x4.min_s(truncate(f32x4.mul(f32x4.sub(v128.load(x), start), scale)), i32x4.splat(binCount - 1));
}

@inline function countPairs(table: usize, offsets: v128): void {
  const a = table + <usize>i32x4.extract_lane(offsets, 0), b = table + <usize>i32x4.extract_lane(offsets, 1);
  const c = table + <usize>i32x4.extract_lane(offsets, 2), d = table + <usize>i32x4.extract_lane(offsets, 3);
  store<i32>(a, load<i32>(a) + 1);
  store<i32>(b, load<i32>(b) + 1);
  store<i32>(c, load<i32>(c) + 1);
  store<i32>(d, load<i32>(d) + 1);
}

/** Each row's sum and each column's go to the bin of its number. */
function addTable(table: usize, counts: usize): void {
  for (let row: usize = 0; row < <usize>binCount; row++) {
    let sum = i32x4.splat(0);
    for (let column: usize = 0; column < <usize>binCount; column += 4) {
      const four = v128.load(table + (row * <usize>binCount + column) * 4);
      sum = i32x4.add(sum, four);
      v128.store(counts + column * 4, i32x4.add(v128.load(counts + column * 4), four));
    }
    const total = i32x4.extract_lane(sum, 0) + i32x4.extract_lane(sum, 1) + i32x4.extract_lane(sum, 2) + i32x4.extract_lane(sum, 3);
    store<i32>(counts + row * 4, load<i32>(counts + row * 4) + total);
  }
}

@inline function countLanes(counts: usize, offsets: v128): void {
  const a = counts + <usize>i32x4.extract_lane(offsets, 0), b = counts + <usize>i32x4.extract_lane(offsets, 1);
  const c = counts + <usize>i32x4.extract_lane(offsets, 2), d = counts + <usize>i32x4.extract_lane(offsets, 3);
  store<i32>(a, load<i32>(a) + 1);
  store<i32>(b, load<i32>(b, binCount * 4) + 1, binCount * 4);
  store<i32>(c, load<i32>(c, binCount * 8) + 1, binCount * 8);
  store<i32>(d, load<i32>(d, binCount * 12) + 1, binCount * 12);
}

function countEach(x: usize, count: i32, low: f64, range: f64, counts: usize): void {
  for (let i = 0; i < count; i++) countOne(load<f32>(x + <usize>i * 4), low, range, counts);
}

function countOne(x: f32, low: f64, range: f64, counts: usize): void {
  const value = <f64>x;
  if (value - value != 0) return;
  const bin = min(binCount - 1, <i32>((value - low) / range * binCount));
  const at = counts + <usize>bin * 4;
  store<i32>(at, load<i32>(at) + 1);
}
