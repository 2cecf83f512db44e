// Figures as only the panel writes them: its columns are narrow, and what it draws is of finite values.

/** A figure over all values, given the one over the finite ones: as in PyTorch, one NaN makes a norm NaN. */
export function overAll({ nan, posInf, negInf }: { readonly nan: number; readonly posInf: number; readonly negInf: number }, ofFinite: number): number {
  return nan > 0 ? NaN : posInf + negInf > 0 ? Infinity : ofFinite;
}

/** Counts in a narrow column: `650`, `24.2k`, `1.21M`, `7.00B`. */
export function formatCompact(value: number): string {
  if (value < 1000) return String(value);
  const [divisor, unit] = value < 999_950 ? [1e3, 'k'] : value < 999_950_000 ? [1e6, 'M'] : value < 999_950_000_000 ? [1e9, 'B'] : [1e12, 'T'];
  const scaled = value / divisor;
  return (scaled >= 100 ? scaled.toFixed(0) : unit === 'k' || scaled >= 10 ? scaled.toFixed(1) : scaled.toFixed(2)) + unit;
}

/** `41 ms`, `1.4 s`. */
export function formatDuration(durationMs: number): string {
  return durationMs < 1000 ? `${Math.round(durationMs)} ms` : `${(durationMs / 1000).toFixed(1)} s`;
}
