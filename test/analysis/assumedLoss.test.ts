import { strict as assert } from 'node:assert';
import { assumedLoss } from '../../src/analysis/assumedLoss.ts';
import { endingOf } from '../../src/analysis/outputForm.ts';
import { typeOf, type ValueId } from '../../src/graph/graph.ts';
import { TraceBuilder } from './traceBuilder.ts';

function assumed(output: (build: TraceBuilder, x: ValueId) => ValueId, spokenOf: 'classes' | 'rewards' | 'nothing' = 'classes'): string {
  const build = new TraceBuilder();
  const value = output(build, build.linear('fc', build.input(build.normal([8, 6])), build.normal([3, 6])));
  const trace = build.trace([value]);
  return assumedLoss({
    graph: build.graph, trace: { ...trace, training: { ...trace.training, spokenOf } }, output: value, shape: typeOf(build.graph, value).shape, ending: endingOf(build.graph, value),
  });
}

describe('the loss of an output of which no file says anything', () => {
  it('follows from the function that gives it', () => {
    assert.equal(assumed((build, x) => build.op('softmax', [x], { dim: 1 }), 'nothing'), 'cross-entropy');
    assert.equal(assumed((build, x) => build.op('sigmoid', [x], {}), 'nothing'), 'binary-cross-entropy');
    assert.equal(assumed((build, x) => build.op('tanh', [x], {})), 'mean-square');
  });

  it('follows from its shape: one number is a loss itself, what is no row of numbers may be anything', () => {
    assert.equal(assumed((build, x) => build.op('mean', [x], { dim: [0, 1], keepdim: false })), 'sum');
    assert.equal(assumed((build, x) => build.op('reshape', [x], { shape: [2, 4, 3] })), 'mean-square');
  });

  it('of rows of numbers depends on whether a file around says something of classes', () => {
    assert.deepEqual([assumed((_, x) => x), assumed((_, x) => x, 'nothing')], ['cross-entropy', 'mse']);
    assert.equal(assumed((_, x) => x, 'rewards'), 'mse', 'what each action is worth');
  });
});
