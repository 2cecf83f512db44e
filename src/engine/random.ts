// Random numbers as PyTorch's CPU build draws them (ATen `DistributionTemplates.h` and `DistributionsHelper.h`): the same 32-bit outputs
// of the same generator, in the same order. A draw is a function of its attributes; how many outputs it takes is `graph/randomDraws.ts`.
import type { OpAttributes, RandomDraw } from '../graph/opAttributes.ts';
import { NORMAL_BLOCK, WIDE_RANGE } from '../graph/randomDraws.ts';
import { MersenneTwister } from './mersenneTwister.ts';
import { log32, sinCos32 } from './singlePrecision.ts';
import type { TypedArray } from './tensor.ts';

type Draw<O extends 'uniform' | 'normal' | 'randint' | 'randperm' | 'bernoulli'> = OpAttributes[O];

/** States kept (2.5 KB each), so that nodes drawn one after another continue where the last one stopped. */
const keptStates = 512;
const states: { readonly seed: number; readonly generator: MersenneTwister }[] = [];

/** A generator that stands at `offset` of the seed's sequence. */
function generatorAt(seed: number, offset: number): MersenneTwister {
  let nearest: MersenneTwister | null = null;
  for (const state of states) {
    const { position } = state.generator;
    if (state.seed === seed && position <= offset && (nearest === null || position > nearest.position)) nearest = state.generator;
  }
  const generator = nearest === null ? MersenneTwister.seeded(seed) : nearest.clone();
  generator.skip(offset - generator.position);
  return generator;
}

function keep(seed: number, generator: MersenneTwister): void {
  if (states.some((state) => state.seed === seed && state.generator.position === generator.position)) return;
  if (states.length === keptStates) states.shift();
  states.push({ seed, generator });
}

function drawing({ seed, offset }: RandomDraw, draw: (generator: MersenneTwister) => void): void {
  const generator = generatorAt(seed, offset);
  draw(generator);
  keep(seed, generator);
}

/** In [0, 1), a multiple of 2⁻²⁴: one output. */
function uniformFloat(generator: MersenneTwister): number {
  return (generator.uint32() & 0xffffff) * 2 ** -24;
}

/** In [0, 1), a multiple of 2⁻⁵³: two outputs, the upper bits first. */
function uniformDouble(generator: MersenneTwister): number {
  const upper = generator.uint32() & 0x1fffff;
  return (upper * 2 ** 32 + generator.uint32()) * 2 ** -53;
}

/** a · b + c rounded once, as compilers make it: the product's error is found by splitting (Dekker 1971), the sum's by Knuth's two-sum. */
function fusedMultiplyAdd(a: number, b: number, c: number): number {
  const product = a * b;
  const [highA, highB] = [upperHalf(a), upperHalf(b)];
  const [lowA, lowB] = [a - highA, b - highB];
  const productError = lowA * lowB - (product - highA * highB - lowA * highB - highA * lowB);
  const sum = product + c;
  const partC = sum - product;
  const sumError = product - (sum - partC) + (c - partC);
  return sum + (sumError + productError);
}

function upperHalf(x: number): number {
  const scaled = x * (2 ** 27 + 1);
  return scaled - (scaled - x);
}

export function drawUniform(y: TypedArray, attributes: Draw<'uniform'>): void {
  const { from, to, dtype } = attributes;
  drawing(attributes, (generator) => {
    if (dtype === 'float64') {
      for (let i = 0; i < y.length; i += 1) y[i] = fusedMultiplyAdd(uniformDouble(generator), to - from, from);
      return;
    }
    const { fround } = Math;
    const start = fround(from);
    const range = fround(fround(to) - start);
    // One rounding: compilers make a fused multiply-add of it, and float64 holds the product exactly.
    for (let i = 0; i < y.length; i += 1) y[i] = uniformFloat(generator) * range + start;
  });
}

/** From 16 elements on PyTorch fills blocks of 16 by Box–Muller; below, pair by pair in float64. */
export function drawNormal(y: TypedArray, attributes: Draw<'normal'>): void {
  if (y.length < NORMAL_BLOCK) drawFewNormals(y, attributes);
  else if (attributes.dtype === 'float64') drawing(attributes, (generator) => fillNormals(y, attributes, generator, uniformDouble, transformBlock));
  else drawing(attributes, (generator) => fillNormals(y, attributes, generator, uniformFloat, transformBlock32));
}

