import { strict as assert } from 'node:assert';
import { unitActivity, unitAxis } from '../../src/engine/unitActivity.ts';
import { tensor } from './recording.ts';

describe('activity of units', () => {
  it('finds the units in axis 1 of images with channels first, and in the last axis otherwise', () => {
    assert.deepEqual([2, 3, 4, 5].map((rank) => unitAxis(rank, 'first')), [1, 1, 1, 1]);
    assert.deepEqual([1, 2, 3, 4].map((rank) => unitAxis(rank, 'last')), [0, 1, 2, 3]);
    assert.equal(unitAxis(1, 'first'), 0);
  });

  it('gives each unit\'s share of values above zero and its mean size', () => {
    const found = unitActivity(tensor('float32', [4, 3], [1, 0, -2, 3, 0, 0, 0, 0, 4, 2, 0, -0]), 'last', null);
    assert.equal(found.count, 3);
    assert.equal(found.valuesPerUnit, 4);
    assert.deepEqual([...found.firing], [0.75, 0, 0.25]);
    assert.deepEqual([...found.meanAbs], [1.5, 0, 1.5]);
    assert.equal(found.saturatedFraction, 0);
  });

  it('takes a channel over the whole batch and image', () => {
    // N 2, C 2, H 1, W 2
    const found = unitActivity(tensor('float32', [2, 2, 1, 2], [1, 2, 0, 0, 3, -4, 0, 5]), 'first', null);
    assert.deepEqual([...found.firing], [0.75, 0.25]);
    assert.deepEqual([...found.meanAbs], [2.5, 1.25]);
    const last = unitActivity(tensor('float32', [2, 2, 1, 2], [1, 2, 0, 0, 3, -4, 0, 5]), 'last', null);
    assert.deepEqual([...last.firing], [0.5, 0.5]);
  });

  it('counts values outside of the range as saturated, those on its border not', () => {
    const found = unitActivity(tensor('float32', [1, 5], [-1, -0.5, 0, 0.5, 1]), 'last', [-0.5, 0.5]);
    assert.equal(found.saturatedFraction, 0.4);
  });

  it('leaves non-finite values out of the mean, and counts +Inf as firing', () => {
    const found = unitActivity(tensor('float32', [3, 2], [NaN, NaN, Infinity, NaN, 2, NaN]), 'last', null);
    assert.deepEqual([...found.meanAbs], [2, 0]);
    assert.deepEqual([...found.firing], [2 / 3, 0]);
  });

  it('has no units in a scalar, and zeros for an empty batch', () => {
    assert.equal(unitActivity(tensor('float32', [], [5]), 'last', null).count, 0);
    const empty = unitActivity(tensor('float32', [0, 2], []), 'last', [0, 1]);
    assert.deepEqual([empty.count, empty.valuesPerUnit, [...empty.firing], empty.saturatedFraction], [2, 0, [0, 0], 0]);
  });
});
