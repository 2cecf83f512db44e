// The op vocabulary: every op that a graph can hold, with the type of its attributes. The tables over it (shape inference,
// vector-Jacobian product, FLOPs, reference kernel) are mapped types over `Op`: forgetting a row does not compile.
// Ops have torch's functional (or ATen's) names. Attributes are plain JSON; axes (`dim`) are non-negative here: whoever
// records normalizes them. Inputs are listed beside each op; `?` marks one that may be left off at the end.
import type { DType, Shape } from './tensorType.ts';

type None = Record<never, never>;

/** `indices`: what they are, if an error is to say so: classes that a loss compares with, or that are made units of. */
interface ElementIndexing {
  readonly dim: number;
  readonly indices?: 'targets' | 'classes';
}

/** Where a random op's numbers come from: a function of its attributes alone, so that it can be run again, later, or elsewhere. */
export interface RandomDraw {
  readonly seed: number;
  /** Position in the generator's sequence of 32-bit outputs (MT19937) where this op's draws begin. */
  readonly offset: number;
  /** `normal` in pairs: offset of the pair whose second number is still to be used; null: none. */
  readonly carry: number | null;
}

export interface Reduction {
  /** Axes to reduce, ascending; all of them: every axis listed. */
  readonly dim: readonly number[];
  readonly keepdim: boolean;
}

/** Attributes of a convolution over 1 to 3 spatial axes; one number per spatial axis. */
export interface Convolution {
  readonly stride: readonly number[];
  readonly padding: readonly number[];
  readonly dilation: readonly number[];
  readonly transposed: boolean;
  readonly outputPadding: readonly number[];
  readonly groups: number;
}

/** Attributes of a pooling over 1 to 3 spatial axes. */
export interface Pooling {
  readonly kernelSize: readonly number[];
  readonly stride: readonly number[];
  readonly padding: readonly number[];
  readonly ceilMode: boolean;
}
export interface MaxPooling extends Pooling {
  readonly dilation: readonly number[];
}
export interface AveragePooling extends Pooling {
  readonly countIncludePad: boolean;
  readonly divisorOverride: number | null;
}

/** Attributes of interpolation over the 1 to 3 trailing axes of N C …; one entry per spatial axis. */
export interface Interpolation {
  readonly mode: 'nearest' | 'nearest-exact' | 'linear' | 'cubic';
  readonly outputSize: readonly number[];
  /** Output per input size, where it is not to follow from the sizes (they are rounded). */
  readonly scales: readonly (number | null)[];
  readonly alignCorners: boolean;
  readonly antialias: boolean;
}

/** Attributes of the sliding windows over 2 spatial axes. */
export interface Windows {
  readonly kernelSize: readonly number[];
  readonly stride: readonly number[];
  readonly padding: readonly number[];
  readonly dilation: readonly number[];
}

export interface Attention {
  /** Query i sees keys 0 to i. */
  readonly isCausal: boolean;
  /** What query · key is multiplied by. */
  readonly scale: number;
}

export interface OpAttributes {
  // Leaves: () → value
  /** `data`: id of an entry of the session's constants. */
  constant: { readonly data: number; readonly dtype: DType; readonly shape: Shape };
  full: { readonly shape: Shape; readonly value: number; readonly dtype: DType };
  /** `start + i * step`. */
  arange: { readonly start: number; readonly step: number; readonly length: number; readonly dtype: DType };
  eye: { readonly n: number; readonly m: number; readonly dtype: DType };
  uniform: RandomDraw & { readonly shape: Shape; readonly from: number; readonly to: number; readonly dtype: DType };
  /** `pairs`: drawn pair by pair however many there are, as PyTorch does for memory that is not contiguous. */
  normal: RandomDraw & { readonly shape: Shape; readonly mean: number; readonly std: number; readonly dtype: DType; readonly pairs?: boolean };
  /** Integers of `low..high`, `high` excluded. */
  randint: RandomDraw & { readonly shape: Shape; readonly low: number; readonly high: number; readonly dtype: DType };
  randperm: RandomDraw & { readonly n: number; readonly dtype: DType };
  /** 1 with probability `p`, else 0. */
  bernoulli: RandomDraw & { readonly shape: Shape; readonly p: number; readonly dtype: DType };

