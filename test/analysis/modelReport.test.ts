// Numbers from PyTorch 2.13: the model below as F.linear, F.relu, F.linear, (y ** 2).mean(), with retain_grad on each value.
import { strict as assert } from 'node:assert';
import { reportModel } from '../../src/analysis/modelReport.ts';
import type { ReportOptions } from '../../src/analysis/reportPlan.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { KernelFailure } from '../../src/engine/engineError.ts';
import { referenceEngine } from '../../src/engine/reference/referenceEngine.ts';
import type { TraceTraining } from '../../src/graph/modelTrace.ts';
import type { LossKind, Stats } from '../../src/protocol/report.ts';
import { TraceBuilder } from './traceBuilder.ts';

const x = [1, -1, 0.5, 0, 2, -1];
const w1 = [0.5, -0.25, 1, -1, 0.75, 0, -0.5, -0.5, -0.5, 1, 1, 1];
const w2 = [1, -1, 0.5, 0.25, -0.5, 0.5, 1, -1];

function report(options: Partial<ReportOptions> = { loss: 'mean-square' }, training: Partial<TraceTraining> = {}) {
  const build = new TraceBuilder();
  const input = build.input(build.constant([2, 3], x));
  const y = build.call({ type: 'Net', path: '', builtin: false }, [input], () =>
    build.linear('fc2', build.relu('act', build.linear('fc1', input, build.constant([4, 3], w1), build.constant([4], [0.1, -0.2, -3, 0]))), build.constant([2, 4], w2)));
  const trace = build.trace([y]);
  return reportModel(build.graph, { ...trace, training: { ...trace.training, ...training } }, { ...build.options, ...options });
}

function near(actual: number | undefined, expected: number, tolerance = 1e-6): void {
  assert.ok(actual !== undefined && Math.abs(actual - expected) <= tolerance * Math.max(1, Math.abs(expected)), `${actual} is not ${expected}`);
}

function moments(stats: Stats | null): readonly number[] {
  return [stats!.mean, stats!.std, stats!.l2];
}

