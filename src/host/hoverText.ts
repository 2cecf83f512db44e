// What a hover says of the layers at a place: Markdown, all text that comes from the file escaped. Pure.
import type { LayerReport, ModelReport, Stats, UnitReport } from '../protocol/report.ts';
import { formatAmount, formatCount, formatFlops, formatShape } from '../protocol/amounts.ts';
import { formatMeanStd, formatPercent, formatTick } from '../protocol/figures.ts';
import { histogramSvg, pictureHeight, pictureWidth, svgDataUri } from './histogramPicture.ts';
import type { LayerMatch } from './layerLookup.ts';

/** What "Show in panel" is asked to show. */
export interface ShowLayerArguments {
  readonly uri: string;
  readonly model: string;
  readonly layer: number;
}

export const showLayerCommand = 'activationLens.showLayer';

const mostPaths = 6;
const longestSummary = 24;

/** The hover for layers that share one range; `matches` is not empty. */
export function hoverMarkdown(matches: readonly LayerMatch[], uri: string, seed: number): string {
  const { model, layer } = matches[0]!;
  const failure = layer.failure === null ? '' : `**${escapeMarkdown(layer.failure)}**`;
  const lines = [notes(layer), origin(model, layer, uri, seed)].filter((line) => line !== '');
  // A hover is not tall: what follows the table stays close together, and what is longest and says least comes after the picture.
  const blocks = [heading(layer), failure, table(layer), lines.join('  \n'), picture(layer), also(matches.slice(1))];
  return blocks.filter((block) => block !== '').join('\n\n');
}

function heading(layer: LayerReport): string {
  // The arguments stand in the source; they are said again where they are short.
  const type = layer.summary === '' || layer.summary.length > longestSummary ? layer.type : `${layer.type}(${layer.summary})`;
  const follows = layer.activationFunction !== null && layer.kind === 'module' && layer.activationLayer !== layer.index ? ` → ${escapeMarkdown(layer.activationFunction)}` : '';
  const name = layer.path === '' || layer.kind === 'function' ? '' : `**${escapeMarkdown(layer.path)}** `;
  const inputs = layer.inputShapes.map(formatShape).join(', ');
  const shapes = `${inputs === '' ? '' : `${inputs} → `}${layer.outputShape === null ? '?' : formatShape(layer.outputShape)}`;
  const sizes = [layer.missed ?? code(shapes)];
  if (layer.parameterCount > 0) sizes.push(formatAmount(layer.parameterCount, 'parameter'));
  if (layer.flops > 0) sizes.push(formatFlops(layer.flops));
  return `${name}${code(type)}${follows}  \n${sizes.join(' · ')}`;
}

function also(others: readonly LayerMatch[]): string {
  if (others.length === 0) return '';
  const paths = others.slice(0, mostPaths).map((match) => code(match.layer.path || match.layer.type));
  const more = others.length > mostPaths ? ` and ${formatCount(others.length - mostPaths)} more` : '';
  return `Also here: ${paths.join(', ')}${more}`;
}

/** A row for each tensor that has figures. */
function table(layer: LayerReport): string {
  const rows: string[] = [];
  const row = (name: string, stats: Stats) => {
    const cells = [name, formatMeanStd(stats.mean, stats.std), `${formatTick(stats.min)} … ${formatTick(stats.max)}`, formatPercent(stats.zeroFraction), notFinite(stats)];
    rows.push(`|${cells.map((cell) => ` ${cell}&emsp;`).join('|')}|`);
  };
  if (layer.preActivation) row('pre-activation', layer.preActivation);
  const after = layer.activation ?? layer.output;
  if (after) row(layer.activation ? 'activation' : 'output', after);
  return rows.length === 0 ? '' : ['| | mean ± std | range | zeros | |', '|:--|:--|:--|:--|:--|', ...rows].join('\n');
}

function notes(layer: LayerReport): string {
  const parts = layer.units ? unitNotes(layer.units) : [];
  if (layer.gradient) parts.push(`gradient norm ${formatTick(layer.gradient.l2)}`);
  return parts.join(' · ');
}

function unitNotes(units: UnitReport): string[] {
  const parts = units.inactive === null ? [] : [`${formatCount(units.inactive)} of ${formatAmount(units.count, 'unit')} inactive`];
  if (units.saturatedFraction > 0) parts.push(`${formatPercent(units.saturatedFraction)} saturated`);
  return parts;
}

function notFinite(stats: Stats): string {
  const parts: string[] = [];
  if (stats.nan > 0) parts.push(`${formatCount(stats.nan)} NaN`);
  if (stats.posInf > 0) parts.push(`${formatCount(stats.posInf)} +∞`);
  if (stats.negInf > 0) parts.push(`${formatCount(stats.negInf)} −∞`);
  return parts.join(', ');
}

function picture(layer: LayerReport): string {
  const front = layer.activation ?? layer.output ?? layer.preActivation;
  if (!front) return '';
  const svg = histogramSvg(front, front === layer.preActivation ? null : layer.preActivation);
  return svg === '' ? '' : `![histogram](${svgDataUri(svg)}|width=${pictureWidth},height=${pictureHeight})`;
}

/** What the figures are of, and the way to all of them. */
function origin(model: ModelReport, layer: LayerReport, uri: string, seed: number): string {
  const parts: string[] = [];
  const stats = layer.activation ?? layer.output;
  if (stats) parts.push(`N = ${formatCount(stats.count)} values`, `seed ${seed}`);
  const input = model.inputs[0];
  if (stats && input && input.origin !== 'file') parts.push('made-up input');
  const argument: ShowLayerArguments = { uri, model: model.name, layer: layer.index };
  parts.push(`[Show in panel](command:${showLayerCommand}?${encodeURIComponent(JSON.stringify([argument]))})`);
  return parts.join(' · ');
}

/** Text of the file as Markdown that shows exactly it. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!|<>~&$]/g, (character) => (character === '<' ? '&lt;' : character === '&' ? '&amp;' : `\\${character}`)).replace(/\s*\n\s*/g, ' ');
}

/** Text of the file as inline code; a fence longer than any run of backticks inside. */
function code(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const padding = longest > 0 ? ' ' : '';
  return `${fence}${padding}${text.replace(/\s*\n\s*/g, ' ')}${padding}${fence}`;
}
