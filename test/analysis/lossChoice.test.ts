import { strict as assert } from 'node:assert';
import { chooseLoss, classesOf } from '../../src/analysis/lossChoice.ts';
import type { ValueId } from '../../src/graph/graph.ts';
import type { ModelTrace, TraceTraining } from '../../src/graph/modelTrace.ts';
import type { LossKind } from '../../src/protocol/report.ts';
import { TraceBuilder } from './traceBuilder.ts';

interface Case {
  readonly input?: readonly number[];
  readonly training?: Partial<TraceTraining>;
  readonly facts?: Partial<ModelTrace>;
  readonly requested?: LossKind;
}

/** The choice for a model, by what it gives of its input, as `kind origin`, with the kinds of the further outputs. */
function chosen(outputs: (build: TraceBuilder, x: ValueId) => readonly ValueId[], { input = [8, 6], training = {}, facts = {}, requested }: Case = {}): string {
  const build = new TraceBuilder();
  const trace = build.trace(outputs(build, build.input(build.normal(input))));
  const choice = chooseLoss(build.graph, { ...trace, ...facts, training: { ...trace.training, ...training } }, requested);
  return choice === null ? 'none' : [choice.kind, choice.origin, ...choice.others.map(({ kind, output }) => `+ ${kind} of ${trace.outputs.indexOf(output)}`)].join(' ');
}

const columns = (count: number) => (build: TraceBuilder, x: ValueId) => [build.linear('fc', x, build.normal([count, 6]))];
const silent = { spokenOf: 'nothing' } as const;

describe('the loss that is chosen', () => {
  it('is the one asked for, else the kind that the file names, else what suits the output', () => {
    assert.equal(chosen(columns(4), { requested: 'sum', training: { loss: 'mse' } }), 'sum option');
    assert.equal(chosen(columns(4), { training: { loss: 'mse' } }), 'mse file');
    assert.equal(chosen(columns(4)), 'cross-entropy assumed');
    assert.throws(() => chosen(columns(1), { requested: 'cross-entropy' }), /at least two classes/);
    assert.throws(() => chosen(columns(4), { requested: 'own' }), /computes no loss of its own/);
  });

  it('of rows of numbers is the distance from values where nothing says a word of classes', () => {
    assert.equal(chosen(columns(4), { training: silent }), 'mse assumed');
    assert.equal(chosen(columns(1), { training: silent }), 'mse assumed');
    assert.equal(chosen(columns(1)), 'mse assumed', 'one number per sample');
  });

  it('of an image or a row of tokens that becomes a row of numbers is one of classes all the same', () => {
    const pooled = (build: TraceBuilder, x: ValueId) => columns(4)(build, build.op('mean', [x], { dim: [2, 3], keepdim: false }));
    assert.equal(chosen(pooled, { input: [8, 6, 5, 5], training: silent }), 'cross-entropy assumed');
    const flat = (build: TraceBuilder, x: ValueId) => [build.linear('fc', x, build.normal([10, 784]))];
    assert.equal(chosen(flat, { input: [8, 784], training: silent }), 'cross-entropy assumed');
  });

  it('of a file that names losses, and not this one, is the distance from values if it names that, else that of no targets', () => {
    assert.equal(chosen(columns(4), { training: { named: ['smooth_l1_loss', 'mse_loss'] } }), 'mse assumed');
    assert.equal(chosen(columns(4), { training: { named: ['triplet_margin_loss', 'l1_loss'] } }), 'mean-square assumed');
    assert.equal(chosen(columns(4), { training: { named: ['nll_loss', 'mse_loss'] } }), 'cross-entropy assumed');
  });

  it('takes in each output behind which are parameters that are not behind those before it', () => {
    const features = (build: TraceBuilder, x: ValueId) => {
      const first = build.linear('a', x, build.normal([6, 6]));
      const second = build.linear('b', first, build.normal([3, 6]));
      return [first, build.op('relu', [first], {}), second];
    };
    assert.equal(chosen(features, { training: silent }), 'mse assumed + mse of 2');
    assert.equal(chosen((build, x) => [...features(build, x)].reverse(), { training: silent }), 'mse assumed', 'the last has all behind it');
    assert.equal(chosen(features, { requested: 'sum' }), 'sum option', 'what was asked for is of the first alone');
    assert.equal(chosen(features, { training: { loss: 'mse' } }), 'mse file + mse of 2');
  });

  it('is of the first output that passes a gradient: of a policy the likelihood of what it draws', () => {
    const build = new TraceBuilder();
    const scores = build.linear('pi', build.input(build.normal([8, 6])), build.normal([3, 6]));
    const action = build.op('argmax', [scores], { dim: 1, keepdim: false });
    const likelihood = build.op('log_softmax', [scores], { dim: 1 });
    const trace = build.trace([action, build.op('sum', [likelihood], { dim: [1], keepdim: false })]);
    const choice = chooseLoss(build.graph, { ...trace, logProbabilities: [likelihood] })!;
    assert.deepEqual([choice.kind, choice.output], ['likelihood', trace.outputs[1]]);
    assert.equal(chooseLoss(build.graph, { ...trace, outputs: [action] }), null);
  });

  it('counts the classes of one output alone', () => {
    const build = new TraceBuilder();
    const x = build.input(build.normal([8, 6]));
    const [one, two] = ['a', 'b'].map((path) => build.linear(path, x, build.normal([3, 6])));
    assert.equal(classesOf(build.graph, chooseLoss(build.graph, build.trace([one]))!), 3);
    assert.equal(classesOf(build.graph, chooseLoss(build.graph, build.trace([one, two]))!), null);
  });
});
