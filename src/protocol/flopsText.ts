// Counts of floating-point operations in words, the same wherever one is shown.

const steps = [[1e12, 'T'], [1e9, 'G'], [1e6, 'M'], [1e3, 'k']] as const;

/** `12.8 MFLOPs`; a multiply-add counts as 2. */
export function flopsText(flops: number): string {
  const step = steps.find(([size]) => flops >= size);
  return step ? `${Number((flops / step[0]).toPrecision(3))} ${step[1]}FLOPs` : `${flops} FLOPs`;
}
