import { strict as assert } from 'node:assert';
import { chooseTrainingLoss } from '../../src/analysis/trainingDefaults.ts';
import type { ValueId } from '../../src/graph/graph.ts';
import type { ModelTrace, TraceTraining } from '../../src/graph/modelTrace.ts';
import type { TrainingProgress, TrainOptions, TrainResult } from '../../src/protocol/runtimeApi.ts';
import { quickTrain } from '../../src/training/quickTrain.ts';
import { TrainingControl } from '../../src/training/trainingControl.ts';
import { TraceBuilder } from '../analysis/traceBuilder.ts';

interface Run {
  readonly result: TrainResult;
  readonly events: readonly TrainingProgress[];
  readonly control: TrainingControl;
}

async function train(
  build: TraceBuilder, trace: ModelTrace, options: Partial<TrainOptions> = {}, onProgress: (progress: TrainingProgress, control: TrainingControl) => void = () => {},
): Promise<Run> {
  const events: TrainingProgress[] = [];
  const control = new TrainingControl();
  const result = await quickTrain({
    runId: 7, graph: build.graph, trace, report: build.options, control, now: () => performance.now(), yieldTurn: () => new Promise((resolve) => setTimeout(resolve)),
    train: { steps: 300, every: 50, ...options },
    onProgress: (progress) => {
      events.push(progress);
      onProgress(progress, control);
    },
  });
  return { result, events, control };
}

function mlp(sizes: readonly number[], batch: number, facts: Partial<ModelTrace> = {}, activate: (build: TraceBuilder, path: string, x: ValueId) => ValueId = (b, path, x) => b.relu(path, x)): { build: TraceBuilder; trace: ModelTrace } {
  const build = new TraceBuilder(facts);
  const x = build.input(build.normal([batch, sizes[0]]));
  const y = build.call({ type: 'Net', path: '', builtin: false }, [x], () => {
    let h = x;
    sizes.slice(1).forEach((size, index) => {
      h = build.linear(`fc${index + 1}`, h, build.normal([size, sizes[index]], Math.sqrt(2 / sizes[index])), build.op('full', [], { shape: [size], value: 0, dtype: 'float32' }));
      if (index < sizes.length - 2) h = activate(build, `act${index + 1}`, h);
    });
    return h;
  });
  return { build, trace: build.trace([y]) };
}

const withOptimizer = (learningRate: number): Partial<TrainOptions> => ({ optimizer: 'adam', learningRate });

