// The large histogram of the detail: one or two distributions on one value axis, exact zeros apart, drawn by Chart.js.
// Data without spread or without finite values is said in words over the chart.
import { Interaction, type Chart, type ChartConfiguration, type ChartDataset, type InteractionItem, type InteractionModeFunction, type Plugin } from 'chart.js';
import { formatNumber, formatPercent, formatTick } from '../../src/protocol/figures.ts';
import type { Stats } from '../../src/protocol/report.ts';
import { formatCount } from '../../src/protocol/amounts.ts';
import { fill, h } from '../dom.ts';
import type { ColorName, Theme } from '../theme.ts';
import { binsOf, sharedRange, type Bins } from './bins.ts';
import { axisStyle, drawChart, tooltipStyle } from './chartOptions.ts';

export interface Series {
  readonly label: string;
  readonly stats: Stats;
  readonly color: ColorName;
  /** Drawn as a line behind the others. */
  readonly isOutline?: boolean;
}

/** Of a line of the note, in CSS pixels. */
const noteHeight = 15;

declare module 'chart.js' {
  interface InteractionModeMap {
    bin: InteractionModeFunction;
  }
}

/** Points of a series: each bin's left edge, held to the next one; so the bin under the pointer is found by division. */
Interaction.modes.bin = (chart, event) => {
  const value = chart.scales['x'].getValueForPixel(event.x ?? 0) ?? NaN;
  return chart.data.datasets.flatMap((dataset, datasetIndex): InteractionItem[] => {
    const points = dataset.data as { x: number; y: number }[];
    if (points.length < 2) return [];
    const bin = Math.floor((value - points[0].x) / (points[2].x - points[1].x));
    if (!(bin >= 0 && bin < points.length - 2)) return [];
    return [{ element: chart.getDatasetMeta(datasetIndex).data[bin + 1], datasetIndex, index: bin + 1 }];
  });
};

export class HistogramChart {
  readonly element: HTMLElement;
  readonly #canvas = h('canvas', { role: 'img' });
  readonly #note = h('div', { class: 'chart-note' });
  #chart: Chart<'line', { x: number; y: number }[]> | null = null;
  #series: readonly Series[] = [];
  #bins: readonly Bins[] = [];
  #theme: Theme | null = null;

