// Floating-point operations of a node, by one convention: a multiply-add counts as 2; an element-wise function as 1 per output
// element, however costly; a reduction as 1 per input element; what only moves, makes or addresses elements as 0.
import type { Graph, Node, NodeOf } from './graph.ts';
import { typeOf } from './graph.ts';
import type { Interpolation, Op, OpAttributes, Pooling } from './opAttributes.ts';
import { elementCount, type Shape } from './tensorType.ts';

/** Shapes of a node's inputs and of its first output. */
type FlopsRule<O extends Op> = (inputs: readonly Shape[], output: Shape, attributes: OpAttributes[O]) => number;

const free = () => 0;
const perOutput = (_: readonly Shape[], output: Shape) => elementCount(output);
const perInput = ([x]: readonly Shape[]) => elementCount(x);
/** `count` operations for each element of the input. */
const perElement = (count: number) => ([x]: readonly Shape[]) => count * elementCount(x);

/** exp, the sum, and the division or subtraction */
const softmax = perElement(3);
/** mean (1), variance (3), (x − mean) · rstd (2), weight and bias (2) */
const normalization = perElement(8);
/** x̂ (2), dweight (2), dbias (1), h (1), its two means (3), dx (4) */
const normalizationBackward = perElement(13);
const window = ({ kernelSize }: Pooling) => elementCount(kernelSize);

/** A product with a bias of one addition per output element. */
function withBias(products: number, inputs: readonly Shape[], output: Shape): number {
  return 2 * products + (inputs.length > 2 ? elementCount(output) : 0);
}
/** Each element of the output (of the input, for a transposed one) meets one kernel: in-channels per group × kernel sizes. */
function convolutionProducts(side: Shape, weight: Shape): number {
  return elementCount(side) * elementCount(weight.slice(1));
}
const factorization = (x: Shape) => Math.round((2 / 3) * elementCount(x) * x.at(-1)!);
/** `width` multiply-adds for each score, and the softmax: scale, exp, sum, division. */
const attentionProducts = (query: Shape, key: Shape, width: number) => elementCount(query.slice(0, -1)) * key.at(-2)! * (2 * width + 4);
/** Multiply-adds along each axis; without antialias, which takes more. */
const taps = ({ mode, outputSize }: Interpolation) => ({ nearest: 0, 'nearest-exact': 0, linear: 4, cubic: 8 })[mode] * outputSize.length;
const sortOperations = ([x]: readonly Shape[], _: Shape, { dim }: { dim: number }) =>
  elementCount(x) * Math.ceil(Math.log2(Math.max(1, x[dim] ?? 1)));

