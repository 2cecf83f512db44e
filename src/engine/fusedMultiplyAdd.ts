/** a · b + c rounded once, as compilers make it: the product's error is found by splitting (Dekker 1971), the sum's by Knuth's two-sum. */
export function fusedMultiplyAdd(a: number, b: number, c: number): number {
  const product = a * b;
  const highA = upperHalf(a);
  const highB = upperHalf(b);
  const lowA = a - highA;
  const lowB = b - highB;
  const productError = lowA * lowB - (product - highA * highB - lowA * highB - highA * lowB);
  const sum = product + c;
  const partC = sum - product;
  const sumError = product - (sum - partC) + (c - partC);
  return sum + (sumError + productError);
}

function upperHalf(x: number): number {
  const scaled = x * (2 ** 27 + 1);
  return scaled - (scaled - x);
}
