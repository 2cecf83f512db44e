// Windows that slide over 1 to 3 spatial axes: every kernel here sees three (depth, height, width), the missing ones being of size 1.
import type { Shape } from '../../graph/tensorType.ts';

export type Triple = readonly [number, number, number];

/** The values of 1 to 3 trailing axes as those of three. */
export function triple(values: readonly number[], missing: number): Triple {
  const [depth, height, width] = [missing, missing, missing, ...values].slice(-3);
  return [depth, height, width];
}

export interface Spatial {
  /** Everything before the spatial axes: images times channels. */
  readonly planes: number;
  readonly size: Triple;
  /** Elements of one plane. */
  readonly count: number;
}

export function spatial(shape: Shape, spatialRank: number): Spatial {
  const size = triple(shape.slice(shape.length - spatialRank), 1);
  const planes = shape.slice(0, shape.length - spatialRank).reduce((product, length) => product * length, 1);
  return { planes, size, count: size[0] * size[1] * size[2] };
}

export interface Window {
  readonly kernel: Triple;
  readonly stride: Triple;
  readonly padding: Triple;
  readonly dilation: Triple;
}

/** Output positions whose input position `output * stride - padding + offset` lies within `size`: first, and one past the last. */
export function validRange(outputSize: number, size: number, stride: number, padding: number, offset: number): [number, number] {
  const first = Math.max(0, Math.ceil((padding - offset) / stride));
  const last = Math.floor((size - 1 + padding - offset) / stride);
  return [Math.min(first, outputSize), Math.max(Math.min(first, outputSize), Math.min(outputSize, last + 1))];
}
