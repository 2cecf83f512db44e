// How many inputs each op takes: [at least, at most].
import type { Op } from './opAttributes.ts';

type Count = readonly [number, number];
const none: Count = [0, 0];
const one: Count = [1, 1];
const two: Count = [2, 2];
const three: Count = [3, 3];

export const inputCounts: { readonly [O in Op]: Count } = {
  constant: none, full: none, arange: none, eye: none, uniform: none, normal: none, randint: none, randperm: none, bernoulli: none,
  cast: one, detach: one, with_gradient: [1, Infinity], neg: one, abs: one, sign: one, exp: one, expm1: one, log: one, log1p: one, log2: one, log10: one,
  sqrt: one, rsqrt: one, square: one, reciprocal: one, sin: one, cos: one, tan: one, asin: one, acos: one, atan: one,
  sinh: one, cosh: one, tanh: one, asinh: one, acosh: one, atanh: one, erf: one, erfc: one, erfinv: one, lgamma: one, digamma: one,
  polygamma: one, i0: one, i1: one, floor: one, ceil: one, round: one, trunc: one, isnan: one, isinf: one, logical_not: one,
  relu: one, sigmoid: one, silu: one, mish: one, selu: one, softsign: one, logsigmoid: one, hardsigmoid: one, hardswish: one,
  tanhshrink: one, relu6: one, leaky_relu: one, elu: one, celu: one, gelu: one, gelu_slope: one, softplus: one, hardtanh: one, clamp: one,
  hardshrink: one, softshrink: one, threshold: one,
  add: two, sub: two, mul: two, div: two, pow: two, maximum: two, minimum: two, remainder: two, fmod: two, floor_divide: two,
  atan2: two, eq: two, ne: two, lt: two, le: two, gt: two, ge: two, logical_and: two, logical_or: two, logical_xor: two,
  hypot: two, logaddexp: two, bitwise_and: two, bitwise_or: two, bitwise_xor: two, bitwise_left_shift: two, bitwise_right_shift: two,
  prelu: two, where: three,
  sum: one, mean: one, prod: one, amax: one, amin: one, any: one, all: one, var: one, argmax: one, argmin: one,
  cumsum: one, cumprod: one, softmax: one, log_softmax: one, logsumexp: one, sort: one,
  logcumsumexp: one, logcumsumexp_backward: three, cummax: one, cummin: one, searchsorted: two, fft: one,
  cholesky: one, triangular_solve: two, solve: two, inverse: one, det: one, slogdet: one, lu: one, qr: one, eigh: one, eig: one, svd: one,
  scaled_dot_product_attention: [3, 4], scaled_dot_product_attention_backward: [6, 7], ctc_loss: [4, 4], ctc_loss_backward: [7, 7],
  matmul: two, linear: [2, 3], convolution: [2, 3], convolution_backward_input: two, convolution_backward_weight: two,
  max_pool_with_indices: one, max_pool_backward: two, avg_pool: one, avg_pool_backward: one,
  adaptive_avg_pool: one, adaptive_avg_pool_backward: one, adaptive_max_pool_with_indices: one,
  interpolate: one, interpolate_backward: one, im2col: one, col2im: one,
  native_batch_norm: three, native_batch_norm_backward: [5, 5], native_layer_norm: three, native_layer_norm_backward: [5, 5],
  reshape: one, permute: one, expand: one, slice: one, slice_scatter: two, cat: [1, Infinity], pad: one, pad_backward: one,
  flip: one, tril: one, triu: one,
  gather: two, scatter: three, scatter_add: three, scatter_reduce: three, index_select: two, index_add: three, index: [2, Infinity],
  index_put: [3, Infinity], embedding: two, embedding_backward: two,
};
