// Bars of mean and max |gradient| per layer, layers down the page, on one logarithmic axis. Only the layers in view are given to
// Chart.js: a canvas has a largest size, and a model may have thousands of layers. Zeros and NaN are hatched and said in words.
import { formatNumber, formatTick } from '../../src/protocol/figures.ts';
import type { Chart, ChartConfiguration, Plugin } from 'chart.js';
import { h } from '../dom.ts';
import type { Theme } from '../theme.ts';
import { hatch } from './canvas.ts';
import { axisStyle, drawChart } from './chartOptions.ts';
import { positionOf, type Decades } from './decades.ts';

/** One bar: a layer, or one of its weights. */
export interface FlowBar {
  readonly label: string;
  /** Null where no gradient is known. */
  readonly mean: number | null;
  readonly max: number | null;
}

export const barHeight = 24;
/** Room for the axis above the bars. */
export const axisHeight = 26;

export class GradientFlowChart {
  readonly element: HTMLElement;
  readonly #canvas = h('canvas', { role: 'img' });
  #chart: Chart<'bar', (number | null)[], string> | null = null;
  #bars: readonly FlowBar[] = [];
  #active = -1;
  #theme: Theme | null = null;
  #decades: Decades = { low: -3, high: 0 };

  constructor() {
    this.element = h('div', { class: 'flow-canvas' }, this.#canvas);
  }

  /** Draws `bars` from the top; `active` is the index of the emphasized one, or −1. */
  draw(bars: readonly FlowBar[], active: number, decades: Decades, labelWidth: number, theme: Theme): void {
    this.#bars = bars;
    this.#active = active;
    this.#theme = theme;
    this.#decades = decades;
    this.element.style.height = `${axisHeight + bars.length * barHeight}px`;
    this.#chart = drawChart(this.#chart, this.#canvas, this.#configuration(theme, labelWidth));
    this.#canvas.setAttribute('aria-label', bars.map(({ label, mean }) => `${label}: ${mean === null ? 'no gradient' : formatNumber(mean)}`).join('; '));
  }

  #configuration(theme: Theme, labelWidth: number): ChartConfiguration<'bar', (number | null)[], string> {
    const { colors, font } = theme;
    const { low, high } = this.#decades;
    const style = axisStyle(theme);
    const onAxis = (value: number | null) => (value === null || Number.isNaN(positionOf(value, this.#decades)) ? null : value);
    return {
      type: 'bar',
      plugins: [this.#marks],
      data: {
        labels: this.#bars.map((bar) => bar.label),
        datasets: [
          { label: 'mean', data: this.#bars.map((bar) => onAxis(bar.mean)), backgroundColor: colors.purple, barThickness: 10, grouped: false, order: 0 },
          {
            label: 'max', data: this.#bars.map((bar) => onAxis(bar.max)), barThickness: 4, grouped: false, order: 1,
            backgroundColor: `color-mix(in srgb, ${colors.dim} 60%, transparent)`,
          },
        ],
      },
      options: {
        animation: false,
        responsive: true,
        maintainAspectRatio: false,
        indexAxis: 'y',
        events: [],
        layout: { padding: { left: labelWidth, right: 56 } },
        scales: {
          y: {
            type: 'category', display: false, offset: true,
          },
          x: {
            type: 'logarithmic', position: 'top', min: 10 ** low, max: 10 ** high, ...style,
            afterFit: (axis) => { axis.height = axisHeight; },
            afterBuildTicks: (axis) => {
              const step = Math.max(1, Math.ceil((high - low) / 8));
              axis.ticks = Array.from({ length: Math.floor((high - low) / step) + 1 }, (_, i) => ({ value: 10 ** (low + i * step) }));
            },
            ticks: { ...style.ticks, autoSkip: true, autoSkipPadding: 8, callback: (value) => formatTick(Number(value)), font: { family: font, size: 11 } },
          },
        },
        plugins: { tooltip: { enabled: false } },
      },
    };
  }

  /** Labels, the emphasized row, and the marks of what has no place on a logarithmic axis. */
  readonly #marks: Plugin<'bar'> = {
    id: 'marks',
    beforeDatasetsDraw: (chart) => {
      const { ctx, chartArea: area } = chart;
      if (!this.#theme || this.#active < 0) return;
      ctx.save();
      ctx.fillStyle = this.#theme.colors.track;
      ctx.fillRect(0, area.top + this.#active * barHeight, chart.width, barHeight);
      ctx.restore();
    },
    afterDatasetsDraw: (chart) => {
      if (!this.#theme) return;
      const { colors, font } = this.#theme;
      const { ctx, chartArea: area } = chart;
      ctx.save();
      ctx.textBaseline = 'middle';
      this.#bars.forEach((bar, i) => {
        const top = area.top + i * barHeight;
        const middle = top + barHeight / 2;
        ctx.font = `12px ${font}`;
        ctx.fillStyle = colors.foreground;
        ctx.textAlign = 'right';
        ctx.fillText(shorten(ctx, bar.label, area.left - 12), area.left - 8, middle);
        const isOff = bar.mean === null || Number.isNaN(positionOf(bar.mean, this.#decades));
        ctx.font = `11px ${font}`;
        if (isOff && bar.mean !== null) {
          ctx.fillStyle = hatch(ctx, bar.mean === 0 ? colors.dim : colors.red);
          ctx.fillRect(area.left, middle - 5, bar.mean === 0 ? 28 : area.width, 10);
        }
        const text = bar.mean === null ? '–' : formatNumber(bar.mean);
        ctx.fillStyle = isOff ? (bar.mean === null || bar.mean === 0 ? colors.dim : colors.red) : colors.dim;
        ctx.textAlign = 'right';
        ctx.fillText(text, chart.width - 6, middle);
      });
      ctx.restore();
    },
  };
}

/** Cut in the middle: both the block a layer is in and its own name matter. */
function shorten(context: CanvasRenderingContext2D, text: string, width: number): string {
  if (context.measureText(text).width <= width) return text;
  for (let kept = text.length - 1; kept > 2; kept--) {
    const head = Math.floor(kept / 3);
    const short = `${text.slice(0, head)}…${text.slice(text.length - (kept - head))}`;
    if (context.measureText(short).width <= width) return short;
  }
  return '…';
}
