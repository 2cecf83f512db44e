import { strict as assert } from 'node:assert';
import { isAmong, lossTitle, targetsPhrase } from '../../src/protocol/lossWords.ts';

describe('how a loss is called', () => {
  it('is by its kind, by the framework\'s function that it is, or as the file\'s own', () => {
    assert.equal(lossTitle({ kind: 'mse', name: null }), 'mean squared error');
    assert.equal(lossTitle({ kind: 'own', name: 'binary_cross_entropy_with_logits' }), 'binary cross-entropy');
    assert.equal(lossTitle({ kind: 'own', name: 'nll_loss' }), 'nll_loss');
    assert.equal(lossTitle({ kind: 'own', name: 'smooth_l1_loss' }), 'smooth_l1_loss');
    assert.equal(lossTitle({ kind: 'own', name: null }), 'the file\'s own loss');
  });

  it('says how many outputs it is the mean of, and of which losses', () => {
    assert.equal(lossTitle({ kind: 'mean-square', name: null, others: ['mean-square', 'mean-square'] }), 'mean square of 3 outputs');
    assert.equal(lossTitle({ kind: 'mse', name: null, others: ['mse'] }), 'mean squared error of 2 outputs');
    assert.equal(lossTitle({ kind: 'likelihood', name: null, others: ['mse'] }), 'mean of the losses of 2 outputs (negative log-likelihood, mean squared error)');
  });

  it('knows which functions of the frameworks are of a kind', () => {
    assert.ok(isAmong('cross-entropy', ['l1_loss', 'nll_loss']));
    assert.ok(!isAmong('mse', ['l1_loss']));
    assert.ok(!isAmong('own', ['mse_loss']));
  });

  it('says what the output is compared with', () => {
    assert.equal(targetsPhrase({ name: null, targets: 'random' }), 'against random targets');
    assert.equal(targetsPhrase({ name: 'mse_loss', targets: 'file' }), 'against the file\'s targets');
    assert.equal(targetsPhrase({ name: null, targets: 'file' }), '');
  });
});
