import { strict as assert } from 'node:assert';
import { aligned, alignment, FreeList } from '../../../src/engine/wasm/freeList.ts';
import { Draw } from './agreement.ts';

interface Range {
  readonly start: number;
  readonly bytes: number;
}

const endOf = ({ start, bytes }: Range): number => start + Math.max(alignment, aligned(bytes));

function assertApart(ranges: readonly Range[]): void {
  const sorted = [...ranges].sort((a, b) => a.start - b.start);
  sorted.slice(1).forEach((range, n) => assert.ok(range.start >= endOf(sorted[n]), `${range.start} lies within ${sorted[n].start}..${endOf(sorted[n])}`));
}

describe('a list of free ranges', () => {
  it('deals out aligned ranges that lie apart, in whatever order they come and go, and is as it was when all are back', () => {
    const draw = new Draw(91);
    for (let round = 0; round < 60; round++) {
      const first = alignment * draw.below(50);
      const list = new FreeList(first);
      const taken: Range[] = [];
      for (let n = 0; n < 200; n++) {
        if (taken.length > 0 && draw.below(5) < 2) {
          const [{ start, bytes }] = taken.splice(draw.below(taken.length), 1);
          list.release(start, bytes);
        } else {
          const bytes = draw.below(draw.pick([1, 70, 5000]));
          const start = list.allocate(bytes);
          assert.equal(start % alignment, 0);
          taken.push({ start, bytes });
          assert.ok(start >= first && endOf(taken.at(-1)!) <= list.end);
          assertApart(taken);
        }
      }
      const { end } = list;
      for (const { start, bytes } of taken) list.release(start, bytes);
      assert.equal(list.allocate(end - first), first);
      assert.equal(list.end, end);
    }
  });

  it('takes the smallest range that is large enough, and lets one at the end grow', () => {
    const list = new FreeList();
    const [large, between, small, last] = [640, 64, 128, 64].map((bytes) => list.allocate(bytes));
    list.release(large, 640);
    list.release(small, 128);
    assert.equal(list.allocate(100), small);
    assert.equal(list.allocate(64), large);
    list.release(last, 64);
    assert.equal(list.allocate(1000), last);
    assert.equal(list.end, last + aligned(1000));
    assert.ok(between > large);
  });
});
