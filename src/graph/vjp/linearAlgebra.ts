// Derivatives of matrix products and convolutions. A convolution is linear in its input and in its weight, and so are its two
// backward ops, which is why each of the three has the other two for derivatives.
import {
  convolution, convolutionBackwardInput, convolutionBackwardWeight, matmul, reshape, sum, transpose, type Term,
} from '../emitter.ts';
import { elementCount } from '../tensorType.ts';
import type { VjpRules } from './vjpRule.ts';

/** All axes but the last as one. */
const rows = (x: Term) => (x.shape.length === 2 ? x : reshape(x, [elementCount(x.shape.slice(0, -1)), x.shape.at(-1)!]));

export const linearAlgebraVjps = {
  // z = x y: dx = g yᵀ, dy = xᵀ g. A vector takes part as a row at the left, as a column at the right.
  matmul: ({ g, inputs: [x, y] }) => {
    const left = x.shape.length === 1 ? reshape(x, [1, ...x.shape]) : x;
    const right = y.shape.length === 1 ? reshape(y, [...y.shape, 1]) : y;
    const batch = g.shape.slice(0, g.shape.length - (x.shape.length > 1 ? 1 : 0) - (y.shape.length > 1 ? 1 : 0));
    const matrix = reshape(g, [...batch, left.shape.at(-2)!, right.shape.at(-1)!]);
    return [
      () => {
        const dx = matmul(matrix, transpose(right));
        return x.shape.length === 1 ? reshape(dx, [...batch, ...x.shape]) : dx;
      },
      () => {
        // one matrix for all rows: one product over all of them, not a sum of products
        const dy = right.shape.length === 2 ? matmul(transpose(rows(left)), rows(matrix)) : matmul(transpose(left), matrix);
        return y.shape.length === 1 ? reshape(dy, y.shape) : dy;
      },
    ];
  },
  // y = x Wᵀ + b: dx = g W, dW = gᵀ x, db = Σ g
  linear: ({ g, inputs: [x, weight], inputs }) => [
    () => matmul(g, weight),
    () => matmul(transpose(rows(g)), rows(x)),
    () => g,
  ].slice(0, inputs.length),
  convolution: ({ g, inputs: [x, weight], inputs, attributes }) => [
    () => convolutionBackwardInput(g, weight, x.shape, attributes),
    () => convolutionBackwardWeight(g, x, weight.shape, attributes),
    () => sum(g, g.shape.map((_, axis) => axis).filter((axis) => axis !== 1)),
  ].slice(0, inputs.length),
  convolution_backward_input: ({ g, inputs: [gradient, weight], attributes: { inputShape: _, ...attributes } }) => [
    () => convolution(g, weight, attributes),
    () => convolutionBackwardWeight(gradient, g, weight.shape, attributes),
  ],
  convolution_backward_weight: ({ g, inputs: [gradient, x], attributes: { weightShape: _, ...attributes } }) => [
    () => convolution(x, g, attributes),
    () => convolutionBackwardInput(gradient, g, x.shape, attributes),
  ],
} satisfies Partial<VjpRules>;
