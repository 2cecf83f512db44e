// Element-wise kernels of one input. Ops that networks use often have their own loop, since a call per element costs more than their arithmetic.
import type { Op } from '../../graph/opAttributes.ts';
import { isFloat } from '../../graph/tensorType.ts';
import type { TypedArray } from '../tensor.ts';
import { besselI0, besselI1 } from './bessel.ts';
import { erf, erfc, erfInverse } from './errorFunction.ts';
import { digamma, logGamma, polygamma } from './gammaFunction.ts';
import type { Kernel, Kernels } from './kernel.ts';

type UnaryOp =
  | 'cast' | 'detach' | 'with_gradient' | 'neg' | 'abs' | 'sign' | 'exp' | 'expm1' | 'log' | 'log1p' | 'log2' | 'log10' | 'sqrt' | 'rsqrt' | 'square'
  | 'reciprocal' | 'sin' | 'cos' | 'tan' | 'asin' | 'acos' | 'atan' | 'sinh' | 'cosh' | 'tanh' | 'erf' | 'floor' | 'ceil' | 'round'
  | 'trunc' | 'isnan' | 'isinf' | 'logical_not' | 'relu' | 'sigmoid' | 'silu' | 'mish' | 'selu' | 'softsign' | 'logsigmoid'
  | 'hardsigmoid' | 'hardswish' | 'tanhshrink' | 'relu6' | 'leaky_relu' | 'elu' | 'celu' | 'gelu' | 'gelu_slope' | 'softplus' | 'hardtanh'
  | 'asinh' | 'acosh' | 'atanh' | 'erfc' | 'erfinv' | 'lgamma' | 'digamma' | 'polygamma' | 'i0' | 'i1'
  | 'clamp' | 'hardshrink' | 'softshrink' | 'threshold';

/** A kernel that is one function of each element. */
function each(f: (x: number) => number): Kernel<Op> {
  return ([x], _, [y]) => mapInto(y.data, x.data, f);
}

/** A kernel that is one loop over the elements. */
function loop(run: (x: TypedArray, y: TypedArray, count: number) => void): Kernel<Op> {
  return ([x], _, [y]) => run(x.data, y.data, y.data.length);
}

function mapInto(y: TypedArray, x: TypedArray, f: (x: number) => number): void {
  for (let i = 0; i < y.length; i += 1) y[i] = f(x[i]);
}

const log1pExp = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
const hardSigmoid = (x: number): number => Math.min(Math.max(x + 3, 0), 6) / 6;
// Klambauer et al. 2017, to the digits PyTorch has.
const seluAlpha = 1.6732632423543772848170429916717;
const seluScale = 1.0507009873554804934193349852946;

/** What a float that no int32 comes near is cast to, as x86's `cvttss2si` has it and with it PyTorch's CPU build. */
const leastInt32 = -2147483648;

