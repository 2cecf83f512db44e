// Half-precision numbers (IEEE 754 binary16) as single precision: CPython has no array of them, and a number at a time is slow.

let table: Float32Array | undefined;

/** `source`: the bits of each number. Exact: every half is a single. */
export function widenHalves(source: Uint16Array, target: Float32Array): void {
  table ??= Float32Array.from({ length: 0x10000 }, (_, bits) => halfOf(bits));
  for (let i = 0; i < source.length; i++) target[i] = table[source[i]];
}

function halfOf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction ? NaN : sign * Infinity;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15));
}
