import { strict as assert } from 'node:assert';
import { flopsOf } from '../../src/graph/flops.ts';
import type { ValueId } from '../../src/graph/graph.ts';
import type { Convolution } from '../../src/graph/opAttributes.ts';
import { GraphBuilder } from './graphBuilder.ts';

const square: Convolution = { stride: [1, 1], padding: [0, 0], dilation: [1, 1], transposed: false, outputPadding: [0, 0], groups: 1 };

describe('FLOPs', () => {
  const builder = new GraphBuilder();
  const flops = (value: ValueId) => flopsOf(builder.graph, builder.node(value));
  const source = (...shape: number[]) => builder.source(shape);

  it('count a multiply-add as 2 and a bias as 1 per output element', () => {
    assert.equal(flops(builder.op('linear', [source(32, 784), source(256, 784)])), 2 * 32 * 784 * 256);
    assert.equal(flops(builder.op('linear', [source(32, 784), source(256, 784), source(256)])), 2 * 32 * 784 * 256 + 32 * 256);
    assert.equal(flops(builder.op('matmul', [source(5, 2, 3), source(3, 4)])), 2 * 5 * 2 * 3 * 4);
  });

  it('count a convolution by its output, a transposed one by its input, and its gradients like itself', () => {
    const x = source(2, 6, 10, 10);
    const weight = source(8, 3, 3, 3);
    const grouped = { ...square, groups: 2 };
    const y = builder.op('convolution', [x, weight], grouped);
    const expected = 2 * (2 * 8 * 8 * 8) * (3 * 3 * 3);
    assert.equal(flops(y), expected);
    assert.equal(flops(builder.op('convolution_backward_input', [y, weight], { ...grouped, inputShape: [2, 6, 10, 10] })), expected);
    assert.equal(flops(builder.op('convolution_backward_weight', [y, x], { ...grouped, weightShape: [8, 3, 3, 3] })), expected);
    const transposed = builder.op('convolution', [source(2, 8, 8, 8), source(8, 3, 3, 3)], { ...square, transposed: true });
    assert.equal(flops(transposed), 2 * (2 * 8 * 8 * 8) * (3 * 3 * 3));
  });

  it('count a function as 1 per output element, a reduction as 1 per input element, a view as 0', () => {
    const x = source(4, 5);
    assert.equal(flops(builder.op('gelu', [x], { approximate: 'none' })), 20);
    assert.equal(flops(builder.op('add', [x, source(3, 1, 1)])), 60);
    assert.equal(flops(builder.op('sum', [x], { dim: [0, 1], keepdim: false })), 20);
    assert.equal(flops(builder.op('permute', [x], { dims: [1, 0] })), 0);
    assert.equal(flops(builder.op('reshape', [x], { shape: [20] })), 0);
  });

  it('count attention by its two products and four operations per score, its gradients by five products', () => {
    const [query, key, value] = [source(2, 3, 4), source(2, 5, 4), source(2, 5, 6)];
    const attention = { isCausal: false, scale: 0.5 };
    const y = builder.op('scaled_dot_product_attention', [query, key, value], attention);
    const scores = 2 * 3 * 5;
    assert.equal(flops(y), scores * (2 * 4 + 2 * 6 + 4));
    const backward = builder.op('scaled_dot_product_attention_backward', [y, query, key, value, y, source(2, 3)], attention);
    assert.equal(flops(backward), scores * (2 * 3 * 4 + 2 * 2 * 6 + 4));
  });

  it('count a Fourier transform as 5 n log n, an interpolation by its neighbours, windows as nothing', () => {
    assert.equal(flops(builder.op('fft', [source(3, 8, 2)], { dims: [1], inverse: false, scale: 1 })), 3 * 5 * 8 * 3);
    const linear = { mode: 'linear', outputSize: [6, 6], scales: [null, null], alignCorners: false, antialias: false } as const;
    assert.equal(flops(builder.op('interpolate', [source(1, 2, 3, 3)], linear)), 2 * 36 * 8);
    assert.equal(flops(builder.op('interpolate', [source(1, 2, 3, 3)], { ...linear, mode: 'nearest' })), 0);
    const windows = { kernelSize: [2, 2], stride: [1, 1], padding: [0, 0], dilation: [1, 1] };
    assert.equal(flops(builder.op('im2col', [source(1, 2, 3, 3)], windows)), 0);
  });

  it('count what is done to matrices by the leading term of the textbook', () => {
    const x = source(2, 6, 6);
    assert.equal(flops(builder.op('cholesky', [x], { upper: false, partial: false })), 2 * 6 ** 3 / 3);
    assert.equal(flops(builder.op('inverse', [x], {})), 2 * 2 * 6 ** 3);
    assert.equal(flops(builder.op('solve', [x, source(2, 6, 3)], {})), 2 * (2 * 6 ** 3 / 3 + 2 * 6 * 6 * 3));
    assert.equal(flops(builder.op('det', [x], {})), 2 * 2 * 6 ** 3 / 3);
  });
});
