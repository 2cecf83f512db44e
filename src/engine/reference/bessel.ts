// Modified Bessel functions of the first kind by their power series, whose terms are all of one sign: nothing cancels.

/** Σ (x²/4)ᵏ / (k! (k + order)!), until terms no longer count. */
function series(x: number, order: number): number {
  const quarter = (x * x) / 4;
  let term = 1;
  let sum = 1;
  for (let k = 1; term > sum * 1e-17; k += 1) {
    term *= quarter / (k * (k + order));
    sum += term;
  }
  return sum;
}

/** Beyond this exp(|x|) is no number. */
const largest = 713.98;

export function besselI0(x: number): number {
  if (Number.isNaN(x)) return NaN;
  return Math.abs(x) > largest ? Infinity : series(x, 0);
}

export function besselI1(x: number): number {
  if (Number.isNaN(x)) return NaN;
  return Math.abs(x) > largest ? Math.sign(x) * Infinity : (x / 2) * series(x, 1);
}
