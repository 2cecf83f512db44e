import { strict as assert } from 'node:assert';
import { encodeNumbers, packNumbers, unpackNumbers } from '../../src/protocol/numbers.ts';

describe('numbers through JSON', () => {
  const data = { text: 'NaN', nothing: null, flag: true, counts: [1, 2, 3], mixed: [1, NaN, -Infinity, 'x', null], deep: [{ value: Infinity }], zero: -0, empty: [] };

  it('non-finite numbers come back as they were, and texts that look like them stay texts', () => {
    assert.deepEqual(unpackNumbers(JSON.parse(JSON.stringify(packNumbers({ ...data, zero: 0 })))), { ...data, zero: 0 });
  });

  it('a document for people writes them as words', () => {
    assert.deepEqual(encodeNumbers(data), { ...data, mixed: [1, 'NaN', '-Infinity', 'x', null], deep: [{ value: 'Infinity' }] });
  });

  it('what is given is not changed', () => {
    const given = { values: [NaN, 1] };
    packNumbers(given);
    assert.deepEqual(given, { values: [NaN, 1] });
  });

  it('bytes pass as they are', () => {
    const bytes = new Uint8Array([1, 2]);
    assert.equal(packNumbers(bytes), bytes);
  });
});
