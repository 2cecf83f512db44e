// Types of what samples spatial axes anew: interpolation, and windows as columns.
import type { Interpolation, Windows } from '../opAttributes.ts';
import { check, formatSizes } from '../opError.ts';
import type { Shape, TensorType } from '../tensorType.ts';
import { windowCounts } from '../windowCounts.ts';
import { checkImplemented, nonFloatTypes, type InferenceRules } from './inferenceRule.ts';

const kernels: { readonly [M in Interpolation['mode']]: string | null } = {
  nearest: null, 'nearest-exact': null, linear: 'compute_indices_weights_linear', cubic: 'compute_indices_weights_cubic',
};
const axisNames = ['D', 'H', 'W'] as const;
const sizesByAxis = (sizes: readonly number[]) =>
  axisNames.slice(-sizes.length).map((name, axis) => `${name}: ${sizes[axis]}`).join(', ');

function interpolated([x]: readonly TensorType[], { mode, outputSize }: Interpolation): TensorType {
  const { shape, dtype } = x;
  const rank = outputSize.length + 2;
  const sizes = shape.slice(2);
  check(shape.length === rank, () => `It is expected input_size equals to ${rank}, but got size ${shape.length}`);
  check([...sizes, ...outputSize].every((size) => size > 0), () =>
    `Input and output sizes should be greater than 0, but got input (${sizesByAxis(sizes)}) output (${sizesByAxis(outputSize)})`);
  check(shape.slice(1).every((size) => size > 0), () => `Non-empty ${rank}D data tensor expected but got a tensor with sizes ${formatSizes(shape)}`);
  const kernel = kernels[mode];
  if (kernel !== null) checkImplemented(kernel, dtype, nonFloatTypes);
  return { dtype, shape: [...shape.slice(0, 2), ...outputSize] };
}

function pair(sizes: readonly number[]): string {
  return `(${sizes.join(', ')})`;
}

function checkWindows({ kernelSize, stride, padding, dilation }: Windows): void {
  const both = (name: string, [height, width]: readonly number[]) => `but got ${name}_height: ${height} ${name}_width: ${width}`;
  check(kernelSize.every((size) => size > 0), () => `kernel size should be greater than zero, ${both('kernel', kernelSize)}`);
  check(dilation.every((size) => size > 0), () => `dilation should be greater than zero, ${both('dilation', dilation)}`);
  check(padding.every((size) => size >= 0), () => `padding should be non-negative, ${both('pad', padding)}`);
  check(stride.every((size) => size > 0), () => `stride should be greater than zero, ${both('stride', stride)}`);
}

/** C of the columns' C · kernel positions, and the number of columns: checked as PyTorch does. */
function folded(x: Shape, attributes: Windows & { readonly outputSize: readonly number[] }): Shape {
  const { kernelSize, stride, padding, dilation, outputSize } = attributes;
  checkWindows(attributes);
  const isBatched = x.length === 3;
  check((x.length === 2 || isBatched) && x.slice(isBatched ? 1 : 0).every((size) => size > 0), () =>
    `Expected 2D or 3D (batch mode) tensor for input with possibly 0 batch size and non-zero dimensions for input, but got: ${formatSizes(x)}`);
  const first = isBatched ? 1 : 0;
  const positions = kernelSize[0] * kernelSize[1];
  check(x[first] % positions === 0, () => `Expected size of input's dimension ${first} to be divisible by the product of kernel_size, `
    + `but got input.size(${first})=${x[first]} and kernel_size=${pair(kernelSize)}.`);
  const [rows, columns] = windowCounts(outputSize, attributes) as [number, number];
  const given = `Given output_size=${pair(outputSize)}, kernel_size=${pair(kernelSize)}, dilation=${pair(dilation)}, padding=${pair(padding)}, `
    + `stride=${pair(stride)}, expected `;
  check(x[first + 1] === rows * columns, () => `${given}size of input's dimension ${first + 1} to match the calculated number of sliding blocks `
    + `${rows} * ${columns} = ${rows * columns}, but got input.size(${first + 1})=${x[first + 1]}.`);
  return [...x.slice(0, first), x[first] / positions, ...outputSize];
}

export const resamplingRules = {
  interpolate: interpolated,
  interpolate_backward: ([gradient], { inputShape }) => ({ dtype: gradient.dtype, shape: inputShape }),
  im2col: ([x], attributes) => {
    const { shape, dtype } = x;
    checkWindows(attributes);
    check((shape.length === 3 || shape.length === 4) && shape.slice(-3).every((size) => size > 0), () =>
      `Expected 3D or 4D (batch mode) tensor with possibly 0 batch size and other non-zero dimensions for input, but got: ${formatSizes(shape)}`);
    const sizes = shape.slice(-2);
    const counts = windowCounts(sizes, attributes);
    check(counts.every((count) => count > 0), () => `Given input with spatial size ${pair(sizes)}, kernel_size=${pair(attributes.kernelSize)}, `
      + `dilation=${pair(attributes.dilation)}, padding=${pair(attributes.padding)}, calculated shape of the array of sliding blocks as `
      + `${pair(counts)}, but its components must be at least one.`);
    checkImplemented('im2col_out_cpu', dtype, nonFloatTypes);
    const positions = attributes.kernelSize[0] * attributes.kernelSize[1];
    return { dtype, shape: [...shape.slice(0, -3), shape.at(-3)! * positions, counts[0] * counts[1]] };
  },
  col2im: ([x], attributes) => {
    const shape = folded(x.shape, attributes);
    checkImplemented('col2im_out_cpu', x.dtype, nonFloatTypes);
    return { dtype: x.dtype, shape };
  },
} satisfies Partial<InferenceRules>;