export const unaryKernels: Kernels<UnaryOp> = {
  cast: ([x], { dtype }, [y]) => {
    if (dtype === 'bool') mapInto(y.data, x.data, (value) => (value !== 0 ? 1 : 0));
    else if (dtype === 'int32' && isFloat(x.dtype)) mapInto(y.data, x.data, (value) => (value > -2147483649 && value < 2147483648 ? value : leastInt32));
    else y.data.set(x.data);
  },
  detach: ([x], _, [y]) => y.data.set(x.data),
  with_gradient: ([x], _, [y]) => y.data.set(x.data),
  neg: loop((x, y, n) => { for (let i = 0; i < n; i += 1) y[i] = -x[i]; }),
  abs: loop((x, y, n) => { for (let i = 0; i < n; i += 1) y[i] = Math.abs(x[i]); }),
  sign: each((x) => (x > 0 ? 1 : x < 0 ? -1 : 0)),
  exp: loop((x, y, n) => { for (let i = 0; i < n; i += 1) y[i] = Math.exp(x[i]); }),
  expm1: each(Math.expm1),
  log: loop((x, y, n) => { for (let i = 0; i < n; i += 1) y[i] = Math.log(x[i]); }),
  log1p: each(Math.log1p),
  log2: each(Math.log2),
  log10: each(Math.log10),
  sqrt: loop((x, y, n) => { for (let i = 0; i < n; i += 1) y[i] = Math.sqrt(x[i]); }),
  rsqrt: loop((x, y, n) => { for (let i = 0; i < n; i += 1) y[i] = 1 / Math.sqrt(x[i]); }),
  square: loop((x, y, n) => {
    if (y instanceof Int32Array) for (let i = 0; i < n; i += 1) y[i] = Math.imul(x[i], x[i]);
    else for (let i = 0; i < n; i += 1) y[i] = x[i] * x[i];
  }),
  reciprocal: loop((x, y, n) => { for (let i = 0; i < n; i += 1) y[i] = 1 / x[i]; }),
  sin: each(Math.sin),
  cos: each(Math.cos),
  tan: each(Math.tan),
  asin: each(Math.asin),
  acos: each(Math.acos),
  atan: each(Math.atan),
  sinh: each(Math.sinh),
  cosh: each(Math.cosh),
  tanh: loop((x, y, n) => { for (let i = 0; i < n; i += 1) y[i] = Math.tanh(x[i]); }),
  asinh: each(Math.asinh),
  acosh: each(Math.acosh),
  atanh: each(Math.atanh),
  erf: each(erf),
  erfc: each(erfc),
  erfinv: each(erfInverse),
  lgamma: each(logGamma),
  digamma: each(digamma),
  polygamma: ([x], { n }, [y]) => mapInto(y.data, x.data, n === 0 ? digamma : (value) => polygamma(n, value)),
  i0: each(besselI0),
  i1: each(besselI1),
  floor: each(Math.floor),
  ceil: each(Math.ceil),
  // Halves go to the even neighbour, as IEEE 754 rounds.
  round: each((x) => {
    const below = Math.floor(x);
    const rest = x - below;
    if (rest !== 0.5) return rest < 0.5 ? below : below + 1;
    return below % 2 === 0 ? below : below + 1;
  }),
  trunc: each(Math.trunc),
  isnan: each((x) => (Number.isNaN(x) ? 1 : 0)),
  isinf: each((x) => (x === Infinity || x === -Infinity ? 1 : 0)),
  logical_not: each((x) => (x === 0 ? 1 : 0)),

  // Comparisons below are written so that NaN passes through, as it does in PyTorch.
  relu: loop((x, y, n) => {
    for (let i = 0; i < n; i += 1) {
      const value = x[i];
      y[i] = value <= 0 ? 0 : value;
    }
  }),
  sigmoid: loop((x, y, n) => { for (let i = 0; i < n; i += 1) y[i] = 1 / (1 + Math.exp(-x[i])); }),
  silu: loop((x, y, n) => { for (let i = 0; i < n; i += 1) y[i] = x[i] / (1 + Math.exp(-x[i])); }),
  mish: each((x) => x * Math.tanh(log1pExp(x))),
  selu: each((x) => seluScale * (x <= 0 ? seluAlpha * Math.expm1(x) : x)),
  softsign: each((x) => x / (1 + Math.abs(x))),
  logsigmoid: each((x) => -log1pExp(-x)),
  hardsigmoid: each(hardSigmoid),
  hardswish: each((x) => x * hardSigmoid(x)),
  tanhshrink: each((x) => x - Math.tanh(x)),
  relu6: each((x) => Math.min(Math.max(x, 0), 6)),
  leaky_relu: ([x], { negativeSlope }, [y]) => {
    for (let i = 0; i < y.data.length; i += 1) {
      const value = x.data[i];
      y.data[i] = value > 0 ? value : value * negativeSlope;
    }
  },
  elu: ([x], { alpha }, [y]) => mapInto(y.data, x.data, (value) => (value <= 0 ? alpha * Math.expm1(value) : value)),
  celu: ([x], { alpha }, [y]) => mapInto(y.data, x.data, (value) => (value <= 0 ? alpha * Math.expm1(value / alpha) : value)),
  gelu: ([x], { approximate }, [y]) => {
    const scale = Math.sqrt(2 / Math.PI);
    if (approximate === 'none') mapInto(y.data, x.data, (value) => 0.5 * value * (1 + erf(value * Math.SQRT1_2)));
    else mapInto(y.data, x.data, (value) => 0.5 * value * (1 + Math.tanh(scale * (value + 0.044715 * value ** 3))));
  },
  gelu_slope: each((x) => 0.5 * (1 + erf(x * Math.SQRT1_2)) + (x * Math.exp(-0.5 * x * x)) / Math.sqrt(2 * Math.PI)),
  softplus: ([x], { beta, threshold }, [y]) =>
    mapInto(y.data, x.data, (value) => (value * beta > threshold ? value : Math.log1p(Math.exp(value * beta)) / beta)),
  hardtanh: ([x], { minVal, maxVal }, [y]) => mapInto(y.data, x.data, (value) => Math.min(Math.max(value, minVal), maxVal)),
  clamp: ([x], { min, max }, [y]) => {
    const low = min ?? -Infinity;
    const high = max ?? Infinity;
    mapInto(y.data, x.data, (value) => Math.min(Math.max(value, low), high));
  },
  hardshrink: ([x], { lambd }, [y]) => mapInto(y.data, x.data, (value) => (value >= -lambd && value <= lambd ? 0 : value)),
  softshrink: ([x], { lambd }, [y]) =>
    mapInto(y.data, x.data, (value) => (value > lambd ? value - lambd : value < -lambd ? value + lambd : value * 0)),
  threshold: ([x], attributes, [y]) =>
    mapInto(y.data, x.data, (value) => (value <= attributes.threshold ? attributes.value : value)),
};
