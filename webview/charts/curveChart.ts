// A training curve, one point per step: the figure of each step, thin, and its running mean, bold. Steps whose figure is not
// finite leave a gap and are said in words.
import { formatNumber, formatPercent, formatTick } from '../../src/protocol/figures.ts';
import type { Chart, ChartConfiguration } from 'chart.js';
import { h, setText } from '../dom.ts';
import type { ColorName, Theme } from '../theme.ts';
import { axisStyle, drawChart, tooltipStyle } from './chartOptions.ts';

export interface Curve {
  readonly label: string;
  readonly values: readonly number[];
  readonly color: ColorName;
  /** The figure is a share 0..1, shown as percent. */
  readonly isShare: boolean;
  /** Length of the whole run: the axis does not grow under the reader's eyes. */
  readonly steps: number;
}

/** The same for every curve, so that steps stand above each other. */
const axisWidth = 48;

type Point = { x: number; y: number };

export class CurveChart {
  readonly element: HTMLElement;
  readonly #canvas = h('canvas', { role: 'img' });
  readonly #note = h('div', { class: 'chart-note' });
  #chart: Chart<'line', Point[]> | null = null;

  constructor() {
    this.element = h('div', { class: 'chart chart-curve' }, this.#canvas, this.#note);
  }

  draw(curve: Curve, theme: Theme): void {
    this.#chart = drawChart(this.#chart, this.#canvas, configurationOf(curve, theme));
    const last = curve.values.at(-1);
    this.#canvas.setAttribute('aria-label', last === undefined ? `${curve.label}: no steps yet` : `${curve.label} after ${curve.values.length} steps: ${formatNumber(last)}`);
    setText(this.#note, noteOf(curve));
    this.#note.classList.toggle('is-over', !curve.values.some(Number.isFinite));
  }
}

function noteOf({ label, values }: Curve): string {
  if (values.length === 0) return 'waiting for the first step';
  const first = values.findIndex((value) => !Number.isFinite(value));
  return first < 0 ? '' : `${label} was ${formatNumber(values[first])} at step ${first + 1}`;
}

/** Mean of the steps before, each weighing 0.8 of the one after it; corrected for the missing ones at the start. */
export function runningMean(values: readonly number[]): number[] {
  let sum = 0;
  let weight = 0;
  return values.map((value) => {
    if (Number.isFinite(value)) {
      sum = sum * 0.8 + value;
      weight = weight * 0.8 + 1;
    }
    return weight === 0 ? NaN : sum / weight;
  });
}

function configurationOf(curve: Curve, theme: Theme): ChartConfiguration<'line', Point[]> {
  const { colors } = theme;
  const style = axisStyle(theme);
  const points = (values: readonly number[]) => values.map((y, i) => ({ x: i + 1, y: Number.isFinite(y) ? y : NaN }));
  const format = (value: number) => (curve.isShare ? formatPercent(value) : formatNumber(value));
  const line = { pointRadius: 0, pointHoverRadius: 3, parsing: false as const, spanGaps: false };
  return {
    type: 'line',
    data: {
      datasets: [
        { ...line, label: `mean ${curve.label}`, data: points(runningMean(curve.values)), borderColor: colors[curve.color], borderWidth: 2, backgroundColor: colors[curve.color] },
        { ...line, label: curve.label, data: points(curve.values), borderColor: `color-mix(in srgb, ${colors[curve.color]} 40%, transparent)`, borderWidth: 1, backgroundColor: colors.dim },
      ],
    },
    options: {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      normalized: true,
      layout: { padding: { top: 6, right: 10 } },
      interaction: { mode: 'nearest', axis: 'x', intersect: false },
      scales: {
        x: { type: 'linear', min: 0, max: Math.max(curve.steps, curve.values.length, 1), ...style, ticks: { ...style.ticks, precision: 0, autoSkipPadding: 16 } },
        y: {
          type: 'linear', ...style, afterFit: (axis) => { axis.width = axisWidth; }, ...(curve.isShare ? { min: 0, max: 1 } : { grace: '5%', beginAtZero: curve.values.every((value) => !(value < 0)) }),
          ticks: { ...style.ticks, maxTicksLimit: 6, callback: (value) => (curve.isShare ? `${Math.round(Number(value) * 100)} %` : formatTick(Number(value))) },
        },
      },
      plugins: {
        decimation: { enabled: true, algorithm: 'min-max' },
        tooltip: {
          ...tooltipStyle(theme), position: 'nearest',
          callbacks: { title: ([item]) => (item ? `step ${item.parsed.x}` : ''), label: ({ dataset, parsed }) => `${dataset.label}: ${format(parsed.y ?? NaN)}` },
        },
      },
    },
  };
}