  // Element-wise, one input: (x)
  cast: { readonly dtype: DType };
  /** The same values, through which no gradient passes. */
  detach: None;
  /**
   * (y, …x) → y, whose gradient with respect to each x is what a backward of the user's own makes of it: the nodes from `seed`, which
   * stands for the gradient with respect to y, to `results`, one for each x (null: none). Both are ids of values of the graph.
   */
  with_gradient: { readonly seed: number; readonly results: readonly (number | null)[] };
  neg: None; abs: None; sign: None; exp: None; expm1: None; log: None; log1p: None; log2: None; log10: None;
  sqrt: None; rsqrt: None; square: None; reciprocal: None;
  sin: None; cos: None; tan: None; asin: None; acos: None; atan: None; sinh: None; cosh: None; tanh: None;
  asinh: None; acosh: None; atanh: None;
  erf: None; erfc: None; erfinv: None; lgamma: None; digamma: None;
  /** The n-th derivative of digamma, n ≥ 1. */
  polygamma: { readonly n: number };
  /** Modified Bessel functions of the first kind. */
  i0: None; i1: None;
  floor: None; ceil: None; round: None; trunc: None;
  isnan: None; isinf: None; logical_not: None;
  relu: None; sigmoid: None; silu: None; mish: None; selu: None; softsign: None; logsigmoid: None;
  hardsigmoid: None; hardswish: None; tanhshrink: None; relu6: None;
  leaky_relu: { readonly negativeSlope: number };
  elu: { readonly alpha: number };
  celu: { readonly alpha: number };
  gelu: { readonly approximate: 'none' | 'tanh' };
  /** The derivative of gelu without approximation, Φ(x) + x φ(x): in each backward pass of a transformer. */
  gelu_slope: None;
  softplus: { readonly beta: number; readonly threshold: number };
  hardtanh: { readonly minVal: number; readonly maxVal: number };
  clamp: { readonly min: number | null; readonly max: number | null };
  hardshrink: { readonly lambd: number };
  softshrink: { readonly lambd: number };
  threshold: { readonly threshold: number; readonly value: number };

  // Element-wise, broadcast: (x, y)
  add: None; sub: None; mul: None; div: None; pow: None; maximum: None; minimum: None;
  /** Of the divisor's sign, as Python's `%`. */
  remainder: None;
  fmod: None; floor_divide: None; atan2: None;
  /** √(x² + y²), log(eˣ + eʸ): without overflow on the way. */
  hypot: None; logaddexp: None;
  /** Of integers or bools. */
  bitwise_and: None; bitwise_or: None; bitwise_xor: None;
  /** Of integers; the right one is arithmetic. */
  bitwise_left_shift: None; bitwise_right_shift: None;
  eq: None; ne: None; lt: None; le: None; gt: None; ge: None;
  logical_and: None; logical_or: None; logical_xor: None;
  /** (x, slope): the slope has one element, or one per channel (axis 1, or the only axis). */
  prelu: None;
  /** (condition, x, y) */
  where: None;

