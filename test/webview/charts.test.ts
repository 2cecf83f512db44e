import { strict as assert } from 'node:assert';
import { binsOf, sharedRange } from '../../webview/charts/bins.ts';
import { decadesOf, positionOf } from '../../webview/charts/decades.ts';
import { runningMean } from '../../webview/charts/curveChart.ts';
import { rowsOf } from '../../webview/rows.ts';
import { activationEntries, weightEntries } from '../../webview/views/gradientFlow.ts';
import { broken, classifier, layer, model, stats } from './fixtures.ts';

describe('bins of a histogram', () => {
  it('exact zeros are taken out of their bin and told apart', () => {
    const bins = binsOf(stats([0, 0, 0, 0.001, 1, 2, 3, 4]));
    assert.equal(bins.kind, 'spread');
    assert.equal(bins.zeroFraction, 3 / 8);
    assert.equal(bins.counts.reduce((a, b) => a + b), 5);
    assert.equal(bins.counts[0], 1);
  });

  it('a zero among many values stays in its bin', () => {
    const bins = binsOf(stats([0, ...Array.from({ length: 999 }, (_, i) => i - 500.5)]));
    assert.equal(bins.zeroFraction, 0);
    assert.equal(bins.counts.reduce((a, b) => a + b), 1000);
  });

  const notes: [title: string, values: number[], kind: string, note: string | null][] = [
    ['no values are said', [], 'empty', 'no values'],
    ['only NaN is said', [NaN, NaN], 'empty', 'every value is NaN'],
    ['only infinities are said', [Infinity, -Infinity], 'empty', 'no finite values (1 ∞, 1 −∞ not drawn)'],
    ['a constant is said', [0.5, 0.5], 'constant', 'every value is 0.500'],
    ['all zeros are said', [0, 0], 'constant', 'every value is 0'],
    ['a constant among NaN is said', [2, NaN], 'constant', 'every finite value is 2.00; 1 NaN not drawn'],
    ['some NaN are counted', [1, 2, NaN], 'spread', '1 NaN not drawn'],
    ['finite values need no words', [1, 2], 'spread', null],
  ];
  for (const [title, values, kind, note] of notes) {
    it(title, () => {
      const bins = binsOf(stats(values));
      assert.deepEqual([bins.kind, bins.note], [kind, note]);
    });
  }

  it('the shared range holds both histograms and a spike at zero', () => {
    assert.deepEqual(sharedRange([binsOf(stats([-3, 1])), binsOf(stats([0, 0, 4]))]), { min: -3, max: 4 });
    assert.deepEqual(sharedRange([binsOf(stats([0.5, 0.5]))]), { min: 0.25, max: 0.75 });
    assert.deepEqual(sharedRange([binsOf(stats([0, 0]))]), { min: -1, max: 1 });
    assert.deepEqual(sharedRange([binsOf(stats([]))]), { min: -1, max: 1 });
  });
});

describe('a logarithmic axis', () => {
  it('is made of the positive finite values only', () => {
    assert.deepEqual(decadesOf([0, NaN, Infinity, 3e-4, 0.02]), { low: -4, high: -1 });
  });
  it('has a range where there is no such value', () => {
    assert.deepEqual(decadesOf([0, NaN]), { low: -3, high: 0 });
  });
  it('has two decades at least', () => {
    assert.deepEqual(decadesOf([0.01]), { low: -4, high: -2 });
  });
  it('has no place for zero, NaN and infinity', () => {
    const decades = { low: -2, high: 0 };
    for (const value of [0, NaN, Infinity, -1]) assert.ok(Number.isNaN(positionOf(value, decades)));
    assert.equal(positionOf(0.1, decades), 0.5);
  });
});

describe('a training curve', () => {
  it('has a running mean that starts at its first value and passes over NaN', () => {
    const mean = runningMean([2, NaN, 1]);
    assert.deepEqual(mean.slice(0, 2), [2, 2]);
    assert.ok(Math.abs(mean[2]! - (2 * 0.8 + 1) / 1.8) < 1e-12);
  });
});

describe('bars of the gradient flow', () => {
  it('stand for the layers in the order of their calls, functions merged', () => {
    assert.deepEqual(activationEntries(rowsOf(classifier())).map((entry) => entry.label), ['fc1', 'fc2', 'fc3', 'fc4', 'head']);
  });
  it('stand for weights without biases, each once however often its layer is called', () => {
    const report = classifier();
    const head = report.layers[8]!;
    const twice = model('M', [layer({ ...head, index: 0 }), layer({ ...head, index: 1 })]);
    assert.deepEqual(weightEntries(rowsOf(report)).map((entry) => entry.label), ['fc1.weight', 'fc2.weight', 'fc3.weight', 'fc4.weight', 'head.weight']);
    assert.equal(weightEntries(rowsOf(twice)).length, 1);
  });
  it('keep zero, NaN and no gradient apart', () => {
    const means = activationEntries(rowsOf(broken())).map((entry) => entry.mean);
    assert.equal(means[1], 0);
    assert.ok(Number.isNaN(means[4]));
    assert.equal(means[5], null);
  });
});
