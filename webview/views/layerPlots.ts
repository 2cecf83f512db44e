// Which histograms the detail shows of a layer, in order. Pure.
import type { LayerReport, Stats } from '../../src/protocol/report.ts';
import { formatShape } from '../../src/protocol/amounts.ts';
import type { Series } from '../charts/histogramChart.ts';
import { shownStats } from '../rows.ts';
import type { ColorName } from '../theme.ts';

export interface Plot {
  /** Names the chart across updates of the same layer. */
  readonly key: string;
  readonly size: 'large' | 'small';
  readonly series: readonly Series[];
  readonly hasZeros: boolean;
}

/** Plots that belong together, side by side where there is room. */
export interface PlotGroup {
  readonly title: string | null;
  readonly remark: string;
  readonly plots: readonly Plot[];
}

export function plotGroupsOf(layer: LayerReport): PlotGroup[] {
  const groups: PlotGroup[] = [];
  const values = shownStats(layer);
  const series: Series[] = [];
  if (layer.preActivation) series.push({ label: 'pre-activation', stats: layer.preActivation, color: 'dim', isOutline: true });
  if (values) series.push({ label: layer.activationFunction === null ? 'output' : 'activation', stats: values, color: 'blue' });
  if (series.length > 0) groups.push({ title: null, remark: '', plots: [{ key: 'values', size: 'large', series, hasZeros: (values?.zeroFraction ?? 0) > 0 }] });
  if (layer.gradient) groups.push({ title: null, remark: '', plots: [plot('gradient', 'gradient of the loss by this output', layer.gradient, 'purple')] });
  for (const { name, shape, trainable, value, gradient } of layer.parameters) {
    const plots: Plot[] = [];
    if (value) plots.push(plot(`value of ${name}`, 'values', value, 'green'));
    if (gradient) plots.push(plot(`gradient of ${name}`, 'gradient', gradient, 'purple'));
    groups.push({ title: name, remark: `${formatShape(shape)}${trainable ? '' : ' · not trained'}`, plots });
  }
  return groups;
}

function plot(key: string, label: string, stats: Stats, color: ColorName): Plot {
  return { key, size: 'small', series: [{ label, stats, color }], hasZeros: false };
}
