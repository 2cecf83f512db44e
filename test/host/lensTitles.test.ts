import { strict as assert } from 'node:assert';
import { modelLenses, modelSummary } from '../../src/host/lensTitles.ts';
import { modelFile, layer, model, range, result } from './reports.ts';

const same = <T>(place: T) => place;

describe('the lens over a model', () => {
  it('reads parameters and shapes', () => assert.equal(modelSummary(model('Net', [], { parameterCount: 235146 })), '235,146 parameters · (32, 784) → (32, 10)'));
  it('writes one-dimensional shapes as Python does, and one parameter in the singular', () => {
    const small = model('Neuron', [], { parameterCount: 1, inputs: [{ name: 'x', shape: [3], dtype: 'float32', range: null, origin: 'file' }], arguments: [], output: { shape: [], mean: null, std: null } });
    assert.equal(modelSummary(small), '1 parameter · (3,) → ()');
  });
  it('says that a model fails', () => assert.equal(modelSummary(model('Net', [layer(0, { failure: 'no' })], { output: null })), '(32, 784) → fails'));
  it('is one a line: the main model wins a line that several share', () => {
    const place = range(4, 0, 10);
    const file = result([model('a', [], { definition: place }), model('b', [], { definition: place }), model('c', [], { definition: range(2, 0, 9) })], {}, 'b');
    assert.deepEqual(modelLenses(file, modelFile, same).map((lens) => [lens.range.line, lens.model.name]), [[2, 'c'], [4, 'b']]);
  });
  it('stands at the first layer in this file when the model itself is from elsewhere', () => {
    const imported = model('Net', [layer(0, { definition: { ...range(1, 0, 5), file: '/lib.py' }, call: range(9, 4, 12) })], { definition: { ...range(3, 0, 9), file: '/lib.py' } });
    assert.equal(modelLenses(result([imported]), modelFile, same)[0]?.range.line, 9);
  });
  it('is gone when its text was changed', () => assert.deepEqual(modelLenses(result([model('a', [], { definition: range(4, 0, 10) })]), modelFile, () => null), []));
});
