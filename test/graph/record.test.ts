import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import type { Op, OpAttributes } from '../../src/graph/opAttributes.ts';
import { OpError } from '../../src/graph/opError.ts';
import type { TensorType } from '../../src/graph/tensorType.ts';
import { GraphBuilder } from './graphBuilder.ts';

interface Case {
  op: Op;
  inputs: TensorType[];
  attributes: OpAttributes[Op];
  outputs?: TensorType[];
  error?: { name: string; message: string };
}
const cases: Case[] = JSON.parse(readFileSync(new URL('../golden/inference.json', import.meta.url), 'utf8'));

function outcome({ op, inputs, attributes }: Case): Pick<Case, 'outputs' | 'error'> {
  const builder = new GraphBuilder();
  const sources = inputs.map(({ shape, dtype }) => builder.source(shape, dtype));
  const before = builder.graph.nodes.length;
  try {
    return { outputs: builder.all(op, sources, attributes).map((value) => builder.type(value)) };
  } catch (error) {
    if (!(error instanceof OpError)) throw error;
    assert.equal(builder.graph.nodes.length, before, 'a refused op must not leave a node');
    return { error: { name: error.name, message: error.message } };
  }
}

describe('recording an op', () => {
  for (const op of new Set(cases.map((each) => each.op))) {
    const own = cases.filter((each) => each.op === op);
    it(`gives ${op} the type or the error that PyTorch gives (${own.length} cases)`, () => {
      for (const each of own) {
        const { outputs, error } = each;
        const given = JSON.stringify({ inputs: each.inputs, attributes: each.attributes });
        assert.deepEqual(outcome(each), outputs ? { outputs } : { error }, given);
      }
    });
  }

  it('keeps attributes in normal form: axes from the front, ascending; sizes definite; bounds within the axis', () => {
    const builder = new GraphBuilder();
    const x = builder.source([2, 3, 4]);
    const attributesOf = (value: ReturnType<typeof builder.op>) => builder.node(value).attributes;
    assert.deepEqual(attributesOf(builder.op('sum', [x], { dim: [-1, 0], keepdim: false })), { dim: [0, 2], keepdim: false });
    assert.deepEqual(attributesOf(builder.op('reshape', [x], { shape: [-1, 4] })), { shape: [6, 4] });
    assert.deepEqual(attributesOf(builder.op('expand', [x], { shape: [5, -1, -1, -1] })), { shape: [5, 2, 3, 4] });
    assert.deepEqual(attributesOf(builder.op('slice', [x], { dim: -1, start: -3, end: 99, step: 2 })), { dim: 2, start: 1, end: 4, step: 2 });
    assert.deepEqual(attributesOf(builder.op('sum', [builder.source([])], { dim: [0], keepdim: true })), { dim: [], keepdim: true });
  });

  it('leaves empty vectors out of a concatenation, as PyTorch does', () => {
    const builder = new GraphBuilder();
    const joined = builder.op('cat', [builder.source([0]), builder.source([2, 2])], { dim: 1 });
    assert.equal(builder.node(joined).inputs.length, 1);
    assert.deepEqual(builder.type(joined).shape, [2, 2]);
  });

  it('refuses a wrong number of inputs and an op that does not exist', () => {
    const builder = new GraphBuilder();
    const x = builder.source([2]);
    assert.throws(() => builder.op('add', [x]), { name: 'TypeError', message: 'add takes 2 inputs, but 1 were given' });
    assert.throws(() => builder.op('nonsense' as Op, [x]), { name: 'TypeError', message: 'there is no op nonsense' });
  });
});