describe('the report on a model', () => {
  it('has the figures of every value and gradient that PyTorch has, within 1e-6', () => {
    const { report: { layers, loss, output }, diagnostics } = report();
    const [fc1, act, fc2] = layers;
    near(loss!.value, 1.1953125);
    const expected: readonly (readonly [Stats | null, readonly number[]])[] = [
      [fc1.output, [-0.74375, 1.9010586, 5.7738638]], [fc1.preActivation, [-0.74375, 1.9010586, 5.7738638]],
      [fc1.activation, [0.51875, 0.5711488, 2.1823153]], [act.output, [0.51875, 0.5711488, 2.1823153]],
      [fc2.output, [-0.275, 1.0581529, 2.1866069]], [fc1.gradient, [0.2855469, 0.3873454, 1.361098]],
      [act.gradient, [0.0199219, 0.646486, 1.8294065]], [fc2.gradient, [-0.1375, 0.5290765, 1.0933034]],
      [fc1.parameters[0].gradient, [0.1152344, 0.6035837, 2.1286395]], [fc2.parameters[0].gradient, [-0.1665625, 0.5196242, 1.5433792]],
    ];
    for (const [stats, figures] of expected) moments(stats).forEach((figure, index) => near(figure, figures[index]));
    near(output!.mean!, -0.275);
    assert.deepEqual(diagnostics, []);
  });

  it('counts the units of the activation: one of four never fires', () => {
    const { layers: [fc1, act, fc2] } = report().report;
    assert.deepEqual(fc1.units, { count: 4, inactive: 1, dormant: 1, saturatedFraction: 0, firing: [0.5, 0.5, 0, 1] });
    assert.deepEqual(act.units, fc1.units);
    assert.deepEqual([fc2.units!.count, fc2.units!.inactive], [2, null]);
    assert.equal(fc1.activation!.zeroFraction, 0.5);
  });

  it('takes one value per sample for one unit, and a vector without a batch for none', () => {
    const build = new TraceBuilder();
    const input = build.input(build.normal([20, 3]));
    const product = build.op('matmul', [input, build.parameter('', 'w', build.normal([3]))], {});
    const y = build.op('relu', [build.op('sub', [product, build.constant([], [100])], {})], {});
    const { layers, findings } = reportModel(build.graph, build.trace([y]), build.options).report;
    assert.deepEqual(layers.at(-1)!.units, { count: 1, inactive: 1, dormant: 1, saturatedFraction: 0, firing: [0] });
    assert.ok(findings.some(({ rule }) => rule === 'inactive-units'));
    const bare = new TraceBuilder();
    const vector = bare.input(bare.normal([20]));
    assert.equal(reportModel(bare.graph, bare.trace([bare.relu('act', vector)]), bare.options).report.layers[0].units, null);
    const one = new TraceBuilder();
    const dot = one.op('matmul', [one.input(one.normal([3])), one.parameter('', 'w', one.normal([3]))], {});
    const fired = one.op('relu', [one.op('sub', [dot, one.constant([], [100])], {})], {});
    const alone = reportModel(one.graph, one.trace([fired]), one.options).report;
    assert.deepEqual([alone.layers.at(-1)!.units!.count, alone.layers.at(-1)!.units!.inactive, alone.findings.filter(({ rule }) => rule === 'inactive-units')], [1, 1, []]);
  });

  it('states sizes, places and shapes', () => {
    const result = report().report;
    assert.deepEqual([result.parameterCount, result.trainableParameterCount, result.flops], [24, 24, 48 + 8 + 8 + 32]);
    assert.deepEqual(result.inputs, [{ name: 'x', shape: [2, 3], dtype: 'float32', range: null, origin: 'file' }]);
    const [fc1, act] = result.layers;
    assert.deepEqual([fc1.inputShapes, fc1.outputShape, fc1.definition?.line, fc1.call?.line], [[[2, 3]], [2, 4], 101, 201]);
    assert.deepEqual([fc1.activationFunction, fc1.activationLayer, act.activationFunction, act.activationLayer], ['relu', 1, 'relu', null]);
  });

  // Targets: torch.manual_seed(seed + 2), then torch.randint or torch.randn.
  const losses: readonly (readonly [LossKind, number])[] = [
    ['cross-entropy', 0.23572657], ['binary-cross-entropy', 1.2521466], ['mse', 0.8355487], ['sum', -1.1],
  ];
  for (const [kind, value] of losses) {
    it(`gives PyTorch's ${kind} of targets drawn after manual_seed(seed + 2), within 1e-6`, () => near(report({ loss: kind }).report.loss!.value, value));
  }

  it('takes the file\'s loss where none is asked for, and cross-entropy for columns where the file has none', () => {
    const kind = (training: Partial<TraceTraining>) => report({}, training).report.loss!.kind;
    assert.deepEqual([kind({}), kind({ loss: 'mse' }), kind({ loss: 'binary-cross-entropy-with-logits' })], ['cross-entropy', 'mse', 'binary-cross-entropy']);
  });

  it('takes no loss of probabilities from the file for a model whose last activation leaves 0 to 1', () => {
    const build = new TraceBuilder();
    const input = build.input(build.constant([2, 3], x));
    const y = build.relu('act', build.linear('fc1', input, build.constant([4, 3], w1), build.constant([4], [0.1, -0.2, -3, 0])));
    const trace = build.trace([y]);
    const training = { ...trace.training, loss: 'binary-cross-entropy' as const, fromProbabilities: true };
    const { loss } = reportModel(build.graph, { ...trace, training }, build.options).report;
    assert.equal(loss!.kind, 'cross-entropy');
    assert.ok(typeof loss!.value === 'number' && loss!.value > 0);
  });

  it('has PyTorch\'s gradients where a probability has saturated, within 1e-5', () => {
    const build = new TraceBuilder();
    const input = build.input(build.constant([4, 1], [1, -1, 0.01, 0.5]));
    const y = build.linear('fc', input, build.constant([1, 1], [200]), build.constant([1], [0]), (z) => build.op('sigmoid', [z], {}));
    const trace = build.trace([y]);
    const training = { ...trace.training, loss: 'binary-cross-entropy' as const, fromProbabilities: true };
    const { layers: [fc], loss } = reportModel(build.graph, { ...trace, training }, build.options).report;
    const numbers = [loss!.value, fc.gradient!.max, fc.gradient!.min, fc.parameters[0].gradient!.mean, fc.parameters[1].gradient!.mean] as number[];
    [75.03173, 2.5e11, -2.5e11, -2.980073e-4, -0.02980073].forEach((value, n) => assert.ok(Math.abs(numbers[n] / value - 1) < 1e-5, `${numbers[n]}, expected ${value}`));
  });

  it('says why a loss that does not fit was left out, and gives all other figures', () => {
    const build = new TraceBuilder();
    const input = build.input(build.normal([4, 3]));
    const y = build.linear('fc', input, build.normal([1, 3]));
    const { report: { loss, layers }, diagnostics } = reportModel(build.graph, build.trace([y]), { ...build.options, loss: 'cross-entropy' });
    assert.deepEqual([loss, layers[0].gradient, layers[0].output!.count], [null, null, 4]);
    assert.match(diagnostics[0].message, /cross-entropy needs an output with at least two classes, and the output's shape is \(4, 1\)/);
  });

  it('runs no arithmetic where only the structure is asked for', () => {
    const { report: { layers, loss, flops, output } } = report({ structureOnly: true, constants: () => assert.fail('a constant was read') });
    assert.deepEqual([layers[0].output, layers[0].parameters[0].value, loss, flops, output], [null, null, null, 96, { shape: [2, 2], mean: null, std: null }]);
    assert.equal(layers[0].activationFunction, 'relu');
  });

  it('keeps the figures of what ran before the memory was used up, and says where it ended', () => {
    const build = new TraceBuilder();
    const input = build.input(build.normal([8, 3]));
    const h = build.linear('fc1', input, build.normal([4, 3]));
    const y = build.linear('fc2', h, build.normal([4000, 4]));
    const { report: { layers }, diagnostics } = reportModel(build.graph, build.trace([y]), { ...build.options, memoryLimitBytes: 40_000 });
    assert.equal(layers[0].output!.count, 32);
    assert.equal(layers[1].output, null);
    assert.deepEqual(diagnostics.map(({ kind }) => kind), ['limit']);
    assert.match(diagnostics[0].message, /^`fc2\.weight` needs 62\.\d KiB together with what is still in use; the limit is 39\.1 KiB$/);
    const [ofOutput] = reportModel(build.graph, build.trace([y]), { ...build.options, memoryLimitBytes: 150_000 }).diagnostics;
    assert.match(ofOutput.message, /^`fc2` needs 1\d\d\.\d KiB together/, 'the layer, not one of its ops');
  });

  it('takes the figures of a layer that is called after a later one\'s parameters, for which there is no memory, were made', () => {
    const build = new TraceBuilder();
    const [narrow, wide, last] = [build.normal([4, 3]), build.normal([4000, 4]), build.normal([2, 4000])];
    const h = build.linear('fc1', build.input(build.normal([8, 3])), narrow);
    const y = build.linear('fc3', build.linear('fc2', h, wide), last);
    const { report: { layers, loss }, diagnostics } = reportModel(build.graph, build.trace([y]), { ...build.options, memoryLimitBytes: 40_000 });
    assert.deepEqual(layers.map(({ output, gradient }) => [output?.count, gradient]), [[32, null], [undefined, null], [undefined, null]]);
    assert.deepEqual([layers[0].parameters[0].value!.count, layers[1].parameters[0].value, layers[2].parameters[0].value!.count, loss], [12, null, 8000, null]);
    assert.deepEqual(diagnostics.map(({ message }) => message.split(' ')[0]), ['`fc2.weight`']);
  });

  it('takes no figures of what is drawn so far behind a tensor without memory that nobody would wait for the generator to get there', () => {
    const build = new TraceBuilder();
    const draw = { seed: 3, carry: null, mean: 0, std: 1, dtype: 'float32' } as const;
    const input = build.input(build.normal([2, 3]));
    const hidden = build.linear('fc1', input, build.op('normal', [], { ...draw, offset: 0, shape: [3, 3] }));
    const huge = build.op('normal', [], { ...draw, offset: 100, shape: [2 ** 20, 2 ** 20] });
    const last = build.op('normal', [], { ...draw, offset: 100 + 2 ** 40, shape: [4, 3] });
    build.parameter('fc3', 'weight', huge);
    const y = build.linear('fc2', hidden, last);
    const { report: { layers }, diagnostics } = reportModel(build.graph, build.trace([build.op('add', [y, build.op('sum', [huge], { dim: [0, 1], keepdim: false })], {})]), build.options);
    assert.deepEqual(layers.map(({ output }) => output?.count), [6, undefined]);
    assert.match(diagnostics[0].message, /^`fc3\.weight` needs 4\.0 TiB/);
  });

  it('says so where the tensor that is drawn before is none of the model\'s', () => {
    const build = new TraceBuilder();
    const draw = { seed: 3, carry: null, mean: 0, std: 1, dtype: 'float32' } as const;
    const hidden = build.linear('fc1', build.input(build.normal([2, 3])), build.op('normal', [], { ...draw, offset: 25e9, shape: [3, 3] }));
    const { report: { layers }, diagnostics } = reportModel(build.graph, build.trace([hidden]), build.options);
    assert.deepEqual(layers.map(({ output }) => output?.count), [undefined]);
    assert.deepEqual(diagnostics.map(({ message }) => message),
      ['What is drawn here, and all figures that depend on it, was not computed: 25,000,000,000 random numbers of the same generator come before it.']);
  });

  it('says of a defect of the engine that it is ours, not the file\'s', () => {
    const defective: Engine = { ...referenceEngine, prepare: () => { throw new KernelFailure(new Error('unreachable')); } };
    const { diagnostics } = report({ engine: defective });
    assert.deepEqual(diagnostics.map(({ kind, severity }) => [kind, severity]), [['internal', 'warning']]);
    assert.match(diagnostics[0].message, /This is a defect of Activation Lens/);
  });

  it('keeps the figures that there was time for, and says what the rest would take', () => {
    const build = new TraceBuilder();
    const input = build.input(build.normal([8, 3]));
    const y = build.linear('fc2', build.linear('fc1', input, build.normal([4, 3])), build.normal([2, 4]));
    let asked = 0;
    const { report: { layers, findings, isOverdue }, diagnostics } = reportModel(build.graph, build.trace([y]), { ...build.options, isOverdue: () => ++asked > 4 });
    assert.equal(layers[1].gradient, null);
    assert.deepEqual([findings, isOverdue], [[], true]);
    assert.deepEqual(diagnostics.map(({ kind }) => kind), ['limit']);
    assert.match(diagnostics[0].message, /^Not all figures of `Net` were computed in the time\.$/);
  });

  it('keeps the figures before a failed call, without loss and gradients', () => {
    const build = new TraceBuilder();
    const input = build.input(build.normal([8, 3]));
    build.call({ type: 'Net', path: '', builtin: false, failure: 'no' }, [input], () => {
      const h = build.linear('fc1', input, build.normal([4, 3]));
      build.call({ type: 'Linear', path: 'fc2', failure: 'mat1 and mat2' }, [h], () => null);
      return null;
    });
    const { layers, loss, output } = reportModel(build.graph, build.trace([]), build.options).report;
    assert.deepEqual([layers[0].output!.count, layers[0].gradient, layers[1].output, layers[1].failure, loss, output], [32, null, null, 'mat1 and mat2', null, null]);
  });

  it('names the first value that is not finite, with its layer and line', () => {
    const build = new TraceBuilder();
    const input = build.input(build.constant([1, 2], [-1, 2]));
    const y = build.call({ type: 'Net', path: '', builtin: false }, [input], () => {
      const h = build.call({ type: 'Log', path: 'log', builtin: false }, [input], () => build.op('log', [input], {}, 42));
      return build.linear('fc', h, build.constant([1, 2], [1, 1]));
    });
    const { findings } = reportModel(build.graph, build.trace([y]), build.options).report;
    const first = findings.find(({ rule }) => rule === 'non-finite')!;
    assert.deepEqual([first.layer, first.range?.line], ['log', 42]);
    assert.match(first.message, /`log` in `log` is the first place .* 1 NaN of 2/);
  });

  it('names a parameter that is not finite, with the layer that owns it', () => {
    const build = new TraceBuilder();
    const y = build.linear('fc', build.input(build.constant([1, 2], [1, 2])), build.constant([1, 2], [NaN, 1]));
    const first = reportModel(build.graph, build.trace([y]), build.options).report.findings.find(({ rule }) => rule === 'non-finite')!;
    assert.equal(first.layer, 'fc');
    assert.match(first.message, /`weight` in `fc` is the first place .* 1 NaN of 2/);
  });

  it('does not take the −∞ of an attention mask for a fault', () => {
    const build = new TraceBuilder();
    const input = build.input(build.constant([1, 2], [-1, 2]));
    const y = build.call({ type: 'softmax', kind: 'function' }, [input], () =>
      build.op('softmax', [build.op('add', [input, build.constant([2], [0, -Infinity])], {})], { dim: 1 }));
    assert.deepEqual(reportModel(build.graph, build.trace([y]), build.options).report.findings.filter(({ rule }) => rule === 'non-finite'), []);
  });
});
