import { strict as assert } from 'node:assert';
import { specOf, textsOf } from '../../webview/inputSpec.ts';

const float = (shape: string) => specOf({ shape, dtype: 'float32', range: '' });
const integer = (range: string) => specOf({ shape: '2, 5', dtype: 'int64', range });

describe('an input that is edited', () => {
  it('takes its sizes as people write them', () => {
    for (const shape of ['32, 3, 64, 64', '(32, 3, 64, 64)', '[32,3,64,64]', '32x3x64x64', '32 x 3 x 64 x 64', '32 3 64 64']) assert.deepEqual(float(shape), { spec: '32x3x64x64' }, shape);
    assert.deepEqual(float('(5,)'), { spec: '5' });
  });
  it('says what is wrong with a shape or a range', () => {
    for (const shape of ['', 'abc', '3, -1', '3,,4', '2.5', '(3', '-1']) assert.ok('problem' in float(shape), shape);
    assert.deepEqual(integer('0..65'), { spec: 'int:2x5:0..65' });
    assert.deepEqual(integer(' -3 .. 4 '), { spec: 'int:2x5:-3..4' });
    assert.deepEqual(integer(''), { spec: 'int:2x5' });
    for (const range of ['5', '5..5', '7..2', 'a..b', '0..1.5']) assert.ok('problem' in integer(range), range);
    assert.ok('problem' in specOf({ shape: '2', dtype: 'complex64', range: '' }));
  });
  it('reads as the report has it', () => {
    assert.deepEqual(textsOf({ shape: [2, 5], dtype: 'int64', range: [0, 65] }), { shape: '2, 5', dtype: 'int64', range: '0..65' });
    assert.deepEqual(textsOf({ shape: [2], dtype: 'float32', range: null }), { shape: '2', dtype: 'float32', range: '' });
  });
});
