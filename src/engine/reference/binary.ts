// Element-wise kernels of two and three broadcast inputs. Each op is one strided inner loop, as NumPy's ufuncs are; the rows it
// runs over come from `walkRows`.
import type { Op } from '../../graph/opAttributes.ts';
import { isNarrowed, narrowingType } from '../../graph/promotion.ts';
import { isFloat, type DType } from '../../graph/tensorType.ts';
import { zeroDivision } from '../engineError.ts';
import { broadcastStrides, contiguousStrides } from '../layout.ts';
import { representation, settled, type Tensor, type TypedArray } from '../tensor.ts';
import type { Kernel, Kernels } from './kernel.ts';
import { walkRows } from './strided.ts';

type BinaryOp =
  | 'add' | 'sub' | 'mul' | 'div' | 'pow' | 'maximum' | 'minimum' | 'remainder' | 'fmod' | 'floor_divide' | 'atan2'
  | 'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge' | 'logical_and' | 'logical_or' | 'logical_xor' | 'prelu' | 'where'
  | 'hypot' | 'logaddexp' | 'bitwise_and' | 'bitwise_or' | 'bitwise_xor' | 'bitwise_left_shift' | 'bitwise_right_shift';

/** Writes z[o..end] from x[i], x[i + di], … and y[j], y[j + dj], … */
type InnerLoop = (
  z: TypedArray, o: number, end: number, x: TypedArray, i: number, di: number, y: TypedArray, j: number, dj: number,
) => void;

/** The operands, of which a number of rank 0 has become one of the common type. */
function narrowed(operands: readonly Tensor[], result: Tensor): readonly Tensor[] {
  const common = narrowingType(operands, result.dtype);
  if (common === undefined) return operands;
  const { storage } = representation[common];
  return operands.map((operand) => (isNarrowed(operand, common)
    ? { dtype: common, shape: [], data: new storage([settled(common, operand.data[0])]) } : operand));
}

function broadcast(inner: InnerLoop): Kernel<Op> {
  return (operands, _, [z]) => {
    const [x, y] = narrowed(operands, z);
    const strides = [contiguousStrides(z.shape), broadcastStrides(x.shape, z.shape), broadcastStrides(y.shape, z.shape)];
    walkRows(z.shape, strides, [0, 0, 0], (length, [o, i, j], [, di, dj]) => {
      inner(z.data, o, o + length, x.data, i, di, y.data, j, dj);
    });
  };
}

/** As `broadcast`, by one function of each pair of elements. */
function pairs(f: (x: number, y: number) => number): Kernel<Op> {
  return broadcast((z, o, end, x, i, di, y, j, dj) => {
    for (; o < end; o += 1, i += di, j += dj) z[o] = f(x[i], y[j]);
  });
}

/** As `pairs`, for a division, which integers cannot do by zero. */
function divisions(f: (x: number, y: number) => number): Kernel<Op> {
  const kernel = pairs(f);
  return (inputs, attributes, outputs) => {
    if (!isFloat(outputs[0].dtype) && outputs[0].data.length > 0 && inputs[1].data.includes(0)) throw zeroDivision();
    kernel(inputs, attributes, outputs);
  };
}

/** Python's modulo: the result has the divisor's sign. */
function remainder(x: number, y: number): number {
  const rest = x % y;
  return rest !== 0 && rest < 0 !== y < 0 ? rest + y : rest;
}

/** From the exact remainder, so that 6 // 0.1 is 59 as in Python, not floor(6 / 0.1) = 60. */
function floorDivide(x: number, y: number): number {
  if (y === 0) return x / y;
  const rest = x % y;
  const quotient = (x - rest) / y;
  if (!Number.isFinite(quotient)) return quotient;
  return Math.round(quotient) - (rest !== 0 && rest < 0 !== y < 0 ? 1 : 0);
}

/** 1 to any power, and any base to 0, are 1 in C and Python, even for NaN; JavaScript has 1 ** NaN = NaN. */
const powers = pairs((x, y) => (x === 1 ? 1 : x === -1 && !Number.isFinite(y) && !Number.isNaN(y) ? 1 : x ** y));

/** Types whose powers keep their lowest bits, as products do. */
const wraps: ReadonlySet<DType> = new Set<DType>(['uint8', 'int8', 'int16', 'int32']);

/** By squares, modulo 2³²: float64 holds only the upper bits of large powers. */
const integerPowers = pairs((x, y) => {
  if (y < 0) return x === 1 ? 1 : x === -1 ? (y % 2 === 0 ? 1 : -1) : 0;
  let power = 1;
  for (let square = x, left = y; left > 0; left = Math.floor(left / 2), square = Math.imul(square, square)) {
    if (left % 2 === 1) power = Math.imul(power, square);
  }
  return power;
});

