// Axes as callers number them: from the front, or from the back with negative numbers.
import { check } from './opError.ts';

/** `dim` counted from the front; rank 0 has one axis for this purpose, as in PyTorch. */
export function wrapDim(dim: number, rank: number): number {
  const axes = Math.max(1, rank);
  check(dim >= -axes && dim < axes, () =>
    `Dimension out of range (expected to be in range of [${-axes}, ${axes - 1}], but got ${dim})`, 'IndexError');
  return dim < 0 ? dim + axes : dim;
}
