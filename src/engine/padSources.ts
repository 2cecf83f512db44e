// Padding with what a tensor holds: which element each place of the border repeats.

/** For each axis of the padded shape, the position in the unpadded one that it repeats. */
export function padSources(sizes: readonly number[], pads: readonly (readonly [number, number])[], mode: 'reflect' | 'replicate' | 'circular'): number[][] {
  return sizes.map((size, axis) => Array.from({ length: size + pads[axis][0] + pads[axis][1] }, (_, position) => {
    const from = position - pads[axis][0];
    if (mode === 'replicate') return Math.min(Math.max(from, 0), size - 1);
    if (mode === 'circular') return ((from % size) + size) % size;
    const mirrored = Math.abs(from);
    return mirrored < size ? mirrored : 2 * (size - 1) - mirrored;
  }));
}
