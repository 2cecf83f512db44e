// Types of ops that address elements by integer tensors.
import { wrapDim } from '../axes.ts';
import { isExpandable } from '../broadcast.ts';
import { indexSelection } from '../indexSelection.ts';
import { check, formatSizes } from '../opError.ts';
import { scalarTypeNames } from '../promotion.ts';
import type { Shape, TensorType } from '../tensorType.ts';
import { checkIndex, integerTypes, withSize, type InferenceRules } from './inferenceRule.ts';

/** Whether `index` fits into `bound` at every axis but `dim`. */
function isWithin(index: Shape, bound: Shape, dim: number): boolean {
  return index.every((size, axis) => axis === dim || size <= bound[axis]);
}

/** Both scatters: PyTorch's messages name `scatter` for either. */
const scattering = ([x, index, source]: readonly TensorType[], { dim }: { dim: number }): TensorType => {
  checkIndex(index.dtype, () => 'scatter(): Expected dtype int32/int64 for index');
  check(x.dtype === source.dtype, () => 'scatter(): Expected self.dtype to be equal to src.dtype');
  check(index.shape.length === x.shape.length, () => 'Index tensor must have the same number of dimensions as self tensor');
  wrapDim(dim, source.shape.length);
  check(index.shape.length === source.shape.length, () => 'Index tensor must have the same number of dimensions as src tensor');
  check(isWithin(index.shape, x.shape, dim) && isWithin(index.shape, source.shape, -1), () =>
    `Expected index ${formatSizes(index.shape)} to be no larger than self ${formatSizes(x.shape)} apart from dimension ${dim} `
    + `and to be no larger size than src ${formatSizes(source.shape)}`);
  return x;
};

function checkIndices(x: TensorType, dims: readonly number[], indices: readonly TensorType[]): Shape {
  check(indices.length <= x.shape.length, () =>
    `too many indices for tensor of dimension ${x.shape.length}`, 'IndexError');
  check(indices.length === dims.length, () => `index: ${indices.length} index tensors were given for ${dims.length} axes`);
  for (const index of indices) {
    check(integerTypes.includes(index.dtype), () => 'tensors used as indices must be long, int, byte or bool tensors', 'IndexError');
  }
  return indexSelection(x.shape, dims, indices.map((index) => index.shape)).shape;
}

export const indexingRules = {
  gather: ([x, index], { dim }) => {
    checkIndex(index.dtype, () => 'gather(): Expected dtype int32/int64 for index');
    check(index.shape.length === x.shape.length, () => 'Index tensor must have the same number of dimensions as input tensor');
    const wrong = index.shape.findIndex((size, axis) => axis !== dim && size > x.shape[axis]);
    check(wrong < 0, () => `Size does not match at dimension ${wrong} expected index ${formatSizes(index.shape)} to be no larger than `
      + `self ${formatSizes(x.shape)} apart from dimension ${dim}`);
    return { dtype: x.dtype, shape: index.shape };
  },
  scatter: scattering,
  scatter_add: scattering,
  scatter_reduce: scattering,
  index_select: ([x, index], { dim }) => {
    check(index.shape.length <= 1, () => 'index_select(): Index is supposed to be a vector', 'IndexError');
    checkIndex(index.dtype, () => 'index_select(): Expected dtype int32 or int64 for index');
    return { dtype: x.dtype, shape: withSize(x.shape, dim, index.shape[0] ?? 1) };
  },
  index_add: ([x, index, source], { dim }) => {
    const count = index.shape[0] ?? 1;
    check(x.dtype === source.dtype, () => `index_add_(): self (${scalarTypeNames[x.dtype]}) and source (${scalarTypeNames[source.dtype]}) `
      + 'must have the same scalar type');
    checkIndex(index.dtype, () => `index_add_(): Expected dtype int32/int64 for index but got: ${scalarTypeNames[index.dtype]}`);
    check(count === source.shape[dim], () =>
      `index_add_(): Number of indices (${count}) should be equal to source.size(dim): (${source.shape[dim]}), for dim: ${dim}`);
    check(source.shape.length === x.shape.length && source.shape.every((size, axis) => axis === dim || size === x.shape[axis]), () =>
      'source tensor shape must match self tensor shape, excluding the specified dimension. '
      + `Got self.shape = ${formatSizes(x.shape)} source.shape = ${formatSizes(source.shape)}`);
    return x;
  },
  index: ([x, ...indices], { dims }) => ({ dtype: x.dtype, shape: checkIndices(x, dims, indices) }),
  index_put: ([x, values, ...indices], { dims }) => {
    const shape = checkIndices(x, dims, indices);
    check(x.dtype === values.dtype, () => 'Index put requires the source and destination dtypes match, '
      + `got ${scalarTypeNames[x.dtype]} for the destination and ${scalarTypeNames[values.dtype]} for the source.`);
    check(isExpandable(values.shape, shape), () => `shape mismatch: value tensor of shape ${formatSizes(values.shape)} `
      + `cannot be broadcast to indexing result of shape ${formatSizes(shape)}`);
    return x;
  },
  embedding: ([weight, indices]) => {
    check(weight.shape.length === 2, () => "'weight' must be 2-D");
    checkIndex(indices.dtype, () => "Expected tensor for argument #1 'indices' to have one of the following scalar types: Long, Int; "
      + `but got torch.${scalarTypeNames[indices.dtype]}Tensor instead (while checking arguments for embedding)`);
    return { dtype: weight.dtype, shape: [...indices.shape, weight.shape[1]] };
  },
  embedding_backward: ([gradient, indices], { numWeights }) =>
    ({ dtype: gradient.dtype, shape: [numWeights, gradient.shape[indices.shape.length]] }),
} satisfies Partial<InferenceRules>;
