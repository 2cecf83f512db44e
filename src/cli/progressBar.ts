// The line that follows a training run: a bar, figures, and the loss so far as a small curve.
import { sparkline } from './blockHistogram.ts';
import { formatNumber } from '../protocol/figures.ts';
import type { TrainingProgress } from '../protocol/runtimeApi.ts';
import type { Style } from './terminalStyle.ts';

const barColumns = 24;
const curveColumns = 24;

/** `losses`: of all steps so far. A line that does not fit `width` is without its curve, then with a shorter bar: it must not wrap. */
export function progressLine({ step, steps, loss, accuracy, stepsPerSecond }: TrainingProgress, losses: readonly number[], style: Style, width: number): string {
  const right = accuracy === null ? '' : `  accuracy ${(accuracy * 100).toFixed(0).padStart(3)} %`;
  const figures = ` ${String(step).padStart(String(steps).length)}/${steps}  loss ${formatNumber(loss)}${right}  ${stepsPerSecond.toFixed(stepsPerSecond < 10 ? 1 : 0)} steps/s`;
  const room = width - 1 - figures.length;
  const barWidth = Math.max(0, Math.min(barColumns, room));
  const curveWidth = Math.min(curveColumns, room - barWidth - 2);
  const done = Math.round((barWidth * step) / steps);
  const curve = curveWidth < 6 ? '' : `  ${style.dim(sparkline(everyOf(losses, curveWidth), curveWidth))}`;
  return `${style.cyan('━'.repeat(done))}${style.dim('─'.repeat(barWidth - done))}${figures}${curve}`;
}

/** Means over equal stretches, so that the whole run is in the curve. */
function everyOf(values: readonly number[], count: number): number[] {
  if (values.length <= count) return [...values];
  return Array.from({ length: count }, (_, index) => {
    const stretch = values.slice(Math.floor((index * values.length) / count), Math.floor(((index + 1) * values.length) / count));
    return stretch.reduce((sum, value) => sum + value, 0) / stretch.length;
  });
}
