// The bar of a row's gradient norm on a logarithmic axis that all rows share. Zero and non-finite norms are hatched.
import type { Theme } from '../theme.ts';
import { hatch, startDrawing } from './canvas.ts';
import { positionOf, type Decades } from './decades.ts';

export function drawGradientBar(canvas: HTMLCanvasElement, norm: number | null, decades: Decades, { colors }: Theme): void {
  const drawing = startDrawing(canvas);
  if (!drawing || norm === null) return;
  const { context, width, height } = drawing;
  context.fillStyle = colors.track;
  context.fillRect(0, 0, width, height);
  const position = positionOf(norm, decades);
  if (Number.isNaN(position)) {
    context.fillStyle = hatch(context, norm === 0 ? colors.dim : colors.red);
    context.fillRect(0, 0, width, height);
    return;
  }
  context.fillStyle = colors.purple;
  context.fillRect(0, 0, Math.max(2, position * width), height);
}
