// Random numbers as PyTorch's CPU build draws them (ATen `DistributionTemplates.h` and `DistributionsHelper.h`): the same 32-bit outputs
// of the same generator, in the same order. A draw is a function of its attributes; how many outputs it takes is `graph/randomDraws.ts`.
import type { OpAttributes } from '../graph/opAttributes.ts';
import { wideRange } from '../graph/randomDraws.ts';
import { fusedMultiplyAdd } from './fusedMultiplyAdd.ts';
import { drawing } from './generatorStates.ts';
import type { MersenneTwister } from './mersenneTwister.ts';
import { uniformDouble } from './normalNumbers.ts';
import { roundHalves, settled, type TypedArray } from './tensor.ts';

type Draw<O extends 'uniform' | 'randint' | 'randperm' | 'bernoulli'> = OpAttributes[O];

/** Outputs drawn at a time. */
const chunk = 4096;

/** Hands on the outputs of `count` elements, `wordsEach` an element: those in `words` are of the elements from `start` to `end`. */
function eachChunk(
  generator: MersenneTwister, count: number, wordsEach: 1 | 2, use: (words: Uint32Array, start: number, end: number) => void,
): void {
  const words = new Uint32Array(chunk);
  for (let start = 0; start < count; start += chunk / wordsEach) {
    const end = Math.min(start + chunk / wordsEach, count);
    generator.fill(words, (end - start) * wordsEach);
    use(words, start, end);
  }
}

/** What would round to `to` itself becomes `from`. */
export function drawUniform(y: TypedArray, attributes: Draw<'uniform'>): void {
  const { from, to, dtype } = attributes;
  drawing(attributes, (generator) => {
    if (dtype === 'float64') {
      eachChunk(generator, y.length, 2, (words, start, end) => {
        for (let i = start; i < end; i += 1) {
          const value = fusedMultiplyAdd(uniformDouble(words[2 * (i - start)], words[2 * (i - start) + 1]), to - from, from);
          y[i] = value === to ? from : value;
        }
      });
      return;
    }
    const { fround } = Math;
    const [first, end] = [fround(from), fround(to)];
    const range = fround(end - first);
    eachChunk(generator, y.length, 1, (words, start, stop) => {
      // One rounding: compilers make a fused multiply-add of it, and float64 holds the product exactly.
      for (let i = start; i < stop; i += 1) y[i] = (words[i - start] & 0xffffff) * 2 ** -24 * range + first;
    });
    roundHalves(y, dtype);
    const [low, high] = [settled(dtype, first), settled(dtype, end)];
    for (let i = 0; i < y.length; i += 1) if (y[i] === high) y[i] = low;
  });
}

/** From a range of 2²⁸ on, PyTorch takes 64 bits. */
export function drawIntegers(y: TypedArray, attributes: Draw<'randint'>): void {
  const { low, high } = attributes;
  const range = high - low;
  drawing(attributes, (generator) => {
    if (range < wideRange) {
      eachChunk(generator, y.length, 1, (words, start, end) => {
        for (let i = start; i < end; i += 1) y[i] = low + (words[i - start] % range);
      });
      return;
    }
    for (let i = 0; i < y.length; i += 1) {
      const upper = BigInt(generator.uint32());
      y[i] = low + Number(((upper << 32n) | BigInt(generator.uint32())) % BigInt(range));
    }
  });
}

/** Fisher and Yates' shuffle. */
export function drawPermutation(y: TypedArray, attributes: Draw<'randperm'>): void {
  const { n } = attributes;
  for (let i = 0; i < n; i += 1) y[i] = i;
  drawing(attributes, (generator) => {
    eachChunk(generator, Math.max(0, n - 1), 1, (words, start, end) => {
      for (let i = start; i < end; i += 1) {
        const other = i + (words[i - start] % (n - i));
        const value = y[i];
        y[i] = y[other];
        y[other] = value;
      }
    });
  });
}

/**
 * A float64 uniform below `p`, whatever the dtype. Builds with MKL on Intel processors draw from a stream of MKL's instead, which no
 * other processor reproduces.
 */
export function drawBernoulli(y: TypedArray, attributes: Draw<'bernoulli'>): void {
  const { p } = attributes;
  drawing(attributes, (generator) => {
    eachChunk(generator, y.length, 2, (words, start, end) => {
      for (let i = start; i < end; i += 1) y[i] = uniformDouble(words[2 * (i - start)], words[2 * (i - start) + 1]) < p ? 1 : 0;
    });
  });
}
