import { strict as assert } from 'node:assert';
import { specOf, textsOf, textsOfSpec } from '../../webview/inputSpec.ts';

const float = (value: string) => specOf({ value, dtype: 'float32', range: '' });
const integer = (range: string) => specOf({ value: '2, 5', dtype: 'int64', range });

describe('an input that is edited', () => {
  it('takes its sizes as people write them', () => {
    for (const shape of ['32, 3, 64, 64', '(32, 3, 64, 64)', '[32,3,64,64]', '32x3x64x64', '32 x 3 x 64 x 64', '32 3 64 64']) assert.deepEqual(float(shape), { spec: '32x3x64x64' }, shape);
    assert.deepEqual(float('(5,)'), { spec: '5' });
  });
  it('says what is wrong with a shape or a range', () => {
    for (const shape of ['', 'abc', '3, -1', '3,,4', '(3', '-1']) assert.ok('problem' in float(shape), shape);
    assert.deepEqual(integer('0..65'), { spec: 'int:2x5:0..65' });
    assert.deepEqual(integer(' -3 .. 4 '), { spec: 'int:2x5:-3..4' });
    assert.deepEqual(integer(''), { spec: 'int:2x5' });
    for (const range of ['5', '5..5', '7..2', 'a..b', '0..1.5']) assert.ok('problem' in integer(range), range);
    assert.ok('problem' in specOf({ value: '2', dtype: 'complex64', range: '' }));
  });
  it('reads as the report has it', () => {
    assert.deepEqual(textsOf({ shape: [2, 5], dtype: 'int64', range: [0, 65] }), { value: '2, 5', dtype: 'int64', range: '0..65' });
    assert.deepEqual(textsOf({ shape: [2], dtype: 'float32', range: null }), { value: '2', dtype: 'float32', range: '' });
  });
  it('may be a plain value', () => {
    for (const value of ['None', 'True', '0.5', '\'mean\'']) assert.deepEqual(float(` ${value} `), { spec: value });
  });
  it('is read back from its specification', () => {
    for (const spec of ['2x3', 'int:2x5:0..65', 'int:7', 'None']) assert.deepEqual(specOf(textsOfSpec(spec)), { spec });
  });
});
