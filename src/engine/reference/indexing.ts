// Reading and writing by integer index.
import { indexSelection } from '../../graph/indexSelection.ts';
import { elementCount, sameShape } from '../../graph/tensorType.ts';
import { elementBounds, indexBounds, positionWithin, type IndexBounds } from '../indexBounds.ts';
import { broadcastStrides, contiguousStrides, lanesAlong } from '../layout.ts';
import { zeros, type Tensor, type TypedArray } from '../tensor.ts';
import type { Kernels } from './kernel.ts';
import { copyRegion, walkRows } from './strided.ts';

type IndexingOp =
  | 'gather' | 'scatter' | 'scatter_add' | 'scatter_reduce' | 'index_select' | 'index_add' | 'index' | 'index_put' | 'embedding' | 'embedding_backward';

/**
 * Visits each element of `index` with its own position, that of the element of `target` that its value points to along `dim`,
 * and that of the element of `beside` at its coordinates.
 */
function eachIndexed(
  bounds: IndexBounds, index: Tensor, dim: number, target: Tensor, beside: Tensor, visit: (target: number, beside: number) => void,
): void {
  if (index.data.length === 0) return;
  if (index.shape.length === 0) {
    visit(positionWithin(bounds, index.data[0], 0, target.data.length), 0);
    return;
  }
  const targetStrides = contiguousStrides(target.shape);
  const along = targetStrides[dim];
  const size = target.shape[dim];
  const strides = [contiguousStrides(index.shape), targetStrides.map((stride, axis) => (axis === dim ? 0 : stride)), contiguousStrides(beside.shape)];
  walkRows(index.shape, strides, [0, 0, 0], (length, [i, o, j], [di, dO, dj]) => {
    for (let n = 0; n < length; n += 1, i += di, o += dO, j += dj) visit(o + positionWithin(bounds, index.data[i], dim, size) * along, j);
  });
}

/** What `index` and `index_put` select. */
interface Selection {
  /** Where in x each combination of indices begins. */
  readonly offsets: Int32Array;
  /** Shape of the result of indexing. */
  readonly shape: readonly number[];
  /** The axes that are not indexed: sizes, and strides in x and in the result. */
  readonly kept: readonly number[];
  readonly keptStrides: readonly (readonly number[])[];
  /** Elements of the result between one combination and the next. */
  readonly step: number;
}

function select(x: Tensor, dims: readonly number[], indices: readonly Tensor[]): Selection {
  const { indexShape, before, after, shape } = indexSelection(x.shape, dims, indices.map((index) => index.shape));
  const strides = contiguousStrides(x.shape);
  const offsets = new Int32Array(elementCount(indexShape));
  indices.forEach((index, n) => {
    const dim = dims[n];
    const both = [contiguousStrides(indexShape), broadcastStrides(index.shape, indexShape)];
    walkRows(indexShape, both, [0, 0], (length, [o, i], [step, di]) => {
      for (let count = 0; count < length; count += 1, o += step, i += di) {
        offsets[o] += positionWithin(indexBounds.index, index.data[i], dim, x.shape[dim]) * strides[dim];
      }
    });
  });
  const others = [...before, ...after];
  const resultStrides = contiguousStrides(shape);
  return {
    offsets, shape, kept: others.map((axis) => x.shape[axis]), step: elementCount(after.map((axis) => x.shape[axis])),
    keptStrides: [others.map((axis) => strides[axis]), resultStrides.toSpliced(before.length, indexShape.length)],
  };
}

/** Visits each selected element: its position in x, and in the result. */
function eachSelected({ offsets, kept, keptStrides, step }: Selection, visit: (inX: number, inResult: number) => void): void {
  for (let n = 0; n < offsets.length; n += 1) {
    walkRows(kept, keptStrides, [offsets[n], n * step], (length, [i, o], [di, dO]) => {
      for (let count = 0; count < length; count += 1, i += di, o += dO) visit(i, o);
    });
  }
}

