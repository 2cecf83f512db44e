// Logarithm, sine and cosine in float32, to the bit as PyTorch computes them for normal numbers on processors with AVX2: Cephes' logf, sinf
// and cosf (Moshier 1992), each product and sum that can be one fused multiply-add being one.

const { fround } = Math;

/** a · b + c rounded once: the product of two float32 is exact in float64. */
function fused(a: number, b: number, c: number): number {
  return fround(a * b + c);
}

// Polynomials are written out, with their coefficients as constants: a loop over an array of them takes twice as long.
const log0 = fround(7.0376836292e-2);
const log1 = fround(-1.1514610310e-1);
const log2 = fround(1.1676998740e-1);
const log3 = fround(-1.2420140846e-1);
const log4 = fround(1.4249322787e-1);
const log5 = fround(-1.6668057665e-1);
const log6 = fround(2.0000714765e-1);
const log7 = fround(-2.4999993993e-1);
const log8 = fround(3.3333331174e-1);
/** ln 2 in two parts, the upper one of few digits. */
const lowLn2 = fround(-2.12194440e-4);
const highLn2 = 0.693359375;
/** √½ as a float32, in units of 2⁻³¹. */
const sqrtHalf = fround(Math.SQRT1_2) * 2 ** 31;

/** ln(n · 2⁻²⁴) for n in 1..2²⁴. Without branches, which random numbers make unpredictable. */
export function logOfUniform32(n: number): number {
  const zeros = Math.clz32(n);
  // n · 2⁻²⁴ = normal · 2⁻³¹ · 2^(8 − zeros), with normal · 2⁻³¹ in [½, 1); below √½ it is doubled.
  const normal = (n << zeros) >>> 1;
  const isLow = (normal - sqrtHalf) >>> 31;
  const exponent = 8 - zeros - isLow;
  const mantissa = normal * 2 ** -31 * (1 + isLow) - 1;
  const square = fround(mantissa * mantissa);
  let series = fused(log0, mantissa, log1);
  series = fused(series, mantissa, log2);
  series = fused(series, mantissa, log3);
  series = fused(series, mantissa, log4);
  series = fused(series, mantissa, log5);
  series = fused(series, mantissa, log6);
  series = fused(series, mantissa, log7);
  series = fused(series, mantissa, log8);
  const cubic = fround(series * mantissa);
  const rest = fround(fused(cubic, square, fround(exponent * lowLn2)) - square / 2);
  return fused(exponent, highLn2, fround(mantissa + rest));
}

const cos0 = fround(2.443315711809948e-5);
const cos1 = fround(-1.388731625493765e-3);
const cos2 = fround(4.166664568298827e-2);
const sin0 = fround(-1.9515295891e-4);
const sin1 = fround(8.3321608736e-3);
const sin2 = fround(-1.6666654611e-1);
const fourOverPi = fround(4 / Math.PI);
/** −π/4 in three parts. */
const quarter0 = -0.78515625;
const quarter1 = fround(-2.4187564849853515625e-4);
const quarter2 = fround(-3.77489497744594108e-8);

/** sin x and cos x of a non-negative float32, into the first two elements of `result`. */
export function sinCos32(x: number, result: Float64Array): void {
  const octant = (fround(x * fourOverPi) + 1) & ~1;
  const rest = fused(octant, quarter2, fused(octant, quarter1, fused(octant, quarter0, x)));
  const square = fround(rest * rest);
  const cosine = fused(fused(cos0, square, cos1), square, cos2);
  const even = fround(fused(fround(cosine * square), square, -square / 2) + 1);
  const sine = fused(fused(sin0, square, sin1), square, sin2);
  const odd = fused(fround(sine * square), rest, rest);
  // Chosen by factors of 0 and 1: of two branches that random numbers take, one is predicted wrong.
  const swapped = (octant >> 1) & 1;
  const straight = 1 - swapped;
  result[0] = (even * swapped + odd * straight) * (1 - ((octant & 4) >> 1));
  result[1] = (odd * swapped + even * straight) * (((octant - 2) & 4) / 2 - 1);
}
