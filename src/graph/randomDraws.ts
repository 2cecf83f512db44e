// How many 32-bit outputs of MT19937 each random op takes, as PyTorch's CPU generator does (measured with torch 2.13:
// test/golden/make_random_draws.py). Bookkeeping only; the numbers themselves are drawn by `engine/random.ts`.
import type { Op, OpAttributes, RandomDraw } from './opAttributes.ts';
import { elementCount, type DType } from './tensorType.ts';

/** Where a generator stands. `carry`: see `RandomDraw`; it outlives other draws, and starting the sequence anew clears it. */
export interface GeneratorCursor {
  readonly seed: number;
  readonly offset: number;
  readonly carry: number | null;
}

type RandomOp = { [O in Op]: OpAttributes[O] extends RandomDraw ? O : never }[Op];
/** Attributes of a random op before its place in the sequence is known. */
export type UndrawnAttributes<O extends RandomOp> = Omit<OpAttributes[O], keyof RandomDraw>;

interface Consumption {
  /** 32-bit outputs taken. */
  readonly count: number;
  /** Offset, from where the op's draws begin, of the pair whose second number is left over; `kept`: the carry is not touched. */
  readonly carry: number | null | 'kept';
}
const taking = (count: number): Consumption => ({ count, carry: 'kept' });

/** From this many elements on, `normal` fills blocks; below, it draws pairs of doubles. */
export const NORMAL_BLOCK = 16;
/** A pair of normal numbers takes two random64, that is four outputs. */
export const NORMAL_PAIR_OUTPUTS = 4;
/** Ranges of `randint` from this size on take a random64 per element. */
export const WIDE_RANGE = 2 ** 28;

const perElement = (dtype: DType) => (dtype === 'float64' ? 2 : 1);

const consumptions: { readonly [O in RandomOp]: (attributes: UndrawnAttributes<O>, carry: number | null) => Consumption } = {
  uniform: ({ shape, dtype }) => taking(elementCount(shape) * perElement(dtype)),
  normal: ({ shape, dtype }, carry) => {
    const count = elementCount(shape);
    return count >= NORMAL_BLOCK ? taking(blockOutputs(count, dtype)) : pairOutputs(count, carry);
  },
  randint: ({ shape, low, high }) => taking(elementCount(shape) * (high - low >= WIDE_RANGE ? 2 : 1)),
  randperm: ({ n }) => taking(Math.max(0, n - 1)),
  bernoulli: ({ shape }) => taking(elementCount(shape) * 2),
};

/** The last 16 are drawn anew where the count is no multiple of 16. */
function blockOutputs(count: number, dtype: DType): number {
  return (count + (count % NORMAL_BLOCK === 0 ? 0 : NORMAL_BLOCK)) * perElement(dtype);
}

/** Box–Muller gives two numbers; the one not needed waits for the next call. */
function pairOutputs(count: number, carry: number | null): Consumption {
  if (count === 0) return taking(0);
  const fresh = carry === null ? count : count - 1;
  const pairs = Math.ceil(fresh / 2);
  return { count: pairs * NORMAL_PAIR_OUTPUTS, carry: fresh % 2 === 0 ? null : (pairs - 1) * NORMAL_PAIR_OUTPUTS };
}

/** Gives an op its place in a generator's sequence, and where the generator stands after it. */
export function advance<O extends RandomOp>(
  cursor: GeneratorCursor, op: O, attributes: UndrawnAttributes<O>,
): { draw: RandomDraw; next: GeneratorCursor } {
  const { seed, offset } = cursor;
  const usesCarry = op === 'normal' && elementCount((attributes as UndrawnAttributes<'normal'>).shape) < NORMAL_BLOCK;
  const { count, carry } = consumptions[op](attributes, cursor.carry);
  const left = carry === 'kept' ? cursor.carry : carry === null ? null : offset + carry;
  return {
    draw: { seed, offset, carry: usesCarry ? cursor.carry : null },
    next: { seed, offset: offset + count, carry: left },
  };
}

export function isRandomOp(op: Op): op is RandomOp {
  return op in consumptions;
}
