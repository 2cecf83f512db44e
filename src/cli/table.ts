// The layers of a model as a table that a person reads: one line each, tree-indented, figures aligned on the right. It fits
// the given width: the histogram gives way first, then columns, then the middles of names and types. Name, type, output and parameters stay.
import type { LayerReport } from '../protocol/report.ts';
import { formatCount, formatShape } from '../protocol/amounts.ts';
import { formatMeanStd, formatNumber, formatPercent } from '../protocol/figures.ts';
import { blockHistogram } from './blockHistogram.ts';
import type { Style } from './terminalStyle.ts';

interface Column {
  readonly title: string;
  readonly align: 'left' | 'right';
  /** Columns go in this order where there is no room; 0 stays. */
  readonly dropOrder: number;
  /** Characters that its texts may be cut down to before a column goes, and those they are cut to at the least. */
  readonly cutTo?: { readonly kept: number; readonly least: number };
  text(layer: LayerReport, facts: RowFacts): string;
  style?(layer: LayerReport, style: Style): (text: string) => string;
}

interface RowFacts {
  readonly depth: number;
  readonly label: string;
  readonly histogramWidth: number;
}

const gap = '  ';
// Divisors of the 64 bins, so that every column has as many.
const wideHistogram = 16;
const narrowHistogram = 8;

interface Filled {
  readonly column: Column;
  readonly cells: readonly string[];
}

const columns: readonly Column[] = [
  { title: 'layer', align: 'left', dropOrder: 0, cutTo: { kept: 24, least: 12 }, text: (_, { depth, label }) => `${'  '.repeat(depth)}${label}`, style: ({ kind }, style) => (kind === 'container' ? style.bold : (text) => text) },
  { title: 'type', align: 'left', dropOrder: 0, cutTo: { kept: 16, least: 8 }, text: ({ type, kind }) => (kind === 'function' ? '' : type), style: (_, style) => style.dim },
  { title: 'output', align: 'left', dropOrder: 0, text: ({ outputShape, failure, missed }) => (outputShape ? formatShape(outputShape) : failure ? 'failed' : missed ?? ''), style: ({ failure, missed }, style) => (failure ? style.red : missed ? style.dim : (text) => text) },
  { title: 'params', align: 'right', dropOrder: 0, text: ({ parameterCount }) => (parameterCount === 0 ? '' : formatCount(parameterCount)) },
  { title: 'zeros', align: 'right', dropOrder: 5, text: ({ output }) => (output && output.count > 0 ? formatPercent(output.zeroFraction) : '') },
  {
    title: 'inactive', align: 'right', dropOrder: 2, text: ({ units }) => (units?.inactive ? `${formatCount(units.inactive)}/${formatCount(units.count)}` : ''),
    style: (_, style) => style.yellow,
  },
  { title: 'mean ± std', align: 'right', dropOrder: 1, text: ({ output }) => (output && output.count > 0 ? formatMeanStd(output.mean, output.std) : '') },
  { title: 'histogram', align: 'left', dropOrder: 4, text: ({ output }, { histogramWidth }) => (output && output.count > 0 ? blockHistogram(output, histogramWidth) : ''), style: (_, style) => style.cyan },
  { title: '|gradient|', align: 'right', dropOrder: 3, text: ({ gradient }) => (gradient && gradient.count > 0 ? formatNumber(gradient.l2) : '') },
];

/** Lines of the table, its header first. `width`: characters of a line, at least 40. */
export function layerTable(layers: readonly LayerReport[], width: number, style: Style): string[] {
  const depths = depthsOf(layers);
  const labels = layers.map((layer) => labelOf(layer, layers));
  const tableWith = (histogramWidth: number, dropped: number): Filled[] => columns
    .filter(({ dropOrder }) => dropOrder === 0 || dropOrder > dropped)
    .map((column) => ({ column, cells: layers.map((layer, index) => column.text(layer, { depth: depths[index], label: labels[index], histogramWidth })) }))
    .filter(({ column, cells }) => column.dropOrder === 0 || cells.some((cell) => cell !== ''));
  const lineWidth = (filled: readonly Filled[]) => filled.reduce((sum, entry) => sum + widthOf(entry), 0) + gap.length * (filled.length - 1);

  // The names give up some of their length before a column goes: the middle of a long path says least.
  const spare = (filled: readonly Filled[]) => filled.reduce((sum, entry) => sum + Math.max(0, widthOf(entry) - (entry.column.cutTo?.kept ?? Infinity)), 0);
  const attempts = [tableWith(wideHistogram, 0), ...[0, 1, 2, 3, 4, 5].map((dropped) => tableWith(narrowHistogram, dropped))];
  const table = attempts.find((filled) => lineWidth(filled) - spare(filled) <= width) ?? attempts.at(-1)!;

  const widths = cutWidths(table, lineWidth(table) - width);
  const cell = (text: string, index: number) => {
    const cut = text.length > widths[index] ? shorten(text, widths[index]) : text;
    return table[index].column.align === 'right' ? cut.padStart(widths[index]) : cut.padEnd(widths[index]);
  };
  const header = style.dim(table.map(({ column }, index) => cell(column.title, index)).join(gap).trimEnd());
  return [header, ...layers.map((layer, row) => table.map(({ column, cells }, index) => {
    const text = cell(cells[row], index);
    return column.style ? column.style(layer, style)(text) : text;
  }).join(gap).trimEnd())];
}

function widthOf({ column, cells }: Filled): number {
  return Math.max(column.title.length, ...cells.map((cell) => cell.length));
}

/** The columns' widths, less `excess` characters in all: the longer of those that can be cut gives way first. */
function cutWidths(table: readonly Filled[], excess: number): number[] {
  const widths = table.map(widthOf);
  for (let left = excess; left > 0; left--) {
    const [longest] = table.flatMap(({ column: { cutTo } }, index) => (cutTo && widths[index] > cutTo.least ? [{ index, over: widths[index] - cutTo.kept }] : [])).sort((a, b) => b.over - a.over);
    if (!longest) break;
    widths[longest.index]--;
  }
  return widths;
}

function depthsOf(layers: readonly LayerReport[]): number[] {
  const depths: number[] = [];
  layers.forEach(({ parent }, index) => (depths[index] = parent === null ? 0 : depths[parent] + 1));
  return depths;
}

/** The path below the row it stands under; the type where a root has no path. */
function labelOf({ path, parent, type }: LayerReport, layers: readonly LayerReport[]): string {
  const above = parent === null ? '' : layers[parent].path;
  const below = above !== '' && path.startsWith(above) ? path.slice(above.length + 1) : path;
  return below === '' ? type : below;
}

/** Names differ at their ends: the middle is left out. */
function shorten(text: string, width: number): string {
  const head = Math.ceil((width - 1) / 2);
  return `${text.slice(0, head)}…${text.slice(text.length - (width - 1 - head))}`;
}
