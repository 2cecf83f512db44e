import { strict as assert } from 'node:assert';
import { isSameData } from '../../webview/sameData.ts';

describe('sameness of plain data', () => {
  const cases: [title: string, one: unknown, two: unknown, expected: boolean][] = [
    ['NaN is the same as NaN', { a: [NaN] }, { a: [NaN] }, true],
    ['0 and NaN differ', [0], [NaN], false],
    ['null and an object differ', { a: null }, { a: {} }, false],
    ['an array and an object differ', [], {}, false],
    ['a missing key differs from one that is undefined', { a: undefined }, { b: undefined }, false],
    ['a shorter array differs', [1, 2], [1], false],
    ['equal trees are the same', { a: { b: [1, 'x', null] } }, { a: { b: [1, 'x', null] } }, true],
  ];
  for (const [title, one, two, expected] of cases) it(title, () => assert.equal(isSameData(one, two), expected));
});
