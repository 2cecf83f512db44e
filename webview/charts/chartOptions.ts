// Chart.js, with only the parts the panel draws with, and the look that its large charts share.
import {
  BarController, BarElement, CategoryScale, Chart, Decimation, Filler, LinearScale, LineController, LineElement, LogarithmicScale, PointElement, Tooltip,
  type ChartConfiguration, type ChartType, type DefaultDataPoint, type TooltipOptions,
} from 'chart.js';
import type { Theme } from '../theme.ts';

Chart.register(BarController, BarElement, CategoryScale, Decimation, Filler, LinearScale, LineController, LineElement, LogarithmicScale, PointElement, Tooltip);

/** Shows a configuration, without a movement: in the chart that there is, else in a new one on the canvas. */
export function drawChart<T extends ChartType, D = DefaultDataPoint<T>, L = unknown>(
  chart: Chart<T, D, L> | null, canvas: HTMLCanvasElement, configuration: ChartConfiguration<T, D, L>,
): Chart<T, D, L> {
  if (!chart) return new Chart(canvas, configuration);
  chart.data = configuration.data;
  chart.options = configuration.options!;
  // Its box may have grown with what it is to show.
  chart.resize();
  chart.update('none');
  return chart;
}

/** Tooltip in the manner of the editor's hovers. */
export function tooltipStyle({ colors, font }: Theme): Partial<TooltipOptions<ChartType>> {
  return {
    backgroundColor: colors.tooltip, titleColor: colors.tooltipText, bodyColor: colors.tooltipText, borderColor: colors.tooltipBorder, borderWidth: 1,
    titleFont: { family: font, size: 12, weight: 600 }, bodyFont: { family: font, size: 12 },
    cornerRadius: 3, padding: 8, boxWidth: 8, boxHeight: 8, boxPadding: 4, caretSize: 4, animation: false,
  };
}

/** Ticks and grid of an axis. */
export function axisStyle({ colors, font }: Theme) {
  return {
    ticks: { color: colors.dim, font: { family: font, size: 11 }, maxRotation: 0 },
    grid: { color: colors.grid, drawTicks: false },
    border: { color: colors.line },
  };
}
