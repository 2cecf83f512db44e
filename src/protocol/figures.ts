// How numbers are written, the same in the editor, the panel and the command: so many digits, a true minus sign, and words for what is not finite.

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

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

/** As `formatNumber`, without zeros at the end: for axes and sentences. */
export function formatTick(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return formatNumber(value);
  const size = Math.abs(value);
  if (size < 1e-3 || size >= 1e6) return withMinus(value.toExponential(1).replace('.0e', 'e'));
  return withMinus(String(Number(value.toPrecision(3))));
}

/** A share 0..1 as percent. Never rounded to all or nothing: `>99.9 %`, `<0.1 %`. */
export function formatPercent(fraction: number): string {
  if (!Number.isFinite(fraction)) return formatNumber(fraction);
  if (fraction === 0 || fraction === 1) return `${fraction * 100} %`;
  if (fraction < 0.001) return '<0.1 %';
  if (fraction > 0.999) return '>99.9 %';
  return `${(fraction * 100).toFixed(1)} %`;
}

/** `0.01 ± 0.06`: both with the digits that the larger of the two can show. */
export function formatMeanStd(mean: number, std: number): string {
  if (!Number.isFinite(mean) || !Number.isFinite(std)) return `${formatNumber(mean)} ± ${formatNumber(std)}`;
  const size = Math.max(Math.abs(mean), std);
  if (size === 0) return '0 ± 0';
  if (size < 1e-3 || size >= 1e5) return `${withMinus(mean.toExponential(1))} ± ${withMinus(std.toExponential(1))}`;
  const decimals = Math.max(0, 2 - Math.floor(Math.log10(size)));
  return `${withMinus(mean.toFixed(decimals))} ± ${std.toFixed(decimals)}`;
}

/** A true minus sign, none before what was rounded to 0, and no plus in an exponent. */
function withMinus(text: string): string {
  return (/[1-9]/.test(text) ? text : text.replace(/^-/, '')).replaceAll('-', '−').replace('+', '');
}
