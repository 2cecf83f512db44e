import { strict as assert } from 'node:assert';
import { erf } from '../../src/engine/reference/errorFunction.ts';

describe('the error function', () => {
  it('is within 3e-16 of mpmath\'s, at both polynomials and their borders', () => {
    const values = [
      [1e-300, 1.1283791670955126e-300], [1e-5, 1.1283791670579e-5], [0.5, 0.5204998778130465], [0.999999, 0.8427003778418023],
      [1, 0.8427007929497149], [1.000001, 0.8427012080567972], [1.5, 0.9661051464753108], [2, 0.9953222650189527], [3, 0.9999779095030014],
      [4.5, 0.9999999998033839], [6, 1], [7, 1], [Infinity, 1],
    ];
    for (const [x, expected] of values) {
      const tolerance = 3e-16 * Math.min(1, expected);
      assert.ok(Math.abs(erf(x) - expected) <= tolerance, `erf(${x}) is ${erf(x)}, expected ${expected}`);
      assert.equal(erf(-x), -erf(x));
    }
    assert.ok(Number.isNaN(erf(NaN)));
    assert.equal(erf(0), 0);
  });
});
