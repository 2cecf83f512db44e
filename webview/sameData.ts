// Whether two pieces of plain data say the same. Each snapshot brings all its objects anew; views that find the very object
// they drew last draw nothing.

/** Compares by value; NaN equals NaN. */
export function isSameData(one: unknown, two: unknown): boolean {
  if (Object.is(one, two)) return true;
  if (typeof one !== 'object' || typeof two !== 'object' || one === null || two === null) return false;
  if (Array.isArray(one) !== Array.isArray(two)) return false;
  const keys = Object.keys(one);
  return keys.length === Object.keys(two).length
    && keys.every((key) => Object.hasOwn(two, key) && isSameData((one as Record<string, unknown>)[key], (two as Record<string, unknown>)[key]));
}
