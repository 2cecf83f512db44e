// Ops on the matrices in the last two axes, one after the other. How one is decomposed is in `factorizations.ts` and `rotations.ts`.
import { elementCount } from '../../graph/tensorType.ts';
import { EngineError } from '../engineError.ts';
import { broadcastStrides, contiguousStrides } from '../layout.ts';
import type { Tensor } from '../tensor.ts';
import { complexMatrix } from './complexSchur.ts';
import { dense, ofTriangle, type Dense } from './dense.ts';
import { eigenGeneral } from './eigenvalues.ts';
import { cholesky, eliminate, householder, solveEliminated, solveTriangular } from './factorizations.ts';
import type { Kernel, Kernels } from './kernel.ts';
import { eigenSymmetric, singularValues } from './rotations.ts';
import { walkRows } from './strided.ts';

type MatrixOp = 'cholesky' | 'triangular_solve' | 'solve' | 'inverse' | 'det' | 'slogdet' | 'lu' | 'qr' | 'eigh' | 'eig' | 'svd';

function matrixAt(x: Tensor, batch: number): Dense {
  const [rows, columns] = x.shape.slice(-2);
  const start = batch * rows * columns;
  return dense(rows, columns, Float64Array.from(x.data.subarray(start, start + rows * columns)));
}
function put(y: Tensor, batch: number, values: ArrayLike<number>): void {
  y.data.set(values, batch * values.length);
}
function batchCount(x: Tensor): number {
  return elementCount(x.shape.slice(0, -2));
}
/** How PyTorch names one matrix of several in a message. */
function which(x: Tensor, batch: number): string {
  return x.shape.length > 2 ? `(Batch element ${batch}): ` : '';
}

/** Calls `visit` for each pair of matrices of a and b, batches broadcast, with its place in the result. */
function eachPair(a: Tensor, b: Tensor, y: Tensor, visit: (a: Dense, b: Dense, batch: number) => void): void {
  const batch = y.shape.slice(0, -2);
  const strides = [broadcastStrides(a.shape.slice(0, -2), batch), broadcastStrides(b.shape.slice(0, -2), batch), contiguousStrides(batch)];
  walkRows(batch, strides, [0, 0, 0], (length, [i, j, o], [di, dj, dO]) => {
    for (let n = 0; n < length; n += 1) visit(matrixAt(a, i + n * di), matrixAt(b, j + n * dj), o + n * dO);
  });
}

/** A determinant as sign and logarithm: the product itself may be no number. */
const determinants: Kernel<'slogdet'> = ([x], _, [logs, signs]) => {
  for (let batch = 0; batch < batchCount(x); batch += 1) {
    const { lu, sign, zeroPivot } = eliminate(matrixAt(x, batch));
    let logarithm = 0;
    let total = zeroPivot < 0 ? sign : 0;
    for (let i = 0; i < lu.rows; i += 1) {
      const pivot = lu.data[i * lu.rows + i];
      logarithm += Math.log(Math.abs(pivot));
      total *= Math.sign(pivot);
    }
    logs.data[batch] = zeroPivot < 0 ? logarithm : -Infinity;
    signs.data[batch] = total;
  }
};

export const decompositionKernels: Kernels<MatrixOp> = {
  cholesky: ([x], { upper, partial }, [l]) => {
    for (let batch = 0; batch < batchCount(x); batch += 1) {
      const { factor, failed } = cholesky(ofTriangle(matrixAt(x, batch), upper));
      if (failed > 0 && !partial) {
        throw new EngineError('LinAlgError', `linalg.cholesky: ${which(x, batch)}The factorization could not be completed because the input is not `
          + `positive-definite (the leading minor of order ${failed} is not positive-definite).`);
      }
      put(l, batch, factor.data);
    }
  },
  triangular_solve: ([a, b], { upper, unitriangular }, [y]) => eachPair(a, b, y, (left, right, batch) => {
    solveTriangular(left, right, upper, unitriangular);
    put(y, batch, right.data);
  }),
  solve: ([a, b], _, [y]) => eachPair(a, b, y, (left, right, batch) => {
    const eliminated = eliminate(left);
    if (eliminated.zeroPivot >= 0) {
      throw new EngineError('LinAlgError', `torch.linalg.solve: ${which(y, batch)}The solver failed because the input matrix is singular.`);
    }
    put(y, batch, solveEliminated(eliminated, right).data);
  }),
  inverse: ([x], _, [y]) => {
    for (let batch = 0; batch < batchCount(x); batch += 1) {
      const eliminated = eliminate(matrixAt(x, batch));
      if (eliminated.zeroPivot >= 0) {
        throw new EngineError('LinAlgError', `linalg.inv: ${which(x, batch)}The diagonal element ${eliminated.zeroPivot + 1} is zero, `
          + 'the inversion could not be completed because the input matrix is singular.');
      }
      const unit = dense(eliminated.lu.rows, eliminated.lu.rows);
      for (let i = 0; i < unit.rows; i += 1) unit.data[i * unit.rows + i] = 1;
      put(y, batch, solveEliminated(eliminated, unit).data);
    }
  },
  det: ([x], _, [y]) => {
    for (let batch = 0; batch < batchCount(x); batch += 1) {
      const { lu, sign } = eliminate(matrixAt(x, batch));
      let product = sign;
      for (let i = 0; i < lu.rows; i += 1) product *= lu.data[i * lu.rows + i];
      y.data[batch] = product;
    }
  },
  slogdet: determinants,
  lu: ([x], _, [packed, pivots, order]) => {
    for (let batch = 0; batch < batchCount(x); batch += 1) {
      const eliminated = eliminate(matrixAt(x, batch));
      put(packed, batch, eliminated.lu.data);
      put(pivots, batch, eliminated.pivots);
      put(order, batch, eliminated.order);
    }
  },
  qr: ([x], _, [q, r]) => {
    for (let batch = 0; batch < batchCount(x); batch += 1) {
      const result = householder(matrixAt(x, batch), q.shape[q.shape.length - 1]);
      put(q, batch, result.q.data);
      put(r, batch, result.r.data);
    }
  },
  eigh: ([x], { upper }, [values, vectors]) => {
    for (let batch = 0; batch < batchCount(x); batch += 1) {
      const result = eigenSymmetric(ofTriangle(matrixAt(x, batch), upper));
      put(values, batch, result.values);
      put(vectors, batch, result.vectors.data);
    }
  },
  eig: ([x], { hermitian }, [values, vectors]) => {
    const n = x.shape.at(-2)!;
    for (let batch = 0; batch < elementCount(x.shape.slice(0, -3)); batch += 1) {
      const pairs = x.data.subarray(batch * 2 * n * n, (batch + 1) * 2 * n * n);
      if (!pairs.every(Number.isFinite)) throw new EngineError('RuntimeError', 'torch.linalg.eig: input tensor should not contain infs or NaNs.');
      const part = (at: number) => Float64Array.from({ length: n * n }, (_, i) => pairs[2 * i + at]);
      const result = eigenGeneral(complexMatrix(n, part(0), part(1)), hermitian);
      put(values, batch, result.values);
      put(vectors, batch, Float64Array.from({ length: 2 * n * n }, (_, i) => (i % 2 ? result.vectors.im : result.vectors.re)[i >> 1]));
    }
  },
  svd: ([x], _, [u, s, vt]) => {
    for (let batch = 0; batch < batchCount(x); batch += 1) {
      const result = singularValues(matrixAt(x, batch));
      put(u, batch, result.u.data);
      put(s, batch, result.s);
      put(vt, batch, result.vt.data);
    }
  },
};
