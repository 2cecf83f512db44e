import { strict as assert } from 'node:assert';
import { formatShape } from '../../src/protocol/amounts.ts';
import { formatCompact, formatMeanStd, formatNumber, formatPercent, formatTick, overAll } from '../../webview/figures.ts';

describe('figures in the panel', () => {
  const cases: [title: string, got: string, expected: string][] = [
    ['a number has three significant digits', formatNumber(0.012345), '0.0123'],
    ['a small number is written with an exponent and a true minus', formatNumber(-7.94e-5), '−7.9e−5'],
    ['a large number is grouped', formatNumber(12345.6), '12,346'],
    ['zero is 0', formatNumber(-0), '0'],
    ['NaN is said', formatNumber(NaN), 'NaN'],
    ['negative infinity has its sign', formatNumber(-Infinity), '−∞'],
    ['a tick drops zeros at its end', formatTick(0.5), '0.5'],
    ['a tick of a power of ten is short', formatTick(1e-5), '1e−5'],
    ['counts below a thousand are whole', formatCompact(650), '650'],
    ['thousands have one decimal', formatCompact(24_180), '24.2k'],
    ['millions have two', formatCompact(1_210_000), '1.21M'],
    ['just under a million is not 1000k', formatCompact(999_960), '1.00M'],
    ['billions have two', formatCompact(7e9), '7.00B'],
    ['no zeros is 0 %', formatPercent(0), '0 %'],
    ['all zeros is 100 %', formatPercent(1), '100 %'],
    ['nearly all is never 100 %', formatPercent(0.99999), '99.9 %'],
    ['hardly any is never 0 %', formatPercent(0.00001), '<0.1 %'],
    ['a share that is NaN is said', formatPercent(NaN), 'NaN'],
    ['a shape of one axis has its comma', formatShape([10]), '(10,)'],
    ['a scalar has an empty shape', formatShape([]), '()'],
    ['mean and deviation share their digits', formatMeanStd(0.0123, 0.613), '0.012 ± 0.613'],
    ['mean and deviation of zeros', formatMeanStd(0, 0), '0 ± 0'],
    ['a mean that rounds to 0 has no sign', formatMeanStd(-0.0001, 0.613), '0.000 ± 0.613'],
    ['tiny mean and deviation have exponents', formatMeanStd(-2e-6, 3e-5), '−2.0e−6 ± 3.0e−5'],
    ['a norm over a NaN among zeros is NaN', formatNumber(overAll({ nan: 1, posInf: 1, negInf: 0 }, 0)), 'NaN'],
    ['a norm over an infinity is infinite', formatNumber(overAll({ nan: 0, posInf: 0, negInf: 1 }, 2)), '∞'],
    ['a norm over finite values stays', formatNumber(overAll({ nan: 0, posInf: 0, negInf: 0 }, 2)), '2.00'],
    ['a mean that is NaN is said', formatMeanStd(NaN, NaN), 'NaN ± NaN'],
  ];
  for (const [title, got, expected] of cases) it(title, () => assert.equal(got, expected));
});