  // Reductions: (x)
  sum: Reduction; mean: Reduction; prod: Reduction; amax: Reduction; amin: Reduction; any: Reduction; all: Reduction;
  var: Reduction & { readonly correction: number };
  argmax: { readonly dim: number; readonly keepdim: boolean };
  argmin: { readonly dim: number; readonly keepdim: boolean };
  cumsum: { readonly dim: number };
  cumprod: { readonly dim: number };
  logcumsumexp: { readonly dim: number };
  /** (gradient, x, y) */
  logcumsumexp_backward: { readonly dim: number };
  /** (x) → values, indices of the latest element that equals each */
  cummax: { readonly dim: number };
  cummin: { readonly dim: number };
  softmax: { readonly dim: number };
  log_softmax: { readonly dim: number };
  logsumexp: Reduction;
  /** (x) → values, indices */
  sort: { readonly dim: number; readonly descending: boolean };
  /** (sorted, values): where each value would be inserted along the last axis, after equal ones if `right`; one sorted row may serve all values. */
  searchsorted: { readonly right: boolean };

  // Fourier transforms. A complex number is a pair (real, imaginary) in the last axis, of size 2.
  /** Σ x · exp(∓2πi jk/n) over the axes `dims`, + where `inverse`, times `scale`. */
  fft: { readonly dims: readonly number[]; readonly inverse: boolean; readonly scale: number };

  // Linear algebra
  /** (x, y), as torch.matmul: vectors, matrices, broadcast batches. */
  matmul: None;
  /** (x, weight, bias?): x · weightᵀ + bias */
  linear: None;
  /** (x, weight, bias?) N C … */
  convolution: Convolution;
  /** (gradient, weight) */
  convolution_backward_input: Convolution & { readonly inputShape: Shape };
  /** (gradient, x) */
  convolution_backward_weight: Convolution & { readonly weightShape: Shape };

  // Decompositions of matrices in the last two axes. Of the symmetric x of `cholesky` and `eigh` one triangle is read.
  /** (x) → L, lower: x = L Lᵀ; `upper`: of the upper triangle of x; `partial`: of an x that has none, LAPACK's columns up to the first pivot that is not positive */
  cholesky: { readonly upper: boolean; readonly partial: boolean };
  /** (a, b) → x: a x = b, of `a` only the triangle counts */
  triangular_solve: { readonly upper: boolean; readonly unitriangular: boolean };
  /** (a, b) → x: a x = b */
  solve: None;
  inverse: None;
  det: None;
  /** (x) → log |det x|, sign of det x */
  slogdet: None;
  /** (x) → L below the diagonal and U on and above it, of x with its rows exchanged; the row each row was exchanged with, from 1; the row of x that each row was */
  lu: None;
  /** (x) → Q, R; `complete`: Q is square */
  qr: { readonly complete: boolean };
  /** (x) → eigenvalues ascending, eigenvectors as columns, the largest component of each positive; `upper`: of the upper triangle of x */
  eigh: { readonly upper: boolean };
  /**
   * (x) → eigenvalues, eigenvectors as columns of length 1, the largest component of each real and positive; all as pairs (real, imaginary) in the last axis.
   * `hermitian`: x is its own conjugate transposed; its values ascend.
   */
  eig: { readonly hermitian: boolean };
  /** (x) → U, S descending, Vᵀ, of min(m, n) values; the largest component of each column of U positive */
  svd: None;

  // Attention
  /**
   * (query, key, value, mask?) → softmax(query · keyᵀ · scale + mask) · value, log of each row's sum of exponentials. N … L E; a mask
   * broadcasts to N … L S: true where seen, or numbers to add. A row that sees nothing is 0.
   */
  scaled_dot_product_attention: Attention;
  /** (gradient, query, key, value, y, logSums, mask?) → dquery, dkey, dvalue */
  scaled_dot_product_attention_backward: Attention;

  // Losses
  /** (logProbs, targets, inputLengths, targetLengths) → loss per sequence, log of the forward variables. T N C; targets N S or all in one row. */
  ctc_loss: { readonly blank: number; readonly zeroInfinity: boolean };
  /** (gradient, logProbs, targets, inputLengths, targetLengths, loss, forwardVariables): as PyTorch's, of what a log_softmax has made */
  ctc_loss_backward: { readonly blank: number; readonly zeroInfinity: boolean };