export const binaryKernels: Kernels<BinaryOp> = {
  add: broadcast((z, o, end, x, i, di, y, j, dj) => { for (; o < end; o += 1, i += di, j += dj) z[o] = x[i] + y[j]; }),
  sub: broadcast((z, o, end, x, i, di, y, j, dj) => { for (; o < end; o += 1, i += di, j += dj) z[o] = x[i] - y[j]; }),
  mul: broadcast((z, o, end, x, i, di, y, j, dj) => {
    // Of int32, whose products wrap: float64 holds only their upper bits.
    if (z instanceof Int32Array) for (; o < end; o += 1, i += di, j += dj) z[o] = Math.imul(x[i], y[j]);
    else for (; o < end; o += 1, i += di, j += dj) z[o] = x[i] * y[j];
  }),
  div: broadcast((z, o, end, x, i, di, y, j, dj) => { for (; o < end; o += 1, i += di, j += dj) z[o] = x[i] / y[j]; }),
  pow: (inputs, attributes, outputs) => (wraps.has(outputs[0].dtype) ? integerPowers : powers)(inputs, attributes, outputs),
  maximum: broadcast((z, o, end, x, i, di, y, j, dj) => { for (; o < end; o += 1, i += di, j += dj) z[o] = Math.max(x[i], y[j]); }),
  minimum: broadcast((z, o, end, x, i, di, y, j, dj) => { for (; o < end; o += 1, i += di, j += dj) z[o] = Math.min(x[i], y[j]); }),
  remainder: divisions(remainder),
  fmod: divisions((x, y) => x % y),
  floor_divide: divisions(floorDivide),
  atan2: pairs(Math.atan2),
  hypot: pairs(Math.hypot),
  logaddexp: pairs((x, y) => {
    const larger = Math.max(x, y);
    return Number.isFinite(larger) ? larger + Math.log1p(Math.exp(-Math.abs(x - y))) : larger;
  }),
  bitwise_and: pairs((x, y) => x & y),
  bitwise_or: pairs((x, y) => x | y),
  bitwise_xor: pairs((x, y) => x ^ y),
  // By fewer places than none, or more than any type has, all bits leave; what comes in from above is the sign's.
  bitwise_left_shift: pairs((x, y) => (y < 0 || y >= 64 ? 0 : x * 2 ** y)),
  bitwise_right_shift: pairs((x, y) => (y < 0 || y >= 64 ? (x < 0 ? -1 : 0) : Math.floor(x / 2 ** y))),
  eq: broadcast((z, o, end, x, i, di, y, j, dj) => { for (; o < end; o += 1, i += di, j += dj) z[o] = x[i] === y[j] ? 1 : 0; }),
  ne: broadcast((z, o, end, x, i, di, y, j, dj) => { for (; o < end; o += 1, i += di, j += dj) z[o] = x[i] !== y[j] ? 1 : 0; }),
  lt: broadcast((z, o, end, x, i, di, y, j, dj) => { for (; o < end; o += 1, i += di, j += dj) z[o] = x[i] < y[j] ? 1 : 0; }),
  le: broadcast((z, o, end, x, i, di, y, j, dj) => { for (; o < end; o += 1, i += di, j += dj) z[o] = x[i] <= y[j] ? 1 : 0; }),
  gt: broadcast((z, o, end, x, i, di, y, j, dj) => { for (; o < end; o += 1, i += di, j += dj) z[o] = x[i] > y[j] ? 1 : 0; }),
  ge: broadcast((z, o, end, x, i, di, y, j, dj) => { for (; o < end; o += 1, i += di, j += dj) z[o] = x[i] >= y[j] ? 1 : 0; }),
  logical_and: pairs((x, y) => (x !== 0 && y !== 0 ? 1 : 0)),
  logical_or: pairs((x, y) => (x !== 0 || y !== 0 ? 1 : 0)),
  logical_xor: pairs((x, y) => ((x !== 0) === (y !== 0) ? 0 : 1)),
  prelu: ([x, slope], _, [z]) => {
    const channelAxis = x.shape.length > 1 ? 1 : 0;
    const own = contiguousStrides(z.shape);
    const slopes = z.shape.map((_size, axis) => (axis === channelAxis && slope.data.length > 1 ? 1 : 0));
    walkRows(z.shape, [own, slopes], [0, 0], (length, [o, j], [, dj]) => {
      for (const end = o + length; o < end; o += 1, j += dj) {
        const value = x.data[o];
        z.data[o] = value > 0 ? value : value * slope.data[j];
      }
    });
  },
  where: ([condition, ...operands], _, [z]) => {
    const [x, y] = narrowed(operands, z);
    const strides = [contiguousStrides(z.shape), ...[condition, x, y].map((input) => broadcastStrides(input.shape, z.shape))];
    walkRows(z.shape, strides, [0, 0, 0, 0], (length, [o, c, i, j], [, dc, di, dj]) => {
      for (const end = o + length; o < end; o += 1, c += dc, i += di, j += dj) {
        z.data[o] = condition.data[c] !== 0 ? x.data[i] : y.data[j];
      }
    });
  },
};
