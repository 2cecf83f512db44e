import { strict as assert } from 'node:assert';
import { gradient } from '../../src/graph/gradient.ts';
import type { ValueId } from '../../src/graph/graph.ts';
import { reachable } from '../../src/graph/subgraph.ts';
import { Recording, tensor } from '../engine/recording.ts';

/** [dim, start, end, step] of slices of x = 0..rows × columns − 1. */
type Slice = readonly [dim: number, start: number, end: number, step?: number];

/** The gradient of Σₛ (s + 2) · Σ slice s of x, its numbers and how many nodes of an op compute it. */
function gradientOfSlices(shape: readonly number[], slices: readonly Slice[]) {
  const recording = new Recording();
  const count = shape.reduce((product, size) => product * size, 1);
  const x = recording.input(tensor('float32', shape, Array.from({ length: count }, (_, at) => at)));
  const scaled = slices.map(([dim, start, end, step = 1], number): ValueId => {
    const part = recording.one('slice', [x], { dim, start, end, step });
    const scale = recording.one('full', [], { shape: [], value: number + 2, dtype: 'float32' });
    return recording.one('sum', [recording.one('mul', [part, scale])], { dim: shape.map((_, axis) => axis), keepdim: false });
  });
  const [found] = gradient(recording.graph, scaled.reduce((total, each) => recording.one('add', [total, each])), [x]);
  const nodes = reachable(recording.graph, [found!], new Set()).map((id) => recording.graph.nodes[id].op);
  const [{ data }] = recording.run([found!]);
  return { values: [...data], count: (op: string) => nodes.filter((each) => each === op).length };
}

describe('the sum of what reaches a value through slices of it', () => {
  it('is one concatenation where the slices make up the value, in whatever order they were taken', () => {
    const found = gradientOfSlices([6], [[0, 2, 3], [0, 3, 6], [0, 0, 2]]);
    assert.deepEqual(found.values, [4, 4, 2, 3, 3, 3]);
    assert.deepEqual([found.count('cat'), found.count('slice_scatter'), found.count('add')], [1, 0, 0]);
  });

  it('is one concatenation with zeros where no slice is', () => {
    const found = gradientOfSlices([2, 6], [[1, 1, 2], [1, 4, 5]]);
    assert.deepEqual(found.values, [0, 2, 0, 0, 3, 0, 0, 2, 0, 0, 3, 0]);
    assert.deepEqual([found.count('cat'), found.count('slice_scatter'), found.count('add')], [1, 0, 0]);
  });

  it('adds up where slices lie over each other', () => {
    assert.deepEqual(gradientOfSlices([5], [[0, 0, 3], [0, 2, 5], [0, 1, 2]]).values, [2, 6, 5, 3, 3]);
    assert.deepEqual(gradientOfSlices([4], [[0, 0, 4], [0, 0, 4]]).values, [5, 5, 5, 5]);
  });

  it('takes slices of different axes, with steps and of no elements', () => {
    assert.deepEqual(gradientOfSlices([2, 3], [[0, 0, 1], [1, 1, 3], [1, 0, 1]]).values, [6, 5, 5, 4, 3, 3]);
    assert.deepEqual(gradientOfSlices([5], [[0, 0, 5, 2], [0, 1, 5, 2]]).values, [2, 3, 2, 3, 2]);
    assert.deepEqual(gradientOfSlices([3], [[0, 1, 1], [0, 3, 3], [0, 0, 2]]).values, [4, 4, 0]);
    assert.deepEqual(gradientOfSlices([0], [[0, 0, 0], [0, 0, 0]]).values, []);
  });

  it('has one tensor of the value for a single slice', () => {
    const found = gradientOfSlices([4], [[0, 1, 3]]);
    assert.deepEqual(found.values, [0, 2, 2, 0]);
    assert.equal(found.count('slice_scatter'), 1);
  });

  it('agrees with the definition for any slices of any axes', () => {
    // A small linear congruential generator: what is drawn does not matter, only that it is the same each time.
    let state = 7;
    const below = (bound: number): number => (state = (state * 48271) % 2147483647) % bound;
    for (let round = 0; round < 200; round++) {
      const shape = [1 + below(5), 1 + below(5)];
      const slices = Array.from({ length: 1 + below(6) }, (): Slice => {
        const dim = below(2);
        const start = below(shape[dim] + 1);
        return [dim, start, start + below(shape[dim] - start + 1), 1 + below(4) % 2];
      });
      const expected = Array.from({ length: shape[0] * shape[1] }, (_, at) => slices.reduce((total, [dim, start, end, step = 1], number) => {
        const place = dim === 0 ? Math.floor(at / shape[1]) : at % shape[1];
        return place >= start && place < end && (place - start) % step === 0 ? total + number + 2 : total;
      }, 0));
      assert.deepEqual(gradientOfSlices(shape, slices).values, expected, JSON.stringify({ shape, slices }));
    }
  });
});
