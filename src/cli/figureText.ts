// How the command writes single figures, so that columns of them can be read down.

/** Three significant digits, with an exponent where plain digits would be long. */
export function figureText(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e5)) return value.toExponential(1).replace('+', '').replaceAll('-', '−');
  return value.toFixed(size >= 100 ? 1 : 3).replace('-', '−');
}

/** `50.1 %`; a share that is not quite none or all is not rounded to it. */
export function percentText(fraction: number): string {
  const percent = fraction * 100;
  if (percent > 0 && percent < 0.1) return '<0.1 %';
  if (percent < 100 && percent > 99.9) return '>99.9 %';
  return `${percent.toFixed(1)} %`;
}
