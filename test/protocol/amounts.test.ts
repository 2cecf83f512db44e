import { strict as assert } from 'node:assert';
import { formatFlops, formatShape } from '../../src/protocol/amounts.ts';

describe('a count of floating-point operations in words', () => {
  it('has the unit that leaves one to three digits before the point', () => {
    assert.deepEqual([950, 13_100_000, 6.4e11, 4.1e12].map(formatFlops), ['950 FLOPs', '13.1 MFLOPs', '640 GFLOPs', '4.1 TFLOPs']);
  });
});

describe('a shape in words', () => {
  it('is the tuple as Python writes it', () => {
    assert.deepEqual([[], [5], [32, 10]].map(formatShape), ['()', '(5,)', '(32, 10)']);
  });
});
