// JSON has no NaN and no infinity, and a webview's messages pass through JSON.

/** A copy of plain data (arrays of finite numbers are shared) in which each number that is not finite is a string: `"NaN"`, `"Infinity"`, `"-Infinity"`. */
export function encodeNumbers(value: unknown): unknown {
  return mapNumbers(value, (number) => (Number.isFinite(number) ? number : String(number)));
}

/** As `encodeNumbers`, but undone by `decodeNumbers`: no string of the data can be mistaken for a number. */
export function packNumbers(value: unknown): unknown {
  return mapNumbers(value, (number) => (Number.isFinite(number) ? number : { $number: String(number) }));
}

/** Undoes `packNumbers`. Arrays without packed numbers are shared with what was given. */
export function unpackNumbers(value: unknown): unknown {
  // Reports are mostly histograms, and those nearly always plain numbers.
  if (Array.isArray(value)) return value.every((item) => typeof item === 'number') ? value : value.map(unpackNumbers);
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  const packed = (value as { $number?: unknown }).$number;
  if (typeof packed === 'string') return Number(packed);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, unpackNumbers(item)]));
}

function mapNumbers(value: unknown, map: (number: number) => unknown): unknown {
  if (typeof value === 'number') return map(value);
  if (Array.isArray(value)) return value.every(Number.isFinite) ? value : value.map((item) => mapNumbers(item, map));
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapNumbers(item, map)]));
}
