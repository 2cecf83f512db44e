// Matrix products: any strides of both sides are read in place, so that a transposed operand costs nothing; what follows element by element
// is done on the product while it is in the cache.
import { typeOf, type NodeOf, type ValueId } from '../../../graph/graph.ts';
import { elementCount } from '../../../graph/tensorType.ts';
import { gemmScratchBytes } from '../assembly/limits.ts';
import { Place } from '../buffers.ts';
import type { ChainAxes } from '../chainBuilder.ts';
import type { Lowering } from '../lowering.ts';
import { isFloats } from '../storage.ts';
import { expanded, grouped, type View } from '../view.ts';
import { stacked } from './batch.ts';
import type { LoweringRules } from './rule.ts';

/** An operand as up to two batch axes of matrices; strides in elements. */
interface Matrices {
  readonly view: View;
  readonly batch: readonly [number, number];
  readonly row: number;
  readonly column: number;
}

interface Product {
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly batch: readonly [number, number];
  readonly left: Matrices;
  readonly right: Matrices;
  readonly axes: ChainAxes;
  readonly bias?: View;
}

function emitProduct(node: NodeOf<'matmul' | 'linear'>, lowering: Lowering, { m, n, k, batch, left, right, axes, bias }: Product): void {
  const scratch = lowering.scratchPerThread(gemmScratchBytes);
  const place = ({ view }: Matrices): Place => new Place(view.buffer, view.offset * 4);
  lowering.chains.host(node, {
    axes,
    finish(result, chain) {
      lowering.command('gemm', 2 * m * n * k * batch[0] * batch[1], {
        a: place(left), b: place(right), c: result, chain, scratch, m, n, k, outer: batch[0], inner: batch[1],
        aRow: 4 * left.row, aStep: 4 * left.column, aOuter: 4 * left.batch[0], aInner: 4 * left.batch[1],
        bStep: 4 * right.row, bColumn: 4 * right.column, bOuter: 4 * right.batch[0], bInner: 4 * right.batch[1],
        cRow: 4 * n, cOuter: 4 * m * n * batch[1], cInner: 4 * m * n,
      }, node.id);
    },
  }, bias);
}

/** Read in place where all axes but the last are one in effect, else copied. */
function asRows(lowering: Lowering, value: ValueId): { view: View; row: number; column: number } {
  const view = lowering.read(value);
  const rank = view.shape.length;
  const strides = grouped(view, [rank - 1, 1]);
  if (strides) return { view, row: strides[0], column: strides[1] };
  const copy = lowering.copied(view);
  return { view: copy, row: copy.shape[rank - 1], column: 1 };
}

export const productRules = {
  linear: (node, lowering) => {
    const { graph } = lowering;
    const [x, weight, bias] = node.inputs;
    const shape = typeOf(graph, node.outputs[0]).shape;
    const [n, k] = typeOf(graph, weight).shape;
    const m = elementCount(typeOf(graph, x).shape.slice(0, -1));
    if (!node.inputs.every((input) => isFloats(typeOf(graph, input).dtype)) || m * n * k === 0) return false;
    const { view, row, column } = asRows(lowering, x);
    const matrix = lowering.read(weight);
    emitProduct(node, lowering, {
      m, n, k, batch: [1, 1],
      left: { view, batch: [0, 0], row, column },
      right: { view: matrix, batch: [0, 0], row: matrix.strides[1], column: matrix.strides[0] },
      axes: { sizes: [1, 1, m, n], groups: [0, 0, shape.length - 1, 1] },
      ...(bias !== undefined && { bias: expanded(lowering.read(bias), shape) }),
    });
    return true;
  },
  matmul: (node, lowering) => {
    const { graph } = lowering;
    const [x, y] = node.inputs;
    const [left, right] = [typeOf(graph, x), typeOf(graph, y)];
    const { shape, dtype } = typeOf(graph, node.outputs[0]);
    if (!isFloats(dtype) || !isFloats(left.dtype) || !isFloats(right.dtype)) return false;
    // A vector with a stack of matrices is a row, whose axis the result does not have.
    const isRow = left.shape.length === 1 && right.shape.length > 2;
    if (!isRow && (left.shape.length < 2 || right.shape.length < 2)) return lowerVectors(node, lowering);
    const [m, n, k] = [isRow ? 1 : shape.at(-2)!, shape.at(-1)!, left.shape.at(-1)!];
    if (elementCount(shape) * k === 0) return false;
    const rank = shape.length;
    if (right.shape.length === 2) {
      const { view, row, column } = asRows(lowering, x);
      const matrix = lowering.read(y);
      const rows = elementCount(shape.slice(0, -1));
      emitProduct(node, lowering, {
        m: rows, n, k, batch: [1, 1],
        left: { view, batch: [0, 0], row, column },
        right: { view: matrix, batch: [0, 0], row: matrix.strides[0], column: matrix.strides[1] },
        axes: { sizes: [1, 1, rows, n], groups: [0, 0, rank - 1, 1] },
      });
      return true;
    }
    const ofRows = isRow ? expanded(lowering.read(x), [1, k]) : lowering.read(x);
    const { views: operands, axes: { sizes, groups, strides: [ofLeft, ofRight] } } = stacked(lowering, [ofRows, lowering.read(y)], shape.slice(0, isRow ? -1 : -2));
    const matrices = (view: View, [outer, inner]: readonly number[]): Matrices => ({
      view, batch: [outer, inner], row: view.strides.at(-2)!, column: view.strides.at(-1)!,
    });
    emitProduct(node, lowering, {
      m, n, k, batch: sizes, left: matrices(operands[0], ofLeft), right: matrices(operands[1], ofRight),
      axes: { sizes: [...sizes, m, n], groups: [...groups, isRow ? 0 : 1, 1] },
    });
    return true;
  },
} satisfies LoweringRules;

/** A vector with a matrix or with another vector, on either side; the matrix on the left can be of any rank. */
function lowerVectors(node: NodeOf<'matmul'>, lowering: Lowering): boolean {
  const [x, y] = node.inputs;
  const [left, right] = [x, y].map((value) => typeOf(lowering.graph, value).shape);
  const k = left.at(-1)!;
  const [m, n] = [elementCount(left) / k, elementCount(right) / k];
  if (!(m * n * k > 0)) return false;
  const vector = lowering.read(x);
  const { view, row, column } = left.length === 1 ? { view: vector, row: 0, column: vector.strides[0] } : asRows(lowering, x);
  const other = lowering.read(y);
  const [step, across = 0] = other.strides;
  // Rows of one element are nothing for a chain to go along.
  lowering.command('gemm', 2 * m * n * k, {
    a: new Place(view.buffer, view.offset * 4), b: new Place(other.buffer, other.offset * 4), c: lowering.write(node.outputs[0]), chain: 0,
    scratch: lowering.scratchPerThread(gemmScratchBytes), m, n, k, outer: 1, inner: 1, aRow: 4 * row, aStep: 4 * column, aOuter: 0, aInner: 0,
    bStep: 4 * step, bColumn: 4 * across, bOuter: 0, bInner: 0, cRow: 4 * n, cOuter: 0, cInner: 0,
  });
  return true;
}
