// matmul and linear: which matrices are multiplied, and where they lie.
import { elementCount, type Shape } from '../../graph/tensorType.ts';
import { broadcastStrides, contiguousStrides } from '../layout.ts';
import { matrix, multiply } from './gemm.ts';
import type { Kernels } from './kernel.ts';
import { walkRows } from './strided.ts';

export const matrixKernels: Kernels<'matmul' | 'linear'> = {
  matmul: ([x, y], _, [z]) => {
    // A vector is a row on the left and a column on the right.
    const left: Shape = x.shape.length === 1 ? [1, ...x.shape] : x.shape;
    const right: Shape = y.shape.length === 1 ? [...y.shape, 1] : y.shape;
    const [m, k] = left.slice(-2);
    const n = right[right.length - 1];
    const leftBatch = left.slice(0, -2);
    const rightBatch = right.slice(0, -2);
    if (rightBatch.every((size) => size === 1) && leftBatch.length >= rightBatch.length) {
      // One matrix on the right: all rows on the left make one matrix.
      const rows = leftBatch.reduce((product, size) => product * size, m);
      multiply(rows, n, k, matrix(x.data, 0, k, 1), matrix(y.data, 0, n, 1), matrix(z.data, 0, n, 1), false);
      return;
    }
    const rank = Math.max(leftBatch.length, rightBatch.length);
    const batch = Array.from({ length: rank }, (_size, axis) => {
      const leftSize = leftBatch[axis - rank + leftBatch.length] ?? 1;
      return leftSize === 1 ? rightBatch[axis - rank + rightBatch.length] ?? 1 : leftSize;
    });
    const strides = [
      broadcastStrides(leftBatch, batch).map((stride) => stride * m * k),
      broadcastStrides(rightBatch, batch).map((stride) => stride * k * n),
      contiguousStrides(batch).map((stride) => stride * m * n),
    ];
    walkRows(batch, strides, [0, 0, 0], (count, positions, steps) => {
      for (let i = 0; i < count; i += 1) {
        const [a, b, c] = positions.map((position, operand) => position + i * steps[operand]);
        multiply(m, n, k, matrix(x.data, a, k, 1), matrix(y.data, b, n, 1), matrix(z.data, c, n, 1), false);
      }
    });
  },
  linear: ([x, weight, bias], _, [y]) => {
    const [outFeatures, inFeatures] = weight.shape;
    const rows = elementCount(x.shape.slice(0, -1));
    if (bias !== undefined) {
      for (let i = 0; i < y.data.length; i += 1) y.data[i] = bias.data[bias.data.length === 1 ? 0 : i % outFeatures];
    }
    multiply(
      rows, outFeatures, inFeatures, matrix(x.data, 0, inFeatures, 1), matrix(weight.data, 0, 1, inFeatures),
      matrix(y.data, 0, outFeatures, 1), bias !== undefined,
    );
  },
};
