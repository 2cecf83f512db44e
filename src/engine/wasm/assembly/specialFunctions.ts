// erf's complement and inverse, log |Γ| with its derivatives, and modified Bessel functions: in float64, from which a result is rounded once. The
// methods and polynomials are those of the reference kernels, without the rounds that only float64 needs.
import { StepCall } from './stepLoops';

/** erf(x) / x by powers of x², |x| ≤ 1 */
const central: StaticArray<f64> = [
  1.12837916709551257, -0.376126389031837481, 0.112837916709548787, -0.0268661706450767932, 0.00522397762481801447,
  -0.000854832698083378991, 0.000120553311116427109, -0.0000149255952668311816, 1.6461000484121368e-6,
  -1.6350312701054695e-7, 1.46597752740474358e-8, -1.13728488567916737e-9, 5.9571761477489114e-11,
];
/** erfc(x) · exp(x²) by powers of (x − 3) / (x + 3), 1 ≤ x ≤ 10.5: fitted up to 6, and within 4e-10 of the value up to where float32 has none. */
const tail: StaticArray<f64> = [
  0.17900115118138995, -0.32623356004303721, 0.24560380171233487, -0.15011593650077899, 0.07166583719747307,
  -0.024392499318915005, 0.0042691363569612253, 0.00070774646669414251, -0.00059706249649245444, 4.5254345589910084e-5,
  6.4062792260460392e-5, -1.2845780030775907e-5, -8.0097809390760793e-6, 2.0135111426447428e-6, 1.2755818949624479e-6,
  3.3813551420429038e-9,
];
/** Giles, Approximating the erfinv function, table 1, single precision. */
const centre: StaticArray<f64> = [
  1.50140941, 0.246640727, -0.00417768164, -0.00125372503, 0.00021858087, -4.39150654e-6, -3.5233877e-6, 3.43273939e-7, 2.81022636e-8,
];
const edge: StaticArray<f64> = [
  2.83297682, 1.00167406, 0.00943887047, -0.0076224613, 0.00573950773, -0.00367342844, 0.00134934322, 0.000100950558, -0.000200214257,
];

function polynomial(coefficients: StaticArray<f64>, x: f64): f64 {
  let sum: f64 = 0;
  for (let power = coefficients.length - 1; power >= 0; power--) sum = sum * x + unchecked(coefficients[power]);
  return sum;
}

/** x of at least 1 */
function complement(x: f64): f64 {
  return x > 11 ? 0 : NativeMath.exp(-x * x) * polynomial(tail, (x - 3) / (x + 3));
}
function erf(x: f64): f64 {
  const size = Math.abs(x);
  if (size <= 1) return x * polynomial(central, x * x);
  return copysign<f64>(1 - complement(size), x);
}
function erfc(x: f64): f64 {
  return x < 1 ? 1 - erf(x) : complement(x);
}

@unmanaged export class Erfc { @inline of(x: f32): f32 { return <f32>erfc(<f64>x); } }

/** Giles 2010, and one step of Halley's method, on the complement where erf is flat. */
@unmanaged export class ErfInv {
  @inline of(y: f32): f32 {
    const size = Math.abs(<f64>y);
    if (!(size < 1)) return size == 1 ? y * Infinity : NaN;
    const w = -NativeMath.log1p(-size * size);
    const start = size * (w < 5 ? polynomial(centre, w - 2.5) : polynomial(edge, Math.sqrt(w) - 3));
    const error = size < 0.5 ? erf(start) - size : 1 - size - erfc(start);
    const newton = error * 0.886226925452758 * NativeMath.exp(start * start); // ½ √π
    return <f32>copysign<f64>(start - newton / (1 + start * newton), <f64>y);
  }
}

/** B₂ₖ / (2k (2k − 1)), of Stirling's series from 12 on (Abramowitz and Stegun 6.1.40), which these make exact to 1e-12. */
const stirling: StaticArray<f64> = [0.08333333333333333, -0.002777777777777778, 0.0007936507936507937, -0.0005952380952380953, 0.0008417508417508417];
/** B₂ₖ / 2k */
const stirlingSlope: StaticArray<f64> = [0.08333333333333333, -0.008333333333333333, 0.003968253968253968, -0.004166666666666667, 0.007575757575757576];
/** B₂ₖ / (2k)! */
const eulerMaclaurin: StaticArray<f64> = [
  0.08333333333333333, -0.001388888888888889, 3.306878306878307e-5, -8.267195767195767e-7, 2.0876756987868098e-8, -5.284190138687493e-10,
];
const asymptoticFrom: f64 = 12;

