// Types of matrix products and convolutions.
import { broadcastShapes } from '../broadcast.ts';
import type { Convolution } from '../opAttributes.ts';
import { check, formatSizes, OpError } from '../opError.ts';
import { cppTypeNames, scalarTypeNames } from '../promotion.ts';
import { elementCount, type Shape, type TensorType } from '../tensorType.ts';
import { boolOnly, checkImplemented, type InferenceRules } from './inferenceRule.ts';

function checkMatrices(m: number, k: number, ownK: number, n: number): void {
  check(k === ownK, () => `mat1 and mat2 shapes cannot be multiplied (${m}x${k} and ${ownK}x${n})`);
}
function checkVector(m: number, k: number, length: number): void {
  check(k === length, () => `size mismatch, got input (${m}), mat (${m}x${k}), vec (${length})`);
}
function checkSameType(x: TensorType, y: TensorType): void {
  check(x.dtype === y.dtype, () =>
    `expected m1 and m2 to have the same dtype, but got: ${cppTypeNames[x.dtype]} != ${cppTypeNames[y.dtype]}`);
}

/** As the kernel that a product goes to words it: of vectors, of a matrix and a vector, of matrices, of batches of them. */
function checkFactorTypes(x: TensorType, y: TensorType): void {
  const [first, second] = [scalarTypeNames[x.dtype], scalarTypeNames[y.dtype]];
  const ofVector = y.shape.length === 1;
  check(x.dtype === y.dtype || !ofVector || x.shape.length > 1, () => `dot : expected both vectors to have same dtype, but found ${first} and ${second}`);
  check(x.dtype === y.dtype || !ofVector, () => `addmv input tensors must have the same dtype, but got ${second}, ${first}, and ${second}`);
  check(x.dtype === y.dtype || y.shape.length < 3, () => `expected scalar type ${first} but found ${second}`);
  checkSameType(x, y);
}

/** torch.matmul's shape: vectors at either side, a matrix for a whole batch, batches broadcast. */
function product(a: Shape, b: Shape): Shape {
  const k = a.at(-1)!;
  const leading = a.slice(0, -1);
  if (b.length === 1) {
    if (a.length === 1) {
      check(k === b[0], () => `inconsistent tensor size, expected tensor ${formatSizes(a)} and src ${formatSizes(b)} to have the same `
        + `number of elements, but got ${k} and ${b[0]} elements respectively`);
      return [];
    }
    checkVector(elementCount(leading), k, b[0]);
    return leading;
  }
  const [ownK, n] = b.slice(-2) as [number, number];
  if (b.length === 2) {
    checkMatrices(elementCount(leading), k, ownK, n);
    return [...leading, n];
  }
  const batch = broadcastShapes(a.slice(0, -2), b.slice(0, -2));
  check(k === ownK, () => {
    const count = elementCount(batch);
    return `Expected size for first two dimensions of batch2 tensor to be: [${count}, ${k}] but got: [${count}, ${ownK}].`;
  });
  return a.length === 1 ? [...batch, n] : [...batch, a.at(-2)!, n];
}

function checkConvolutionTypes(x: TensorType, weight: TensorType, bias: TensorType | undefined): void {
  if (bias !== undefined) {
    check(x.dtype === bias.dtype, () =>
      `Input type (${cppTypeNames[x.dtype]}) and bias type (${cppTypeNames[bias.dtype]}) should be the same`);
  }
  check(x.dtype === weight.dtype, () =>
    `expected scalar type ${scalarTypeNames[x.dtype]} but found ${scalarTypeNames[weight.dtype]}`);
}

