// Logarithm, sine and cosine in float32, to the bit as PyTorch computes them for normal numbers on processors with AVX2: Cephes' logf, sinf
// and cosf (Moshier 1992), each product and sum that can be one fused multiply-add being one.

const { fround } = Math;

/** a · b + c rounded once: the product of two float32 is exact in float64. */
function fused(a: number, b: number, c: number): number {
  return fround(a * b + c);
}

function polynomial(coefficients: Float32Array, x: number): number {
  let y = coefficients[0];
  for (let power = 1; power < coefficients.length; power += 1) y = fused(y, x, coefficients[power]);
  return y;
}

const logarithm = Float32Array.of(
  7.0376836292e-2, -1.1514610310e-1, 1.1676998740e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1, 2.0000714765e-1,
  -2.4999993993e-1, 3.3333331174e-1,
);
/** ln 2 in two parts, the upper one of few digits. */
const [lowLn2, highLn2] = Float32Array.of(-2.12194440e-4, 0.693359375);
const sqrtHalf = fround(Math.SQRT1_2);
const view = new DataView(new ArrayBuffer(4));

/** ln x of a positive float32. */
export function log32(x: number): number {
  view.setFloat32(0, x);
  const bits = view.getInt32(0);
  let exponent = (bits >> 23) - 126;
  view.setInt32(0, (bits & 0x7fffff) | 0x3f000000);
  let mantissa = view.getFloat32(0);
  if (mantissa < sqrtHalf) {
    exponent -= 1;
    mantissa = fround(fround(mantissa - 1) + mantissa);
  } else {
    mantissa = fround(mantissa - 1);
  }
  const square = fround(mantissa * mantissa);
  const cubic = fround(polynomial(logarithm, mantissa) * mantissa);
  const rest = fround(fused(cubic, square, fround(exponent * lowLn2)) - square / 2);
  return fused(exponent, highLn2, fround(mantissa + rest));
}

const cosine = Float32Array.of(2.443315711809948e-5, -1.388731625493765e-3, 4.166664568298827e-2);
const sine = Float32Array.of(-1.9515295891e-4, 8.3321608736e-3, -1.6666654611e-1);
const fourOverPi = fround(4 / Math.PI);
/** −π/4 in three parts. */
const quarterTurn = Float32Array.of(-0.78515625, -2.4187564849853515625e-4, -3.77489497744594108e-8);

/** [sin x, cos x] of a non-negative float32. */
export function sinCos32(x: number): [number, number] {
  const octant = (Math.trunc(fround(x * fourOverPi)) + 1) & ~1;
  let rest = x;
  for (const part of quarterTurn) rest = fused(octant, part, rest);
  const square = fround(rest * rest);
  const even = fround(fused(fround(polynomial(cosine, square) * square), square, -square / 2) + 1);
  const odd = fused(fround(polynomial(sine, square) * square), rest, rest);
  const isSwapped = (octant & 2) !== 0;
  const sin = isSwapped ? even : odd;
  const cos = isSwapped ? odd : even;
  return [octant & 4 ? -sin : sin, (octant - 2) & 4 ? cos : -cos];
}
