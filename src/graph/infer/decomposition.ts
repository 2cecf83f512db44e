// Types of decompositions and solutions of matrices (the last two axes), and of Fourier transforms.
import { broadcastShapes } from '../broadcast.ts';
import { check } from '../opError.ts';
import { scalarTypeNames } from '../promotion.ts';
import { isFloat, type Shape, type TensorType } from '../tensorType.ts';
import type { InferenceRules } from './inferenceRule.ts';

function checkRank(name: string, { shape }: TensorType): void {
  check(shape.length >= 2, () => `linalg.${name}: The input tensor A must have at least 2 dimensions.`);
}

function checkMatrix(name: string, x: TensorType): void {
  checkRank(name, x);
  checkFloat(name, x);
}

function checkFloat(name: string, { dtype }: TensorType): void {
  check(isFloat(dtype), () => `linalg.${name}: Expected a floating point or complex tensor as input. Got ${scalarTypeNames[dtype]}`);
}

function checkSquare(name: string, x: TensorType): void {
  checkRank(name, x);
  const [rows, columns] = x.shape.slice(-2) as [number, number];
  check(rows === columns, () => `linalg.${name}: A must be batches of square matrices, but they are ${rows} by ${columns} matrices`);
  checkFloat(name, x);
}

const square = (name: string) => ([x]: readonly TensorType[]): TensorType => {
  checkSquare(name, x);
  return x;
};

/** Matrices a x = b, batches broadcast. */
const solution = (name: string) => ([a, b]: readonly TensorType[]): TensorType => {
  check(a.dtype === b.dtype, () => `linalg.${name}: Expected A and B to have the same dtype, but found A of type ${scalarTypeNames[a.dtype]} `
    + `and B of type ${scalarTypeNames[b.dtype]} instead`);
  checkSquare(name, a);
  check(b.shape.length >= 2, () => `linalg.${name}: The input tensor B must have at least 2 dimensions.`);
  const n = a.shape.at(-1)!;
  const [rows, columns] = b.shape.slice(-2) as [number, number];
  check(n === rows, () => `linalg.${name}: Incompatible shapes of A and B for the equation AX = B (${n}x${n} and ${rows}x${columns})`);
  return { dtype: b.dtype, shape: [...broadcastShapes(a.shape.slice(0, -2), b.shape.slice(0, -2)), rows, columns] };
};

const last = (shape: Shape) => shape.slice(-2) as [number, number];

export const decompositionRules = {
  cholesky: square('cholesky'),
  triangular_solve: solution('solve_triangular'),
  solve: solution('solve'),
  inverse: square('inv'),
  det: ([x]) => {
    checkSquare('det', x);
    return { dtype: x.dtype, shape: x.shape.slice(0, -2) };
  },
  slogdet: ([x]) => {
    checkSquare('slogdet', x);
    const type = { dtype: x.dtype, shape: x.shape.slice(0, -2) };
    return [type, type];
  },
  lu: ([x]) => {
    checkMatrix('lu', x);
    const [m, n] = last(x.shape);
    const batch = x.shape.slice(0, -2);
    return [x, { dtype: 'int32', shape: [...batch, Math.min(m, n)] }, { dtype: 'int64', shape: [...batch, m] }];
  },
  qr: ([x], { complete }) => {
    checkMatrix('qr', x);
    const [m, n] = last(x.shape);
    const k = complete ? m : Math.min(m, n);
    const batch = x.shape.slice(0, -2);
    return [{ dtype: x.dtype, shape: [...batch, m, k] }, { dtype: x.dtype, shape: [...batch, k, n] }];
  },
  eigh: ([x]) => {
    checkSquare('eigh', x);
    return [{ dtype: x.dtype, shape: x.shape.slice(0, -1) }, x];
  },
  eig: ([x]) => {
    const matrix = { dtype: x.dtype, shape: x.shape.slice(0, -1) };
    checkSquare('eig', matrix);
    check(x.shape.at(-1) === 2, () => 'Tensor must have a last dimension of size 2');
    return [{ dtype: x.dtype, shape: [...matrix.shape.slice(0, -1), 2] }, x];
  },
  svd: ([x]) => {
    checkMatrix('svd', x);
    const [m, n] = last(x.shape);
    const k = Math.min(m, n);
    const batch = x.shape.slice(0, -2);
    return [[...batch, m, k], [...batch, k], [...batch, k, n]].map((shape) => ({ dtype: x.dtype, shape }));
  },
  fft: ([x], { dims }) => {
    check(isFloat(x.dtype), () => `Unsupported dtype ${scalarTypeNames[x.dtype]}`);
    check(x.shape.at(-1) === 2, () => 'Tensor must have a last dimension of size 2');
    const empty = dims.find((dim) => x.shape[dim] === 0);
    check(empty === undefined, () => 'Invalid number of data points (0) specified');
    return x;
  },
} satisfies Partial<InferenceRules>;
