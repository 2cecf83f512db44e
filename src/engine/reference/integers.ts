// Arithmetic on types whose storage does not wrap or saturate as the type does: the kernel computes into float64, and the
// results are settled here.
import type { Op } from '../../graph/opAttributes.ts';
import type { DType } from '../../graph/tensorType.ts';
import { overflow } from '../engineError.ts';
import type { Tensor } from '../tensor.ts';

/** Ops that can leave the range of their type. */
const arithmetic: ReadonlySet<Op> = new Set<Op>([
  'full', 'arange', 'randint', 'cast', 'neg', 'abs', 'square', 'add', 'sub', 'mul', 'pow', 'floor_divide', 'sum', 'prod', 'cumsum', 'cumprod',
  'matmul', 'linear', 'index_add', 'scatter_add', 'index_put', 'pad', 'threshold', 'clamp', 'where', 'bitwise_left_shift',
]);

const unsettled: ReadonlySet<DType> = new Set<DType>(['bool', 'int8', 'int16', 'int64']);

export function needsSettling(op: Op, dtype: DType): boolean {
  return unsettled.has(dtype) && arithmetic.has(op);
}

/** Writes `exact` into `tensor` with the rules of its type: truth, two's complement, or, for int64, a check. */
export function settle(exact: Float64Array, tensor: Tensor): void {
  const { data, dtype } = tensor;
  const unused = dtype === 'int8' ? 24 : 16;
  for (let i = 0; i < exact.length; i += 1) {
    const value = exact[i];
    if (dtype === 'bool') data[i] = value !== 0 ? 1 : 0;
    else if (dtype !== 'int64') data[i] = (value << unused) >> unused;
    else if (value >= -2147483648.5 && value < 2147483648) data[i] = value;
    else throw overflow(value);
  }
}
