// Ops by their definitions, one output element at a time, over coordinates: as slow and as plain as can be.
import { elementCount, type Shape } from '../../src/graph/tensorType.ts';
import type { Tensor } from '../../src/engine/tensor.ts';

/** All coordinates of a shape, in row-major order. */
export function* coordinates(shape: Shape): Generator<number[]> {
  const count = elementCount(shape);
  for (let n = 0; n < count; n += 1) {
    let rest = n;
    const at = new Array<number>(shape.length);
    for (let axis = shape.length - 1; axis >= 0; axis -= 1) {
      at[axis] = rest % shape[axis];
      rest = Math.floor(rest / shape[axis]);
    }
    yield at;
  }
}

/** The element at coordinates; axes of size 1, and leading ones that are missing, are broadcast. Outside it is 0. */
export function at({ shape, data }: Tensor, place: readonly number[]): number {
  let index = 0;
  for (let axis = 0; axis < shape.length; axis += 1) {
    const i = shape[axis] === 1 ? 0 : place[axis + place.length - shape.length];
    if (i < 0 || i >= shape[axis]) return 0;
    index = index * shape[axis] + i;
  }
  return data[index];
}

export function make(shape: Shape, element: (place: number[]) => number): Tensor {
  return { dtype: 'float32', shape, data: Float32Array.from([...coordinates(shape)], element) };
}

/** Elements of a reduced place's lane, along the axes `dim` that were reduced (all axes are kept with size 1). */
export function lane(x: Tensor, dim: readonly number[], place: readonly number[]): number[] {
  const sizes = x.shape.map((size, axis) => (dim.includes(axis) ? size : 1));
  return [...coordinates(sizes)].map((step) => at(x, step.map((i, axis) => (dim.includes(axis) ? i : place[axis]))));
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
export const reductions: { readonly [op: string]: (values: readonly number[]) => number } = {
  sum, mean: (values) => sum(values) / values.length, prod: (values) => values.reduce((product, value) => product * value, 1),
  amax: (values) => Math.max(...values), amin: (values) => Math.min(...values),
  any: (values) => (values.some((value) => value !== 0) ? 1 : 0), all: (values) => (values.every((value) => value !== 0) ? 1 : 0),
};

export function matmul(x: Tensor, y: Tensor, shape: Shape): Tensor {
  const inner = x.shape.at(-1)!;
  return make(shape, (place) => {
    const batch = place.slice(0, -2);
    const [i, j] = place.slice(-2);
    return sum(Array.from({ length: inner }, (_, k) => at(x, [...batch, i, k]) * at(y, [...batch, k, j])));
  });
}

interface Geometry {
  readonly stride: readonly number[];
  readonly padding: readonly number[];
  readonly dilation: readonly number[];
  readonly groups: number;
}

export function convolution(x: Tensor, weight: Tensor, shape: Shape, { stride, padding, dilation, groups }: Geometry): Tensor {
  const [outChannels, inChannels, ...kernel] = weight.shape;
  return make(shape, ([n, channel, ...place]) => {
    const group = Math.floor(channel / (outChannels / groups));
    let total = 0;
    for (let c = 0; c < inChannels; c += 1) {
      for (const k of coordinates(kernel)) {
        const from = place.map((i, axis) => i * stride[axis] - padding[axis] + k[axis] * dilation[axis]);
        // an axis of size 1 is not one that repeats here
        if (from.some((i, axis) => i < 0 || i >= x.shape[axis + 2])) continue;
        total += at(x, [n, group * inChannels + c, ...from]) * at(weight, [channel, c, ...k]);
      }
    }
    return total;
  });
}

/** What a pooling window covers of the input: values, inside of it only. */
export function window(
  x: Tensor, [n, channel, ...place]: readonly number[], kernelSize: readonly number[], stride: readonly number[], padding: readonly number[],
): number[] {
  const values: number[] = [];
  for (const k of coordinates(kernelSize)) {
    const from = place.map((i, axis) => i * stride[axis] - padding[axis] + k[axis]);
    if (from.every((i, axis) => i >= 0 && i < x.shape[axis + 2])) values.push(at(x, [n, channel, ...from]));
  }
  return values;
}

/** Elementary functions in float64: what a float32 kernel rounds. */
export const unary: { readonly [op: string]: (x: number) => number } = {
  neg: (x) => -x, abs: Math.abs, square: (x) => x * x, sqrt: Math.sqrt, rsqrt: (x) => 1 / Math.sqrt(x), reciprocal: (x) => 1 / x, exp: Math.exp,
  expm1: Math.expm1, log: Math.log, log1p: Math.log1p, tanh: Math.tanh, sigmoid: (x) => 1 / (1 + Math.exp(-x)), floor: Math.floor, ceil: Math.ceil,
  trunc: Math.trunc, relu: (x) => (x <= 0 ? 0 : x), silu: (x) => x / (1 + Math.exp(-x)), sin: Math.sin, cos: Math.cos, atan: Math.atan,
};
export const binary: { readonly [op: string]: (x: number, y: number) => number } = {
  add: (x, y) => x + y, sub: (x, y) => x - y, mul: (x, y) => x * y, div: (x, y) => x / y, maximum: Math.max, minimum: Math.min,
  eq: (x, y) => Number(x === y), ne: (x, y) => Number(x !== y), lt: (x, y) => Number(x < y), ge: (x, y) => Number(x >= y),
};
