// Broadcasting: how shapes are aligned at their last axes, sizes of 1 stretched. Shapes only; casting is `promotion.ts`.
import { OpError } from './opError.ts';
import type { Shape } from './tensorType.ts';

/** The shape of an element-wise op of `a` and `b`, or PyTorch's error. */
export function broadcastShapes(a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length);
  const result: number[] = new Array(rank);
  for (let axis = rank - 1; axis >= 0; axis--) {
    const sizeA = a[axis - rank + a.length] ?? 1;
    const sizeB = b[axis - rank + b.length] ?? 1;
    if (sizeA !== sizeB && sizeA !== 1 && sizeB !== 1) {
      throw new OpError(
        `The size of tensor a (${sizeA}) must match the size of tensor b (${sizeB}) at non-singleton dimension ${axis}`);
    }
    result[axis] = sizeA === 1 ? sizeB : sizeA;
  }
  return result;
}

/** Whether a tensor of `shape` can be expanded to `target` (the reverse of `broadcastShapes(shape, target) = target`). */
export function isExpandable(shape: Shape, target: Shape): boolean {
  const offset = target.length - shape.length;
  return offset >= 0 && shape.every((size, axis) => size === 1 || size === target[axis + offset]);
}

/** Axes of `target` over which a tensor of `shape` was repeated, in two kinds: those it lacks, and its own of size 1. */
export function stretchedAxes(shape: Shape, target: Shape): { leading: number[]; ones: number[] } {
  const offset = target.length - shape.length;
  const leading = Array.from({ length: offset }, (_, axis) => axis);
  const ones = shape.flatMap((size, axis) => (size === 1 && target[axis + offset] !== 1 ? [axis + offset] : []));
  return { leading, ones };
}
