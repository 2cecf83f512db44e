import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import type { Op } from '../../src/graph/opAttributes.ts';
import { advance, type GeneratorCursor } from '../../src/graph/randomDraws.ts';

const rows: { draws: [Op, never][]; position: number }[] =
  JSON.parse(readFileSync(new URL('../golden/randomDraws.json', import.meta.url), 'utf8'));
const start: GeneratorCursor = { seed: 7, offset: 0, carry: null };
const normal = (count: number) => ['normal', { shape: [count], mean: 0, std: 1, dtype: 'float32' }] as const;

describe('the place of random draws in the generator\'s sequence', () => {
  it(`is where PyTorch's generator stands after the same draws (${rows.length} sequences)`, () => {
    for (const { draws, position } of rows) {
      const end = draws.reduce((cursor, [op, attributes]) => advance(cursor, op, attributes).next, start);
      assert.equal(end.offset, position, JSON.stringify(draws));
    }
  });

  it('hands the second number of a pair to the next small normal, across other draws', () => {
    const first = advance(start, ...normal(3));
    assert.deepEqual(first.draw, { seed: 7, offset: 0, carry: null });
    assert.deepEqual(first.next, { seed: 7, offset: 8, carry: 4 });
    const large = advance(first.next, ...normal(16));
    assert.deepEqual(large.draw, { seed: 7, offset: 8, carry: null });
    const second = advance(large.next, ...normal(1));
    assert.deepEqual(second.draw, { seed: 7, offset: 24, carry: 4 });
    assert.deepEqual(second.next, { seed: 7, offset: 24, carry: null });
  });

  it('refuses an op that draws nothing', () => {
    assert.throws(() => advance(start, 'relu', {}), { name: 'TypeError', message: 'relu takes no generator' });
  });
});
