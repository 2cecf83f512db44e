// Attention by whole matrices of scores, one for each leading position at a time: their memory is that of one such matrix.
import type { Attention } from '../../graph/opAttributes.ts';
import { elementCount } from '../../graph/tensorType.ts';
import { broadcastStrides } from '../layout.ts';
import type { Tensor } from '../tensor.ts';
import { matrix, multiply } from './gemm.ts';
import type { Kernels } from './kernel.ts';
import { walkRows } from './strided.ts';

interface Sizes {
  /** Product of the leading sizes. */
  readonly batch: number;
  readonly queries: number;
  readonly keys: number;
  readonly width: number;
  readonly valueWidth: number;
}

function sizesOf(query: Tensor, key: Tensor, value: Tensor): Sizes {
  const [queries, width] = query.shape.slice(-2);
  const keys = key.shape[key.shape.length - 2];
  const batch = elementCount(query.shape.slice(0, -2));
  return { batch, queries, keys, width, valueWidth: value.shape[value.shape.length - 1] };
}

/** Where each matrix of a mask begins, and its strides along queries and keys. */
function maskLayout(mask: Tensor, query: Tensor, keys: number): { starts: number[]; rowStride: number; columnStride: number } {
  const shape = [...query.shape.slice(0, -1), keys];
  const strides = broadcastStrides(mask.shape, shape);
  const starts: number[] = [];
  walkRows(shape.slice(0, -2), [strides.slice(0, -2)], [0], (length, [start], [step]) => {
    for (let n = 0; n < length; n += 1) starts.push(start + n * step);
  });
  return { starts, rowStride: strides[strides.length - 2], columnStride: strides[strides.length - 1] };
}

/** Calls `visit` with the scores of each leading position, in an array that is used again; −∞: not seen. */
function eachScores(
  [query, key]: readonly Tensor[], mask: Tensor | undefined, { isCausal, scale }: Attention, sizes: Sizes,
  visit: (scores: Float64Array, batch: number) => void,
): void {
  const { queries, keys, width } = sizes;
  const scores = new Float64Array(queries * keys);
  const layout = mask && maskLayout(mask, query, keys);
  for (let batch = 0; batch < sizes.batch; batch += 1) {
    multiply(
      queries, keys, width, matrix(query.data, batch * queries * width, width, 1), matrix(key.data, batch * keys * width, 1, width),
      matrix(scores, 0, keys, 1), false,
    );
    for (let i = 0, n = 0; i < queries; i += 1) {
      for (let j = 0; j < keys; j += 1, n += 1) {
        let score = scores[n] * scale;
        if (mask !== undefined && layout !== undefined) {
          const given = mask.data[layout.starts[batch] + i * layout.rowStride + j * layout.columnStride];
          score = mask.dtype !== 'bool' ? score + given : given !== 0 ? score : -Infinity;
        }
        scores[n] = isCausal && j > i ? -Infinity : score;
      }
    }
    visit(scores, batch);
  }
}

export const attentionKernels: Kernels<'scaled_dot_product_attention' | 'scaled_dot_product_attention_backward'> = {
  scaled_dot_product_attention: ([query, key, value, mask], attributes, [y, logSums]) => {
    const sizes = sizesOf(query, key, value);
    const { queries, keys, valueWidth } = sizes;
    eachScores([query, key], mask, attributes, sizes, (scores, batch) => {
      for (let i = 0; i < queries; i += 1) {
        const row = scores.subarray(i * keys, (i + 1) * keys);
        let largest = -Infinity;
        for (let j = 0; j < keys; j += 1) largest = Math.max(largest, row[j]);
        let sum = 0;
        // A row of −∞ alone has no weights
        if (largest === -Infinity) row.fill(0);
        else for (let j = 0; j < keys; j += 1) sum += row[j] = Math.exp(row[j] - largest);
        logSums.data[batch * queries + i] = largest === -Infinity ? -Infinity : largest + Math.log(sum);
        if (largest !== -Infinity) for (let j = 0; j < keys; j += 1) row[j] /= sum;
      }
      multiply(
        queries, valueWidth, keys, matrix(scores, 0, keys, 1), matrix(value.data, batch * keys * valueWidth, valueWidth, 1),
        matrix(y.data, batch * queries * valueWidth, valueWidth, 1), false,
      );
    });
  },
  scaled_dot_product_attention_backward: ([g, query, key, value, y, logSums, mask], attributes, [dQuery, dKey, dValue]) => {
    const sizes = sizesOf(query, key, value);
    const { queries, keys, width, valueWidth } = sizes;
    const gradients = new Float64Array(queries * keys);
    eachScores([query, key], mask, attributes, sizes, (weights, batch) => {
      const [q, k, v, o] = [batch * queries * width, batch * keys * width, batch * keys * valueWidth, batch * queries * valueWidth];
      for (let i = 0, n = 0; i < queries; i += 1) {
        const logSum = logSums.data[batch * queries + i];
        for (let j = 0; j < keys; j += 1, n += 1) weights[n] = logSum === -Infinity ? 0 : Math.exp(weights[n] - logSum);
      }
      multiply(keys, valueWidth, queries, matrix(weights, 0, 1, keys), matrix(g.data, o, valueWidth, 1), matrix(dValue.data, v, valueWidth, 1), false);
      multiply(queries, keys, valueWidth, matrix(g.data, o, valueWidth, 1), matrix(value.data, v, 1, valueWidth), matrix(gradients, 0, keys, 1), false);
      for (let i = 0, n = 0; i < queries; i += 1) {
        let mean = 0;
        for (let c = o + i * valueWidth, end = c + valueWidth; c < end; c += 1) mean += g.data[c] * y.data[c];
        for (let j = 0; j < keys; j += 1, n += 1) gradients[n] = weights[n] * (gradients[n] - mean) * attributes.scale;
      }
      multiply(queries, width, keys, matrix(gradients, 0, keys, 1), matrix(key.data, k, width, 1), matrix(dQuery.data, q, width, 1), false);
      multiply(keys, width, queries, matrix(gradients, 0, 1, keys), matrix(query.data, q, width, 1), matrix(dKey.data, k, width, 1), false);
    });
  },
};
