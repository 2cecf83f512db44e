// A graph that goes through the kernels in sizes with edges and without: what a module of kernels is checked with (`selfCheck.ts`).
import { emptyGraph, noOrigin, type Graph, type ValueId } from '../../graph/graph.ts';
import type { Op, OpAttributes } from '../../graph/opAttributes.ts';
import { record } from '../../graph/record.ts';
import { elementCount, type Shape } from '../../graph/tensorType.ts';
import type { Tensor } from '../tensor.ts';

/** Numbers of both signs without a pattern that a wrong lane would keep. */
export function numbers(shape: Shape, salt: number): Tensor {
  return { dtype: 'float32', shape, data: Float32Array.from({ length: elementCount(shape) }, (_, n) => Math.sin(1 + 12.9898 * n + 78.233 * salt)) };
}

export class Trial {
  readonly graph: Graph = emptyGraph();
  /** By the ids of constants. */
  readonly tensors: Tensor[] = [];
  /** Of floats. */
  readonly inputs: ValueId[] = [];

  input(...shape: readonly number[]): ValueId {
    const value = this.#constant(numbers(shape, this.tensors.length));
    this.inputs.push(value);
    return value;
  }
  /** Integers below a bound, in no order. */
  indices(below: number, ...shape: readonly number[]): ValueId {
    return this.#constant({ dtype: 'int64', shape, data: Int32Array.from({ length: elementCount(shape) }, (_, n) => (7 * n + 3) % below) });
  }
  all<O extends Op>(name: O, inputs: readonly ValueId[], attributes: OpAttributes[O]): readonly ValueId[] {
    return record(this.graph, name, inputs, attributes, noOrigin);
  }
  op<O extends Op>(name: O, inputs: readonly ValueId[], attributes: OpAttributes[O]): ValueId {
    return this.all(name, inputs, attributes)[0];
  }

  #constant(tensor: Tensor): ValueId {
    this.tensors.push(tensor);
    return this.op('constant', [], { data: this.tensors.length - 1, dtype: tensor.dtype, shape: tensor.shape });
  }
}

const convolution = { stride: [1, 1], padding: [1, 1], dilation: [1, 1], transposed: false, outputPadding: [0, 0], groups: 1 };
const pooling = { kernelSize: [3, 3], stride: [2, 2], padding: [1, 1], ceilMode: false };
const draw = { seed: 5, offset: 0, carry: null, shape: [1003], dtype: 'float32' } as const;

/** `rows`: 37 × 65. */
function productsAndLanes(trial: Trial, rows: ValueId): ValueId[] {
  const linear = trial.op('linear', [rows, trial.input(53, 65), trial.input(53)], {});
  const square = trial.op('matmul', [trial.input(48, 600), trial.input(600, 64)], {});
  const heads = [0, 1, 2].map(() => trial.input(2, 2, 50, 16));
  return [
    trial.op('gelu', [linear], { approximate: 'none' }), trial.op('tanh', [square], {}),
    trial.op('softmax', [linear], { dim: 1 }), trial.op('log_softmax', [square], { dim: 0 }),
    trial.op('native_layer_norm', [linear, trial.input(53), trial.input(53)], { normalizedRank: 1, eps: 1e-5 }),
    trial.op('native_batch_norm', [linear, trial.input(53), trial.input(53)], { eps: 1e-5 }),
    trial.op('scaled_dot_product_attention', heads, { isCausal: true, scale: 0.25 }),
  ];
}

