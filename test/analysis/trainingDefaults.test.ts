import { strict as assert } from 'node:assert';
import { chooseTrainingLoss, trainingDefaults } from '../../src/analysis/trainingDefaults.ts';
import type { ModelTrace, TraceTraining } from '../../src/graph/modelTrace.ts';
import { TraceBuilder } from './traceBuilder.ts';

function defaults(training: Partial<TraceTraining>, origin: ModelTrace['inputs'][number]['origin'] = 'inferred') {
  const build = new TraceBuilder();
  const x = build.input(build.normal([8, 3]));
  const trace = build.trace([build.call({ type: 'Tanh', path: 'act' }, [x], () => build.op('tanh', [build.linear('fc', x, build.normal([4, 3]))], {}))]);
  return trainingDefaults(build.graph, { ...trace, inputs: trace.inputs.map((input) => ({ ...input, origin })), training: { ...trace.training, ...training } });
}

describe('what quick-train begins with', () => {
  it('is of the file only where the file says it', () => {
    assert.deepEqual(defaults({}).found, []);
    assert.deepEqual(defaults({ optimizer: 'sgd', settings: { learningRate: 0.2 } }).found, ['optimizer', 'learningRate']);
    assert.deepEqual(defaults({ loss: 'mse', optimizer: 'adam', settings: { epsilon: 1e-6 }, batchSize: 64 }).found, ['loss', 'optimizer', 'batchSize']);
    assert.deepEqual(defaults({ optimizer: 'adam', settings: {} }).found, []);
    assert.deepEqual(defaults({}, 'file').found, ['batchSize']);
  });

  it('does not call the loss of another model the file\'s for this one', () => {
    // A generator: its tanh gives no probabilities, and the file's loss is the discriminator's.
    const { loss, found } = defaults({ loss: 'binary-cross-entropy', fromProbabilities: true });
    assert.deepEqual([loss, found], ['mse', []]);
  });

  it('is of classes where nothing is said of the output, and of one output where there are several', () => {
    const build = new TraceBuilder();
    const x = build.input(build.normal([8, 3]));
    const trace = build.trace([build.linear('a', x, build.normal([4, 3])), build.linear('b', x, build.normal([2, 3]))]);
    const choice = chooseTrainingLoss(build.graph, { ...trace, training: { ...trace.training, spokenOf: 'nothing' } })!;
    assert.deepEqual([choice.kind, choice.others], ['cross-entropy', []]);
  });
});