function drawFewNormals(y: TypedArray, attributes: Draw<'normal'>): void {
  const { seed, carry, mean, std } = attributes;
  let waiting: number | null = null;
  if (carry !== null) waiting = normalPair(generatorAt(seed, carry))[1];
  drawing(attributes, (generator) => {
    for (let i = 0; i < y.length; i += 1) {
      let sample = waiting;
      if (sample === null) [sample, waiting] = normalPair(generator);
      else waiting = null;
      y[i] = sample * std + mean;
    }
  });
}

function normalPair(generator: MersenneTwister): [number, number] {
  const theta = 2 * Math.PI * uniformDouble(generator);
  const radius = Math.sqrt(-2 * Math.log1p(-uniformDouble(generator)));
  return [radius * Math.cos(theta), radius * Math.sin(theta)];
}

/** Turns 16 uniform numbers from `start` on into normal ones: elements j and j + 8 are a pair. */
type BlockTransform = (y: TypedArray, start: number, mean: number, std: number) => void;

/** A tail that is no whole block redraws the last 16 elements. */
function fillNormals(
  y: TypedArray, { mean, std }: Draw<'normal'>, generator: MersenneTwister,
  uniform: (generator: MersenneTwister) => number, transform: BlockTransform,
): void {
  for (let i = 0; i < y.length; i += 1) y[i] = uniform(generator);
  for (let start = 0; start + NORMAL_BLOCK <= y.length; start += NORMAL_BLOCK) transform(y, start, mean, std);
  if (y.length % NORMAL_BLOCK === 0) return;
  const last = y.length - NORMAL_BLOCK;
  for (let i = last; i < y.length; i += 1) y[i] = uniform(generator);
  transform(y, last, mean, std);
}

function transformBlock(y: TypedArray, start: number, mean: number, std: number): void {
  for (let j = start; j < start + 8; j += 1) {
    const radius = Math.sqrt(-2 * Math.log(1 - y[j]));
    const theta = 2 * Math.PI * y[j + 8];
    y[j] = radius * Math.cos(theta) * std + mean;
    y[j + 8] = radius * Math.sin(theta) * std + mean;
  }
}

function transformBlock32(y: TypedArray, start: number, mean: number, std: number): void {
  const { fround } = Math;
  const turn = fround(2 * Math.PI);
  const scale = fround(std);
  const shift = fround(mean);
  for (let j = start; j < start + 8; j += 1) {
    const radius = fround(Math.sqrt(fround(-2 * log32(1 - y[j]))));
    const [sin, cos] = sinCos32(fround(turn * y[j + 8]));
    y[j] = fround(radius * cos) * scale + shift;
    y[j + 8] = fround(radius * sin) * scale + shift;
  }
}

/** From a range of 2²⁸ on, PyTorch takes 64 bits. */
export function drawIntegers(y: TypedArray, attributes: Draw<'randint'>): void {
  const { low, high } = attributes;
  const range = high - low;
  drawing(attributes, (generator) => {
    if (range < WIDE_RANGE) {
      for (let i = 0; i < y.length; i += 1) y[i] = low + (generator.uint32() % range);
      return;
    }
    for (let i = 0; i < y.length; i += 1) {
      const upper = BigInt(generator.uint32());
      y[i] = low + Number(((upper << 32n) | BigInt(generator.uint32())) % BigInt(range));
    }
  });
}

export function drawPermutation(y: TypedArray, attributes: Draw<'randperm'>): void {
  drawing(attributes, (generator) => {
    const { n } = attributes;
    for (let i = 0; i < n; i += 1) y[i] = i;
    for (let i = 0; i < n - 1; i += 1) {
      const other = i + (generator.uint32() % (n - i));
      [y[i], y[other]] = [y[other], y[i]];
    }
  });
}

/**
 * A float64 uniform below `p`, whatever the dtype. Builds with MKL on Intel processors draw from a stream of MKL's instead, which no
 * other processor reproduces.
 */
export function drawBernoulli(y: TypedArray, attributes: Draw<'bernoulli'>): void {
  const { p } = attributes;
  drawing(attributes, (generator) => {
    for (let i = 0; i < y.length; i += 1) y[i] = uniformDouble(generator) < p ? 1 : 0;
  });
}
