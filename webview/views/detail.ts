// Everything known of one layer: its place in the source, its figures, large histograms, its units, and each parameter with
// its gradient. Charts are kept while the layer stays the same, so that training moves them rather than replacing them.
import type { SourceRange } from '../../src/protocol/source.ts';
import { formatCount, formatShape } from '../../src/protocol/amounts.ts';
import type { Actions } from '../actions.ts';
import { HistogramChart } from '../charts/histogramChart.ts';
import { UnitStrip } from '../charts/unitStrip.ts';
import { definitions, definitionTitles } from '../definitions.ts';
import { fill, fillOnChange, h, icon, setText, type Child } from '../dom.ts';
import { shownStats, type Row } from '../rows.ts';
import type { Shown } from '../shown.ts';
import type { Theme } from '../theme.ts';
import { figuresOf } from './layerFigures.ts';
import { plotGroupsOf, type Plot, type PlotGroup } from './layerPlots.ts';

export class Detail {
  readonly element: HTMLElement;
  readonly #head = h('header', { class: 'detail-head' });
  readonly #figures = h('dl', { class: 'figures' });
  readonly #plots = h('div', { class: 'plots' });
  readonly #unitsCaption = h('div', { class: 'caption', title: definitions.firing });
  readonly #strip = new UnitStrip();
  readonly #units = h('section', { class: 'units' }, this.#unitsCaption, this.#strip.element);
  readonly #foot = h('footer', { class: 'detail-foot' });
  readonly #definitions: HTMLDetailsElement;
  #charts = new Map<string, HistogramChart>();
  #structure = '';
  #key: string | null = null;
  #shown: Shown | null = null;
  #theme: Theme | null = null;

  constructor(private readonly actions: Actions) {
    this.#definitions = h('details', { class: 'definitions' }, h('summary', {}, 'How these are defined'),
      h('dl', {}, ...definitionTitles.flatMap(([title, name]) => [h('dt', {}, title), h('dd', {}, definitions[name])])));
    this.#definitions.addEventListener('toggle', () => this.actions.remember({ definitionsOpen: this.#definitions.open }));
    this.element = h('section', { class: 'detail', aria: { label: 'Selected layer' }, tabIndex: 0 }, this.#head, this.#figures, this.#plots, this.#foot, this.#definitions);
    this.element.addEventListener('scroll', () => this.actions.remember({ detailScroll: this.element.scrollTop }));
    new ResizeObserver(() => this.#drawUnits()).observe(this.element);
  }

  draw(shown: Shown, theme: Theme): void {
    this.#shown = shown;
    this.#theme = theme;
    const row = shown.selected;
    this.element.hidden = row === null;
    if (!row || !shown.content) return;
    this.#drawHead(row);
    const figures = figuresOf(row.layer, shown.trained?.updateToData[row.layer.index] ?? null);
    fillOnChange(this.#figures, figures, () => figures.map(({ text, label, definition, isWarning }) =>
      h('div', { class: isWarning ? 'is-warning' : '', title: definition }, h('dt', {}, label), h('dd', {}, text))));
    this.#drawPlots(row, theme);
    this.#drawUnits();
    const values = shownStats(row.layer);
    const source = shown.trained ? `after ${formatCount(shown.trained.step)} training steps` : 'weights as initialized';
    setText(this.#foot, [values && `N = ${formatCount(values.count)}`, `seed ${shown.content.seed}`, `${shown.content.mode} mode`, source].filter(Boolean).join(' · '));
    this.#definitions.open = shown.ui.definitionsOpen;
    if (this.#key !== row.key) {
      this.element.scrollTop = this.#key === null ? shown.ui.detailScroll : 0;
      this.#key = row.key;
    }
  }

  #drawHead({ layer, call: times, activationLayer }: Row): void {
    const { path, type, summary, activationFunction, kind, inputShapes, outputShape, failure, missed, definition, call } = layer;
    const follower = activationLayer?.call ?? null;
    fillOnChange(this.#head, [path, times, type, summary, activationFunction, kind, inputShapes, outputShape, failure, definition, call, follower], () => [
      h('h2', {}, path || type, activationFunction !== null && kind !== 'function' && h('span', { class: 'function' }, ` → ${activationFunction}`), times > 1 && h('span', { class: 'function dim' }, ` · call ${times}`)),
      h('div', { class: 'sources' }, this.#source(definition, 'defined'), this.#source(call, 'called'), this.#source(follower, activationFunction ?? 'activation')),
      h('div', { class: 'dim' }, `${summary === '' ? type : `${type}(${summary})`} · ${missed ?? `${inputShapes.map(formatShape).join(', ') || '()'} → ${outputShape ? formatShape(outputShape) : 'failed'}`}`),
      failure !== null && h('div', { class: 'failure', role: 'alert' }, icon('error'), h('span', {}, failure)),
    ]);
  }

