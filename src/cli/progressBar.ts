// The line that follows a training run: a bar, figures, and the loss so far as a small curve.
import { sparkline } from './blockHistogram.ts';
import { figureText } from './figureText.ts';
import type { TrainingProgress } from '../protocol/runtimeApi.ts';
import type { Style } from './terminalStyle.ts';

const BAR_WIDTH = 24;
const CURVE_WIDTH = 24;

/** `losses`: of all steps so far. */
export function progressLine({ step, steps, loss, accuracy, stepsPerSecond }: TrainingProgress, losses: readonly number[], style: Style): string {
  const done = Math.round((BAR_WIDTH * step) / steps);
  const bar = `${style.cyan('━'.repeat(done))}${style.dim('─'.repeat(BAR_WIDTH - done))}`;
  const right = accuracy === null ? '' : `  accuracy ${(accuracy * 100).toFixed(0).padStart(3)} %`;
  return `${bar} ${String(step).padStart(String(steps).length)}/${steps}  loss ${figureText(loss)}${right}  ${stepsPerSecond.toFixed(stepsPerSecond < 10 ? 1 : 0)} steps/s  ${style.dim(sparkline(everyOf(losses, CURVE_WIDTH), CURVE_WIDTH))}`;
}

/** Means over equal stretches, so that the whole run is in the curve. */
function everyOf(values: readonly number[], count: number): number[] {
  if (values.length <= count) return [...values];
  return Array.from({ length: count }, (_, index) => {
    const stretch = values.slice(Math.floor((index * values.length) / count), Math.floor(((index + 1) * values.length) / count));
    return stretch.reduce((sum, value) => sum + value, 0) / stretch.length;
  });
}
