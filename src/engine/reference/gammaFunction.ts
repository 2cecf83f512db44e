// log |Γ| and its derivatives in float64: each is brought to arguments from `asymptoticFrom` on by its recurrence, where Stirling's
// series (Abramowitz and Stegun 6.1.40, 6.3.18, 6.4.11) is exact to the last digits.

/** Bernoulli numbers B₂, B₄, … */
const bernoulli = [1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2730, 7 / 6, -3617 / 510, 43867 / 798, -174611 / 330];
const asymptoticFrom = 12;

export function logGamma(x: number): number {
  if (Number.isNaN(x)) return NaN;
  if (!Number.isFinite(x)) return Infinity;
  if (x <= 0 && Number.isInteger(x)) return Infinity;
  // Γ(x) Γ(1 − x) = π / sin πx
  if (x < 0.5) return Math.log(Math.PI / Math.abs(sinPi(x))) - logGamma(1 - x);
  let product = 1;
  for (; x < asymptoticFrom; x += 1) product *= x;
  let sum = (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI);
  for (let k = 1; k <= bernoulli.length; k += 1) sum += bernoulli[k - 1] / (2 * k * (2 * k - 1) * x ** (2 * k - 1));
  return sum - Math.log(product);
}

export function digamma(x: number): number {
  // PyTorch's values at the poles
  if (x === 0) return Object.is(x, -0) ? Infinity : -Infinity;
  if (x < 0 && Number.isInteger(x)) return NaN;
  // ψ(1 − x) − ψ(x) = π / tan πx
  if (x < 0) return digamma(1 - x) - Math.PI * cosPi(x) / sinPi(x);
  let sum = 0;
  for (; x < asymptoticFrom; x += 1) sum -= 1 / x;
  if (x === Infinity) return Infinity;
  sum += Math.log(x) - 0.5 / x;
  for (let k = 1; k <= bernoulli.length; k += 1) sum -= bernoulli[k - 1] / (2 * k * x ** (2 * k));
  return sum;
}

/** ψ⁽ⁿ⁾(x) = (−1)ⁿ⁺¹ n! ζ(n + 1, x), n ≥ 1 */
export function polygamma(n: number, x: number): number {
  let factorial = 1;
  for (let k = 2; k <= n; k += 1) factorial *= k;
  return (n % 2 === 0 ? -1 : 1) * factorial * hurwitzZeta(n + 1, x);
}

/** ζ(s, x) = Σ (x + k)⁻ˢ by Euler and Maclaurin, for whole s ≥ 2. */
function hurwitzZeta(s: number, x: number): number {
  if (Number.isNaN(x)) return NaN;
  if (x === Infinity) return 0;
  if (x <= 0) {
    if (Math.floor(x) === x) return Infinity;
    // Σ up to 0 is that of the distances, which begins at the least of them: no number of terms grows with x.
    const first = Math.ceil(x) - x;
    const below = hurwitzZeta(s, first) - hurwitzZeta(s, 1 - x);
    return hurwitzZeta(s, 1 - first) + (s % 2 === 0 ? below : -below);
  }
  let sum = 0;
  const from = asymptoticFrom + s;
  for (; x < from; x += 1) sum += x ** -s;
  sum += x ** (1 - s) / (s - 1) + 0.5 * x ** -s;
  let factor = s;
  for (let k = 1; k <= bernoulli.length; k += 1) {
    // B₂ₖ / (2k)! · s (s + 1) … (s + 2k − 2) x^(−s−2k+1)
    factor /= k === 1 ? 2 : (2 * k - 1) * (2 * k);
    sum += bernoulli[k - 1] * factor * x ** (1 - s - 2 * k);
    factor *= (s + 2 * k - 1) * (s + 2 * k);
  }
  return sum;
}

// Of the distance to the nearest whole number, so that no digits are lost far from 0.
function sinPi(x: number): number {
  const whole = Math.round(x);
  return Math.sin(Math.PI * (x - whole)) * (whole % 2 === 0 ? 1 : -1);
}
function cosPi(x: number): number {
  const whole = Math.round(x);
  return Math.cos(Math.PI * (x - whole)) * (whole % 2 === 0 ? 1 : -1);
}
