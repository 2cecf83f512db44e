import { strict as assert } from 'node:assert';
import type { Engine } from '../../../src/engine/engine.ts';
import { MersenneTwister } from '../../../src/engine/mersenneTwister.ts';
import type { Tensor } from '../../../src/engine/tensor.ts';
import { gradient } from '../../../src/graph/gradient.ts';
import { elementCount, type Shape } from '../../../src/graph/tensorType.ts';
import { assertClose, inSingle, opCases } from '../goldens.ts';
import { Recording, tensor } from '../recording.ts';
import { assertAgrees, leftToReference, onOneThreadAndOnThree } from './agreement.ts';

/** Of the largest element of each result. */
const tolerance = 5e-6;
/** Of each element, or of 1. */
const goldenTolerance = 1e-5;

interface Case {
  readonly what: string;
  readonly batch: Shape;
  readonly queries: number;
  readonly keys: number;
  readonly width: number;
  readonly valueWidth: number;
  readonly isCausal?: boolean;
  readonly mask?: { readonly kind: 'bool' | 'float32'; readonly shape: Shape };
  /** One element of the named operand is NaN or infinite. */
  readonly odd?: readonly [operand: 0 | 1 | 2, value: number];
  /** Query, key and value are heads of one projection, as transformers write them. */
  readonly isSplit?: boolean;
}

const cases: readonly Case[] = [
  { what: 'one query and key', batch: [1, 1], queries: 1, keys: 1, width: 1, valueWidth: 1 },
  { what: 'odd sizes', batch: [2, 3], queries: 7, keys: 5, width: 6, valueWidth: 9 },
  { what: 'no batch', batch: [], queries: 50, keys: 130, width: 8, valueWidth: 8 },
  { what: 'several blocks of rows and keys', batch: [2], queries: 100, keys: 300, width: 17, valueWidth: 13 },
  { what: 'causal', batch: [2, 2], queries: 130, keys: 130, width: 16, valueWidth: 16, isCausal: true },
  { what: 'causal, more keys than queries', batch: [3], queries: 20, keys: 200, width: 4, valueWidth: 4, isCausal: true },
  { what: 'causal, more queries than keys', batch: [3], queries: 200, keys: 20, width: 4, valueWidth: 4, isCausal: true },
  { what: 'a mask of bools that hides whole rows', batch: [2, 2], queries: 9, keys: 11, width: 8, valueWidth: 8, mask: { kind: 'bool', shape: [2, 1, 9, 11] } },
  { what: 'a mask of numbers, broadcast', batch: [2, 2], queries: 60, keys: 140, width: 8, valueWidth: 8, mask: { kind: 'float32', shape: [1, 140] } },
  { what: 'three batch axes', batch: [2, 3, 2], queries: 5, keys: 6, width: 4, valueWidth: 4 },
  { what: 'heads of one projection', batch: [2, 4], queries: 33, keys: 33, width: 8, valueWidth: 8, isSplit: true, isCausal: true },
  ...([0, 1, 2] as const).flatMap((operand) => [NaN, Infinity, -Infinity].map((value): Case => (
    { what: `${value} in operand ${operand}`, batch: [2], queries: 6, keys: 9, width: 8, valueWidth: 5, odd: [operand, value] }))),
];

const twister = MersenneTwister.seeded(3);
const uniform = (): number => twister.uint32() / 2 ** 32;
const random = (shape: Shape): Tensor => tensor('float32', shape, Float32Array.from({ length: elementCount(shape) }, () => 4 * uniform() - 2));

function maskOf({ kind, shape }: NonNullable<Case['mask']>): Tensor {
  if (kind === 'float32') return random(shape);
  // Row 3 sees nothing.
  return { dtype: 'bool', shape, data: Uint8Array.from({ length: elementCount(shape) }, (_, n) => (Math.floor(n / shape.at(-1)!) % shape.at(-2)! !== 3 && uniform() < 0.6 ? 1 : 0)) };
}

/** Compares attention, the logarithms of its sums, and its gradients with the reference. */
function assertAttends(each: Case, engine: Engine): void {
  const { batch, queries, keys, width, valueWidth } = each;
  const shapes = each.isSplit ? [[batch[0], queries, 3 * batch[1] * width]] : [[...batch, queries, width], [...batch, keys, width], [...batch, keys, valueWidth]];
  const tensors = [...shapes.map(random), ...(each.mask ? [maskOf(each.mask)] : [])];
  if (each.odd) tensors[each.odd[0]].data[2 * width + 1] = each.odd[1];
  const recording = new Recording();
  const inputs = tensors.map((value) => recording.input(value));
  const [given, mask] = each.isSplit ? [inputs.slice(0, 1), inputs[1]] : [inputs.slice(0, 3), inputs[3]];
  const parts = each.isSplit
    ? [0, 1, 2].map((n) => {
      const [count, heads] = each.batch;
      const part = recording.one('slice', [given[0]], { dim: 2, start: n * heads * each.width, end: (n + 1) * heads * each.width, step: 1 });
      return recording.one('permute', [recording.one('reshape', [part], { shape: [count, each.queries, heads, each.width] })], { dims: [0, 2, 1, 3] });
    })
    : given;
  const outputs = recording.all('scaled_dot_product_attention', mask === undefined ? parts : [...parts, mask], { isCausal: each.isCausal ?? false, scale: 0.4 });
  const gradients = gradient(recording.graph, outputs[0], parts, recording.input(random([...batch, queries, valueWidth])));
  assertAgrees(recording, [...outputs, ...gradients.map((value) => value!)], engine, tolerance, each.what, 'output');
}

onOneThreadAndOnThree('attention by WebAssembly kernels', (engine) => {
  it(`has the reference's values and gradients, within ${tolerance} of the largest of each`, () => {
    for (const each of cases) assertAttends(each, engine());
  });

  // The goldens are of float64, where PyTorch computes by the formula, and the reference here.
  it(`has PyTorch's values in float32 within ${goldenTolerance}, and leaves nothing to the reference`, () => {
    for (const [n, { op, attributes, inputs, outputs }] of opCases().entries()) {
      if (op !== 'scaled_dot_product_attention' || outputs[0].data.length === 0) continue;
      const recording = new Recording();
      const values = recording.all(op, inputs.map((input) => recording.input(inSingle(input))), attributes);
      assert.deepEqual(leftToReference(recording, values), [], `case ${n}`);
      recording.run(values, engine()).forEach((found, output) => assertClose(found, inSingle(outputs[output]), goldenTolerance, `case ${n} output ${output}`));
    }
  });
});
