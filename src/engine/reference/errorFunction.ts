// erf, its complement and its inverse in float64, to about 2e-16. Polynomials fitted with mpmath's `chebyfit` at 50 digits.

/** erf(x) / x by powers of x², |x| ≤ 1; largest error 1.3e-19. */
const central = [
  1.12837916709551257, -0.376126389031837481, 0.112837916709548787, -0.0268661706450767932, 0.00522397762481801447,
  -0.000854832698083378991, 0.000120553311116427109, -0.0000149255952668311816, 1.6461000484121368e-6,
  -1.6350312701054695e-7, 1.46597752740474358e-8, -1.13728488567916737e-9, 5.9571761477489114e-11,
];
/** erfc(x) · exp(x²) by powers of (x − 3) / (x + 3), 1 ≤ x ≤ 6; largest error 5.3e-18. */
const tail = [
  0.17900115118138995, -0.32623356004303721, 0.24560380171233487, -0.15011593650077899, 0.07166583719747307,
  -0.024392499318915005, 0.0042691363569612253, 0.00070774646669414251, -0.00059706249649245444, 4.5254345589910084e-5,
  6.4062792260460392e-5, -1.2845780030775907e-5, -8.0097809390760793e-6, 2.0135111426447428e-6, 1.2755818949624479e-6,
  3.3813551420429038e-9,
];

export function erf(x: number): number {
  const size = Math.abs(x);
  if (size <= 1) return x * polynomial(central, x * x);
  // 1 − erf(6) is 2e-17, below float64's step at 1.
  if (size > 6) return Math.sign(x);
  const complement = Math.exp(-x * x) * polynomial(tail, (size - 3) / (size + 3));
  return x > 0 ? 1 - complement : complement - 1;
}

/** 1 − erf(x), without the loss of digits that the difference has. */
export function erfc(x: number): number {
  if (x < 1) return 1 - erf(x);
  const factor = Math.exp(-x * x);
  if (x <= 6) return factor * polynomial(tail, (x - 3) / (x + 3));
  if (factor === 0) return 0;
  // Laplace's continued fraction x + ½/(x + 1/(x + 1½/(x + …))), from its end
  let rest = x;
  for (let step = 40; step >= 1; step -= 1) rest = x + step / 2 / rest;
  return factor / (rest * Math.sqrt(Math.PI));
}

/** The x of which erf is y. */
export function erfInverse(y: number): number {
  if (!(Math.abs(y) < 1)) return Math.abs(y) === 1 ? y * Infinity : NaN;
  if (y === 0) return y;
  // Giles 2010 gives the start; Halley's method (cubic) does the rest, on the complement where erf is flat.
  const size = Math.abs(y);
  const w = -Math.log1p(-size * size);
  let x = w < 5 ? polynomial(centre, w - 2.5) * size : polynomial(edge, Math.sqrt(w) - 3) * size;
  for (let round = 0; round < 3; round += 1) {
    const error = size < 0.5 ? erf(x) - size : 1 - size - erfc(x);
    const newton = error / ((2 / Math.sqrt(Math.PI)) * Math.exp(-x * x));
    x -= newton / (1 + x * newton);
  }
  return Math.sign(y) * x;
}

/** Giles, Approximating the erfinv function, table 1, single precision. */
const centre = [
  1.50140941, 0.246640727, -0.00417768164, -0.00125372503, 0.00021858087, -4.39150654e-6, -3.5233877e-6, 3.43273939e-7, 2.81022636e-8,
];
const edge = [
  2.83297682, 1.00167406, 0.00943887047, -0.0076224613, 0.00573950773, -0.00367342844, 0.00134934322, 0.000100950558, -0.000200214257,
];

function polynomial(coefficients: readonly number[], x: number): number {
  let sum = 0;
  for (let power = coefficients.length - 1; power >= 0; power -= 1) sum = sum * x + coefficients[power];
  return sum;
}
