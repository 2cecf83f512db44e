import { strict as assert } from 'node:assert';
import { formatNumber } from '../../src/protocol/figures.ts';
import { formatCompact, overAll } from '../../webview/figures.ts';

describe('figures in the panel', () => {
  const cases: [title: string, got: string, expected: string][] = [
    ['counts below a thousand are whole', formatCompact(650), '650'],
    ['thousands have one decimal', formatCompact(24_180), '24.2k'],
    ['millions have two', formatCompact(1_210_000), '1.21M'],
    ['just under a million is not 1000k', formatCompact(999_960), '1.00M'],
    ['billions have two', formatCompact(7e9), '7.00B'],
    ['a norm over a NaN among zeros is NaN', formatNumber(overAll({ nan: 1, posInf: 1, negInf: 0 }, 0)), 'NaN'],
    ['a norm over an infinity is infinite', formatNumber(overAll({ nan: 0, posInf: 0, negInf: 1 }, 2)), '∞'],
    ['a norm over finite values stays', formatNumber(overAll({ nan: 0, posInf: 0, negInf: 0 }, 2)), '2.00'],
  ];
  for (const [title, got, expected] of cases) it(title, () => assert.equal(got, expected));
});
