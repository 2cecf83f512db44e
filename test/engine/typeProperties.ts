// Properties of types: what wraps, which type two have in common, what a cast keeps. Bytes, short and long integers, bools and floats.
import { strict as assert } from 'node:assert';
import { resultType } from '../../src/graph/promotion.ts';
import { elementCount, isFloat, type DType, type Shape } from '../../src/graph/tensorType.ts';
import { representation, type Tensor } from '../../src/engine/tensor.ts';
import * as naive from './naive.ts';
import { axesOf, type Bench } from './propertyBench.ts';
import type { RandomCases } from './randomCases.ts';

const ranges = { bool: [0, 1], uint8: [0, 255], int8: [-128, 127], int16: [-32768, 32767], int32: [-(2 ** 31), 2 ** 31 - 1] } as const;
type Bounded = keyof typeof ranges;
const wrapping: readonly Bounded[] = ['uint8', 'int8', 'int16', 'int32'];

/** Integers of the whole range of a type, its ends among them. */
function integers(random: RandomCases, dtype: Bounded, shape: Shape): Tensor {
  const [low, high] = ranges[dtype];
  const element = () => (random.number() < 0.3 ? random.pick([low, high, 0, 1]) : random.integer(low, high));
  return { dtype, shape, data: new representation[dtype].storage(elementCount(shape)).map(element) };
}

/** What is left of an integer in the bits of a type. */
function wrapped(exact: bigint, dtype: Bounded): number {
  const bits = { bool: 1, uint8: 8, int8: 8, int16: 16, int32: 32 }[dtype];
  return Number(dtype === 'uint8' ? BigInt.asUintN(bits, exact) : BigInt.asIntN(bits, exact));
}

function assertIs(found: Tensor, dtype: DType, shape: Shape, element: (place: readonly number[]) => number, what: string): void {
  assert.deepEqual([found.dtype, found.shape], [dtype, shape], what);
  let next = 0;
  for (const place of naive.coordinates(shape)) {
    const [value, wanted] = [found.data[next++], element(place)];
    if (value !== wanted && !(Number.isNaN(value) && Number.isNaN(wanted))) assert.fail(`${what}: ${value} at ${place}, expected ${wanted}`);
  }
}

