import { strict as assert } from 'node:assert';
import { widenHalves } from '../../src/python/halfPrecision.ts';

describe('half-precision numbers', () => {
  const widened = (...bits: number[]) => {
    const target = new Float32Array(bits.length);
    widenHalves(Uint16Array.from(bits), target);
    return [...target];
  };

  it('are the numbers of the standard\'s table', () => {
    // https://en.wikipedia.org/wiki/Half-precision_floating-point_format, its examples
    assert.deepEqual(widened(0x3c00, 0xc000, 0x7bff, 0x0400, 0x3555), [1, -2, 65504, 2 ** -14, 0.333251953125]);
  });

  it('keep subnormal numbers, signed zeros, infinities and NaN', () => {
    assert.deepEqual(widened(0x0001, 0x83ff, 0x0000, 0x8000, 0x7c00, 0xfc00, 0x7e00), [2 ** -24, -1023 * 2 ** -24, 0, -0, Infinity, -Infinity, NaN]);
  });
});
