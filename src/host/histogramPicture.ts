// The small picture in a hover: the pre-activation's histogram as an area behind the activation's bars. Plain SVG as a data URI, since a hover has no
// scripts, no styles and no theme variables: colours are chosen to be readable on light and on dark.
import type { Stats } from '../protocol/report.ts';

export const pictureWidth = 300;
export const pictureHeight = 72;

const behindColour = '#8a8f98';
const frontColour = '#3b8eea';
const zeroSpike = '#d18616';
const textColour = '#808690';
const baseline = pictureHeight - 16;
const top = 4;

/** A histogram picture of one tensor, or of an activation with what came before it behind. Empty text where there is nothing to draw. */
export function histogramSvg(front: Stats, behind: Stats | null): string {
  const shown = behind && hasValues(behind) ? [behind, front] : [front];
  const drawable = shown.filter(hasValues);
  if (drawable.length === 0) return '';
  let low = Math.min(...drawable.map((stats) => stats.histogram.min));
  let high = Math.max(...drawable.map((stats) => stats.histogram.max));
  if (low === high) {
    // A constant tensor: one bar in the middle of an axis that shows its value.
    const margin = low === 0 ? 1 : Math.abs(low) * 0.5;
    low -= margin;
    high += margin;
  }
  const x = (value: number) => ((value - low) / (high - low)) * pictureWidth;
  const parts: string[] = [];
  if (behind && hasValues(behind)) parts.push(`<path d="${areaPath(behind, x)}" fill="${behindColour}" fill-opacity="0.35" stroke="${behindColour}" stroke-width="1"/>`);
  if (hasValues(front)) parts.push(...bars(front, x));
  if (low < 0 && high > 0) parts.push(`<path d="M${round(x(0))} ${top}V${baseline}" stroke="${textColour}" stroke-dasharray="2 3" stroke-opacity="0.7"/>`);
  parts.push(`<path d="M0 ${baseline}.5H${pictureWidth}" stroke="${textColour}" stroke-opacity="0.6"/>`);
  const label = (at: number, anchor: string, value: number) =>
    `<text x="${at}" y="${pictureHeight - 4}" text-anchor="${anchor}" font-family="sans-serif" font-size="10" fill="${textColour}">${shortNumber(value)}</text>`;
  parts.push(label(0, 'start', low), label(pictureWidth, 'end', high));
  const zeroAt = x(0);
  if (low < 0 && high > 0 && zeroAt > 50 && zeroAt < pictureWidth - 50) parts.push(label(round(zeroAt), 'middle', 0));
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${pictureWidth}" height="${pictureHeight}" viewBox="0 0 ${pictureWidth} ${pictureHeight}">${parts.join('')}</svg>`;
}

/** The picture as a Markdown image would name it. */
export function svgDataUri(svg: string): string {
  return `data:image/svg+xml;base64,${Buffer.from(svg, 'utf8').toString('base64')}`;
}

const hasValues = (stats: Stats) => stats.histogram.counts.some((count) => count > 0) && Number.isFinite(stats.histogram.min) && Number.isFinite(stats.histogram.max);

/** Heights are densities, so that tensors of different ranges can stand in one picture; exact zeros are drawn apart and do not set the scale. */
function densities(stats: Stats): { values: number[]; width: number; zeroBin: number; zeroShare: number } {
  const { min, max, counts } = stats.histogram;
  const total = counts.reduce((sum, count) => sum + count, 0);
  const width = (max - min) / counts.length;
  const zeros = Math.round(stats.zeroFraction * stats.count);
  const zeroBin = zeros > 0 && min <= 0 && max >= 0 ? (width === 0 ? 0 : Math.min(counts.length - 1, Math.floor((0 - min) / width))) : -1;
  const values = counts.map((count, bin) => Math.max(0, bin === zeroBin ? count - zeros : count) / total);
  return { values, width, zeroBin, zeroShare: zeros / total };
}

function areaPath(stats: Stats, x: (value: number) => number): string {
  const { min, counts } = stats.histogram;
  const { values, width } = densities(stats);
  if (width === 0) return `M${round(x(min)) - 2} ${baseline}V${top}h4V${baseline}Z`;
  const tallest = Math.max(...values) || 1;
  let path = `M${round(x(min))} ${baseline}`;
  for (let bin = 0; bin < counts.length; bin++) path += `V${round(baseline - (values[bin]! / tallest) * (baseline - top))}H${round(x(min + (bin + 1) * width))}`;
  return `${path}V${baseline}Z`;
}

function bars(stats: Stats, x: (value: number) => number): string[] {
  const { min, counts } = stats.histogram;
  const { values, width, zeroBin, zeroShare } = densities(stats);
  const tallest = Math.max(...values);
  const parts: string[] = [];
  if (width === 0 && zeroBin < 0) return [`<rect x="${round(x(min)) - 2}" y="${top}" width="4" height="${baseline - top}" fill="${frontColour}"/>`];
  if (tallest > 0) {
    let path = '';
    for (let bin = 0; bin < counts.length; bin++) {
      if (values[bin]! <= 0) continue;
      const left = round(x(min + bin * width));
      const height = Math.max(1, round((values[bin]! / tallest) * (baseline - top)));
      path += `M${left} ${baseline}v-${height}H${round(x(min + (bin + 1) * width))}V${baseline}Z`;
    }
    parts.push(`<path d="${path}" fill="${frontColour}" fill-opacity="0.75"/>`);
  }
  if (zeroBin >= 0) {
    const height = round(Math.max(2, zeroShare * (baseline - top)));
    parts.push(`<rect x="${round(x(0)) - 2}" y="${round(baseline - height)}" width="4" height="${height}" fill="${zeroSpike}"/>`);
  }
  return parts;
}

const round = (value: number) => Math.round(value * 10) / 10;

function shortNumber(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  return size >= 0.01 && size < 1e4 ? String(Number(value.toPrecision(2))) : value.toExponential(1);
}
