// Normal numbers by Box–Muller, as PyTorch's CPU build draws them (ATen `DistributionTemplates.h`, `DistributionsHelper.h`).
import type { OpAttributes } from '../graph/opAttributes.ts';
import { drawsInBlocks, normalBlock } from '../graph/randomDraws.ts';
import { fusedMultiplyAdd } from './fusedMultiplyAdd.ts';
import { log64, sinCos64 } from './doublePrecision.ts';
import { drawing, generatorAt } from './generatorStates.ts';
import type { MersenneTwister } from './mersenneTwister.ts';
import { logOfUniform32, sinCos32 } from './singlePrecision.ts';
import { roundHalves, type TypedArray } from './tensor.ts';

type Attributes = OpAttributes['normal'];

export function drawNormal(y: TypedArray, attributes: Attributes): void {
  const { dtype } = attributes;
  if (!drawsInBlocks(attributes)) drawPairs(y, attributes);
  else if (dtype === 'float64') drawing(attributes, (generator) => fillBlocks(y, attributes, generator, 2, transform));
  else drawing(attributes, (generator) => fillBlocks(y, attributes, generator, 1, transform32));
  roundHalves(y, dtype);
}

/** In float64, whatever the dtype. The second number of a pair waits for the next element, or the next draw. */
function drawPairs(y: TypedArray, attributes: Attributes): void {
  const { seed, carry, mean, std } = attributes;
  const pair = new Float64Array(2);
  let isWaiting = carry !== null;
  if (carry !== null) drawPair(generatorAt(seed, carry), pair);
  drawing(attributes, (generator) => {
    for (let i = 0; i < y.length; i += 1) {
      if (!isWaiting) drawPair(generator, pair);
      y[i] = fusedMultiplyAdd(isWaiting ? pair[1] : pair[0], std, mean);
      isWaiting = !isWaiting;
    }
  });
}

const sinCos = new Float64Array(2);

function drawPair(generator: MersenneTwister, pair: Float64Array): void {
  const theta = 2 * Math.PI * uniformDouble(generator.uint32(), generator.uint32());
  const radius = Math.sqrt(-2 * Math.log1p(-uniformDouble(generator.uint32(), generator.uint32())));
  sinCos64(theta, sinCos);
  pair[0] = radius * sinCos[1];
  pair[1] = radius * sinCos[0];
}

/** In [0, 1), a multiple of 2⁻⁵³. */
export function uniformDouble(upper: number, lower: number): number {
  return ((upper & 0x1fffff) * 2 ** 32 + lower) * 2 ** -53;
}

/** Writes `count` normal numbers from `start` on, made of the outputs in `words`: of each 16 uniform ones, j and j + 8 are a pair. */
type Transform = (words: Uint32Array, y: TypedArray, start: number, count: number, mean: number, std: number) => void;

/** A multiple of 16 words. */
const chunk = 4096;

/**
 * A tail that is no whole block redraws the last 16 elements, after numbers that nobody sees: the tail's own, which half types do not draw.
 */
function fillBlocks(y: TypedArray, { mean, std, dtype }: Attributes, generator: MersenneTwister, wordsEach: 1 | 2, write: Transform): void {
  const words = new Uint32Array(chunk);
  const tail = y.length % normalBlock;
  const whole = y.length - tail;
  for (let start = 0; start < whole; start += chunk / wordsEach) {
    const count = Math.min(chunk / wordsEach, whole - start);
    generator.fill(words, count * wordsEach);
    write(words, y, start, count, mean, std);
  }
  if (tail === 0) return;
  if (dtype === 'float32' || dtype === 'float64') generator.skip(tail * wordsEach);
  generator.fill(words, normalBlock * wordsEach);
  write(words, y, y.length - normalBlock, normalBlock, mean, std);
}

const transform: Transform = (words, y, start, count, mean, std) => {
  for (let block = 0; block < count; block += normalBlock) {
    for (let j = block; j < block + 8; j += 1) {
      const radius = Math.sqrt(-2 * log64(1 - uniformDouble(words[2 * j], words[2 * j + 1])));
      sinCos64(2 * Math.PI * uniformDouble(words[2 * j + 16], words[2 * j + 17]), sinCos);
      y[start + j] = fusedMultiplyAdd(radius * sinCos[1], std, mean);
      y[start + j + 8] = fusedMultiplyAdd(radius * sinCos[0], std, mean);
    }
  }
};

const transform32: Transform = (words, y, start, count, mean, std) => {
  const { fround } = Math;
  const turn = fround(2 * Math.PI);
  const scale = fround(std);
  const shift = fround(mean);
  for (let block = 0; block < count; block += normalBlock) {
    for (let j = block; j < block + 8; j += 1) {
      const radius = fround(Math.sqrt(fround(-2 * logOfUniform32(2 ** 24 - (words[j] & 0xffffff)))));
      sinCos32(fround(turn * ((words[j + 8] & 0xffffff) * 2 ** -24)), sinCos);
      y[start + j] = fround(radius * sinCos[1]) * scale + shift;
      y[start + j + 8] = fround(radius * sinCos[0]) * scale + shift;
    }
  }
};
