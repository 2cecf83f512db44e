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
});
