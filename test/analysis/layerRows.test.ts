import { strict as assert } from 'node:assert';
import { activationSites } from '../../src/analysis/activationSites.ts';
import { ForwardNodes } from '../../src/analysis/forwardNodes.ts';
import { layerRows, type LayerRow } from '../../src/analysis/layerRows.ts';
import type { ValueId } from '../../src/graph/graph.ts';
import { nodeOf } from '../../src/graph/graph.ts';
import { TraceBuilder } from './traceBuilder.ts';

function rowsOf(build: TraceBuilder, outputs: readonly ValueId[]): LayerRow[] {
  const forward = new ForwardNodes(build.graph, build.trace(outputs));
  const isZero = (value: ValueId) => {
    const node = nodeOf(build.graph, value);
    return node.op === 'constant' && build.options.constants(node.attributes.data).data.every((element: number) => element === 0);
  };
  return layerRows(forward, activationSites(forward, isZero));
}

/** `path:type:kind:parent:activation@layer` of each row. */
function shapeOf(rows: readonly LayerRow[]): string[] {
  return rows.map(({ path, type, kind, parent, activation }) =>
    `${path}|${type}|${kind}|${parent ?? '-'}|${activation ? `${activation.site.name}@${activation.layer ?? 'self'}` : '-'}`);
}

