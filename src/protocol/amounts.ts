// Counts, shapes and amounts in words, the same in the editor, the panel and the command.

const grouped = new Intl.NumberFormat('en-US');

/** `235,146` */
export function formatCount(count: number): string {
  return grouped.format(count);
}

/** `1 unit`, `2 units`. */
export function formatAmount(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** As Python writes the tuple: `(32, 784)`, `(5,)`, `()`. */
export function formatShape(shape: readonly number[]): string {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
}

const steps = [[1e12, 'T'], [1e9, 'G'], [1e6, 'M'], [1e3, 'k']] as const;

/** `12.8 MFLOPs`; a multiply-add counts as 2. */
export function formatFlops(flops: number): string {
  const step = steps.find(([size]) => flops >= size);
  return step ? `${Number((flops / step[0]).toPrecision(3))} ${step[1]}FLOPs` : `${flops} FLOPs`;
}
