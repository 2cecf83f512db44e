import { strict as assert } from 'node:assert';
import { gradient } from '../../src/graph/gradient.ts';
import { emptyGraph, noCall, noOrigin, type Origin, type SiteId, type ValueId } from '../../src/graph/graph.ts';
import { record } from '../../src/graph/record.ts';
import { GraphBuilder } from './graphBuilder.ts';

describe('the gradient of a graph', () => {
  it('has the type of the value it belongs to, whatever was broadcast or promoted', () => {
    const builder = new GraphBuilder();
    const x = builder.source([4, 3]);
    const bias = builder.source([3]);
    const column = builder.source([4, 1], 'float64');
    const scale = builder.source([]);
    const y = builder.op('mul', [builder.op('add', [builder.op('add', [x, bias]), column]), scale]);
    const gradients = gradient(builder.graph, y, [x, bias, column, scale]);
    assert.deepEqual(gradients.map((each) => builder.type(each!)), [x, bias, column, scale].map((each) => builder.type(each)));
  });

  it('is null for what the output does not depend on, for integers, and for what lies behind a detach or a comparison', () => {
    const builder = new GraphBuilder();
    const x = builder.source([3]);
    const unused = builder.source([3]);
    const index = builder.source([2], 'int64');
    const detached = builder.op('detach', [unused]);
    const mask = builder.op('gt', [unused, x]);
    const taken = builder.op('index_select', [builder.op('mul', [builder.op('mul', [x, mask]), detached]), index], { dim: 0 });
    const [forX, forUnused, forIndex] = gradient(builder.graph, taken, [x, unused, index]);
    assert.notEqual(forX, null);
    assert.equal(forUnused, null);
    assert.equal(forIndex, null);
  });

  it('is what a backward of one\'s own makes of it, each time it is passed', () => {
    const builder = new GraphBuilder();
    const [x, w, seed] = [builder.source([3]), builder.source([3]), builder.source([3])];
    const [forX, forW] = [builder.op('exp', [builder.op('mul', [seed, w])]), builder.op('sum', [seed], { dim: [0], keepdim: true })];
    const own = (input: ValueId) => builder.op('with_gradient', [builder.op('detach', [input]), input, w], { seed, results: [forX, forW] });
    const [gradient_] = gradient(builder.graph, own(own(x)), [x]);
    const outer = builder.node(gradient_!);
    const inner = builder.node(builder.node(outer.inputs[0]!).inputs[0]!);
    assert.deepEqual([outer.op, inner.op, builder.node(builder.node(inner.inputs[0]!).inputs[0]!).op], ['exp', 'exp', 'full']);
    assert.deepEqual(gradient(builder.graph, builder.op('with_gradient', [x, x], { seed, results: [null] }), [x]), [null]);
  });

  it('is the seed for the output itself, and ones where no seed is given', () => {
    const builder = new GraphBuilder();
    const y = builder.op('exp', [builder.source([2])]);
    const seed = builder.source([2]);
    assert.deepEqual(gradient(builder.graph, y, [y], seed), [seed]);
    const [ones] = gradient(builder.graph, y, [y]);
    assert.deepEqual(builder.node(ones!).attributes, { shape: [2], value: 1, dtype: 'float32' });
  });

  it('refuses a seed of another shape than the output', () => {
    const builder = new GraphBuilder();
    const x = builder.source([2, 3]);
    const y = builder.op('exp', [x]);
    assert.throws(() => gradient(builder.graph, y, [x], builder.source([3])), {
      message: 'Mismatch in shape: grad_output[0] has a shape of torch.Size([3]) and output[0] has a shape of torch.Size([2, 3]).',
    });
  });

  it('adds up what reaches a value by several ways', () => {
    const builder = new GraphBuilder();
    const x = builder.source([2]);
    const [once] = gradient(builder.graph, builder.op('exp', [x]), [x]);
    assert.equal(builder.node(once!).op, 'mul');
    const [twice] = gradient(builder.graph, builder.op('mul', [x, x]), [x]);
    assert.equal(builder.node(twice!).op, 'add');
  });

  it('writes nodes only for what leads to the values asked for', () => {
    const builder = new GraphBuilder();
    const x = builder.source([5, 4]);
    const weight = builder.source([3, 4]);
    const y = builder.op('linear', [x, weight]);
    const before = builder.graph.nodes.length;
    gradient(builder.graph, y, [weight]);
    const written = builder.graph.nodes.slice(before).map((node) => node.op);
    assert.deepEqual(written, ['full', 'permute', 'matmul']);
  });

  it('carries the origin of the node that is differentiated', () => {
    const graph = emptyGraph();
    const origin = (site: number): Origin => ({ site: site as SiteId, call: noCall });
    const [x] = record(graph, 'constant', [], { data: 0, dtype: 'float32', shape: [2] }, noOrigin);
    const [a] = record(graph, 'sin', [x], {}, origin(1));
    const [b] = record(graph, 'cos', [a], {}, origin(2));
    const before = graph.nodes.length;
    gradient(graph, b, [x]);
    const sites = graph.nodes.slice(before).map((node) => node.origin.site);
    assert.deepEqual([...new Set(sites)], [2, 1]);
  });

  it('goes through the first output only of ops that also give indices', () => {
    const builder = new GraphBuilder();
    const x = builder.source([1, 2, 4, 4]);
    const attributes = { kernelSize: [2, 2], stride: [2, 2], padding: [0, 0], dilation: [1, 1], ceilMode: false };
    const [y, indices] = builder.all('max_pool_with_indices', [x], attributes);
    assert.equal(builder.node(gradient(builder.graph, y, [x])[0]!).op, 'max_pool_backward');
    assert.deepEqual(gradient(builder.graph, indices, [x]), [null]);
  });

  it('walks graphs deeper than any call stack', () => {
    const builder = new GraphBuilder();
    const x = builder.source([1]);
    let y = x;
    for (let depth = 0; depth < 50_000; depth++) y = builder.op('neg', [y]);
    const [result] = gradient(builder.graph, y, [x]);
    assert.deepEqual(builder.type(result!).shape, [1]);
  });
});
