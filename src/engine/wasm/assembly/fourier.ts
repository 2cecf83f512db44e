// Discrete Fourier transforms along an axis, in float64: halving for powers of two (Cooley and Tukey 1965), else as a convolution of such a length
// (Bluestein 1970). A complex number is one vector of two lanes; the inverse is the transform of the conjugates, conjugated.
import { LaneArguments, laneSlot } from './lanes';
import { upper } from './simd';
import { shareStart } from './threads';

/** Bytes of a complex number in float64. */
const complexBytes: usize = 16;

/**
 * Lanes are of complex numbers, float32 or, where `isFromWide` and `isToWide`, float64. `length`: the power of two that transforms are of. `bytes` of
 * `space` for each lane that is worked on at the same time: half as many complex numbers as `length` for the roots of unity, `length` to work in, and,
 * where `size` is another number, `length` and `size` of them for the filter and the chirp.
 */
@unmanaged class FourierArguments extends LaneArguments {
  space: usize; scale: f64; bytes: i32; length: i32; isInverse: i32; isFromWide: i32; isToWide: i32;
}

export function fourier(address: usize, thread: i32, threads: i32): void {
  const f = changetype<FourierArguments>(address);
  const lanes = f.outer * f.inner;
  const start = shareStart(lanes, 1, thread, threads), end = shareStart(lanes, 1, thread + 1, threads);
  if (start >= end) return;
  const n = f.size, m = f.length, isPower = n == m;
  const roots = f.space + <usize>laneSlot(start, lanes, thread, threads) * f.bytes, work = roots + <usize>(m >> 1) * complexBytes;
  const filter = work + <usize>m * complexBytes, chirp = filter + <usize>m * complexBytes;
  for (let k = 0; k < m >> 1; k++) storeTurn(roots + <usize>k * complexBytes, -2 * (<f64>k / <f64>m));
  if (!isPower) makeFilter(n, m, roots, filter, chirp);
  const signs = f64x2(1, f.isInverse != 0 ? -1 : 1), scale = f64x2.splat(f.scale);
  const step = <usize>f.inner * complexBytes;
  for (let lane = start; lane < end; lane++) {
    const first = <usize>f.firstOf(lane) * complexBytes;
    for (let k: usize = 0; k < <usize>n; k++) {
      const at = first + k * step;
      const value = f.isFromWide != 0 ? v128.load(f.x + at) : f64x2.promote_low_f32x4(v128.load64_zero(f.x + (at >> 1)));
      v128.store(work + k * complexBytes, f64x2.mul(value, signs));
    }
    if (isPower) transform(work, m, roots);
    else convolve(n, m, roots, work, filter, chirp);
    settle(work, n, signs);
    for (let k: usize = 0; k < <usize>n; k++) {
      const at = first + k * step;
      const value = f64x2.mul(v128.load(work + k * complexBytes), scale);
      if (f.isToWide != 0) v128.store(f.y + at, value);
      else v128.store64_lane(f.y + (at >> 1), f32x4.demote_f64x2_zero(value), 0);
    }
  }
}

/** exp(πi · halfTurns) */
function storeTurn(at: usize, halfTurns: f64): void {
  store<f64>(at, NativeMath.cos(Math.PI * halfTurns));
  store<f64>(at, NativeMath.sin(Math.PI * halfTurns), 8);
}

@inline function product(x: v128, y: v128): v128 {
  const crossed = f64x2.mul(v128.shuffle<f64>(x, x, 1, 0), v128.shuffle<f64>(y, y, 1, 1));
  return f64x2.add(f64x2.mul(x, v128.shuffle<f64>(y, y, 0, 0)), f64x2.mul(crossed, f64x2(-1, 1)));
}

/** In place: Σ x exp(−2πi jk/m), m a power of two. */
function transform(x: usize, m: i32, roots: usize): void {
  for (let i = 1, j = 0; i < m; i++) {
    let bit = m >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i >= j) continue;
    const one = x + <usize>i * complexBytes, other = x + <usize>j * complexBytes;
    const value = v128.load(one);
    v128.store(one, v128.load(other));
    v128.store(other, value);
  }
  for (let length = 2; length <= m; length <<= 1) {
    const half = <usize>(length >> 1) * complexBytes, apart = <usize>(m / length) * complexBytes;
    for (let i = 0; i < m; i += length) {
      let at = x + <usize>i * complexBytes, root = roots;
      for (const end = at + half; at < end; at += complexBytes, root += apart) {
        const a = v128.load(at), b = product(v128.load(at + half), v128.load(root));
        v128.store(at, f64x2.add(a, b));
        v128.store(at + half, f64x2.sub(a, b));
      }
    }
  }
}

/** jk = (j² + k² − (k − j)²) / 2 makes the sum a convolution with a chirp, the filter being the transform of its conjugate. */
function makeFilter(n: i32, m: i32, roots: usize, filter: usize, chirp: usize): void {
  memory.fill(filter, 0, <usize>m * complexBytes);
  for (let k = 0; k < n; k++) {
    // k² modulo 2n: the angle of a large square has no digits left.
    const at = chirp + <usize>k * complexBytes;
    storeTurn(at, -(<f64>(<i64>k * k % (2 * n)) / <f64>n));
    const conjugate = f64x2.mul(v128.load(at), f64x2(1, -1));
    v128.store(filter + <usize>k * complexBytes, conjugate);
    if (k > 0) v128.store(filter + <usize>(m - k) * complexBytes, conjugate);
  }
  transform(filter, m, roots);
}

/** The transform of n numbers, in place of the first of m. */
function convolve(n: i32, m: i32, roots: usize, work: usize, filter: usize, chirp: usize): void {
  const count = <usize>n * complexBytes, all = <usize>m * complexBytes;
  for (let at: usize = 0; at < count; at += complexBytes) v128.store(work + at, product(v128.load(work + at), v128.load(chirp + at)));
  memory.fill(work + count, 0, all - count);
  transform(work, m, roots);
  for (let at: usize = 0; at < all; at += complexBytes) v128.store(work + at, f64x2.mul(product(v128.load(work + at), v128.load(filter + at)), f64x2(1, -1)));
  transform(work, m, roots);
  const share = f64x2(1 / <f64>m, -1 / <f64>m);
  for (let at: usize = 0; at < count; at += complexBytes) v128.store(work + at, product(f64x2.mul(v128.load(work + at), share), v128.load(chirp + at)));
}

/** Times `signs`. What rounding leaves of a 0 becomes one: less than 2⁻⁴⁹ of the largest number, where float64 has no digits any more. */
function settle(x: usize, count: i32, signs: v128): void {
  const end = x + <usize>count * complexBytes;
  let largest = f64x2.splat(0);
  for (let at = x; at < end; at += complexBytes) largest = f64x2.max(largest, f64x2.abs(v128.load(at)));
  const noise = f64x2.mul(f64x2.max(largest, upper(largest)), f64x2.splat(1.7763568394002505e-15));
  const least = v128.shuffle<f64>(noise, noise, 0, 0);
  for (let at = x; at < end; at += complexBytes) {
    const value = f64x2.mul(v128.load(at), signs);
    // Zeros lose their signs, which conjugation has turned.
    const isZero = v128.or(f64x2.lt(f64x2.abs(value), least), f64x2.eq(value, f64x2.splat(0)));
    v128.store(at, v128.andnot(value, isZero));
  }
}
