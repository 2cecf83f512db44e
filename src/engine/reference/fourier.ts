// Discrete Fourier transforms of any length: halving for powers of two (Cooley and Tukey 1965), else as a convolution of such a
// length (Bluestein 1970).
import { lanesAlong } from '../layout.ts';
import type { Kernels } from './kernel.ts';

/** In place: Σ x exp(∓2πi jk/n), + where `isInverse`. */
function transform(re: Float64Array, im: Float64Array, isInverse: boolean): void {
  if (re.length < 2) return;
  if ((re.length & (re.length - 1)) === 0) transformPowerOfTwo(re, im, isInverse);
  else transformAny(re, im, isInverse);
}

function transformPowerOfTwo(re: Float64Array, im: Float64Array, isInverse: boolean): void {
  const n = re.length;
  for (let i = 1, j = 0; i < n; i += 1) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) {
      [re[i], re[j]] = [re[j], re[i]];
      [im[i], im[j]] = [im[j], im[i]];
    }
  }
  for (let length = 2; length <= n; length *= 2) {
    const half = length / 2;
    for (let k = 0; k < half; k += 1) {
      const angle = (isInverse ? 2 : -2) * Math.PI * (k / length);
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
      for (let i = k; i < n; i += length) {
        const j = i + half;
        const [a, b] = [re[j] * cos - im[j] * sin, re[j] * sin + im[j] * cos];
        re[j] = re[i] - a;
        im[j] = im[i] - b;
        re[i] += a;
        im[i] += b;
      }
    }
  }
}

/** jk = (j² + k² − (k − j)²) / 2 makes the sum a convolution with a chirp. */
function transformAny(re: Float64Array, im: Float64Array, isInverse: boolean): void {
  const n = re.length;
  let size = 1;
  while (size < 2 * n - 1) size *= 2;
  const [chirpRe, chirpIm] = [new Float64Array(n), new Float64Array(n)];
  for (let k = 0; k < n; k += 1) {
    // k² modulo 2n: the angle of a large square has no digits left
    const angle = (isInverse ? 1 : -1) * Math.PI * (((k * k) % (2 * n)) / n);
    chirpRe[k] = Math.cos(angle);
    chirpIm[k] = Math.sin(angle);
  }
  const [aRe, aIm, bRe, bIm] = Array.from({ length: 4 }, () => new Float64Array(size));
  for (let k = 0; k < n; k += 1) {
    aRe[k] = re[k] * chirpRe[k] - im[k] * chirpIm[k];
    aIm[k] = re[k] * chirpIm[k] + im[k] * chirpRe[k];
    bRe[k] = bRe[(size - k) % size] = chirpRe[k];
    bIm[k] = bIm[(size - k) % size] = -chirpIm[k];
  }
  transformPowerOfTwo(aRe, aIm, false);
  transformPowerOfTwo(bRe, bIm, false);
  for (let k = 0; k < size; k += 1) [aRe[k], aIm[k]] = [aRe[k] * bRe[k] - aIm[k] * bIm[k], aRe[k] * bIm[k] + aIm[k] * bRe[k]];
  transformPowerOfTwo(aRe, aIm, true);
  for (let k = 0; k < n; k += 1) {
    re[k] = (aRe[k] * chirpRe[k] - aIm[k] * chirpIm[k]) / size;
    im[k] = (aRe[k] * chirpIm[k] + aIm[k] * chirpRe[k]) / size;
  }
}

/** What rounding leaves of a 0: smaller than 2⁻⁴⁹ of the largest number, where float64 has no digits any more. */
function dropNoise(re: Float64Array, im: Float64Array): void {
  let largest = 0;
  for (const part of [re, im]) for (let n = 0; n < part.length; n += 1) largest = Math.max(largest, Math.abs(part[n]));
  const noise = largest * 2 ** -49;
  for (const part of [re, im]) for (let n = 0; n < part.length; n += 1) if (Math.abs(part[n]) < noise) part[n] = 0;
}

export const fourierKernels: Kernels<'fft'> = {
  fft: ([x], { dims, inverse, scale }, [y]) => {
    const data = Float64Array.from(x.data);
    for (const dim of dims) {
      // `inner` counts numbers, of which two make one
      const { outer, size, inner } = lanesAlong(x.shape, dim);
      const [re, im] = [new Float64Array(size), new Float64Array(size)];
      for (let o = 0; o < outer; o += 1) {
        for (let i = 0; i < inner; i += 2) {
          const start = o * size * inner + i;
          for (let n = 0, at = start; n < size; n += 1, at += inner) [re[n], im[n]] = [data[at], data[at + 1]];
          transform(re, im, inverse);
          dropNoise(re, im);
          for (let n = 0, at = start; n < size; n += 1, at += inner) [data[at], data[at + 1]] = [re[n], im[n]];
        }
      }
    }
    for (let i = 0; i < data.length; i += 1) y.data[i] = data[i] * scale;
  },
};
