// Logarithm, sine and cosine in float64, off by little more than half a unit in the last place: so are those of the C library that PyTorch
// calls (glibc), while Math's may be off by a whole one. Leading terms are held as a sum of two float64 (Dekker 1971).

/** 2²⁷ + 1 splits a float64 in two halves whose products are exact. */
const splitter = 2 ** 27 + 1;

/** What a · b is beyond its rounded value `product`. */
function productError(a: number, b: number, product: number): number {
  const scaledA = a * splitter;
  const scaledB = b * splitter;
  const highA = scaledA - (scaledA - a);
  const highB = scaledB - (scaledB - b);
  const lowA = a - highA;
  const lowB = b - highB;
  return lowA * lowB - (product - highA * highB - lowA * highB - highA * lowB);
}

/** What a + b is beyond its rounded value `sum` (Knuth). */
function sumError(a: number, b: number, sum: number): number {
  const partB = sum - a;
  return a - (sum - partB) + (b - partB);
}

const double = new Float64Array(1);
const words = new Int32Array(double.buffer);
/** ln 2 as a sum: the first part has so few digits that an exponent times it is exact. */
const highLn2 = 0.6931471803691238;
const lowLn2 = 1.9082149292705877e-10;

/** ln x of a positive, normal float64: e ln 2 + 2 artanh s, s = (m − 1) / (m + 1), m of √½..√2. */
export function log64(x: number): number {
  double[0] = x;
  let exponent = (words[1] >>> 20) - 1023;
  words[1] = (words[1] & 0xfffff) | 0x3ff00000;
  let m = double[0];
  if (m > Math.SQRT2) {
    m /= 2;
    exponent += 1;
  }
  const above = m - 1;
  const below = m + 1;
  const s = above / below;
  const product = s * below;
  const low = (above - product - productError(s, below, product) - s * sumError(m, 1, below)) / below;
  const t = s * s;
  // artanh s = s + s · series
  const series = t * (1 / 3 + t * (1 / 5 + t * (1 / 7 + t * (1 / 9 + t * (1 / 11 + t * (1 / 13 + t * (1 / 15 + t * (1 / 17 + t * (1 / 19 + t / 21)))))))));
  const whole = exponent * highLn2;
  const sum = whole + 2 * s;
  return sum + (sumError(whole, 2 * s, sum) + (exponent * lowLn2 + 2 * (low + s * series)));
}

/** π/2 as a sum: of the first part, up to 4 are exact. */
const highQuarter = 1.5707963267341256;
const lowQuarter = 6.077100506506192e-11;

/** sin x and cos x of x of 0..2π, into the first two elements of `result`. */
export function sinCos64(x: number, result: Float64Array): void {
  const quarter = Math.round(x / (Math.PI / 2));
  const far = x - quarter * highQuarter;
  const shift = -quarter * lowQuarter;
  const rest = far + shift;
  const restLow = sumError(far, shift, rest);
  const square = rest * rest;
  const squareLow = productError(rest, rest, square) + 2 * rest * restLow;

  // cos = 1 − r²/2 + r⁴ · series
  const high = 1 - square / 2;
  const cosSeries = 1 / 24 - square * (1 / 720 - square * (1 / 40320 - square * (1 / 3628800 - square * (1 / 479001600
    - square * (1 / 87178291200 - square / 20922789888000)))));
  const cos = high + (sumError(1, -square / 2, high) - squareLow / 2 + square * square * cosSeries);

  // sin = r − r³/6 + r⁵ · series
  const cube = rest * square;
  const cubeLow = productError(rest, square, cube) + rest * squareLow + restLow * square;
  const sixth = cube / 6;
  const product = sixth * 6;
  const sixthLow = (cube - product - productError(sixth, 6, product) + cubeLow) / 6;
  const near = rest - sixth;
  const sinSeries = 1 / 120 - square * (1 / 5040 - square * (1 / 362880 - square * (1 / 39916800 - square * (1 / 6227020800
    - square * (1 / 1307674368000 - square / 355687428096000)))));
  const sin = near + (sumError(rest, -sixth, near) + (restLow - sixthLow + square * cube * sinSeries));

  const isOdd = quarter % 2 === 1;
  result[0] = quarter === 2 || quarter === 3 ? -(isOdd ? cos : sin) : isOdd ? cos : sin;
  result[1] = quarter === 1 || quarter === 2 ? -(isOdd ? sin : cos) : isOdd ? sin : cos;
}