/** Checks in PyTorch's order, then N Cout and the spatial sizes. */
function convolved(x: Shape, weight: Shape, bias: Shape | undefined, attributes: Convolution): Shape {
  const { stride, padding, dilation, transposed, outputPadding, groups } = attributes;
  const spatial = weight.length - 2;
  check(x.length === spatial + 2, () => `Expected ${spatial + 1}D (unbatched) or ${spatial + 2}D (batched) input to `
    + `conv${transposed ? '_transpose' : ''}${spatial}d, but got input of size: ${formatSizes(x)}`);
  check(padding.every((size) => size >= 0), () => 'negative padding is not supported');
  check(stride.every((size) => size > 0), () => 'non-positive stride is not supported');
  check(dilation.every((size) => size > 0), () => 'dilation should be greater than zero');
  check(groups > 0, () => 'non-positive groups is not supported');
  check(weight[0] % groups === 0, () => `Given groups=${groups}, expected weight to be divisible by ${groups} at dimension 0, `
    + `but got weight of size [${formatSizes(weight)}] instead`);
  const expectedChannels = transposed ? weight[0] : weight[1] * groups;
  check(x[1] === expectedChannels, () => `Given ${transposed ? 'transposed' : 'groups'}=${transposed ? 1 : groups}, `
    + `weight of size ${formatSizes(weight)}, expected input${formatSizes(x)} to have ${expectedChannels} channels, but got ${x[1]} channels instead`);
  const channels = transposed ? weight[1] * groups : weight[0];
  check(bias === undefined || bias.length === 1 && bias[0] === channels, () =>
    `Given ${transposed ? 'transposed=1, ' : ''}weight of size ${formatSizes(weight)}, expected bias to be 1-dimensional with ${channels} elements, `
    + `but got bias of size ${formatSizes(bias!)} instead`);
  const sizes = x.slice(2);
  const extents = sizes.map((_, axis) => dilation[axis] * (weight[axis + 2] - 1) + 1);
  if (transposed) {
    check(outputPadding.every((size, axis) => size < stride[axis] || size < dilation[axis]), () =>
      `output padding must be smaller than either stride or dilation, but got ${transposedGeometry(attributes)}`);
    const output = sizes.map((size, axis) => (size - 1) * stride[axis] - 2 * padding[axis] + extents[axis] + outputPadding[axis]);
    check(output.every((size) => size > 0), () => `Given input size per channel: (${sizes.join(' x ')}). `
      + `Calculated output size per channel: (${output.join(' x ')}). Output size is too small`);
    return [x[0], channels, ...output];
  }
  const padded = sizes.map((size, axis) => size + 2 * padding[axis]);
  check(padded.every((size, axis) => size >= extents[axis]), () => `Calculated padded input size per channel: (${padded.join(' x ')}). `
    + `Kernel size: (${extents.join(' x ')}). Kernel size can't be greater than actual input size`);
  return [x[0], channels, ...padded.map((size, axis) => Math.floor((size - extents[axis]) / stride[axis]) + 1)];
}

function transposedGeometry({ outputPadding, stride, dilation }: Convolution): string {
  const axes = ['depth', 'height', 'width'].slice(-stride.length);
  const list = (name: string, sizes: readonly number[]) => sizes.map((size, axis) => `${name}_${axes[axis]}: ${size}`).join(' ');
  return `${list('output_padding', outputPadding)} ${list('stride', stride)} ${list('dilation', dilation)}`;
}

export const linearAlgebraRules = {
  matmul: ([x, y]) => {
    check(x.shape.length > 0 && y.shape.length > 0, () =>
      `both arguments to matmul need to be at least 1D, but they are ${x.shape.length}D and ${y.shape.length}D`);
    checkFactorTypes(x, y);
    checkImplemented('addmm_impl_cpu_', x.dtype, boolOnly);
    return { dtype: x.dtype, shape: product(x.shape, y.shape) };
  },
  linear: ([x, weight, bias]) => {
    check(x.shape.length > 0, () => `both arguments to linear need to be at least 1D, but they are 0D and ${weight.shape.length}D`);
    if (weight.shape.length !== 2) throw new OpError(`linear(): weight must be 2-D, but got size ${formatSizes(weight.shape)}`);
    if (bias === undefined) checkSameType(x, weight);
    check(x.dtype === weight.dtype, () =>
      `mat1 and mat2 must have the same dtype, but got ${scalarTypeNames[x.dtype]} and ${scalarTypeNames[weight.dtype]}`);
    const leading = x.shape.slice(0, -1);
    const [outputs, inputs] = weight.shape as [number, number];
    checkMatrices(elementCount(leading), x.shape.at(-1)!, inputs, outputs);
    if (bias !== undefined) {
      check(bias.dtype === weight.dtype, () =>
        `self and mat2 must have the same dtype, but got ${scalarTypeNames[bias.dtype]} and ${scalarTypeNames[weight.dtype]}`);
      check(elementCount(bias.shape) === outputs || elementCount(bias.shape) === 1, () =>
        `The expanded size of the tensor (${outputs}) must match the existing size (${bias.shape.at(-1)}) at non-singleton dimension 1.  `
        + `Target sizes: [${elementCount(leading)}, ${outputs}].  Tensor sizes: ${formatSizes(bias.shape)}`);
    }
    return { dtype: x.dtype, shape: [...leading, outputs] };
  },
  convolution: ([x, weight, bias], attributes) => {
    const shape = convolved(x.shape, weight.shape, bias?.shape, attributes);
    checkConvolutionTypes(x, weight, bias);
    return { dtype: x.dtype, shape };
  },
  convolution_backward_input: ([gradient], { inputShape }) => ({ dtype: gradient.dtype, shape: inputShape }),
  convolution_backward_weight: ([gradient], { weightShape }) => ({ dtype: gradient.dtype, shape: weightShape }),
} satisfies Partial<InferenceRules>;
