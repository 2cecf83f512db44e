// A histogram in block characters, one line high.
import type { Stats } from '../protocol/report.ts';

const blocks = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/**
 * `width` columns from the smallest to the largest value. Exact zeros are left out of the scale, since a ReLU's spike would
 * press everything else flat: their column stands at full height where they outweigh the rest. No finite value: dots.
 */
export function blockHistogram({ histogram, zeroFraction, count }: Stats, width: number): string {
  const { min, max, counts } = histogram;
  const total = counts.reduce((sum, value) => sum + value, 0);
  if (total === 0) return '·'.repeat(width);
  // A constant tensor is one column in the middle.
  if (min === max) return `${' '.repeat(Math.floor((width - 1) / 2))}█`.padEnd(width);
  const columns = new Array<number>(width).fill(0);
  counts.forEach((value, bin) => (columns[Math.floor((bin * width) / counts.length)] += value));
  const zeros = Math.round(zeroFraction * count);
  const zeroColumn = zeros > 0 && min <= 0 && max >= 0 ? Math.min(width - 1, Math.floor((-min / (max - min)) * width)) : -1;
  const rest = columns.map((value, column) => (column === zeroColumn ? Math.max(0, value - zeros) : value));
  const tallest = Math.max(...rest);
  return columns.map((value) => {
    if (value === 0) return ' ';
    const height = tallest === 0 ? 1 : Math.min(1, value / tallest);
    return blocks[Math.max(0, Math.ceil(height * blocks.length) - 1)];
  }).join('');
}

/** A row of values as block characters, the last `width` of them, from the least to the greatest. */
export function sparkline(values: readonly number[], width: number): string {
  const shown = values.slice(-width).filter(Number.isFinite);
  const least = Math.min(...shown);
  const span = Math.max(...shown) - least;
  return shown.map((value) => blocks[span === 0 ? 0 : Math.min(7, Math.floor(((value - least) / span) * 8))]).join('');
}
