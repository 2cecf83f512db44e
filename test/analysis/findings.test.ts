import { strict as assert } from 'node:assert';
import type { Evidence } from '../../src/analysis/evidence.ts';
import { findings } from '../../src/analysis/findings.ts';
import { defaultThresholds } from '../../src/analysis/thresholds.ts';
import type { FindingRule, LayerReport, LossReport, ParameterReport, Stats, UnitReport } from '../../src/protocol/report.ts';

function stats(facts: Partial<Stats> = {}): Stats {
  return {
    count: 6400, mean: 0, std: 1, min: -3, max: 3, l2: 80, meanAbs: 0.8, maxAbs: 3, zeroFraction: 0, nan: 0, posInf: 0, negInf: 0,
    histogram: { min: -3, max: 3, counts: new Array<number>(64).fill(100) }, ...facts,
  };
}

function layer(index: number, facts: Partial<LayerReport> = {}): LayerReport {
  const place = (line: number) => ({ file: 'm.py', line, column: 0, endLine: line, endColumn: 9 });
  return {
    index, parent: null, path: `fc${index}`, type: 'Linear', kind: 'module', summary: '', definition: place(10 + index), call: place(50 + index), inputShapes: [[64, 8]],
    outputShape: [64, 100], parameterCount: 800, flops: 0, activationFunction: null, activationLayer: null, preActivation: null, activation: null,
    output: stats(), gradient: stats(), units: null, parameters: [], failure: null, ...facts,
  };
}

const units = (facts: Partial<UnitReport>): UnitReport => ({ count: 100, inactive: 0, dormant: 0, saturatedFraction: 0, firing: [], ...facts });
const activated = (index: number, name: string, facts: Partial<UnitReport>): LayerReport =>
  layer(index, { activationFunction: name, preActivation: stats(), activation: stats(), units: units(facts) });
const weight = (meanAbs: number, facts: Partial<Stats> = {}): ParameterReport =>
  ({ name: 'weight', shape: [100, 8], trainable: true, value: stats(), gradient: stats({ meanAbs, ...facts }) });
const chain = (...gradients: number[]): LayerReport[] => gradients.map((meanAbs, index) => layer(index, { parameters: [weight(meanAbs)] }));

function found(layers: readonly LayerReport[], facts: Partial<Evidence> = {}): ReturnType<typeof findings> {
  return findings({
    layers, activationOwners: layers.flatMap(({ index, activation }) => (activation ? [index] : [])), isNormalized: false, outputLayer: null, samples: 64, loss: null,
    classes: null, definition: null, nonFinite: null, isUntrained: true, ...facts,
  }, defaultThresholds);
}

const rulesOf = (...parameters: Parameters<typeof found>): FindingRule[] => found(...parameters).map(({ rule }) => rule);