export const indexingKernels: Kernels<IndexingOp> = {
  gather: ([x, index], attributes, [y]) => eachIndexed(elementBounds(attributes), index, attributes.dim, x, y, (i, o) => { y.data[o] = x.data[i]; }),
  scatter: ([x, index, source], attributes, [y]) => {
    y.data.set(x.data);
    eachIndexed(elementBounds(attributes), index, attributes.dim, y, source, (o, i) => { y.data[o] = source.data[i]; });
  },
  scatter_add: ([x, index, source], { dim }, [y]) => {
    y.data.set(x.data);
    eachIndexed(indexBounds.scatter_add, index, dim, y, source, (o, i) => { y.data[o] += source.data[i]; });
  },
  scatter_reduce: ([x, index, source], { dim, reduce, includeSelf }, [y]) => {
    y.data.set(x.data);
    const extremum = reduce === 'amax' ? Math.max : Math.min;
    const isCounted = new Uint8Array(y.data.length).fill(includeSelf ? 1 : 0);
    eachIndexed(indexBounds.scatter_reduce, index, dim, y, source, (o, i) => {
      y.data[o] = isCounted[o] === 1 ? extremum(y.data[o], source.data[i]) : source.data[i];
      isCounted[o] = 1;
    });
  },
  index_select: ([x, index], { dim }, [y]) => {
    const { outer, size, inner } = lanesAlong(x.shape, dim);
    const count = index.data.length;
    for (let n = 0; n < count; n += 1) {
      const from = positionWithin(indexBounds.index_select, index.data[n], dim, size);
      for (let o = 0; o < outer; o += 1) {
        const start = (o * size + from) * inner;
        const into = (o * count + n) * inner;
        for (let i = 0; i < inner; i += 1) y.data[into + i] = x.data[start + i];
      }
    }
  },
  index_add: ([x, index, source], { dim }, [y]) => {
    y.data.set(x.data);
    const { outer, size, inner } = lanesAlong(x.shape, dim);
    const count = index.data.length;
    for (let n = 0; n < count; n += 1) {
      const to = positionWithin(indexBounds.index_add, index.data[n], dim, size);
      for (let o = 0; o < outer; o += 1) {
        const into = (o * size + to) * inner;
        const start = (o * count + n) * inner;
        for (let i = 0; i < inner; i += 1) y.data[into + i] += source.data[start + i];
      }
    }
  },
  index: ([x, ...indices], { dims }, [y]) => eachSelected(select(x, dims, indices), (i, o) => { y.data[o] = x.data[i]; }),
  index_put: ([x, values, ...indices], { dims, accumulate }, [y]) => {
    y.data.set(x.data);
    const selection = select(x, dims, indices);
    const data = repeated(values, selection.shape);
    if (accumulate) eachSelected(selection, (i, o) => { y.data[i] += data[o]; });
    else eachSelected(selection, (i, o) => { y.data[i] = data[o]; });
  },
  embedding: ([weight, indices], _, [y]) => {
    const [rows, width] = weight.shape;
    for (let n = 0; n < indices.data.length; n += 1) {
      const start = positionWithin(indexBounds.embedding, indices.data[n], 0, rows) * width;
      for (let i = 0; i < width; i += 1) y.data[n * width + i] = weight.data[start + i];
    }
  },
  embedding_backward: ([dy, indices], { numWeights }, [dweight]) => {
    const width = dweight.shape[1];
    dweight.data.fill(0);
    for (let n = 0; n < indices.data.length; n += 1) {
      const start = positionWithin(indexBounds.embedding_backward, indices.data[n], 0, numWeights) * width;
      for (let i = 0; i < width; i += 1) dweight.data[start + i] += dy.data[n * width + i];
    }
  },
};

/** A tensor's elements as broadcast to `shape`. */
function repeated(values: Tensor, shape: readonly number[]): TypedArray {
  if (sameShape(values.shape, shape)) return values.data;
  const target = zeros(values.dtype, shape);
  const from = { data: values.data, start: 0, strides: broadcastStrides(values.shape, shape) };
  copyRegion(shape, from, { data: target.data, start: 0, strides: contiguousStrides(shape) });
  return target.data;
}