describe('quick-train', () => {
  it('teaches two layers two moons, to more than 95 % right', async () => {
    const { build, trace } = mlp([2, 32, 2], 64);
    const { result, events } = await train(build, trace, { ...withOptimizer(0.03), steps: 400 });
    assert.equal(result.reason, 'steps');
    assert.match(result.data, /^two moons: 2 classes/);
    const accuracies = events.flatMap((event) => event.accuracies);
    const lately = accuracies.slice(-50).reduce((sum, value) => sum + value, 0) / 50;
    assert.ok(lately > 0.95, `accuracy ${lately}`);
    assert.equal(accuracies.length, 400);
  });

  it('teaches 784 inputs and 10 outputs to tell glyphs apart, to more than 80 % right', async () => {
    const { build, trace } = mlp([784, 64, 10], 32);
    const { result, events } = await train(build, trace, { ...withOptimizer(0.003), steps: 250, every: 250 });
    assert.match(result.data, /^glyphs: 28×28 images/);
    const accuracies = events.flatMap((event) => event.accuracies).slice(-30);
    const lately = accuracies.reduce((sum, value) => sum + value, 0) / accuracies.length;
    assert.ok(lately > 0.8, `accuracy ${lately}`);
  });

  it('fits a curve through one input and one output', async () => {
    const { build, trace } = mlp([1, 32, 1], 64);
    const { result, events } = await train(build, trace, { ...withOptimizer(0.02), steps: 500 });
    assert.match(result.data, /^curves/);
    assert.equal(result.accuracy, null);
    assert.ok(result.loss < 0.3 * events[0].losses[0], `${result.loss} against ${events[0].losses[0]}`);
  });

  it('reports the layers each K steps: their figures, and the update against the data', async () => {
    const { build, trace } = mlp([2, 8, 2], 16);
    const { events } = await train(build, trace, { steps: 100, every: 40, ...withOptimizer(0.01) });
    const reported = events.filter(({ model }) => model !== null);
    assert.deepEqual(reported.map(({ step }) => step), [1, 40, 80, 100]);
    const [first, , , last] = reported.map(({ model }) => model!);
    assert.deepEqual(first.layers.map(({ path }) => path), ['fc1', 'act1', 'fc2']);
    assert.notEqual(first.layers[0].parameters[0].value!.mean, last.layers[0].parameters[0].value!.mean);
    assert.ok(last.layers[0].gradient!.l2 > 0);
    const [fc1, act1] = reported[1].updateToData;
    assert.ok(fc1! > -4 && fc1! < -1, String(fc1));
    assert.equal(act1, null);
    assert.deepEqual(events.flatMap(({ losses }) => losses).length, 100);
    assert.equal(first.loss!.kind, 'cross-entropy');
  });

  it('takes the optimizer, its rates and the loss from the file', async () => {
    const { build, trace } = mlp([3, 4, 2], 16);
    const training = { ...trace.training, loss: 'mse' as const, optimizer: 'sgd' as const, settings: { learningRate: 0.25, momentum: 0.5 } };
    const { result, events } = await train(build, { ...trace, training }, { steps: 2 });
    assert.deepEqual([result.optimizer, result.learningRate, result.batch, events[0].model!.loss!.kind], ['sgd', 0.25, 16, 'mse']);
  });

  it('takes further settings of the file\'s optimizer, and says what it leaves aside', async () => {
    const { build, trace } = mlp([3, 4, 2], 16);
    const lossAfter = async (training: Partial<TraceTraining>, options: Partial<TrainOptions> = {}) => {
      const { result } = await train(build, { ...trace, training: { ...trace.training, loss: 'mse', ...training } }, { steps: 3, ...options });
      return result;
    };
    const sgd = { optimizer: 'sgd' as const, settings: { learningRate: 0.1, momentum: 0.9 } };
    const [plain, nesterov] = [await lossAfter(sgd), await lossAfter({ ...sgd, settings: { ...sgd.settings, nesterov: true } })];
    assert.notEqual(plain.loss, nesterov.loss);
    const adam = { optimizer: 'adam' as const, settings: { learningRate: 0.1 }, notes: ['Quick Train leaves `amsgrad=True` of Adam aside'] };
    const [usual, fast] = [await lossAfter(adam), await lossAfter({ ...adam, settings: { ...adam.settings, betas: [0.1, 0.2] } })];
    assert.notEqual(usual.loss, fast.loss);
    assert.deepEqual(usual.diagnostics.map(({ message }) => message), adam.notes);
    assert.deepEqual((await lossAfter(adam, { optimizer: 'sgd' })).diagnostics, []);
  });

  it('ends within a step that is cancelled, which does not count', async () => {
    const { build, trace } = mlp([3, 4, 2], 16);
    const events: TrainingProgress[] = [];
    const report = { ...build.options, isCancelled: () => events.length > 0 };
    const result = await quickTrain({
      runId: 7, graph: build.graph, trace, report, train: { steps: 5, every: 1 }, control: new TrainingControl(),
      onProgress: (progress) => events.push(progress), yieldTurn: async () => {}, now: () => 0,
    });
    assert.deepEqual([result.reason, result.step, events.length], ['stopped', 1, 1]);
  });

  it('counts nothing right of a reconstruction', async () => {
    const { build, trace } = mlp([32, 8, 32], 16);
    const training = { ...trace.training, loss: 'binary-cross-entropy-with-logits' as const };
    assert.equal((await train(build, { ...trace, training }, { steps: 2 })).result.accuracy, null);
    const labels = mlp([32, 8, 4], 16);
    assert.equal(typeof (await train(labels.build, { ...labels.trace, training }, { steps: 2 })).result.accuracy, 'number');
  });

  it('minimizes the loss that the file makes of the model\'s inputs and outputs alone, and not one that knows a single batch', async () => {
    const ofInput = mlp([32, 8, 32], 16);
    const meanOfSquares = (build: TraceBuilder, x: ValueId, y: ValueId) => build.op('mean', [build.op('square', [build.op('sub', [x, y], {})], {})], { dim: [0, 1], keepdim: false });
    const lossOf = ({ build, trace }: ReturnType<typeof mlp>, target: ValueId): ModelTrace => ({ ...trace, ownLoss: { value: meanOfSquares(build, trace.outputs[0], target), site: null, name: null, classes: null, targets: 'file' } });
    const own = await train(ofInput.build, lossOf(ofInput, ofInput.trace.inputs[0].value), { ...withOptimizer(0.01), steps: 60, every: 60 });
    assert.equal(own.events[0].model!.loss!.kind, 'own');
    assert.match(own.result.data, /^reconstruction/);
    assert.ok(own.result.loss < own.events[0].losses[0], `${own.result.loss} against ${own.events[0].losses[0]}`);

    const ofBatch = mlp([32, 8, 4], 16);
    const knowing = lossOf(ofBatch, ofBatch.build.normal([16, 4]));
    assert.notEqual((await train(ofBatch.build, knowing, { steps: 1 })).events[0].model!.loss!.kind, 'own');
    assert.throws(() => chooseTrainingLoss(ofBatch.build.graph, knowing, 'own'), /reads data beside the inputs of `Net`/);
  });

  it('stops when asked, and when asked while it is paused', async () => {
    const { build, trace } = mlp([2, 8, 2], 16);
    const stopped = await train(build, trace, { steps: 10_000, every: 10 }, (progress, control) => progress.step >= 20 && control.stop());
    assert.deepEqual([stopped.result.reason, stopped.result.step], ['stopped', 20]);
    const between = await train(build, trace, { steps: 10_000, every: 10_000 }, ({ step }, control) => step === 1 && setTimeout(() => control.stop()));
    assert.ok(between.result.step > 1);
    assert.deepEqual([between.events.at(-1)!.step, between.events.flatMap(({ losses }) => losses).length], [between.result.step, between.result.step]);
    let steps = 0;
    const paused = await train(build, trace, { steps: 10_000, every: 10 }, ({ step }, control) => {
      steps = step;
      if (step !== 10) return;
      control.pause();
      setTimeout(() => {
        assert.equal(steps, 10, 'it went on though it was paused');
        control.stop();
      }, 60);
    });
    assert.deepEqual([paused.result.reason, paused.result.step], ['stopped', 10]);
  });

  it('goes on after a pause where it was', async () => {
    const { build, trace } = mlp([2, 8, 2], 16);
    const { result, events } = await train(build, trace, { steps: 30, every: 10 }, ({ step }, control) => {
      if (step !== 10) return;
      control.pause();
      setTimeout(() => control.resume(), 20);
    });
    assert.deepEqual([result.reason, result.step, events.flatMap(({ losses }) => losses).length], ['steps', 30, 30]);
  });

  it('ends where the loss is not finite, and names the first layer and line', async () => {
    const build = new TraceBuilder();
    const x = build.input(build.normal([16, 3]));
    const y = build.call({ type: 'Net', path: '', builtin: false }, [x], () => {
      const h = build.linear('fc1', x, build.normal([4, 3]));
      const e = build.call({ type: 'Exp', path: 'exp', builtin: false }, [h], () => build.op('exp', [h], {}, 31));
      return build.linear('fc2', e, build.normal([1, 4]));
    });
    const { result } = await train(build, build.trace([y]), { steps: 50, optimizer: 'sgd', learningRate: 1e6 });
    assert.equal(result.reason, 'non-finite');
    assert.match(result.message!, /^The loss is (NaN|Infinity) at step \d+\. It began at `exp` in `exp`, line 31\. A smaller learning rate may help\.$/);
  });

  it('advises no other learning rate where nothing was learned yet, and counts no NaN as right', async () => {
    const build = new TraceBuilder();
    const x = build.input(build.normal([16, 3]));
    const y = build.op('log', [build.linear('fc', x, build.normal([4, 3]))], {}, 31);
    const { result } = await train(build, build.trace([y]), { steps: 50 });
    assert.deepEqual([result.reason, result.step, result.message], ['non-finite', 1, 'The loss is NaN at step 1. It began at `log`, line 31.']);
    assert.ok(result.accuracy! < 0.25, String(result.accuracy));
  });

  it('calls what it has no memory for by its name in the file', async () => {
    const { build, trace } = mlp([2, 8, 2000], 16);
    const report = { ...build.options, memoryLimitBytes: 10_000 };
    const run = quickTrain({
      runId: 7, graph: build.graph, trace, report, control: new TrainingControl(), now: () => 0, yieldTurn: async () => {}, train: { steps: 1, every: 1 }, onProgress: () => {},
    });
    await assert.rejects(run, /^TrainingError: `fc2\.weight` needs 62\.\d KiB together with what is still in use; the limit is 9\.8 KiB \(line 1\)\. These are the parameters themselves; the limit is a setting\.$/);
  });

  it('keeps running statistics from step to step', async () => {
    const build = new TraceBuilder();
    const x = build.input(build.normal([16, 3]));
    const before = build.op('full', [], { shape: [], value: 0, dtype: 'float32' });
    const count = build.op('add', [before, build.op('full', [], { shape: [], value: 1, dtype: 'float32' })], {});
    build.buffer('', 'count', before, count);
    // The output grows with the buffer, so that the loss shows whether it was kept.
    const y = build.op('mul', [build.linear('fc', x, build.parameter('', 'w', build.normal([1, 3], 0.001))), count], {});
    const { events } = await train(build, { ...build.trace([y]), training: { ...build.trace([y]).training, loss: 'mse' } }, { steps: 200, optimizer: 'sgd', learningRate: 1e-12 });
    const losses = events.flatMap((event) => event.losses);
    assert.ok(Math.abs(losses[199] - losses[0]) > 1e-3, `${losses[0]} … ${losses[199]}`);
  });

  it('moves every parameter, also those whose gradients are one', async () => {
    const build = new TraceBuilder();
    const x = build.input(build.normal([16, 3]));
    const module = build.newModule();
    const [a, b] = ['a', 'b'].map((name) => build.parameter('shift', name, build.op('full', [], { shape: [1], value: 1, dtype: 'float32' }), module));
    const h = build.linear('fc', x, build.normal([1, 3]));
    const y = build.call({ type: 'Shift', path: 'shift', module, builtin: false }, [h], () => build.op('add', [h, build.op('add', [a, b], {})], {}));
    const { events } = await train(build, { ...build.trace([y]), training: { ...build.trace([y]).training, loss: 'mse' } }, { steps: 2, every: 1, optimizer: 'sgd', learningRate: 0.1 });
    const shift = events.at(-1)!.model!.layers.find(({ path }) => path === 'shift')!;
    const means = shift.parameters.map(({ value }) => value!.mean);
    assert.equal(means.length, 2);
    assert.equal(means[0], means[1]);
    assert.notEqual(means[0], 1);
  });

  it('keeps what the constructor drew, and draws anew what the call draws', async () => {
    const build = new TraceBuilder();
    const draw = (offset: number) => build.op('normal', [], { seed: 3, offset, carry: null, shape: [8], mean: 0, std: 1, dtype: 'float32' });
    const kept = draw(0);
    const x = build.input(build.normal([4, 2]));
    const y = build.call({ type: 'Net', path: '', builtin: false }, [x], () => {
      const h = build.linear('fc', x, build.normal([8, 2]));
      const still = build.call({ type: 'Still', path: 'still', builtin: false }, [h], () => build.op('where', [build.op('isnan', [h], {}), h, kept], {}));
      const noise = build.call({ type: 'Noise', path: 'noise', builtin: false }, [still], () => build.op('where', [build.op('isnan', [h], {}), h, draw(500)], {}));
      return build.linear('out', build.op('add', [h, build.op('add', [still, noise], {})], {}), build.normal([2, 8]));
    });
    const { events } = await train(build, build.trace([y]), { steps: 4, every: 1 });
    const means = (layer: string) => new Set(events.map(({ model }) => model!.layers.find(({ path }) => path === layer)!.output!.mean));
    assert.equal(means('still').size, 1);
    assert.equal(means('noise').size, 4);
  });

  it('draws dropout\'s mask anew at each step', async () => {
    const masks: string[] = [];
    const { build, trace } = mlp([2, 8, 2], 4, {}, (b, path, h) => b.call({ type: 'Dropout', path }, [h], () =>
      b.op('mul', [h, b.op('bernoulli', [], { seed: 3, offset: 50, carry: null, shape: [4, 8], p: 0.5, dtype: 'float32' })], {})));
    await train(build, trace, { steps: 4, every: 1 }, ({ model }) => masks.push(model!.layers[1].units!.firing.join()));
    assert.equal(new Set(masks).size, 4);
  });

  it('says in one sentence why a model cannot be trained', async () => {
    const build = new TraceBuilder();
    const x = build.input(build.normal([4, 3]));
    const y = build.relu('act', x);
    await assert.rejects(train(build, build.trace([y])), /no trainable parameters/);
    await assert.rejects(train(build, build.trace([])), /failed on its input/);
    const { build: ok, trace } = mlp([2, 8, 2], 16);
    await assert.rejects(train(ok, trace, { data: 'moons' }), /there is no data set "moons"; there are two-moons, spirals/);
    await assert.rejects(train(ok, trace, { data: 'spirals' }), /does not fit this model: input float32 \(16, 2\), targets: 2 classes/);
  });
});
