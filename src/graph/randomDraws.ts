// How many 32-bit outputs of MT19937 each random op takes, as PyTorch's CPU generator does (measured with torch 2.13:
// test/golden/make_random_draws.py). Bookkeeping only; the numbers themselves are drawn by `engine/random.ts`.
import type { Op, OpAttributes, RandomDraw } from './opAttributes.ts';
import { OpError } from './opError.ts';
import { elementCount, type DType } from './tensorType.ts';

/** Where a generator stands. `carry`: see `RandomDraw`; it outlives other draws, and starting the sequence anew clears it. */
export interface GeneratorCursor {
  readonly seed: number;
  readonly offset: number;
  readonly carry: number | null;
}

type RandomOp = { [O in Op]: OpAttributes[O] extends RandomDraw ? O : never }[Op];
/** Attributes of a random op before its place in the sequence is known. */
type UndrawnAttributes<O extends RandomOp> = Omit<OpAttributes[O], keyof RandomDraw>;

interface Consumption {
  /** 32-bit outputs taken. */
  readonly count: number;
  /** Offset, from where the op's draws begin, of the pair whose second number is left over; `kept`: the carry is not touched. */
  readonly carry: number | null | 'kept';
}
const taking = (count: number): Consumption => ({ count, carry: 'kept' });

/** From this many elements on, `normal` fills blocks; below, it draws pairs of doubles. */
export const normalBlock = 16;
/** A pair of normal numbers takes two random64, that is four outputs. */
const normalPairOutputs = 4;
/** Ranges of `randint` from this size on take a random64 per element. */
export const wideRange = 2 ** 28;

const perElement = (dtype: DType) => (dtype === 'float64' ? 2 : 1);

const consumptions: { readonly [O in RandomOp]: (attributes: UndrawnAttributes<O>, carry: number | null) => Consumption } = {
  uniform: ({ shape, dtype }) => taking(elementCount(shape) * perElement(dtype)),
  normal: (attributes, carry) => {
    const count = elementCount(attributes.shape);
    return drawsInBlocks(attributes) ? taking(blockOutputs(count, attributes.dtype)) : pairOutputs(count, carry);
  },
  randint: ({ shape, low, high }) => taking(elementCount(shape) * (high - low >= wideRange ? 2 : 1)),
  randperm: ({ n }) => taking(Math.max(0, n - 1)),
  bernoulli: ({ shape }) => taking(elementCount(shape) * 2),
};

export function drawsInBlocks({ shape, pairs }: UndrawnAttributes<'normal'>): boolean {
  return pairs !== true && elementCount(shape) >= normalBlock;
}

/** Where the count is no multiple of 16, the last 16 are drawn anew; half types are drawn in whole blocks instead. */
function blockOutputs(count: number, dtype: DType): number {
  if (dtype === 'float16' || dtype === 'bfloat16') return Math.ceil(count / normalBlock) * normalBlock;
  return (count + (count % normalBlock === 0 ? 0 : normalBlock)) * perElement(dtype);
}

/** Box–Muller gives two numbers; the one not needed waits for the next call. */
function pairOutputs(count: number, carry: number | null): Consumption {
  if (count === 0) return taking(0);
  const fresh = carry === null ? count : count - 1;
  const pairs = Math.ceil(fresh / 2);
  return { count: pairs * normalPairOutputs, carry: fresh % 2 === 0 ? null : (pairs - 1) * normalPairOutputs };
}

/**
 * Gives a random op its place in a generator's sequence, and where the generator stands after it. Throws `OpError` for an op
 * that draws nothing.
 */
export function advance<O extends Op>(
  cursor: GeneratorCursor, op: O, attributes: Omit<OpAttributes[O], keyof RandomDraw>,
): { draw: RandomDraw; next: GeneratorCursor } {
  if (!isRandomOp(op)) throw new OpError(`${op} takes no generator`, 'TypeError');
  const { seed, offset } = cursor;
  const consumption = consumptions[op] as (attributes: unknown, carry: number | null) => Consumption;
  const { count, carry } = consumption(attributes, cursor.carry);
  const drawsPairs = op === 'normal' && carry !== 'kept';
  const left = carry === 'kept' ? cursor.carry : carry === null ? null : offset + carry;
  return {
    draw: { seed, offset, carry: drawsPairs ? cursor.carry : null },
    next: { seed, offset: offset + count, carry: left },
  };
}

function isRandomOp(op: Op): op is RandomOp {
  return Object.hasOwn(consumptions, op);
}
