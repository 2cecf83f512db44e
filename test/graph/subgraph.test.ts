import { strict as assert } from 'node:assert';
import { dependents, reachable } from '../../src/graph/subgraph.ts';
import { GraphBuilder } from './graphBuilder.ts';

describe('the part of a graph that values need', () => {
  const builder = new GraphBuilder();
  const x = builder.source([2]);
  const a = builder.op('exp', [x]);
  const b = builder.op('neg', [x]);
  const c = builder.op('add', [a, b]);
  const d = builder.op('sin', [a]);
  const id = (value: typeof x) => builder.node(value).id;

  it('is in execution order, each node once, without what leads nowhere', () => {
    assert.deepEqual(reachable(builder.graph, [c, a], new Set()), [x, a, b, c].map(id));
  });

  it('ends at the values given', () => {
    assert.deepEqual(reachable(builder.graph, [c], new Set([a, b])), [id(c)]);
    assert.deepEqual(reachable(builder.graph, [a], new Set([a])), []);
  });

  it('has what depends on a node, itself included', () => {
    assert.deepEqual(dependents(builder.graph, new Set([id(a)])), new Set([a, c, d]));
  });
});