describe('rows of a report', () => {
  it('lists a module and the ReLU module after it, and gives the first the function of the second', () => {
    const build = new TraceBuilder();
    const x = build.input(build.normal([4, 3]));
    const y = build.call({ type: 'Net', path: '', builtin: false }, [x], () =>
      build.linear('fc2', build.relu('act', build.linear('fc1', x, build.normal([5, 3]), build.normal([5]))), build.normal([2, 5])));
    const rows = rowsOf(build, [y]);
    assert.deepEqual(shapeOf(rows), ['fc1|Linear|module|-|relu@1', 'act|ReLU|module|-|relu@self', 'fc2|Linear|module|-|-']);
    assert.deepEqual(rows.map((row) => row.parameterCount), [20, 0, 10]);
    assert.deepEqual(rows.map((row) => row.flops), [2 * 4 * 3 * 5 + 20, 20, 2 * 4 * 5 * 2]);
    assert.deepEqual(rows[0].parameters.map(({ name }) => name), ['weight', 'bias']);
    assert.deepEqual([rows[1].isActivationOnly, rows[0].isActivationOnly], [true, false]);
  });

  it('makes a container of a module that calls others, with its subtree\'s parameters counted and none shown twice', () => {
    const build = new TraceBuilder();
    const x = build.input(build.normal([4, 3]));
    const y = build.call({ type: 'Net', path: '', builtin: false }, [x], () =>
      build.call({ type: 'Sequential', path: 'body' }, [x], () => build.relu('body.1', build.linear('body.0', x, build.normal([5, 3])))));
    const rows = rowsOf(build, [y]);
    assert.deepEqual(shapeOf(rows), ['body|Sequential|container|-|-', 'body.0|Linear|module|0|relu@2', 'body.1|ReLU|module|0|relu@self']);
    assert.deepEqual(rows.map((row) => [row.parameterCount, row.parameters.length]), [[15, 0], [15, 1], [0, 0]]);
  });

  it('finds the function inside a layer that applies it itself', () => {
    const build = new TraceBuilder({ framework: 'keras', separator: '/', channelAxis: 'last' });
    const x = build.input(build.normal([4, 3]));
    const y = build.call({ type: 'Sequential', path: '' }, [x], () =>
      build.linear('dense', x, build.normal([5, 3]), null, (linear) => build.op('relu', [linear], {})));
    const [row] = rowsOf(build, [y]);
    assert.deepEqual(shapeOf([row]), ['dense|Linear|module|-|relu@self']);
    assert.equal(nodeOf(build.graph, row.activation!.site.input).op, 'linear');
    assert.equal(row.output, row.activation!.site.output);
  });

  it('gives an activation written with operators a row at its own place, between the calls around it', () => {
    const build = new TraceBuilder();
    const x = build.input(build.normal([4, 3]));
    const y = build.call({ type: 'Net', path: '', builtin: false }, [x], () => {
      const h = build.linear('fc1', x, build.normal([5, 3]));
      const zero = build.op('full', [], { shape: [], value: 0, dtype: 'float32' });
      const mask = build.op('cast', [build.op('gt', [h, zero], {})], { dtype: 'float32' });
      return build.linear('fc2', build.op('mul', [h, mask], {}, 33), build.normal([2, 5]));
    });
    const rows = rowsOf(build, [y]);
    assert.deepEqual(shapeOf(rows), ['fc1|Linear|module|-|relu@1', 'relu()|relu|function|-|relu@self', 'fc2|Linear|module|-|-']);
    assert.equal(rows[1].call, 33);
  });

  it('shows a custom layer that only applies a function as that function', () => {
    const build = new TraceBuilder();
    const x = build.input(build.normal([4, 3]));
    const zero = build.constant([], [0]);
    const y = build.call({ type: 'Net', path: '', builtin: false }, [x], () => {
      const h = build.linear('fc1', x, build.normal([5, 3]));
      return build.call({ type: 'MyReLU', path: 'act', builtin: false }, [h], () => build.op('maximum', [zero, h], {}));
    });
    assert.deepEqual(shapeOf(rowsOf(build, [y])), ['fc1|Linear|module|-|relu@1', 'act|MyReLU|module|-|relu@self']);
  });

  it('lists functions that act as layers and leaves out those that do not', () => {
    const build = new TraceBuilder();
    const x = build.input(build.normal([2, 1, 4, 4]));
    const y = build.call({ type: 'Net', path: '', builtin: false }, [x], () => {
      const pooled = build.call({ type: 'max_pool2d', kind: 'function', path: '' }, [x], () =>
        build.op('max_pool_with_indices', [x], { kernelSize: [2, 2], stride: [2, 2], padding: [0, 0], dilation: [1, 1], ceilMode: false }));
      const two = build.op('full', [], { shape: [], value: 2, dtype: 'float32' });
      return build.call({ type: 'maximum', kind: 'function', path: '' }, [pooled, two], () => build.op('maximum', [pooled, two], {}));
    });
    assert.deepEqual(shapeOf(rowsOf(build, [y])), ['|Net|module|-|-', 'max_pool2d()|max_pool2d|function|0|-']);
  });

  it('sees the function of a recurrent layer through the steps that are put together', () => {
    const layerOf = (functions: readonly ('tanh' | 'relu')[]) => {
      const build = new TraceBuilder();
      const x = build.input(build.normal([4, 2, 3]));
      const y = build.call({ type: 'Net', path: '', builtin: false }, [x], () => build.call({ type: 'RNN', path: 'rnn' }, [x], () => {
        const steps = functions.map((name, time) => {
          const at = build.op('reshape', [build.op('slice', [x], { dim: 1, start: time, end: time + 1, step: 1 })], { shape: [4, 3] });
          return build.op('reshape', [build.op(name, [build.op('linear', [at, build.normal([5, 3])], {})], {})], { shape: [4, 1, 5] });
        });
        return build.op('cat', steps, { dim: 1 });
      }));
      return { row: rowsOf(build, [y])[0], graph: build.graph };
    };
    const { row, graph } = layerOf(['tanh', 'tanh']);
    assert.equal(row.activation?.site.name, 'tanh');
    assert.deepEqual([graph.values[row.activation!.site.input].type.shape, nodeOf(graph, row.activation!.site.input).op], [[4, 2, 5], 'cat']);
    assert.equal(layerOf(['tanh', 'relu']).row.activation, null);
  });

  it('does not take the flattening of an activation for one', () => {
    const build = new TraceBuilder();
    const x = build.input(build.normal([4, 2, 3]));
    const y = build.call({ type: 'Net', path: '', builtin: false }, [x], () => {
      const h = build.relu('act', x);
      return build.call({ type: 'Flatten', path: 'flat' }, [h], () => build.op('reshape', [h], { shape: [4, 6] }));
    });
    assert.deepEqual(shapeOf(rowsOf(build, [y])), ['act|ReLU|module|-|relu@self', 'flat|Flatten|module|-|-']);
  });

  it('takes x * sigmoid(x) for one function, not two', () => {
    const build = new TraceBuilder();
    const x = build.input(build.normal([4, 3]));
    const y = build.call({ type: 'Net', path: '', builtin: false }, [x], () => {
      const h = build.linear('fc', x, build.normal([5, 3]));
      return build.op('mul', [h, build.op('sigmoid', [h], {})], {});
    });
    assert.deepEqual(shapeOf(rowsOf(build, [y])), ['fc|Linear|module|-|silu@1', 'silu()|silu|function|-|silu@self']);
  });

  it('shows a layer of the user\'s own that is one function as that layer alone', () => {
    const build = new TraceBuilder();
    const x = build.input(build.normal([4, 3]));
    const w = build.parameter('fc', 'weight', build.normal([5, 3]));
    const linear = () => build.call({ type: 'linear', kind: 'function', path: 'fc' }, [x, w], () => build.op('linear', [x, w], {}));
    const y = build.call({ type: 'Net', path: '', builtin: false }, [x], () => build.call({ type: 'NoisyLinear', path: 'fc', builtin: false }, [x], linear));
    assert.deepEqual(shapeOf(rowsOf(build, [y])), ['fc|NoisyLinear|module|-|-']);
  });

  it('gives a plain function\'s matrix product its bias, its parameters and the function after it', () => {
    const build = new TraceBuilder({ framework: 'tensorflow' });
    const x = build.input(build.normal([4, 3]));
    const w = build.parameter('', 'w', build.normal([3, 5]));
    const b = build.parameter('', 'b', build.normal([5]));
    const product = build.call({ type: 'matmul', kind: 'function' }, [x, w], () => build.op('matmul', [x, w], {}));
    const linear = build.op('add', [product, b], {});
    const y = build.call({ type: 'relu', kind: 'function' }, [linear], () => build.op('relu', [linear], {}));
    const rows = rowsOf(build, [y]);
    assert.deepEqual(shapeOf(rows), ['matmul()|matmul|function|-|relu@1', 'relu()|relu|function|-|relu@self']);
    assert.deepEqual(rows[0].parameters.map(({ name }) => name), ['w', 'b']);
    assert.deepEqual([rows[0].parameterCount, rows[0].output, rows[0].inputs.length], [20, linear, 1]);
  });

  it('gives x @ w a row where no call was recorded', () => {
    const build = new TraceBuilder();
    const x = build.input(build.normal([4, 3]));
    const w = build.parameter('', 'w', build.normal([3, 5]));
    const y = build.op('tanh', [build.op('matmul', [x, w], {}, 7)], {}, 7);
    const rows = rowsOf(build, [y]);
    assert.deepEqual(shapeOf(rows), ['matmul()|matmul|function|-|tanh@1', 'tanh()|tanh|function|-|tanh@self']);
    assert.equal(rows[0].parameters.length, 1);
  });

  it('lists the root where it owns parameters, and a parameter of an uncalled module at the nearest row around it', () => {
    const build = new TraceBuilder();
    const x = build.input(build.normal([4, 3]));
    const root = build.newModule();
    build.parameter('', 'scale', build.normal([3]), root);
    const y = build.call({ type: 'Net', path: '', builtin: false, module: root }, [x], () => {
      const attention = build.newModule();
      const w = build.parameter('attention.out', 'weight', build.normal([3, 3]), build.newModule());
      return build.relu('act', build.call({ type: 'Attention', path: 'attention', module: attention }, [x], () => build.op('linear', [x, w], {})));
    });
    const rows = rowsOf(build, [y]);
    assert.deepEqual(shapeOf(rows).map((row) => row.split('|').slice(0, 4).join('|')), ['|Net|container|-', 'attention|Attention|module|0', 'act|ReLU|module|0']);
    assert.deepEqual(rows.map((row) => row.parameters.map(({ name }) => name)), [['scale'], ['out.weight'], []]);
    assert.deepEqual(rows.map((row) => row.parameterCount), [12, 9, 0]);
  });

  it('keeps the rows before a call that failed, and its message on every call that it ended', () => {
    const build = new TraceBuilder();
    const x = build.input(build.normal([4, 3]));
    build.call({ type: 'Net', path: '', builtin: false, failure: 'shapes' }, [x], () => {
      const h = build.linear('fc1', x, build.normal([5, 3]));
      build.call({ type: 'Linear', path: 'fc2', failure: 'shapes' }, [h], () => null);
      return null;
    });
    const rows = rowsOf(build, []);
    assert.deepEqual(rows.map((row) => [row.path, row.output === null, row.failure]), [['fc1', false, null], ['fc2', true, 'shapes']]);
  });
});
