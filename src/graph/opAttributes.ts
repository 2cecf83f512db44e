// The op vocabulary: every op that a graph can hold, with the type of its attributes. The tables over it (shape inference,
// vector-Jacobian product, FLOPs, reference kernel) are mapped types over `Op`: forgetting a row does not compile.
// Ops have torch's functional (or ATen's) names. Attributes are plain JSON; axes (`dim`) are non-negative here: whoever
// records normalizes them. Inputs are listed beside each op; `?` marks one that may be left off at the end.
import type { DType, Shape } from './tensorType.ts';

type None = Record<never, never>;

/** Where a random op's numbers come from: a function of its attributes alone, so that it can be run again, later, or elsewhere. */
export interface RandomDraw {
  readonly seed: number;
  /** Position in the generator's sequence of 32-bit outputs (MT19937) where this op's draws begin. */
  readonly offset: number;
  /** `normal` below 16 elements: offset of the pair whose second number is still to be used; null: none. */
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

export interface OpAttributes {
  // Leaves: () → value
  /** `data`: id of an entry of the session's constants. */
  constant: { readonly data: number; readonly dtype: DType; readonly shape: Shape };
  full: { readonly shape: Shape; readonly value: number; readonly dtype: DType };
  /** `start + i * step`. */
  arange: { readonly start: number; readonly step: number; readonly length: number; readonly dtype: DType };
  eye: { readonly n: number; readonly m: number; readonly dtype: DType };
  uniform: RandomDraw & { readonly shape: Shape; readonly from: number; readonly to: number; readonly dtype: DType };
  normal: RandomDraw & { readonly shape: Shape; readonly mean: number; readonly std: number; readonly dtype: DType };
  /** Integers of `low..high`, `high` excluded. */
  randint: RandomDraw & { readonly shape: Shape; readonly low: number; readonly high: number; readonly dtype: DType };
  randperm: RandomDraw & { readonly n: number; readonly dtype: DType };
  /** 1 with probability `p`, else 0. */
  bernoulli: RandomDraw & { readonly shape: Shape; readonly p: number; readonly dtype: DType };

  // Element-wise, one input: (x)
  cast: { readonly dtype: DType };
  /** The same values, through which no gradient passes. */
  detach: None;
  neg: None; abs: None; sign: None; exp: None; expm1: None; log: None; log1p: None; log2: None; log10: None;
  sqrt: None; rsqrt: None; square: None; reciprocal: None;
  sin: None; cos: None; tan: None; asin: None; acos: None; atan: None; sinh: None; cosh: None; tanh: None;
  erf: None; floor: None; ceil: None; round: None; trunc: None;
  isnan: None; isinf: None; logical_not: None;
  relu: None; sigmoid: None; silu: None; mish: None; selu: None; softsign: None; logsigmoid: None;
  hardsigmoid: None; hardswish: None; tanhshrink: None; relu6: None;
  leaky_relu: { readonly negativeSlope: number };
  elu: { readonly alpha: number };
  celu: { readonly alpha: number };
  gelu: { readonly approximate: 'none' | 'tanh' };
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
  softmax: { readonly dim: number };
  log_softmax: { readonly dim: number };
  logsumexp: Reduction;
  /** (x) → values, indices */
  sort: { readonly dim: number; readonly descending: boolean };

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
  gather: { readonly dim: number };
  /** (x, index, source) */
  scatter: { readonly dim: number };
  scatter_add: { readonly dim: number };
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
