import { strict as assert } from 'node:assert';
import { noOrigin, type NodeOf } from '../../src/graph/graph.ts';
import { type DType, type Shape } from '../../src/graph/tensorType.ts';
import { advance, type GeneratorCursor } from '../../src/graph/randomDraws.ts';
import { generatorAt } from '../../src/engine/generatorStates.ts';
import { MersenneTwister } from '../../src/engine/mersenneTwister.ts';
import { referenceBackend } from '../../src/engine/reference/referenceBackend.ts';
import { zeros, type TypedArray } from '../../src/engine/tensor.ts';
import { readGolden } from './goldens.ts';

type RandomOp = 'uniform' | 'normal' | 'randint' | 'randperm' | 'bernoulli';

interface GoldenDraw {
  readonly op: RandomOp;
  readonly attributes: { readonly dtype: DType; readonly shape?: Shape; readonly n?: number };
  readonly first: readonly number[];
  readonly last: readonly number[];
  readonly checksum: number;
  readonly values?: readonly number[];
}
const { sequences } = readGolden('randomGoldens.json') as { sequences: { seed: number; draws: GoldenDraw[] }[] };

/** The numbers that an op draws from where the generator stands, and where it stands then. */
function draw(cursor: GeneratorCursor, op: RandomOp, attributes: GoldenDraw['attributes']): { data: TypedArray; next: GeneratorCursor } {
  const { draw: place, next } = advance(cursor, op, attributes as never);
  const output = zeros(attributes.dtype, attributes.shape ?? [attributes.n!]);
  const node = { id: 0, op, inputs: [], outputs: [0], origin: noOrigin, attributes: { ...attributes, ...place } };
  referenceBackend.run(node as unknown as NodeOf<'uniform'>, [], [output]);
  return { data: output.data, next };
}

function wordsOf(data: TypedArray): number[] {
  if (data instanceof Float32Array || data instanceof Float64Array) return Array.from(new Uint32Array(data.buffer));
  return Array.from(data, (value) => value >>> 0);
}

function checksum(words: readonly number[]): number {
  return words.reduce((total, word) => (Math.imul(total, 31) + word) >>> 0, 0);
}

/** How many float64 lie between two of one sign. */
function unitsApart(a: number, b: number): number {
  const [first, second] = new BigInt64Array(Float64Array.of(a, b).buffer);
  return Math.abs(Number(first - second));
}

describe('random numbers against PyTorch 2.13 on the CPU', () => {
  for (const { seed, draws } of sequences) {
    const ops = [...new Set(draws.map(({ op, attributes }) => `${op} ${attributes.dtype}`))].join(', ');
    it(`draws the same, op after op, from seed ${seed}: ${ops}, ${draws.length} draws; normal float64 within 2 units in the last place, the others bit for bit`, () => {
      let cursor: GeneratorCursor = { seed, offset: 0, carry: null };
      for (const [n, golden] of draws.entries()) {
        const what = `draw ${n}, ${golden.op} ${JSON.stringify(golden.attributes)}`;
        const { data, next } = draw(cursor, golden.op, golden.attributes);
        cursor = next;
        if (golden.values !== undefined) {
          golden.values.forEach((expected, i) => {
            assert.ok(unitsApart(data[i], expected) <= 2, `${what}: element ${i} is ${data[i]}, expected ${expected}`);
          });
          continue;
        }
        const words = wordsOf(data);
        assert.deepEqual([words.slice(0, 2), words.slice(-2)], [golden.first, golden.last], what);
        assert.equal(checksum(words), golden.checksum, what);
      }
    });
  }

  it('gives the same numbers whatever was drawn before', () => {
    const attributes = { dtype: 'float32', shape: [100] } as const;
    const at = (offset: number): number[] =>
      Array.from(draw({ seed: 5, offset, carry: null }, 'uniform', { ...attributes, from: 0, to: 1 } as never).data);
    const [late, early, between] = [at(5000), at(0), at(2500)];
    assert.deepEqual(at(5000), late);
    assert.deepEqual(at(0), early);
    const generator = MersenneTwister.seeded(5);
    generator.skip(2500);
    assert.deepEqual(between, Array.from({ length: 100 }, () => (generator.uint32() & 0xffffff) * 2 ** -24));
  });
});

describe('places in a generator\'s sequence', () => {
  it('are reached from the states that were kept, in whatever order they are asked for', () => {
    const far = 3_000_000;
    const walked = MersenneTwister.seeded(17);
    walked.skip(far);
    const expected = walked.uint32();
    for (const offset of [far, 40, far - 1, 2 ** 20, far]) {
      const generator = generatorAt(17, offset);
      assert.equal(generator.position, offset);
      generator.skip(far - offset);
      assert.equal(generator.uint32(), expected, `from ${offset}`);
    }
  });
});

describe('the Mersenne twister', () => {
  it('gives the 10,000th output that the C++ standard requires of mt19937', () => {
    const generator = MersenneTwister.seeded(5489);
    generator.skip(9999);
    assert.equal(generator.uint32(), 4123659995);
    assert.equal(generator.position, 10000);
  });

  it('skips to the state that drawing leads to, across blocks and at their borders', () => {
    for (const count of [0, 1, 623, 624, 625, 1247, 1248, 1249, 5000]) {
      const [drawn, skipped] = [MersenneTwister.seeded(1), MersenneTwister.seeded(1)];
      for (let n = 0; n < count; n += 1) drawn.uint32();
      skipped.skip(count);
      assert.deepEqual([skipped.uint32(), skipped.uint32()], [drawn.uint32(), drawn.uint32()], `after ${count}`);
    }
  });

  it('fills arrays with what it would draw one by one, across blocks', () => {
    const [drawn, filled] = [MersenneTwister.seeded(2), MersenneTwister.seeded(2)];
    for (const count of [0, 1, 622, 1, 1, 2000, 624]) {
      const words = new Uint32Array(count + 1);
      filled.fill(words, count);
      assert.deepEqual([...words], [...Array.from({ length: count }, () => drawn.uint32()), 0]);
      assert.equal(filled.position, drawn.position);
    }
  });

  it('draws on from a clone without touching the original', () => {
    const generator = MersenneTwister.seeded(3);
    generator.skip(10);
    const clone = generator.clone();
    const next = clone.uint32();
    clone.skip(1000);
    assert.equal(generator.uint32(), next);
  });
});