  // Pooling over the trailing axes of N C … (or C …)
  /** (x) → y, indices into the flattened spatial axes */
  max_pool_with_indices: MaxPooling;
  /** (gradient, indices) */
  max_pool_backward: { readonly inputShape: Shape; readonly spatialRank: number };
  avg_pool: AveragePooling;
  /** (gradient) */
  avg_pool_backward: AveragePooling & { readonly inputShape: Shape };
  adaptive_avg_pool: { readonly outputSize: readonly number[] };
  /** (gradient) */
  adaptive_avg_pool_backward: { readonly inputShape: Shape; readonly spatialRank: number };
  /** (x) → y, indices into the flattened spatial axes */
  adaptive_max_pool_with_indices: { readonly outputSize: readonly number[] };
  interpolate: Interpolation;
  /** (gradient) */
  interpolate_backward: Interpolation & { readonly inputShape: Shape };
  /** N C H W → N (C · kernel positions) (output positions); without N likewise */
  im2col: Windows;
  /** The other way: what lies at one place is added up. */
  col2im: Windows & { readonly outputSize: readonly number[] };

  // Normalization
  /** (x, weight, bias) → y, mean, rstd: statistics of this batch, per channel (axis 1) */
  native_batch_norm: { readonly eps: number };
  /** (gradient, x, weight, mean, rstd) → dx, dweight, dbias */
  native_batch_norm_backward: None;
  /** (x, weight, bias) → y, mean, rstd over the last `normalizedRank` axes */
  native_layer_norm: { readonly normalizedRank: number; readonly eps: number };
  /** (gradient, x, weight, mean, rstd) → dx, dweight, dbias */
  native_layer_norm_backward: { readonly normalizedRank: number };

  // Shape
  reshape: { readonly shape: Shape };
  permute: { readonly dims: readonly number[] };
  /** Broadcasts to `shape`. */
  expand: { readonly shape: Shape };
  /** `start..end` by `step` > 0, within bounds. */
  slice: { readonly dim: number; readonly start: number; readonly end: number; readonly step: number };
  /** (x, source): x with a slice replaced. */
  slice_scatter: { readonly dim: number; readonly start: number; readonly end: number; readonly step: number };
  /** (x, …) */
  cat: { readonly dim: number };
  /** Pairs (before, after) per axis; `constant` may crop with negative numbers. */
  pad: { readonly pads: readonly (readonly [number, number])[]; readonly mode: 'constant' | 'reflect' | 'replicate' | 'circular'; readonly value: number };
  /** (gradient): back to the unpadded shape. */
  pad_backward: { readonly pads: readonly (readonly [number, number])[]; readonly mode: 'reflect' | 'replicate' | 'circular'; readonly inputShape: Shape };
  flip: { readonly dims: readonly number[] };
  tril: { readonly diagonal: number };
  triu: { readonly diagonal: number };

  // Indexing
  /** (x, index) */
  gather: ElementIndexing;
  /** (x, index, source) */
  scatter: ElementIndexing;
  scatter_add: { readonly dim: number };
  /** As scatter, the extremum of what meets at one place; x itself counts where `includeSelf`, or where nothing is written. */
  scatter_reduce: { readonly dim: number; readonly reduce: 'amax' | 'amin'; readonly includeSelf: boolean };
  /** (x, index): index of rank 1 */
  index_select: { readonly dim: number };
  /** (x, index, source) */
  index_add: { readonly dim: number };
  /** (x, …indices): integer tensors, broadcast together, for the axes `dims` (ascending); results where NumPy puts them. */
  index: { readonly dims: readonly number[] };
  /** (x, values, …indices) */
  index_put: { readonly dims: readonly number[]; readonly accumulate: boolean };
  /** (weight, indices) */
  embedding: None;
  /** (gradient, indices) */
  embedding_backward: { readonly numWeights: number };
}

export type Op = keyof OpAttributes;