/** `images`: 2 × 16 × 24 × 25. */
function windows(trial: Trial, images: ValueId): ValueId[] {
  // By Winograd's filtering, as a matrix product, and each channel by itself.
  const filtered = trial.op('convolution', [images, trial.input(32, 16, 3, 3), trial.input(32)], convolution);
  const strided = trial.op('convolution', [filtered, trial.input(8, 32, 3, 3), trial.input(8)], { ...convolution, stride: [2, 2] });
  const depthwise = trial.op('convolution', [strided, trial.input(8, 1, 3, 3)], { ...convolution, groups: 8 });
  const apart = trial.op('convolution', [depthwise, trial.input(8, 1, 3, 3)], { ...convolution, stride: [2, 1], groups: 8 });
  const normal = trial.op('native_batch_norm', [depthwise, trial.input(8), trial.input(8)], { eps: 1e-5 });
  // Of what is given: which of two is the larger does not depend on how they are rounded.
  const maxima = trial.op('max_pool_with_indices', [images], { ...pooling, dilation: [1, 1] });
  return [
    trial.op('relu', [filtered], {}), trial.op('sum', [filtered], { dim: [0, 2, 3], keepdim: false }), trial.op('silu', [normal], {}),
    trial.op('relu', [apart], {}), maxima, trial.op('avg_pool', [strided], { ...pooling, countIncludePad: true, divisorOverride: null }),
    trial.op('interpolate', [strided], { mode: 'linear', outputSize: [9, 17], scales: [null, null], alignCorners: false, antialias: false }),
    trial.op('pad', [strided], { pads: [[0, 0], [0, 0], [1, 2], [3, 0]], mode: 'reflect', value: 0 }),
  ];
}

function reductionsAndIndexing(trial: Trial, rows: ValueId): ValueId[] {
  const along = [0, 1].flatMap((axis) => {
    const dim = [axis];
    return [
      trial.op('sum', [rows], { dim, keepdim: false }), trial.op('amax', [rows], { dim, keepdim: false }), trial.op('amin', [rows], { dim, keepdim: false }),
      trial.op('logsumexp', [rows], { dim, keepdim: false }), trial.op('var', [rows], { dim, keepdim: false, correction: 1 }),
      trial.op('cumsum', [rows], { dim: axis }), trial.op('logcumsumexp', [rows], { dim: axis }), trial.op('argmax', [rows], { dim: axis, keepdim: false }),
      ...trial.all('cummax', [rows], { dim: axis }), ...trial.all('cummin', [rows], { dim: axis }),
      ...trial.all('sort', [rows], { dim: axis, descending: axis === 1 }),
    ];
  });
  const factors = trial.op('exp', [rows], {});
  const isLess = trial.op('lt', [rows, trial.input(65)], {});
  const [index, few] = [trial.indices(37, 5, 65), trial.indices(37, 11)];
  return [
    ...along, trial.op('prod', [factors], { dim: [1], keepdim: false }),
    trial.op('any', [isLess], { dim: [1], keepdim: false }), trial.op('sum', [isLess], { dim: [0], keepdim: false }), trial.op('sum', [index], { dim: [1], keepdim: false }),
    trial.op('cumsum', [index], { dim: 1 }), trial.op('searchsorted', [trial.op('sort', [trial.input(65)], { dim: 0, descending: false }), rows], { right: true }),
    trial.op('embedding', [rows, few], {}), trial.op('gather', [rows, index], { dim: 0 }), trial.op('scatter', [rows, index, trial.input(5, 65)], { dim: 0 }),
    ...(['amax', 'amin'] as const).map((reduce) => trial.op('scatter_reduce', [rows, index, trial.input(5, 65)], { dim: 0, reduce, includeSelf: true })),
    trial.op('index_put', [rows, trial.input(11, 65), few], { dims: [0], accumulate: false }),
    trial.op('fft', [trial.input(16, 7, 2)], { dims: [0, 1], inverse: false, scale: 1 }),
    trial.op('cat', [rows, trial.input(3, 65)], { dim: 0 }), trial.op('tril', [rows], { diagonal: 2 }),
  ];
}

function draws(trial: Trial): ValueId[] {
  return [
    trial.op('normal', [], { ...draw, mean: 0.5, std: 2 }), trial.op('uniform', [], { ...draw, from: -1, to: 1 }), trial.op('bernoulli', [], { ...draw, p: 0.3 }),
  ];
}

/** What the trial computes of rows and images; each has a gradient for whatever it is made of. */
export function trialResults(trial: Trial, rows: ValueId, images: ValueId): ValueId[] {
  return [...productsAndLanes(trial, rows), ...windows(trial, images), ...reductionsAndIndexing(trial, rows), ...draws(trial)];
}
