import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { promoteTypes, resultType } from '../../src/graph/promotion.ts';
import type { DType, TensorType } from '../../src/graph/tensorType.ts';

const rows: [DType, number, DType, number, DType][] =
  JSON.parse(readFileSync(new URL('../golden/typePromotion.json', import.meta.url), 'utf8'));

describe('type promotion', () => {
  it(`gives torch.result_type for each pair of dtypes and ranks (${rows.length} pairs)`, () => {
    const typed = (dtype: DType, rank: number): TensorType => ({ dtype, shape: rank === 0 ? [] : [1] });
    for (const [a, rankA, b, rankB, expected] of rows) {
      const types = [typed(a, rankA), typed(b, rankB)];
      assert.equal(resultType(types), expected, `${a} of rank ${rankA}, ${b} of rank ${rankB}`);
      assert.equal(resultType(types.reverse()), expected, `${b} of rank ${rankB}, ${a} of rank ${rankA}`);
      if (rankA === rankB) assert.equal(promoteTypes(a, b), expected);
    }
  });
});
