// Types of poolings over the trailing axes of N C … or C ….
import type { Pooling } from '../opAttributes.ts';
import { check, formatSizes } from '../opError.ts';
import type { Shape } from '../tensorType.ts';
import { windowCounts } from '../windowCounts.ts';
import { checkImplemented, nonFloatTypes, type InferenceRules } from './inferenceRule.ts';

function pooled(x: Shape, attributes: Pooling, dilation: readonly number[]): Shape {
  const { kernelSize, stride, padding, ceilMode } = attributes;
  const spatial = kernelSize.length;
  check(x.length === spatial + 1 || x.length === spatial + 2, () => rankMessage(spatial, x));
  check(x.slice(-spatial - 1).every((size) => size > 0), () =>
    `Expected ${spatial + 1}D or ${spatial + 2}D (batch mode) tensor with optional 0 dim batch size for input, but got:${formatSizes(x)}`);
  check(stride.every((size) => size > 0), () => 'stride should not be zero');
  const wide = padding.findIndex((size, axis) => 2 * size > dilation[axis] * (kernelSize[axis] - 1) + 1);
  check(wide < 0, () => 'pad should be at most half of effective kernel size, '
    + `but got pad=${padding[wide]}, kernel_size=${kernelSize[wide]} and dilation=${dilation[wide]}`);
  const leading = x.slice(0, -spatial);
  const sizes = x.slice(-spatial);
  const output = windowCounts(sizes, { kernelSize, stride, padding, dilation }, ceilMode);
  check(output.every((size) => size > 0), () => {
    const channels = leading.at(-1);
    // PyTorch never says a negative size here
    const shown = output.map((size) => Math.max(0, size));
    return `Given input size: (${[channels, ...sizes].join('x')}). `
      + `Calculated output size: (${[channels, ...shown].join('x')}). Output size is too small`;
  });
  return [...leading, ...output];
}

function rankMessage(spatial: number, x: Shape): string {
  return spatial === 1
    ? `max_pool1d: Expected 2D or 3D (batch mode) tensor with optional 0 dim batch size for input, but got:${formatSizes(x)}`
    : `non-empty ${spatial + 1}D or ${spatial + 2}D (batch mode) tensor expected for input`;
}

export const poolingRules = {
  max_pool_with_indices: ([x], attributes) => {
    const shape = pooled(x.shape, attributes, attributes.dilation);
    return [{ dtype: x.dtype, shape }, { dtype: 'int64', shape }];
  },
  max_pool_backward: ([gradient], { inputShape }) => ({ dtype: gradient.dtype, shape: inputShape }),
  avg_pool: ([x], attributes) => {
    check(attributes.divisorOverride !== 0, () => 'divisor must be not zero');
    return { dtype: x.dtype, shape: pooled(x.shape, attributes, attributes.kernelSize.map(() => 1)) };
  },
  avg_pool_backward: ([gradient], { inputShape }) => ({ dtype: gradient.dtype, shape: inputShape }),
  adaptive_avg_pool: ([x], { outputSize }) => {
    const { shape, dtype } = x;
    const spatial = outputSize.length;
    const name = `adaptive_avg_pool${spatial}d`;
    check(shape.length === spatial + 1 || shape.length === spatial + 2, () =>
      `${name}(): Expected ${spatial + 1}D or ${spatial + 2}D tensor, but got ${formatSizes(shape)}`);
    const empty = shape.findIndex((size, axis) => size === 0 && axis >= shape.length - spatial);
    check(empty < 0, () => `${name}(): Expected input to have non-zero size for non-batch dimensions, `
      + `but input has sizes ${formatSizes(shape)} with dimension ${empty} being empty`);
    checkImplemented(name, dtype, nonFloatTypes);
    return { dtype, shape: [...shape.slice(0, -spatial), ...outputSize] };
  },
  adaptive_max_pool_with_indices: ([x], { outputSize }) => {
    const { shape, dtype } = x;
    const spatial = outputSize.length;
    const name = `adaptive_max_pool${spatial}d`;
    check(shape.length === spatial + 1 || shape.length === spatial + 2, () =>
      `${name}(): Expected ${spatial + 1}D or ${spatial + 2}D tensor, but got: ${formatSizes(shape)}`);
    const empty = shape.findIndex((size, axis) => size === 0 && axis >= shape.length - spatial);
    check(empty < 0, () => `${name}(): Expected input to have non-zero size for non-batch dimensions, `
      + `but input has sizes ${formatSizes(shape)} with dimension ${empty} being empty`);
    checkImplemented(name, dtype, nonFloatTypes);
    const pooledShape = [...shape.slice(0, -spatial), ...outputSize];
    return [{ dtype, shape: pooledShape }, { dtype: 'int64', shape: pooledShape }];
  },
  adaptive_avg_pool_backward: ([gradient], { inputShape }) => ({ dtype: gradient.dtype, shape: inputShape }),
} satisfies Partial<InferenceRules>;