export function typeProperties(name: string, { holds, first }: Bench): void {
  describe(`${name}: properties of types`, () => {
    const arithmetic = { add: (x: bigint, y: bigint) => x + y, sub: (x: bigint, y: bigint) => x - y, mul: (x: bigint, y: bigint) => x * y };
    for (const [op, f] of Object.entries(arithmetic)) {
      holds(`${op} of integers broadcasts, and keeps of its results the bits that the type has`, 24, (random, what) => {
        const dtype = random.pick(wrapping);
        const shape = random.shape(random.integer(1, 4), 0, 4);
        const [x, y] = [integers(random, dtype, shape), integers(random, dtype, random.broadcastOf(shape))];
        assertIs(first(op, [x, y]), dtype, shape, (place) => wrapped(f(BigInt(naive.at(x, place)), BigInt(naive.at(y, place))), dtype), `${op} of ${dtype} ${what}`);
      });
    }
    for (const op of ['neg', 'abs', 'square'] as const) {
      const f = { neg: (x: bigint) => -x, abs: (x: bigint) => (x < 0n ? -x : x), square: (x: bigint) => x * x }[op];
      holds(`${op} of integers keeps of its results the bits that the type has`, 12, (random, what) => {
        const x = integers(random, random.pick(wrapping), random.shape(random.integer(0, 3)));
        assertIs(first(op, [x]), x.dtype, x.shape, (place) => wrapped(f(BigInt(naive.at(x, place))), x.dtype as Bounded), `${op} of ${x.dtype} ${what}`);
      });
    }
    const chosen: Record<string, (x: number, y: number) => number> = { maximum: Math.max, minimum: Math.min };
    const compared: Record<string, (x: number, y: number) => number> = {
      eq: (x, y) => Number(x === y), ne: (x, y) => Number(x !== y), lt: (x, y) => Number(x < y), le: (x, y) => Number(x <= y), gt: (x, y) => Number(x > y), ge: (x, y) => Number(x >= y),
    };
    for (const [op, f] of Object.entries({ ...chosen, ...compared })) {
      holds(`${op} of two types is that of the type that they have in common, to which both are cast`, 24, (random, what) => {
        const types = [random.pick(Object.keys(ranges) as Bounded[]), random.pick(Object.keys(ranges) as Bounded[])];
        const shape = random.shape(random.integer(1, 3), 0, 3);
        const given = [integers(random, types[0], shape), integers(random, types[1], random.broadcastOf(shape))];
        // One of rank 0 can be of a wider type than they have in common, and keeps of its bits those that this one has.
        const common = resultType(given) as Bounded;
        const [x, y] = given.map((each) => (each.dtype === 'bool' ? each : { ...each, data: each.data.map((value) => wrapped(BigInt(value), common)) }));
        const dtype = op in compared ? 'bool' : common;
        assertIs(first(op, given), dtype, shape, (place) => f(naive.at(x, place), naive.at(y, place)), `${op} of ${types} ${what}`);
      });
    }
    holds('a cast keeps of integers the bits that the type has, of floats the whole part, and is true where not 0', 60, (random, what) => {
      const shape = random.shape(random.integer(0, 3));
      const from = random.pick([...wrapping, 'bool', 'float32'] as const);
      const to = random.pick([...wrapping, 'bool', 'float32', 'float64', 'int64'] as const);
      // What no integer type holds is not defined.
      const x = from === 'float32' ? random.tensor(shape, to === 'uint8' ? 0 : -100, 100) : integers(random, from, shape);
      const expected = (value: number): number => {
        if (to === 'bool') return Number(value !== 0);
        if (isFloat(to)) return to === 'float32' ? Math.fround(value) : value;
        return to === 'int64' ? Math.trunc(value) : wrapped(BigInt(Math.trunc(value)), to as Bounded);
      };
      assertIs(first('cast', [x], { dtype: to }), to, shape, (place) => expected(naive.at(x, place)) + 0, `${from} to ${to} ${what}`);
    });
    holds('a sum of integers or bools is one of int64', 16, (random, what) => {
      const dtype = random.pick(['bool', 'uint8', 'int8', 'int16'] as const);
      const x = integers(random, dtype, random.shape(3));
      const dim = axesOf(x.shape).filter(() => random.number() < 0.6);
      const kept = x.shape.map((size, axis) => (dim.includes(axis) ? 1 : size));
      if (dim.length === 0) return;
      assertIs(first('sum', [x], { dim, keepdim: true }), 'int64', kept, (place) => naive.lane(x, dim, place).reduce((sum, value) => sum + value, 0), `${dtype} over ${dim} ${what}`);
    });
    holds('what moves elements moves those of every type', 24, (random, what) => {
      const dtype = random.pick(Object.keys(ranges) as Bounded[]);
      const [rows, columns] = [random.integer(1, 5), random.size(0, 5)];
      const [x, y] = [integers(random, dtype, [rows, columns]), integers(random, dtype, [rows, columns])];
      const condition = integers(random, 'bool', [rows, columns]);
      const index = random.indices([random.integer(0, 6)], rows);
      assertIs(first('where', [condition, x, y]), dtype, [rows, columns], (place) => naive.at(naive.at(condition, place) ? x : y, place), `where of ${dtype} ${what}`);
      assertIs(first('cat', [x, y], { dim: 1 }), dtype, [rows, 2 * columns], ([i, j]) => naive.at(j < columns ? x : y, [i, j % columns]), `cat of ${dtype} ${what}`);
      assertIs(first('flip', [x], { dims: [0] }), dtype, [rows, columns], ([i, j]) => naive.at(x, [rows - 1 - i, j]), `flip of ${dtype} ${what}`);
      assertIs(first('index_select', [x, index], { dim: 0 }), dtype, [index.shape[0], columns], ([i, j]) => naive.at(x, [index.data[i], j]), `index_select of ${dtype} ${what}`);
    });
  });
}