const rules: { readonly [O in Op]: FlopsRule<O> } = {
  constant: free, full: free, arange: free, eye: free, uniform: free, normal: free, randint: free, randperm: free, bernoulli: free,
  cast: free, detach: free, with_gradient: free,
  neg: perOutput, abs: perOutput, sign: perOutput, exp: perOutput, expm1: perOutput, log: perOutput, log1p: perOutput, log2: perOutput,
  log10: perOutput, sqrt: perOutput, rsqrt: perOutput, square: perOutput, reciprocal: perOutput, sin: perOutput, cos: perOutput,
  tan: perOutput, asinh: perOutput, acosh: perOutput, atanh: perOutput, erfc: perOutput, erfinv: perOutput, lgamma: perOutput,
  digamma: perOutput, polygamma: perOutput, i0: perOutput, i1: perOutput, asin: perOutput, acos: perOutput, atan: perOutput,
  sinh: perOutput, cosh: perOutput, tanh: perOutput, erf: perOutput,
  floor: perOutput, ceil: perOutput, round: perOutput, trunc: perOutput, isnan: perOutput, isinf: perOutput, logical_not: perOutput,
  relu: perOutput, sigmoid: perOutput, silu: perOutput, mish: perOutput, selu: perOutput, softsign: perOutput, logsigmoid: perOutput,
  hardsigmoid: perOutput, hardswish: perOutput, tanhshrink: perOutput, relu6: perOutput, leaky_relu: perOutput, elu: perOutput,
  celu: perOutput, gelu: perOutput, gelu_slope: perOutput, softplus: perOutput, hardtanh: perOutput, clamp: perOutput, hardshrink: perOutput,
  softshrink: perOutput, threshold: perOutput,
  add: perOutput, sub: perOutput, mul: perOutput, div: perOutput, pow: perOutput, maximum: perOutput, minimum: perOutput,
  remainder: perOutput, fmod: perOutput, floor_divide: perOutput, atan2: perOutput, eq: perOutput, ne: perOutput, lt: perOutput,
  le: perOutput, gt: perOutput, ge: perOutput, logical_and: perOutput, logical_or: perOutput, logical_xor: perOutput,
  hypot: perOutput, logaddexp: perOutput, bitwise_and: perOutput, bitwise_or: perOutput, bitwise_xor: perOutput,
  bitwise_left_shift: perOutput, bitwise_right_shift: perOutput,
  prelu: perOutput, where: perOutput,
  sum: perInput, mean: perInput, prod: perInput, amax: perInput, amin: perInput, any: perInput, all: perInput, argmax: perInput,
  argmin: perInput, cumsum: perInput, cumprod: perInput, logsumexp: perElement(2), var: perElement(4),
  softmax, log_softmax: softmax, sort: sortOperations,
  // the difference to the largest so far, exp, the sum, log
  logcumsumexp: perElement(4), logcumsumexp_backward: ([gradient]) => 6 * elementCount(gradient), cummax: perInput, cummin: perInput,
  searchsorted: ([sorted], output) => elementCount(output) * Math.ceil(Math.log2(Math.max(1, sorted.at(-1)! + 1))),
  // 5 n log₂ n for each row of n complex numbers (Cooley and Tukey 1965)
  fft: ([x], _, { dims }) => dims.reduce((count, dim) => count + 5 * (elementCount(x) / 2) * Math.ceil(Math.log2(Math.max(1, x[dim]))), 0),

  // Golub and Van Loan, Matrix Computations: of an n × n matrix n³/3 (Cholesky), 2n³/3 (LU), n² per column solved
  cholesky: ([x]) => Math.round(elementCount(x) * x.at(-1)! / 3),
  triangular_solve: ([a], output) => elementCount(output) * a.at(-1)!,
  solve: ([a], output) => factorization(a) + 2 * elementCount(output) * a.at(-1)!,
  inverse: ([x]) => 2 * elementCount(x) * x.at(-1)!,
  det: ([x]) => factorization(x), slogdet: ([x]) => factorization(x),
  lu: ([x]) => {
    const [m, n] = x.slice(-2) as [number, number];
    const k = Math.min(m, n);
    return Math.round(elementCount(x.slice(0, -2)) * (2 * m * n * k - (m + n) * k ** 2 + (2 / 3) * k ** 3));
  },
  qr: ([x]) => {
    const [m, n] = x.slice(-2) as [number, number];
    return 2 * elementCount(x) * Math.min(m, n) - Math.round((2 / 3) * elementCount(x.slice(0, -2)) * Math.min(m, n) ** 3);
  },
  eigh: ([x]) => 9 * elementCount(x) * x.at(-1)!,
  // of pairs: Hessenberg's form, some ten operations per element and eigenvalue, four real products for a complex one
  eig: ([x]) => 4 * 25 * (elementCount(x) / 2) * x.at(-2)!,
  svd: ([x]) => 6 * elementCount(x) * Math.min(...x.slice(-2)),

  scaled_dot_product_attention: ([query, key, value]) => attentionProducts(query, key, query.at(-1)! + value.at(-1)!),
  // scores and weights again, then the gradients of weights, value, query and key
  scaled_dot_product_attention_backward: ([, query, key, value]) =>
    attentionProducts(query, key, 3 * query.at(-1)! + 2 * value.at(-1)!),
  // three additions of logarithms for each state and step
  ctc_loss: (_, output, __) => 9 * elementCount(output), ctc_loss_backward: ([, logProbs]) => 9 * elementCount(logProbs),

  matmul: ([x], output) => 2 * elementCount(output) * x.at(-1)!,
  linear: (inputs, output) => withBias(elementCount(output) * inputs[0].at(-1)!, inputs, output),
  convolution: (inputs, output, { transposed }) => {
    const [x, weight] = inputs;
    return withBias(convolutionProducts(transposed ? x : output, weight), inputs, output);
  },
  // The gradients with respect to input and weight have as many products as the convolution itself
  convolution_backward_input: ([gradient, weight], _, { transposed, inputShape }) =>
    2 * convolutionProducts(transposed ? inputShape : gradient, weight),
  convolution_backward_weight: ([gradient, x], _, { transposed, weightShape }) =>
    2 * convolutionProducts(transposed ? x : gradient, weightShape),

  max_pool_with_indices: (_, output, attributes) => elementCount(output) * window(attributes),
  max_pool_backward: perInput,
  avg_pool: (_, output, attributes) => elementCount(output) * window(attributes),
  avg_pool_backward: ([gradient], _, attributes) => elementCount(gradient) * window(attributes),
  adaptive_avg_pool: perInput,
  adaptive_avg_pool_backward: perOutput,
  adaptive_max_pool_with_indices: perInput,
  interpolate: (_, output, attributes) => elementCount(output) * taps(attributes),
  interpolate_backward: ([gradient], _, attributes) => elementCount(gradient) * taps(attributes),
  im2col: free, col2im: perInput,
  native_batch_norm: normalization,
  native_batch_norm_backward: normalizationBackward,
  native_layer_norm: normalization,
  native_layer_norm_backward: normalizationBackward,

  reshape: free, permute: free, expand: free, slice: free, slice_scatter: free, cat: free, pad: free, pad_backward: perInput, flip: free,
  tril: free, triu: free,
  gather: free, scatter: free, scatter_add: ([, index]) => elementCount(index),
  scatter_reduce: ([, index]) => elementCount(index), index_select: free,
  index_add: ([, , source]) => elementCount(source), index: free,
  index_put: ([, values], _, { accumulate }) => (accumulate ? elementCount(values) : 0),
  embedding: free, embedding_backward: perInput,
};

/** Floating-point operations that one run of `node` takes. */
export function flopsOf(graph: Graph, node: Node): number {
  return countOf(graph, node as NodeOf<Op>);
}

function countOf<O extends Op>(graph: Graph, node: NodeOf<O>): number {
  const shapeOf = (value: NodeOf<O>['inputs'][number]) => typeOf(graph, value).shape;
  return (rules[node.op] as FlopsRule<O>)(node.inputs.map(shapeOf), shapeOf(node.outputs[0]), node.attributes);
}
