// Ways in which a tensor can lie as an op's input: the same values, as a view of storage that has them otherwise. For tests only.
import type { ValueId } from '../../src/graph/graph.ts';
import { elementCount, type Shape } from '../../src/graph/tensorType.ts';
import { representation, type Tensor } from '../../src/engine/tensor.ts';
import * as naive from './naive.ts';
import type { Recording } from './recording.ts';

/** A tensor of `shape` whose element at each place is that of `of` at the place that `from` says; 77 where there is none. */
function rearranged(of: Tensor, shape: Shape, from: (place: readonly number[]) => readonly number[] | null): Tensor {
  const data = new representation[of.dtype].storage(elementCount(shape));
  let next = 0;
  for (const place of naive.coordinates(shape)) {
    const source = from(place);
    data[next++] = source === null ? (of.dtype === 'bool' ? 1 : 77) : of.data[source.reduce((index, at, axis) => index * of.shape[axis] + at, 0)];
  }
  return { dtype: of.dtype, shape, data };
}

/** Stored with its axes in the opposite order. */
export function turned(recording: Recording, of: Tensor): ValueId {
  const dims = [...of.shape.keys()].reverse();
  return recording.one('permute', [recording.input(rearranged(of, [...of.shape].reverse(), (place) => [...place].reverse()))], { dims });
}

/** Every other element along an axis of something wider, the first of which is not its own. */
export function strided(recording: Recording, of: Tensor, dim: number): ValueId {
  const size = of.shape[dim];
  const wide = rearranged(of, of.shape.map((each, axis) => (axis === dim ? 2 * size + 1 : each)), (place) => (
    place[dim] % 2 === 0 ? null : place.map((at, axis) => (axis === dim ? (at - 1) / 2 : at))));
  return recording.one('slice', [recording.input(wide)], { dim, start: 1, end: 2 * size + 1, step: 2 });
}

/** Computed, in an order of its axes that is not its own. */
export function computed(recording: Recording, of: Tensor): ValueId {
  const dims = [...of.shape.keys()].reverse();
  const one = recording.one('full', [], { shape: [], value: 1, dtype: of.dtype });
  return recording.one('permute', [recording.one('mul', [recording.one('permute', [recording.input(of)], { dims }), one])], { dims });
}

/** A tensor as the `n`-th of these ways has it, or as it is. */
export function laidOut(recording: Recording, of: Tensor, n: number): ValueId {
  const rank = of.shape.length;
  switch (rank === 0 ? 0 : n % 4) {
    case 1: return turned(recording, of);
    case 2: return strided(recording, of, Math.floor(n / 4) % rank);
    case 3: return computed(recording, of);
    default: return recording.input(of);
  }
}
