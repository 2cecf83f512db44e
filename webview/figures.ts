// How numbers are written in the panel: a fixed number of digits, a true minus sign, and words for what is not finite.
// Every text has one width class (tabular digits), so that figures do not jump while a model trains.

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** A figure over all values, given the one over the finite ones: as in PyTorch, one NaN makes a norm NaN. */
export function overAll({ nan, posInf, negInf }: { readonly nan: number; readonly posInf: number; readonly negInf: number }, ofFinite: number): number {
  return nan > 0 ? NaN : posInf + negInf > 0 ? Infinity : ofFinite;
}

/** Three significant digits: `0.0123`, `2.34`, `1,235`, `7.90e−5`; `NaN`, `∞`. */
export function formatNumber(value: number, digits = 3): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size < 1e-3 || size >= 1e6) return withMinus(value.toExponential(Math.max(1, digits - 2)));
  if (size >= 10 ** digits) return withMinus(grouped.format(value));
  return withMinus(value.toPrecision(digits));
}

/** As `formatNumber`, without zeros at the end: for axes. */
export function formatTick(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return formatNumber(value);
  const size = Math.abs(value);
  if (size < 1e-3 || size >= 1e6) return withMinus(value.toExponential(1).replace('.0e', 'e'));
  return withMinus(String(Number(value.toPrecision(3))));
}

/** Counts in a narrow column: `650`, `24.2k`, `1.21M`, `7.00B`. */
export function formatCompact(value: number): string {
  if (value < 1000) return String(value);
  const [divisor, unit] = value < 999_950 ? [1e3, 'k'] : value < 999_950_000 ? [1e6, 'M'] : value < 999_950_000_000 ? [1e9, 'B'] : [1e12, 'T'];
  const scaled = value / divisor;
  return (scaled >= 100 ? scaled.toFixed(0) : unit === 'k' || scaled >= 10 ? scaled.toFixed(1) : scaled.toFixed(2)) + unit;
}

/** A share 0..1 as percent. Never rounded to all or nothing: `99.9 %`, `<0.1 %`. */
export function formatPercent(fraction: number): string {
  if (!Number.isFinite(fraction)) return formatNumber(fraction);
  if (fraction === 0 || fraction === 1) return `${fraction * 100} %`;
  if (fraction < 0.001) return '<0.1 %';
  return `${Math.min(99.9, fraction * 100).toFixed(1)} %`;
}

/** `0.01 ± 0.06`: both with the digits that the larger of the two can show. */
export function formatMeanStd(mean: number, std: number): string {
  if (!Number.isFinite(mean) || !Number.isFinite(std)) return `${formatNumber(mean)} ± ${formatNumber(std)}`;
  const size = Math.max(Math.abs(mean), std);
  if (size === 0) return '0 ± 0';
  if (size < 1e-3 || size >= 1e5) return `${withMinus(mean.toExponential(1))} ± ${std.toExponential(1).replace('-', '−')}`;
  const decimals = Math.max(0, 2 - Math.floor(Math.log10(size)));
  return `${withMinus(mean.toFixed(decimals))} ± ${std.toFixed(decimals)}`;
}

/** `41 ms`, `1.4 s`. */
export function formatDuration(durationMs: number): string {
  return durationMs < 1000 ? `${Math.round(durationMs)} ms` : `${(durationMs / 1000).toFixed(1)} s`;
}

/** A true minus sign, and none before what was rounded to 0. */
function withMinus(text: string): string {
  return (/[1-9]/.test(text) ? text : text.replace(/^-/, '')).replaceAll('-', '−');
}
