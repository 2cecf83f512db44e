// The small histogram of a row: the activation filled, the pre-activation as an outline behind it on the same value axis,
// and the exact zeros as a bar of their own whose height is their share.
import type { Stats } from '../../src/protocol/report.ts';
import type { Theme } from '../theme.ts';
import { binsOf, sharedRange, type Bins } from './bins.ts';
import { startDrawing } from './canvas.ts';

export interface SparklineData {
  readonly before: Stats | null;
  readonly values: Stats | null;
}

/** Draws into the canvas's box. Values without spread, and none at all, are said in words. */
export function drawSparkline(canvas: HTMLCanvasElement, data: SparklineData, { colors, font, isHighContrast }: Theme): void {
  const drawing = startDrawing(canvas);
  if (!drawing || !data.values) return;
  const { context, width, height } = drawing;
  const bins = binsOf(data.values);
  const before = data.before ? binsOf(data.before) : null;
  const range = sharedRange(before ? [bins, before] : [bins]);
  const x = (value: number) => 1 + ((value - range.min) / (range.max - range.min)) * (width - 2);
  const base = height - 1;
  const room = height - 3;
  const beforePeak = before?.peakDensity ?? 0;
  context.fillStyle = colors.line;
  context.fillRect(0, base, width, 1);
  if (bins.kind === 'spread') {
    const path = outline(bins, x, base, room / Math.max(bins.peakDensity, beforePeak));
    context.fillStyle = colors.blue;
    context.globalAlpha = isHighContrast ? 1 : 0.75;
    context.fill(path);
    context.globalAlpha = 1;
  }
  if (before?.kind === 'spread') {
    context.strokeStyle = colors.dim;
    context.lineWidth = 1;
    context.stroke(outline(before, x, base, room / beforePeak));
  }
  if (bins.zeroFraction > 0) {
    context.fillStyle = colors.orange;
    const barHeight = Math.max(3, bins.zeroFraction * room);
    context.fillRect(Math.min(width - 3, Math.max(0, Math.round(x(0) - 1.5))), base - barHeight, 3, barHeight);
  } else if (bins.kind === 'constant') {
    context.fillStyle = colors.blue;
    context.fillRect(Math.round(x(bins.min) - 1.5), base - room, 3, room);
  }
  if (bins.kind === 'empty') {
    context.fillStyle = data.values.nan > 0 ? colors.red : colors.dim;
    context.font = `11px ${font}`;
    context.textAlign = 'center';
    context.fillText(bins.note ?? '', width / 2, height / 2 + 4, width);
  } else if (data.values.nan + data.values.posInf + data.values.negInf > 0) {
    context.fillStyle = colors.red;
    context.font = `600 10px ${font}`;
    context.textAlign = 'right';
    context.fillText(data.values.nan > 0 ? 'NaN' : '∞', width - 2, 10);
  }
}

/** The histogram's steps as a closed shape standing on `base`; `scale` is pixels per density. */
function outline(bins: Bins, x: (value: number) => number, base: number, scale: number): Path2D {
  const path = new Path2D();
  path.moveTo(x(bins.min), base);
  bins.counts.forEach((count, i) => {
    const y = base - (count / bins.width) * scale;
    path.lineTo(x(bins.min + i * bins.width), y);
    path.lineTo(x(bins.min + (i + 1) * bins.width), y);
  });
  path.lineTo(x(bins.max), base);
  return path;
}