@inline function isWhole(x: f64): bool {
  return Math.floor(x) == x;
}
// Of the distance to the nearest whole number, so that no digits are lost far from 0.
function sinPi(x: f64): f64 {
  const whole = nearest<f64>(x);
  return NativeMath.sin(Math.PI * (x - whole)) * (isWhole(whole / 2) ? 1 : -1);
}
function cosPi(x: f64): f64 {
  const whole = nearest<f64>(x);
  return NativeMath.cos(Math.PI * (x - whole)) * (isWhole(whole / 2) ? 1 : -1);
}

function logGamma(x: f64): f64 {
  if (x != x) return NaN;
  if (Math.abs(x) == Infinity || (x <= 0 && isWhole(x))) return Infinity;
  if (x == 1 || x == 2) return 0;
  // Γ(x) Γ(1 − x) = π / sin πx
  if (x < 0.5) return NativeMath.log(Math.PI / Math.abs(sinPi(x))) - logGamma(1 - x);
  let product: f64 = 1;
  for (; x < asymptoticFrom; x += 1) product *= x;
  return (x - 0.5) * NativeMath.log(x) - x + 0.9189385332046727 + polynomial(stirling, 1 / (x * x)) / x - NativeMath.log(product);
}

function digamma(x: f64): f64 {
  // PyTorch's values at the poles
  if (x == 0) return -1 / x;
  if (x == Infinity) return Infinity;
  if (x < 0 && isWhole(x)) return NaN;
  // ψ(1 − x) − ψ(x) = π / tan πx
  if (x < 0) return digamma(1 - x) - Math.PI * cosPi(x) / sinPi(x);
  let sum: f64 = 0;
  for (; x < asymptoticFrom; x += 1) sum -= 1 / x;
  const square = 1 / (x * x);
  return sum + NativeMath.log(x) - 0.5 / x - square * polynomial(stirlingSlope, square);
}

@unmanaged export class LGamma { @inline of(x: f32): f32 { return <f32>logGamma(<f64>x); } }
@unmanaged export class Digamma { @inline of(x: f32): f32 { return <f32>digamma(<f64>x); } }

/** ψ⁽ⁿ⁾(x) = (−1)ⁿ⁺¹ n! ζ(n + 1, x); n: the number `p` of the step. */
export function polygamma(call: StepCall): void {
  const n = <i32>call.p;
  let factor: f64 = n % 2 == 0 ? -1 : 1;
  for (let k = 2; k <= n; k++) factor *= <f64>k;
  let x = call.x, y = call.result;
  for (let left = call.count; left > 0; left--, x += 4, y += 4) {
    const at = <f64>load<f32>(x);
    store<f32>(y, <f32>(n == 0 ? digamma(at) : factor * zeta(<f64>(n + 1), at)));
  }
}

/** ζ(s, x) = Σ (x + k)⁻ˢ by Euler and Maclaurin, for whole s ≥ 2. */
function zeta(s: f64, x: f64): f64 {
  if (x != x) return NaN;
  if (x == Infinity) return 0;
  if (x <= 0) {
    if (isWhole(x)) return Infinity;
    // Σ up to 0 is that of the distances, which begins at the least of them: no number of terms grows with x.
    const first = Math.ceil(x) - x, below = zeta(s, first) - zeta(s, 1 - x);
    return zeta(s, 1 - first) + (isWhole(s / 2) ? below : -below);
  }
  let sum: f64 = 0;
  for (const from = asymptoticFrom + s; x < from; x += 1) sum += NativeMath.pow(x, -s);
  let power = NativeMath.pow(x, -s);
  sum += power * (x / (s - 1) + 0.5);
  let rising = s;
  for (let k = 0; k < eulerMaclaurin.length; k++) {
    // B₂ₖ / (2k)! · s (s + 1) … (s + 2k − 2) x^(−s−2k+1)
    power /= k == 0 ? x : x * x;
    sum += unchecked(eulerMaclaurin[k]) * rising * power;
    rising *= (s + <f64>(2 * k + 1)) * (s + <f64>(2 * k + 2));
  }
  return sum;
}

/** Σ (x²/4)ᵏ / (k! (k + order)!): all terms are of one sign, and nothing cancels. Beyond 100 the value is none of float32. */
function besselSeries(x: f64, order: f64): f64 {
  if (Math.abs(x) > 100) return Infinity;
  const quarter = (x * x) / 4;
  let term: f64 = 1, sum: f64 = 1;
  for (let k: f64 = 1; term > sum * 1e-10; k += 1) {
    term *= quarter / (k * (k + order));
    sum += term;
  }
  return sum;
}

@unmanaged export class I0 { @inline of(x: f32): f32 { return x != x ? x : <f32>besselSeries(<f64>x, 0); } }
@unmanaged export class I1 { @inline of(x: f32): f32 { return x != x ? x : <f32>(<f64>x / 2 * besselSeries(<f64>x, 1)); } }
