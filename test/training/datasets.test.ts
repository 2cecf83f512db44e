import { strict as assert } from 'node:assert';
import type { DType, Shape } from '../../src/graph/tensorType.ts';
import type { Task } from '../../src/training/dataset.ts';
import { datasetNames, fitDataset } from '../../src/training/fitDataset.ts';

interface TaskFacts {
  readonly input?: Shape;
  readonly tokens?: number;
  readonly targets: Shape;
  readonly kind?: Task['kind'];
  readonly classes?: number;
  readonly isSequential?: boolean;
  readonly channelAxis?: 'first' | 'last';
}

function task({ input = [8, 2], tokens, targets, kind = 'classes', classes = 2, isSequential = false, channelAxis = 'first' }: TaskFacts): Task {
  return {
    inputs: [{ name: 'x', shape: input, dtype: tokens === undefined ? 'float32' : 'int64', vocabulary: tokens ?? null }],
    output: { dtype: 'float32', shape: kind === 'classes' ? [...targets, classes] : targets },
    targets: { dtype: (kind === 'classes' ? 'int64' : 'float32') as DType, shape: targets },
    kind, classes, isSequential, channelAxis, seed: 3,
  };
}

/** Model's input and targets → the data set that is chosen for them. */
const choices: readonly (readonly [string, TaskFacts, string])[] = [
  ['two features, two classes', { targets: [8] }, 'two moons'],
  ['two features, one 0/1 label', { targets: [8, 1], kind: 'labels' }, 'two moons'],
  ['two features, three classes', { targets: [8], classes: 3 }, 'spirals'],
  ['two features, twelve classes', { targets: [8], classes: 12 }, 'blobs'],
  ['one feature, four classes', { input: [8, 1], targets: [8], classes: 4 }, 'blobs'],
  ['20 features, 5 classes', { input: [8, 20], targets: [8], classes: 5 }, 'blobs'],
  ['64 features, 10 classes', { input: [8, 64], targets: [8], classes: 10 }, 'glyphs'],
  ['100 features, 40 classes', { input: [8, 100], targets: [8], classes: 40 }, 'blobs'],
  ['784 features, 10 classes', { input: [8, 784], targets: [8], classes: 10 }, 'glyphs'],
  ['3072 features, 10 classes', { input: [8, 3072], targets: [8], classes: 10 }, 'glyphs'],
  ['images, channels first', { input: [8, 3, 32, 32], targets: [8], classes: 10 }, 'glyphs'],
  ['images, channels last', { input: [8, 28, 28, 1], targets: [8], classes: 10, channelAxis: 'last' }, 'glyphs'],
  ['images without channels', { input: [8, 28, 28], targets: [8], classes: 10, channelAxis: 'last' }, 'glyphs'],
  ['images, a class per pixel', { input: [4, 1, 16, 16], targets: [4, 16, 16], classes: 3 }, 'glyphs'],
  ['images, one number', { input: [8, 1, 16, 16], targets: [8, 1], kind: 'values' }, 'curves'],
  ['sequences, classes', { input: [8, 20, 3], targets: [8], classes: 4, isSequential: true }, 'waves'],
  ['sequences with time first', { input: [20, 8, 3], targets: [8], classes: 4, isSequential: true }, 'waves'],
  ['sequences, next value', { input: [8, 20, 1], targets: [8, 1], kind: 'values', isSequential: true }, 'waves'],
  ['sequences with time first, next value', { input: [20, 8, 1], targets: [8, 1], kind: 'values', isSequential: true }, 'waves'],
  ['tokens, classes', { input: [8, 12], tokens: 100, targets: [8], classes: 2, isSequential: true }, 'token classes'],
  ['tokens, each next token', { input: [8, 12], tokens: 50, targets: [8, 12], classes: 50, isSequential: true }, 'token runs'],
  ['tokens, a tag of each', { input: [8, 12], tokens: 1000, targets: [8, 12], classes: 9, isSequential: true }, 'token tags'],
  ['tokens, the next token', { input: [8, 12], tokens: 50, targets: [8], classes: 50, isSequential: true }, 'token runs'],
  ['an autoencoder of images', { input: [8, 784], targets: [8, 784], kind: 'labels' }, 'reconstruction'],
  ['an autoencoder of points', { input: [8, 16], targets: [8, 16], kind: 'values' }, 'reconstruction'],
  ['one feature, one value', { input: [8, 1], targets: [8, 1], kind: 'values' }, 'curves'],
  ['13 features, one value', { input: [8, 13], targets: [8, 1], kind: 'values' }, 'curves'],
  ['several labels', { input: [8, 13], targets: [8, 5], kind: 'labels' }, 'curves'],
  ['volumes', { input: [2, 1, 8, 8, 8], targets: [2], classes: 3 }, 'blobs'],
];