  constructor(size: 'large' | 'small') {
    this.element = h('div', { class: `chart chart-${size}` }, this.#canvas, this.#note);
  }

  draw(series: readonly Series[], theme: Theme): void {
    if (this.#theme === theme && series.length === this.#series.length && series.every((one, i) => one.stats === this.#series[i].stats)) return;
    this.#series = series;
    this.#theme = theme;
    this.#bins = series.map((one) => binsOf(one.stats));
    this.#chart = drawChart(this.#chart, this.#canvas, this.#configuration(theme));
    this.#canvas.setAttribute('aria-label', series.map(describe).join('; '));
    const notes = this.#bins.flatMap((bins, i) => (bins.note === null ? [] : [series.length > 1 ? `${series[i].label}: ${bins.note}` : bins.note]));
    this.#note.classList.toggle('is-over', this.#bins.every((bins) => bins.kind === 'empty'));
    fill(this.#note, ...notes.map((note) => h('div', {}, note)));
  }

  destroy(): void {
    this.#chart?.destroy();
  }

  #configuration(theme: Theme): ChartConfiguration<'line', { x: number; y: number }[]> {
    const { colors, isHighContrast } = theme;
    const range = sharedRange(this.#bins);
    const peaks = this.#bins.map((bins) => bins.peakDensity);
    const outlinePeak = Math.max(0, ...this.#series.map((one, i) => (one.isOutline ? peaks[i] : 0)));
    const fillPeak = Math.max(outlinePeak, ...this.#series.map((one, i) => (one.isOutline ? 0 : peaks[i])));
    const style = axisStyle(theme);
    return {
      type: 'line',
      plugins: [this.#spikes],
      data: {
        datasets: this.#series.map((one, i): ChartDataset<'line', { x: number; y: number }[]> => ({
          label: one.label,
          data: steps(this.#bins[i]),
          stepped: true,
          pointRadius: 0,
          pointHoverRadius: 0,
          yAxisID: one.isOutline ? 'yOutline' : 'y',
          order: one.isOutline ? 0 : 1,
          borderColor: colors[one.color],
          borderWidth: one.isOutline || isHighContrast ? 1.2 : 0,
          fill: one.isOutline ? false : { target: 'origin', above: withAlpha(colors[one.color], isHighContrast ? 0.85 : 0.65) },
        })),
      },
      options: {
        animation: false,
        responsive: true,
        maintainAspectRatio: false,
        normalized: true,
        layout: { padding: { top: this.#roomAbove(), left: 1, right: 1 } },
        interaction: { mode: 'bin', intersect: false },
        scales: {
          x: {
            type: 'linear', min: range.min, max: range.max, ...style,
            ticks: { ...style.ticks, callback: (value) => formatTick(Number(value)), autoSkipPadding: 16, includeBounds: false },
          },
          yOutline: { axis: 'y', type: 'linear', display: false, min: 0, max: outlinePeak * 1.04 || 1 },
          y: { type: 'linear', display: false, min: 0, max: fillPeak * 1.04 || 1 },
        },
        plugins: {
          tooltip: {
            ...tooltipStyle(theme), mode: 'bin', intersect: false, position: 'nearest',
            callbacks: {
              title: () => '',
              label: ({ dataset, datasetIndex, dataIndex }) => {
                const bins = this.#bins[datasetIndex];
                const from = bins.min + (dataIndex - 1) * bins.width;
                return `${dataset.label}: ${formatCount(bins.counts[dataIndex - 1] ?? 0)} in ${formatNumber(from)} … ${formatNumber(from + bins.width)}`;
              },
            },
          },
        },
      },
    };
  }

  /** For the notes, a line each, and the share of zeros under them. */
  #roomAbove(): number {
    const notes = this.#bins.filter(({ kind, note }) => note !== null && kind !== 'empty').length;
    return this.#bins.some(({ kind, zeroFraction }) => kind === 'spread' && zeroFraction > 0) ? 18 + noteHeight * notes : Math.max(4, noteHeight * notes);
  }

  /** Zeros and constants: a bar at its value, with its share in words where there is room. */
  readonly #spikes: Plugin<'line'> = {
    id: 'spikes',
    afterDatasetsDraw: (chart) => {
      if (!this.#theme) return;
      const { colors, font } = this.#theme;
      const { ctx, chartArea: area, scales } = chart;
      ctx.save();
      this.#bins.forEach((bins, i) => {
        const { color, isOutline } = this.#series[i];
        if (isOutline || (bins.zeroFraction === 0 && bins.kind !== 'constant')) return;
        const share = bins.zeroFraction > 0 ? bins.zeroFraction : 1;
        const x = scales['x'].getPixelForValue(bins.zeroFraction > 0 ? 0 : bins.min);
        const height = Math.max(3, share * (area.bottom - area.top));
        ctx.fillStyle = bins.zeroFraction > 0 ? colors.orange : colors[color];
        ctx.fillRect(Math.min(area.right - 4, Math.max(area.left, x - 2)), area.bottom - height, 4, height);
        // What is constant is said in the note.
        if (bins.zeroFraction === 0 || bins.kind === 'constant') return;
        const text = `${formatPercent(share)} zeros`;
        ctx.font = `11px ${font}`;
        ctx.textAlign = 'left';
        ctx.fillStyle = colors.foreground;
        const textWidth = ctx.measureText(text).width;
        ctx.fillText(text, Math.min(area.right - textWidth, Math.max(area.left, x - textWidth / 2)), area.top - 6);
      });
      ctx.restore();
    },
  };
}

/** From the axis up, along each bin's top, and down again. */
function steps(bins: Bins): { x: number; y: number }[] {
  if (bins.kind !== 'spread') return [];
  const tops = bins.counts.map((count, i) => ({ x: bins.min + i * bins.width, y: count / bins.width }));
  return [{ x: bins.min, y: 0 }, ...tops, { x: bins.max, y: 0 }];
}

function describe({ label, stats }: Series): string {
  return `${label}: ${formatCount(stats.count)} values from ${formatNumber(stats.min)} to ${formatNumber(stats.max)}, mean ${formatNumber(stats.mean)}`;
}

/** A theme's colour, made lighter; the canvas resolves `color-mix`. */
function withAlpha(color: string, alpha: number): string {
  return `color-mix(in srgb, ${color} ${alpha * 100}%, transparent)`;
}
