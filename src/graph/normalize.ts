// Attributes as the graph holds them, from attributes as a caller may write them: negative axes, a -1 in a shape, bounds of
// a slice beyond the end. Everything after `record` relies on the normal form.
import { wrapDim } from './axes.ts';
import { resolveExpand, resolveReshape } from './infer/shape.ts';
import type { Op, OpAttributes, Reduction } from './opAttributes.ts';
import { check } from './opError.ts';
import { elementCount, type TensorType } from './tensorType.ts';

type Normalizer<O extends Op> = (attributes: OpAttributes[O], inputs: readonly TensorType[]) => OpAttributes[O];

function wrapDims(dims: readonly number[], rank: number): number[] {
  const wrapped = dims.map((dim) => wrapDim(dim, rank));
  wrapped.forEach((dim, at) => check(wrapped.indexOf(dim) === at, () => `dim ${dim} appears multiple times in the list of dims`));
  return wrapped;
}

const ascending = (dims: readonly number[]) => [...dims].sort((a, b) => a - b);

function alongAxis<A extends { readonly dim: number }>(attributes: A, [x]: readonly TensorType[]): A {
  return { ...attributes, dim: wrapDim(attributes.dim, x.shape.length) };
}
function overAxes<A extends Reduction>(attributes: A, [x]: readonly TensorType[]): A {
  const dim = ascending(wrapDims(attributes.dim, x.shape.length));
  return { ...attributes, dim: x.shape.length === 0 ? [] : dim };
}
function ofDims<A extends { readonly dims: readonly number[] }>(attributes: A, [x]: readonly TensorType[]): A {
  const dims = wrapDims(attributes.dims, x.shape.length);
  return { ...attributes, dims: x.shape.length === 0 ? [] : dims };
}
/** Python's rule for a slice's bounds. */
function bounded<A extends OpAttributes['slice']>(attributes: A, inputs: readonly TensorType[]): A {
  const normal = alongAxis(attributes, inputs);
  const size = inputs[0].shape[normal.dim];
  check(size !== undefined, () => 'slice() cannot be applied to a 0-dim tensor.');
  const bound = (at: number) => Math.min(size!, Math.max(0, at < 0 ? at + size! : at));
  const start = bound(normal.start);
  return { ...normal, start, end: Math.max(start, bound(normal.end)) };
}

/** Ops that name axes. */
type AxisOp = { [O in Op]: OpAttributes[O] extends { readonly dim: unknown } | { readonly dims: unknown } ? O : never }[Op];

const normalizers: { readonly [O in AxisOp]: Normalizer<O> } & { readonly [O in Op]?: Normalizer<O> } = {
  sum: overAxes, mean: overAxes, prod: overAxes, amax: overAxes, amin: overAxes, any: overAxes, all: overAxes, var: overAxes,
  logsumexp: overAxes,
  argmax: alongAxis, argmin: alongAxis, cumsum: alongAxis, cumprod: alongAxis, softmax: alongAxis, log_softmax: alongAxis,
  logcumsumexp: alongAxis, logcumsumexp_backward: alongAxis, cummax: alongAxis, cummin: alongAxis,
  sort: alongAxis, cat: alongAxis, gather: alongAxis, scatter: alongAxis, scatter_add: alongAxis, scatter_reduce: alongAxis, index_select: alongAxis,
  index_add: alongAxis,
  reshape: ({ shape }, [x]) => ({ shape: resolveReshape(shape, elementCount(x.shape)) }),
  expand: ({ shape }, [x]) => ({ shape: resolveExpand(shape, x.shape) }),
  permute: ({ dims }, [x]) => {
    const rank = x.shape.length;
    check(dims.length === rank, () => 'permute(sparse_coo): number of dimensions in the tensor input does not match the length of the '
      + `desired ordering of dimensions i.e. input.dim() = ${rank} is not equal to len(dims) = ${dims.length}`);
    const wrapped = dims.map((dim) => wrapDim(dim, rank));
    check(new Set(wrapped).size === rank, () => 'permute(): duplicate dims are not allowed.');
    return { dims: wrapped };
  },
  slice: bounded, slice_scatter: bounded,
  fft: ofDims, flip: ofDims, index: ofDims, index_put: ofDims,
};

export function normalize<O extends Op>(op: O, attributes: OpAttributes[O], inputs: readonly TensorType[]): OpAttributes[O] {
  const normalizer = normalizers[op] as Normalizer<O> | undefined;
  return normalizer === undefined ? attributes : normalizer(attributes, inputs);
}