describe('generated training data', () => {
  for (const [what, facts, name] of choices) {
    it(`for ${what}: ${name}, in the shapes and ranges that the model takes`, () => {
      const fitted = task(facts);
      const dataset = fitDataset(fitted);
      assert.equal(dataset.name, name);
      const { inputs: [input], targets } = dataset.batch(1);
      assert.deepEqual([input.shape, input.dtype, input.data.length], [fitted.inputs[0].shape, fitted.inputs[0].dtype, fitted.inputs[0].shape.reduce((a, b) => a * b)]);
      assert.deepEqual([targets.shape, targets.dtype], [fitted.targets.shape, fitted.targets.dtype]);
      const many = Array.from({ length: 20 }, (_, step) => dataset.batch(step + 1));
      const values = many.flatMap((batch) => [...batch.inputs[0].data]);
      const found = many.flatMap((batch) => [...batch.targets.data]);
      const [least, most] = [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
      if (facts.tokens !== undefined) assert.ok(least >= 0 && most < facts.tokens && values.every(Number.isInteger));
      else assert.ok(least > -25 && most < 25 && most > least, `${least} … ${most}`);
      const labels = new Set(found);
      assert.ok(found.every(Number.isFinite) && labels.size >= 2, [...labels].join());
      if (fitted.kind === 'classes') assert.ok(found.every((label) => Number.isInteger(label) && label >= 0 && label < fitted.classes));
      if (fitted.kind === 'labels' && name !== 'reconstruction') assert.deepEqual([...labels].sort(), [0, 1]);
      if (fitted.kind === 'labels') assert.ok(found.every((label) => label >= 0 && label <= 1));
    });
  }

  it('is the same for the same seed and step, and another for the next step', () => {
    const dataset = () => fitDataset(task({ targets: [8] }));
    assert.deepEqual(dataset().batch(5), dataset().batch(5));
    assert.notDeepEqual(dataset().batch(5), dataset().batch(6));
  });

  it('can be told apart: the nearest mean of each class names more than 80 % of new samples', () => {
    for (const facts of [
      { input: [64, 20], targets: [64], classes: 5 }, { input: [64, 1], targets: [64], classes: 4 }, { input: [64, 2], targets: [64], classes: 12 },
      { input: [64, 256], targets: [64], classes: 10 },
    ] satisfies TaskFacts[]) {
      const fitted = task(facts);
      const dataset = fitDataset(fitted);
      const size = facts.input[1];
      const means = Array.from({ length: facts.classes }, () => new Float64Array(size));
      const counts = new Array<number>(facts.classes).fill(0);
      const each = (from: number, to: number, visit: (sample: ArrayLike<number>, label: number) => void) => {
        for (let step = from; step <= to; step++) {
          const { inputs: [input], targets } = dataset.batch(step);
          for (let row = 0; row < 64; row++) visit(input.data.subarray(row * size, (row + 1) * size), targets.data[row]);
        }
      };
      each(1, 30, (sample, label) => {
        counts[label]++;
        for (let feature = 0; feature < size; feature++) means[label][feature] += sample[feature];
      });
      means.forEach((mean, label) => mean.forEach((sum, feature) => (mean[feature] = sum / counts[label])));
      let right = 0;
      each(31, 34, (sample, label) => {
        const distances = means.map((mean) => mean.reduce((sum, value, feature) => sum + (value - sample[feature]) ** 2, 0));
        if (distances.indexOf(Math.min(...distances)) === label) right++;
      });
      assert.ok(right / 256 > 0.8, `${JSON.stringify(facts)}: ${right / 256}`);
    }
  });

  it('continues a wave where the input ends, also with time first', () => {
    for (const input of [[8, 20, 1], [20, 8, 1]]) {
      const { inputs: [x], targets } = fitDataset(task({ input, targets: [8, 1], kind: 'values', isSequential: true })).batch(1);
      const last = (row: number, back: number) => x.data[input[0] === 8 ? row * 20 + 19 - back : (19 - back) * 8 + row];
      // A slow wave's next value is near the line through its last two; noise and fast waves are allowed for.
      const near = Array.from(targets.data, (target, row) => Math.abs(2 * last(row, 0) - last(row, 1) - target) < 1).filter(Boolean).length;
      assert.ok(near >= 4, `${near} of 8`);
    }
  });

  it('gives each next token of a run as the target', () => {
    const { inputs: [x], targets } = fitDataset(task({ input: [4, 6], tokens: 50, targets: [4, 6], classes: 50 })).batch(1);
    for (let row = 0; row < 4; row++) assert.deepEqual([...x.data.subarray(row * 6 + 1, row * 6 + 6)], [...targets.data.subarray(row * 6, row * 6 + 5)]);
  });

  it('gives each token a class of its own', () => {
    const { inputs: [x], targets } = fitDataset(task({ input: [4, 6], tokens: 7, targets: [4, 6], classes: 3 })).batch(1);
    const classes = new Map([...x.data].map((token, at) => [token, targets.data[at]]));
    x.data.forEach((token, at) => assert.equal(targets.data[at], classes.get(token)));
  });

  it('is taken by name, or refused with what there is', () => {
    assert.deepEqual(datasetNames.slice(0, 3), ['two-moons', 'spirals', 'glyphs']);
    assert.equal(fitDataset(task({ targets: [8] }), 'blobs').name, 'blobs');
    assert.throws(() => fitDataset(task({ targets: [8] }), 'glyphs'), /"glyphs" does not fit this model/);
  });
});
