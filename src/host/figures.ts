// How the editor's own parts (lenses, hovers, hints) write figures. The panel has its own, for columns of them; counts and shapes are written alike (protocol/amounts.ts).

/** Three significant digits, with an exponent where plain digits would be long; `NaN` and infinities in words that fit. */
export function formatFigure(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+∞' : '−∞';
  if (value === 0) return '0';
  const size = Math.abs(value);
  const text = size >= 1e-3 && size < 1e5 ? String(Number(value.toPrecision(3))) : value.toExponential(2);
  return text.replace('-', '−').replace('e−', 'e-').replace('e+', 'e').replace('e-', 'e−');
}

/** `50.1 %`; a share that is not quite none or all is not rounded to it. */
export function formatPercent(fraction: number): string {
  if (!Number.isFinite(fraction)) return '–';
  const percent = fraction * 100;
  if (percent > 0 && percent < 0.1) return '< 0.1 %';
  if (percent < 100 && percent > 99.9) return '> 99.9 %';
  return `${Number(percent.toFixed(1))} %`;
}