describe('findings', () => {
  it('says nothing of a model without layers, nor of one without figures', () => {
    assert.deepEqual(rulesOf([]), []);
    assert.deepEqual(rulesOf([layer(0, { output: null, gradient: null })]), []);
  });

  it('calls units of a ReLU inactive above 10 %, and dead only from 300 samples on', () => {
    assert.deepEqual(rulesOf([activated(0, 'relu', { inactive: 10 })]), []);
    const [finding] = found([activated(0, 'relu', { inactive: 11, dormant: 11 })]);
    assert.deepEqual([finding.rule, finding.layer, finding.range?.line], ['inactive-units', 'fc0', 10]);
    assert.equal(finding.message, '11 of 100 units of `fc0` (11 %) are inactive: relu gave 0 for each of the 64 samples seen, so no gradient passes through them.');
    assert.doesNotMatch(finding.message, /dead/);
    assert.deepEqual(rulesOf([activated(0, 'relu', { inactive: 11 })], { samples: 299 }), ['inactive-units']);
    const [dead] = found([activated(0, 'relu', { inactive: 11 })], { samples: 300 });
    assert.deepEqual([dead.rule, /are dead: relu gave 0 for each of the 300 samples/.test(dead.message)], ['dead-relu', true]);
  });

  it('names a layer that is made but not called, and none that a failure kept from being reached', () => {
    const missed = { output: null, gradient: null, call: null, outputShape: null };
    const [finding] = found([layer(0), layer(1, { ...missed, missed: 'not called' })]);
    assert.deepEqual([finding.rule, finding.severity, finding.range?.line, finding.message],
      ['uncalled-layer', 'information', 11, '`fc1` is made but not called: its 800 parameters get no gradient.']);
    assert.deepEqual(rulesOf([layer(0), layer(1, { ...missed, missed: 'not reached' })]), []);
  });

  it('says nothing of a batch without samples', () => {
    const layers = chain(0, 0, 0);
    assert.ok(found(layers).length > 0);
    assert.deepEqual(found(layers, { samples: 0 }), []);
  });

  it('speaks of a single unit as one', () => {
    const [finding] = found([layer(0, { activationFunction: 'relu', activation: stats({ count: 64 }), units: units({ count: 1, inactive: 1 }) })]);
    assert.equal(finding.message, 'The only unit of `fc0` is inactive: relu gave 0 for each of the 64 samples seen, so no gradient passes through it.');
    const [single] = found([layer(0, { activationFunction: 'relu', activation: stats({ count: 64 }), units: units({ count: 1, inactive: 1 }) })], { samples: 1 });
    assert.match(single.message, /gave 0 for the one sample seen, so/);
  });

  it('has no inactive units where the function does not give 0', () => assert.deepEqual(rulesOf([activated(0, 'tanh', { inactive: null, dormant: 0 })]), []));

  it('says once what holds for all layers that one expression makes', () => {
    const range = { file: 'model.py', line: 7, column: 4, endLine: 7, endColumn: 20 };
    const made = [0, 1, 2].map((index) => ({ ...activated(index, 'relu', { inactive: 50 }), definition: range }));
    const [first, ...others] = found(made);
    assert.deepEqual([first.layer, others.length], [made[0].path, 0]);
    assert.match(first.message, / 2 more layers made here are alike\.$/);
  });

  it('takes no chance for a fault: of one sample half of the units of a ReLU do not fire', () => {
    const once = (inactive: number) => [layer(0, { activationFunction: 'relu', activation: stats({ count: 100 }), units: units({ inactive, dormant: inactive }) })];
    assert.deepEqual(rulesOf(once(50), { samples: 1 }), []);
    assert.deepEqual(rulesOf(once(100), { samples: 1 }), ['inactive-units']);
  });

  it('calls units dormant above 25 %, the inactive ones and the output layer left out', () => {
    assert.deepEqual(rulesOf([activated(0, 'gelu', { dormant: 25 })]), []);
    assert.deepEqual(rulesOf([activated(0, 'gelu', { dormant: 26 })]), ['dormant-units']);
    assert.deepEqual(rulesOf([activated(0, 'relu', { dormant: 30, inactive: 9 })]), []);
    assert.deepEqual(rulesOf([activated(0, 'gelu', { dormant: 26 })], { outputLayer: 0 }), []);
  });

  it('calls a function saturated above 30 %', () => {
    assert.deepEqual(rulesOf([activated(0, 'tanh', { saturatedFraction: 0.3 })]), []);
    assert.deepEqual(rulesOf([activated(0, 'tanh', { saturatedFraction: 0.31 })]), ['saturated']);
  });

  it('sees a gradient vanish: below 1e-7, or below 1e-3 of the last layer\'s and falling', () => {
    assert.deepEqual(rulesOf(chain(1e-2, 1e-2, 1e-2)), []);
    assert.deepEqual(rulesOf(chain(1e-8, 1e-5, 1e-5)), ['vanishing-gradient']);
    const [finding] = found(chain(1e-6, 1e-5, 1e-4, 1e-3, 2e-3));
    assert.deepEqual([finding.rule, finding.layer], ['vanishing-gradient', 'fc0']);
    assert.match(finding.message, /^The gradient of the weights of `fc0` is 1\.0e-6 on average, 5\.0e-4 times the last layer's\. It will hardly learn\.$/);
    // Small against the last layer's, but not falling on the way to it: one layer's scale, not the depth's.
    assert.deepEqual(rulesOf(chain(5e-6, 1e-6, 9e-7, 8e-7, 1e-2)), []);
    assert.match(found(chain(0, 0, 1e-3))[0].message, /^No gradient reaches the weights of `fc0`\. It and one other layer will hardly learn\.$/);
  });

  it('sees a gradient explode: NaN or infinities, or 1e3 times the last layer\'s', () => {
    assert.deepEqual(rulesOf(chain(0.9, 1e-2, 1e-3)), []);
    assert.deepEqual(rulesOf(chain(2, 1e-2, 1e-3)), ['exploding-gradient']);
    const broken = [layer(0, { parameters: [weight(NaN, { nan: 3 })] }), ...chain(1, 1).map((row) => ({ ...row, index: row.index + 1, path: `fc${row.index + 1}` }))];
    assert.deepEqual(found(broken).map(({ rule, severity }) => [rule, severity]), [['exploding-gradient', 'error']]);
  });

  it('leaves biases, embeddings and containers out of the gradients it compares', () => {
    const bias: ParameterReport = { ...weight(1e-9), name: 'bias', shape: [100] };
    assert.deepEqual(rulesOf([layer(0, { parameters: [weight(1e-2), bias] }), layer(1, { parameters: [weight(1e-2)] })]), []);
    assert.deepEqual(rulesOf([layer(0, { type: 'Embedding', parameters: [weight(1e-9)] }), layer(1, { parameters: [weight(1e-2)] })]), []);
    assert.deepEqual(rulesOf([layer(0, { kind: 'container', parameters: [weight(1e-9)] }), layer(1, { parameters: [weight(1e-2)] })]), []);
  });

  it('sees an initialization that changes the signal\'s variance more than 10 times', () => {
    const spread = (...deviations: number[]) => deviations.map((std, index) => layer(index, { output: stats({ std }), parameters: [weight(1e-2)] }));
    assert.deepEqual(rulesOf(spread(1, 0.5, 0.4)), []);
    const [finding] = found(spread(1, 0.5, 0.3));
    assert.deepEqual([finding.rule, finding.severity, finding.layer], ['poor-initialization', 'information', 'fc2']);
    assert.match(finding.message, /shrinks from `fc0` to `fc2` by a factor of 11:/);
    assert.match(found(spread(1, 5))[0].message, /grows from `fc0` to `fc1` by a factor of 25/);
    assert.deepEqual(rulesOf(spread(1, 5), { isUntrained: false }), []);
    assert.deepEqual(rulesOf(spread(1, 5), { isNormalized: true }), []);
    assert.deepEqual(rulesOf(spread(1, 5), { outputLayer: 1 }), []);
    assert.deepEqual(rulesOf(spread(1, 0)), []);
  });

  it('does not call the gradients of an untrained model vanished that a branch closed on purpose keeps from it', () => {
    const closed = { ...weight(1e-2), name: 'weight', value: stats({ std: 0, mean: 0, maxAbs: 0 }) };
    const layers = [...chain(0, 0, 1e-2), layer(3, { type: 'BatchNorm2d', parameters: [closed] })];
    assert.deepEqual(rulesOf(layers), []);
    assert.deepEqual(rulesOf(layers, { isUntrained: false }), ['vanishing-gradient']);
    assert.deepEqual(rulesOf([...chain(0, 0, 1e-2), layer(3, { parameters: [{ ...closed, name: 'bias' }] })]), ['vanishing-gradient']);
  });

  it('tells what follows from an assumed loss as information, and says that it was assumed', () => {
    const loss: LossReport = { kind: 'mean-square', name: null, value: 1, origin: 'assumed', targets: 'none' };
    const [finding] = found(chain(1e-8, 1e-5, 1e-5), { loss });
    assert.deepEqual([finding.rule, finding.severity], ['vanishing-gradient', 'information']);
    assert.match(finding.message, /will hardly learn\. The file names no loss: this is seen with one that was assumed, mean square of the output\.$/);
    assert.equal(found(chain(1e-8, 1e-5, 1e-5), { loss: { ...loss, origin: 'file' } })[0].severity, 'warning');
  });

  it('compares the loss before training with guessing', () => {
    const layers = chain(1);
    const loss = (kind: LossReport['kind'], value: number, origin: LossReport['origin'] = 'file'): LossReport => ({ kind, name: null, value, origin, targets: 'random' });
    const start = (value: number, facts: Partial<Evidence> = {}) => rulesOf(layers, { loss: loss('cross-entropy', value), classes: 10, ...facts });
    assert.deepEqual([start(2.4), start(3.4), start(3.5), start(9, { isUntrained: false })], [[], [], ['loss-at-start'], []]);
    assert.deepEqual(rulesOf([], { loss: loss('mse', 99) }), []);
    assert.deepEqual(rulesOf([], { loss: loss('cross-entropy', 5), classes: 10 }), [], 'nothing to train');
    assert.deepEqual(start(5, { loss: loss('cross-entropy', 5, 'assumed') }), [], 'nobody says that these are scores of classes');
    assert.match(found(layers, { loss: loss('cross-entropy', 5), classes: 10 })[0].message, /is 5\.00; guessing among 10 classes costs ln\(10\) = 2\.30/);
  });

  it('judges all-zero, constant and all-NaN figures without failing', () => {
    const nothing = stats({ mean: NaN, std: NaN, min: NaN, max: NaN, l2: NaN, meanAbs: NaN, maxAbs: NaN, nan: 6400 });
    const zero = stats({ std: 0, meanAbs: 0, zeroFraction: 1 });
    assert.deepEqual(rulesOf([layer(0, { output: nothing, parameters: [{ ...weight(0), gradient: nothing }] })]), ['exploding-gradient']);
    assert.deepEqual(rulesOf([layer(0, { output: zero, parameters: [{ ...weight(0), gradient: zero }] })]), ['vanishing-gradient']);
    assert.deepEqual(rulesOf([layer(0, { activationFunction: 'relu', activation: stats({ count: 0 }), units: units({ count: 0 }) })]), []);
  });
});
