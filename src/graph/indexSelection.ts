// What indexing by tensors of integers selects (NumPy's rule): the indices' common shape takes the place of the axes that are indexed where those are
// neighbours, else it comes first.
import { broadcastShapes } from './broadcast.ts';
import { formatSizes, OpError } from './opError.ts';
import type { Shape } from './tensorType.ts';

export interface IndexSelection {
  /** Of all indices, broadcast. */
  readonly indexShape: Shape;
  /** The axes that are not indexed, by whether they come before or after `indexShape` in the result. */
  readonly before: readonly number[];
  readonly after: readonly number[];
  /** Of the result. */
  readonly shape: Shape;
}

/** `dims`: the axes of `shape` that are indexed, each once; `indices`: the shapes of their indices. Throws `OpError`. */
export function indexSelection(shape: Shape, dims: readonly number[], indices: readonly Shape[]): IndexSelection {
  let indexShape: Shape;
  try {
    indexShape = indices.reduce(broadcastShapes, []);
  } catch {
    throw new OpError('shape mismatch: indexing tensors could not be broadcast together with shapes '
      + indices.map(formatSizes).join(', '), 'IndexError');
  }
  const areNeighbours = dims.every((dim, n) => dim === dims[0] + n);
  const others = [...shape.keys()].filter((axis) => !dims.includes(axis));
  const before = areNeighbours ? others.filter((axis) => axis < dims[0]) : [];
  const after = others.slice(before.length);
  const sizes = (axes: readonly number[]): Shape => axes.map((axis) => shape[axis]);
  return { indexShape, before, after, shape: [...sizes(before), ...indexShape, ...sizes(after)] };
}
