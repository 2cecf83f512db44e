// Types of ops that move elements without computing: views, joins and pads.
import { check, formatSizes, OpError } from '../opError.ts';
import { resultType } from '../promotion.ts';
import { sameShape, type Shape, type TensorType } from '../tensorType.ts';
import { withSize, type InferenceRules } from './inferenceRule.ts';

/** Number of elements that a (normalized) slice takes. */
export function sliceLength({ start, end, step }: { start: number; end: number; step: number }): number {
  return Math.max(0, Math.ceil((end - start) / step));
}

function triangle(name: string) {
  return ([x]: readonly TensorType[]): TensorType => {
    check(x.shape.length >= 2, () => `${name}: input tensor must have at least 2 dimensions`);
    return x;
  };
}

type Pads = readonly (readonly [number, number])[];
const padChecks: { readonly [mode: string]: (x: Shape, pads: Pads) => void } = {
  constant: (x, pads) => check(x.every((size, axis) => size + pads[axis][0] + pads[axis][1] >= 0), () =>
    'narrow(): length must be non-negative.'),
  reflect: (x, pads) => pads.forEach(([before, after], axis) => check(before === 0 && after === 0 || before < x[axis] && after < x[axis], () =>
    // the argument's number counts from the last axis, as F.pad's list does
    `Argument #${4 + 2 * (x.length - 1 - axis)}: Padding size should be less than the corresponding input dimension, `
    + `but got: padding (${before}, ${after}) at dimension ${axis} of input ${formatSizes(x)}`)),
  replicate: (x, pads) => pads.forEach(([before, after], axis) => check(before === 0 && after === 0 || x[axis] > 0, () =>
    `Expected ${x.length - 1}D or ${x.length}D (batch mode) tensor with possibly 0 batch size and other non-zero dimensions for input, `
    + `but got: ${formatSizes(x)}`)),
  circular: (x, pads) => pads.forEach(([before, after], axis) => check(before <= x[axis] && after <= x[axis], () =>
    'Padding value causes wrapping around more than once.')),
};

export const shapeRules = {
  reshape: ([x], { shape }) => ({ dtype: x.dtype, shape }),
  permute: ([x], { dims }) => ({ dtype: x.dtype, shape: dims.map((axis) => x.shape[axis]) }),
  expand: ([x], { shape }) => ({ dtype: x.dtype, shape }),
  slice: ([x], attributes) => {
    check(attributes.step > 0, () => 'slice step must be positive');
    return { dtype: x.dtype, shape: withSize(x.shape, attributes.dim, sliceLength(attributes)) };
  },
  slice_scatter: ([x, source], attributes) => {
    const expected = withSize(x.shape, attributes.dim, sliceLength(attributes));
    check(sameShape(source.shape, expected), () => 'expected src to have a size equal to the slice of self. '
      + `src size = ${formatSizes(source.shape)}, slice size = ${formatSizes(expected)}`);
    return x;
  },
  cat: (inputs, { dim }) => {
    const [first] = inputs;
    const scalar = inputs.findIndex((input) => input.shape.length === 0);
    check(scalar < 0, () => `zero-dimensional tensor (at position ${scalar}) cannot be concatenated`);
    let length = 0;
    for (const [number, { shape }] of inputs.entries()) {
      check(shape.length === first.shape.length, () =>
        `Tensors must have same number of dimensions: got ${first.shape.length} and ${shape.length}`);
      const wrong = shape.findIndex((size, axis) => axis !== dim && size !== first.shape[axis]);
      check(wrong < 0, () => `Sizes of tensors must match except in dimension ${dim}. `
        + `Expected size ${first.shape[wrong]} but got size ${shape[wrong]} for tensor number ${number} in the list.`);
      length += shape[dim];
    }
    return { dtype: resultType(inputs), shape: withSize(first.shape, dim, length) };
  },
  pad: ([x], { pads, mode }) => {
    const { shape, dtype } = x;
    check(pads.length === shape.length, () => `pad: ${pads.length} pairs were given for a tensor of ${shape.length} dimensions`);
    padChecks[mode](shape, pads);
    const output = shape.map((size, axis) => size + pads[axis][0] + pads[axis][1]);
    const negative = output.findIndex((size) => size < 0);
    if (negative >= 0) throw new OpError(`input (${formatSizes(shape)}) is too small. Calculated output size: ${output[negative]}`);
    return { dtype, shape: output };
  },
  pad_backward: ([gradient], { inputShape }) => ({ dtype: gradient.dtype, shape: inputShape }),
  flip: ([x]) => x,
  tril: triangle('tril'),
  triu: triangle('triu'),
} satisfies Partial<InferenceRules>;

/** A shape with at most one -1, made definite for `count` elements. */
export function resolveReshape(asked: Shape, count: number): Shape {
  let inferred = -1;
  let known = 1;
  for (const [axis, size] of asked.entries()) {
    if (size === -1) {
      check(inferred < 0, () => 'only one dimension can be inferred');
      inferred = axis;
    } else {
      check(size >= 0, () => `invalid shape dimension ${size} at index ${axis} of shape ${formatSizes(asked)}`);
      known *= size;
    }
  }
  const invalid = () => `shape '${formatSizes(asked)}' is invalid for input of size ${count}`;
  if (inferred < 0) {
    check(known === count, invalid);
    return asked;
  }
  check(known !== 0 || count !== 0, () => `cannot reshape tensor of 0 elements into shape ${formatSizes(asked)} because the unspecified `
    + 'dimension size -1 can be any value and is ambiguous');
  check(known !== 0 && count % known === 0, invalid);
  return withSize(asked, inferred, count / known);
}

/** The shape that `asked` (where -1 keeps a size) makes of a tensor of `shape`. */
export function resolveExpand(asked: Shape, shape: Shape): Shape {
  const offset = asked.length - shape.length;
  check(offset >= 0, () => `expand(torch.FloatTensor{${formatSizes(shape)}}, size=${formatSizes(asked)}): the number of sizes provided `
    + `(${asked.length}) must be greater or equal to the number of dimensions in the tensor (${shape.length})`);
  return asked.map((size, axis) => {
    if (axis < offset) {
      check(size >= 0, () => `The expanded size of the tensor (${size}) isn't allowed in a leading, non-existing dimension ${axis}`);
      return size;
    }
    const own = shape[axis - offset];
    if (size === -1) return own;
    check(size >= 0 && (own === 1 || own === size), () => `The expanded size of the tensor (${size}) must match the existing size (${own}) `
      + `at non-singleton dimension ${axis}.  Target sizes: ${formatSizes(asked)}.  Tensor sizes: ${formatSizes(shape)}`);
    return size;
  });
}

