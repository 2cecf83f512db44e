import { strict as assert } from 'node:assert';
import { formatMeanStd, formatNumber, formatPercent, formatTick } from '../../src/protocol/figures.ts';

describe('figures', () => {
  const cases: [title: string, got: string, expected: string][] = [
    ['a number has three significant digits', formatNumber(0.012345), '0.0123'],
    ['a small number is written with an exponent and a true minus', formatNumber(-7.94e-5), '−7.9e−5'],
    ['a large number is grouped', formatNumber(12345.6), '12,346'],
    ['a large number with an exponent has no plus', formatNumber(2.5e7), '2.5e7'],
    ['zero is 0', formatNumber(-0), '0'],
    ['NaN is said', formatNumber(NaN), 'NaN'],
    ['negative infinity has its sign', formatNumber(-Infinity), '−∞'],
    ['a tick drops zeros at its end', formatTick(0.5), '0.5'],
    ['a tick of a power of ten is short', formatTick(1e-5), '1e−5'],
    ['no zeros is 0 %', formatPercent(0), '0 %'],
    ['all zeros is 100 %', formatPercent(1), '100 %'],
    ['nearly all is never 100 %', formatPercent(0.99999), '>99.9 %'],
    ['hardly any is never 0 %', formatPercent(0.00001), '<0.1 %'],
    ['a share that is NaN is said', formatPercent(NaN), 'NaN'],
    ['mean and deviation share their digits', formatMeanStd(0.0123, 0.613), '0.012 ± 0.613'],
    ['mean and deviation of zeros', formatMeanStd(0, 0), '0 ± 0'],
    ['a mean that rounds to 0 has no sign', formatMeanStd(-0.0001, 0.613), '0.000 ± 0.613'],
    ['tiny mean and deviation have exponents', formatMeanStd(-2e-6, 3e-5), '−2.0e−6 ± 3.0e−5'],
    ['a mean that is NaN is said', formatMeanStd(NaN, NaN), 'NaN ± NaN'],
  ];
  for (const [title, got, expected] of cases) it(title, () => assert.equal(got, expected));
});
