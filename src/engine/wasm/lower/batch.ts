// Stacks of matrices: what batch axes there are, as two, each operand with strides of its own along them.
import { elementCount, type Shape } from '../../../graph/tensorType.ts';
import { isContiguous, expanded, grouped, type View } from '../view.ts';
import type { Lowering } from '../lowering.ts';

export interface BatchAxes {
  readonly sizes: readonly [number, number];
  /** How many axes of the batch each of the two stands for. */
  readonly groups: readonly [number, number];
  /** For each operand, its strides along the two, in elements. */
  readonly strides: readonly (readonly number[])[];
}

/** Operands of matrices in the last two axes, none of them empty, broadcast over the batch and, where no two axes go through all of them evenly, copied. */
export function stacked(lowering: Lowering, operands: readonly View[], batch: Shape): { readonly views: readonly View[]; readonly axes: BatchAxes } {
  const views = operands.map((view) => expanded(view, [...batch, ...view.shape.slice(-2)]));
  const axes = batchAxes(batch, views);
  if (axes !== null) return { views, axes };
  const copies = views.map((view) => (isContiguous(view) ? view : lowering.copied(view)));
  return { views: copies, axes: batchAxes(batch, copies)! };
}

function batchAxes(shape: Shape, views: readonly View[]): BatchAxes | null {
  for (let split = 0; split <= shape.length; split += 1) {
    const groups: [number, number] = [split, shape.length - split];
    const strides = views.map((view) => grouped({ shape, strides: view.strides.slice(0, shape.length) }, groups));
    if (strides.every((each) => each !== undefined)) {
      return { sizes: [elementCount(shape.slice(0, split)), elementCount(shape.slice(split))], groups, strides };
    }
  }
  return null;
}
