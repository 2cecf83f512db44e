// What the units of a layer did, counted as their values pass by: engine/unitActivity.ts defines it.
import { maximumThreads } from './limits';
import { loadUpTo4 } from './simd';
import { shareStart } from './threads';

/** Values of a plane that are looked at together. */
const blockElements = 1024;

/** x as (outer, units, inner). For each unit, in float64: values that fired, finite values, sum of magnitudes; then, per thread, saturated values. */
@unmanaged class UnitArguments { x: usize; result: usize; outer: i32; units: i32; inner: i32; low: f32; high: f32; }

/** Shares are of units. */
export function units(address: usize, thread: i32, threads: i32): void {
  const u = changetype<UnitArguments>(address);
  const from = shareStart(u.units, 16, thread, threads), to = shareStart(u.units, 16, thread + 1, threads);
  let saturated: f64 = 0;
  if (u.inner == 1) {
    for (let unit = from; unit < to; unit += 4) saturated += columnUnits(u, unit, min(4, to - unit));
  } else {
    for (let unit = from; unit < to; unit++) saturated += planeUnit(u, unit);
  }
  store<f64>(u.result + <usize>(3 * u.units + thread) * 8, saturated);
  if (thread == 0) for (let other = threads; other < maximumThreads; other++) store<f64>(u.result + <usize>(3 * u.units + other) * 8, 0);
}

function addTo(u: UnitArguments, unit: i32, fires: i32, finites: i32, magnitude: f64): void {
  const at = u.result + <usize>unit * 8, step = <usize>u.units * 8;
  store<f64>(at, load<f64>(at) + <f64>fires);
  store<f64>(at + step, load<f64>(at + step) + <f64>finites);
  store<f64>(at + 2 * step, load<f64>(at + 2 * step) + magnitude);
}
function begin(u: UnitArguments, unit: i32): void {
  const at = u.result + <usize>unit * 8, step = <usize>u.units * 8;
  store<f64>(at, 0); store<f64>(at + step, 0); store<f64>(at + 2 * step, 0);
}

/** Up to four neighbouring columns; returns how many values were saturated. */
function columnUnits(u: UnitArguments, unit: i32, count: i32): f64 {
  const low = f32x4.splat(u.low), high = f32x4.splat(u.high), zero = f32x4.splat(0);
  const stride = <usize>u.units * 4;
  for (let n = 0; n < count; n++) begin(u, unit + n);
  let saturated: f64 = 0;
  for (let row = 0; row < u.outer; row += 256) {
    const rows = min(256, u.outer - row);
    let at = u.x + <usize>row * stride + <usize>unit * 4;
    let fired = i32x4.splat(0), finite = fired, outside = fired, magnitudes = zero;
    for (let r = 0; r < rows; r++, at += stride) {
      const x = loadUpTo4(at, count, 0);
      const isFinite = f32x4.eq(f32x4.sub(x, x), zero);
      fired = i32x4.sub(fired, f32x4.gt(x, zero));
      finite = i32x4.sub(finite, isFinite);
      outside = i32x4.sub(outside, v128.or(f32x4.lt(x, low), f32x4.gt(x, high)));
      magnitudes = f32x4.add(magnitudes, v128.and(f32x4.abs(x), isFinite));
    }
    for (let n = 0; n < count; n++) {
      const start = u.x + <usize>row * stride + <usize>(unit + n) * 4;
      addTo(u, unit + n, lane(fired, n), lane(finite, n), magnitude(magnitudes, n, start, stride, rows));
      saturated += <f64>lane(outside, n);
    }
  }
  return saturated;
}

/** A lane's sum of magnitudes; one that has left the range of float32 is added up anew, from the values that it is of. */
function magnitude(sums: v128, n: i32, start: usize, stride: usize, count: i32): f64 {
  const sum = <f64>reinterpret<f32>(lane(sums, n));
  if (sum < Infinity) return sum;
  let exact: f64 = 0;
  for (let i = 0; i < count; i++, start += stride) {
    const value = load<f32>(start);
    if (value - value == 0) exact += <f64>abs(value);
  }
  return exact;
}

/** One unit's planes, in blocks; returns how many values were saturated. */
function planeUnit(u: UnitArguments, unit: i32): f64 {
  const low = f32x4.splat(u.low), high = f32x4.splat(u.high), zero = f32x4.splat(0);
  begin(u, unit);
  let saturated: f64 = 0;
  for (let o = 0; o < u.outer; o++) {
    const plane = u.x + <usize>(o * u.units + unit) * <usize>u.inner * 4;
    for (let i = 0; i < u.inner; i += blockElements) {
      const count = min(blockElements, u.inner - i), vectors = count & ~3;
      const at = plane + <usize>i * 4;
      let fired = i32x4.splat(0), finite = fired, outside = fired, magnitudes = zero;
      for (let n = 0; n < vectors; n += 4) {
        const x = v128.load(at + <usize>n * 4);
        const isFinite = f32x4.eq(f32x4.sub(x, x), zero);
        fired = i32x4.sub(fired, f32x4.gt(x, zero));
        finite = i32x4.sub(finite, isFinite);
        outside = i32x4.sub(outside, v128.or(f32x4.lt(x, low), f32x4.gt(x, high)));
        magnitudes = f32x4.add(magnitudes, v128.and(f32x4.abs(x), isFinite));
      }
      let fires = 0, finites = 0, outsides = 0;
      let sum: f64 = 0;
      for (let n = 0; n < 4; n++) {
        fires += lane(fired, n);
        finites += lane(finite, n);
        outsides += lane(outside, n);
        sum += magnitude(magnitudes, n, at + <usize>n * 4, 16, vectors / 4);
      }
      for (let n = vectors; n < count; n++) {
        const value = load<f32>(at + <usize>n * 4);
        if (value > 0) fires++;
        if (value < u.low || value > u.high) outsides++;
        if (value - value != 0) continue;
        finites++;
        sum += <f64>abs(value);
      }
      addTo(u, unit, fires, finites, sum);
      saturated += <f64>outsides;
    }
  }
  return saturated;
}

/** The n-th of four integers. */
function lane(x: v128, n: i32): i32 {
  return n == 0 ? i32x4.extract_lane(x, 0) : n == 1 ? i32x4.extract_lane(x, 1) : n == 2 ? i32x4.extract_lane(x, 2) : i32x4.extract_lane(x, 3);
}