  #source(range: SourceRange | null, what: string): Child {
    if (!range) return null;
    const file = range.file.split(/[/\\]/).at(-1) ?? range.file;
    return h('button', { class: 'link source', title: `${what}: ${file}, line ${range.line}`, on: { click: () => this.actions.reveal(range, true) } },
      h('code', {}, `${file}:${range.line}`), ` ${what}`);
  }

  #drawPlots(row: Row, theme: Theme): void {
    const groups = plotGroupsOf(row.layer);
    const structure = JSON.stringify([row.key, groups.map(({ title, remark, plots }) => [title, remark, plots.map(({ key, series, hasZeros }) => [key, series.length, hasZeros])])]);
    if (structure !== this.#structure) {
      this.#structure = structure;
      this.#buildPlots(groups, row.layer.failure === null);
    }
    for (const { key, series } of groups.flatMap((group) => group.plots)) this.#charts.get(key)!.draw(series, theme);
  }

  #buildPlots(groups: readonly PlotGroup[], hasRun: boolean): void {
    for (const chart of this.#charts.values()) chart.destroy();
    this.#charts = new Map();
    const sections = groups.map(({ title, remark, plots }) => h('section', { class: title === null ? 'plot-group' : 'plot-group parameter' },
      title !== null && h('h3', {}, title, h('span', { class: 'dim' }, ` ${remark}`)),
      h('div', { class: 'side-by-side' }, ...plots.map((plot) => this.#buildPlot(plot)))));
    const nothing = groups.every((group) => group.plots.length === 0) && hasRun && h('p', { class: 'dim' }, 'Only the structure of this layer is known: it was not run.');
    fill(this.#plots, nothing, sections[0] ?? null, this.#units, ...sections.slice(1));
  }

  /** A chart under its legend. */
  #buildPlot({ key, size, series, hasZeros }: Plot): HTMLElement {
    const chart = new HistogramChart(size);
    this.#charts.set(key, chart);
    return h('div', { class: 'plot' },
      h('div', { class: 'caption' },
        ...series.map(({ label, color, isOutline }) => h('span', { class: `key key-${color}${isOutline ? ' is-outline' : ''}` }, label)),
        hasZeros && h('span', { class: 'key key-orange' }, 'exact zeros')),
      chart.element);
  }

  #drawUnits(): void {
    const layer = this.#shown?.selected?.layer;
    const units = layer && layer.activationFunction !== null && layer.units && layer.units.firing.length > 0 ? layer.units : null;
    this.#units.hidden = units === null;
    const width = this.#units.clientWidth;
    if (!units || !this.#theme || width === 0) return;
    const cut = units.count > units.firing.length ? `; the first ${formatCount(units.firing.length)} of ${formatCount(units.count)}` : '';
    setText(this.#unitsCaption, `Units by the share of their values that fired; outlined: none${cut}`);
    this.#strip.draw(units, width, this.#theme);
  }
}
