// One row of the layers table: the DOM of its cells and the drawing of its two small charts.
import { formatMeanStd, formatNumber, formatPercent } from '../../src/protocol/figures.ts';
import type { SourceRange } from '../../src/protocol/source.ts';
import { formatCount, formatShape } from '../../src/protocol/amounts.ts';
import type { Decades } from '../charts/decades.ts';
import { drawGradientBar } from '../charts/gradientBar.ts';
import { drawSparkline } from '../charts/sparkline.ts';
import { definitions } from '../definitions.ts';
import { fill, h, icon, setText } from '../dom.ts';
import { formatCompact, overAll } from '../figures.ts';
import { shownStats, type Row } from '../rows.ts';
import type { Theme } from '../theme.ts';

export interface RowState {
  readonly isSelected: boolean;
  readonly isCursor: boolean;
  readonly isFolded: boolean;
  /** Position among all visible rows, from 0. */
  readonly position: number;
  readonly decades: Decades;
}

/** Columns in order, with what their header says. The names are also the cells' classes. */
export const columns = [
  { name: 'name', title: 'Layer', definition: 'Path and type of the layer, with the activation function that follows it.' },
  { name: 'shape', title: 'Output', definition: definitions.outputShape },
  { name: 'parameters', title: 'Params', definition: definitions.parameters },
  { name: 'distribution', title: 'Distribution', definition: definitions.distribution },
  { name: 'zeros', title: 'Zeros', definition: definitions.zeros },
  { name: 'inactive', title: 'Inactive', definition: definitions.inactive },
  { name: 'gradient', title: 'Gradient norm', definition: definitions.gradientNorm },
] as const;

/** Letters of a long label's end that are never cut. */
const labelTail = 9;
const longLabel = 15;

type ColumnName = (typeof columns)[number]['name'];

/** Of a row below its container, in CSS pixels. */
const indentPixels = 14;

export class LayerRow {
  readonly element: HTMLElement;
  readonly #twistie = h('span', { class: 'twistie' }, icon('chevron'));
  readonly #label = h('span', { class: 'label' });
  readonly #type = h('span', { class: 'type' });
  readonly #cells = {
    name: cell('name'), shape: cell('shape'), parameters: cell('parameters'), distribution: cell('distribution'), zeros: cell('zeros'), inactive: cell('inactive'), gradient: cell('gradient'),
  } satisfies Record<ColumnName, HTMLElement>;
  readonly #sparkline = h('canvas', { class: 'sparkline', aria: { hidden: true } });
  readonly #gradientBar = h('canvas', { class: 'gradient-bar', aria: { hidden: true } });
  readonly #gradientText = h('span', { class: 'figure' });
  readonly #zeroBar = h('span', { class: 'zero-fill' });
  readonly #zeroText = h('span', { class: 'figure' });
  readonly #shapeText = h('span', { class: 'shape-text' });
  /** Stands under the shape where there is no room for a column of its own. */
  readonly #parametersBelow = h('span', { class: 'parameters-below', aria: { hidden: true } });
  #drawn: { row: Row; theme: Theme; width: number; decades: Decades } | null = null;

  constructor(id: string) {
    this.element = h('div', { class: 'row', role: 'row', id });
    const indent = h('div', { class: 'name-lines' }, this.#label, this.#type);
    this.#cells.name.append(this.#twistie, indent);
    this.#cells.shape.append(this.#shapeText, this.#parametersBelow);
    this.#cells.distribution.append(this.#sparkline);
    this.#cells.zeros.append(h('span', { class: 'zero-track', aria: { hidden: true } }, this.#zeroBar), this.#zeroText);
    this.#cells.gradient.append(this.#gradientBar, this.#gradientText);
    this.element.append(...columns.map(({ name }) => this.#cells[name]));
  }

  /** Brings the row up to date; its charts are drawn only where something they show changed. */
  draw(row: Row, state: RowState, theme: Theme, tableWidth: number): void {
    const { element } = this;
    element.dataset['key'] = row.key;
    element.classList.toggle('is-selected', state.isSelected);
    element.classList.toggle('is-cursor', state.isCursor);
    element.classList.toggle('is-failed', row.layer.failure !== null);
    element.classList.toggle('is-missed', row.layer.missed !== undefined);
    element.setAttribute('aria-selected', String(state.isSelected));
    element.setAttribute('aria-rowindex', String(state.position + 2));
    element.setAttribute('aria-level', String(row.depth + 1));
    if (row.hasChildren) element.setAttribute('aria-expanded', String(!state.isFolded));
    else element.removeAttribute('aria-expanded');
    this.#twistie.classList.toggle('is-folded', state.isFolded);
    const last = this.#drawn;
    const width = tableWidth * devicePixelRatio;
    if (last && last.row === row && last.theme === theme && last.width === width && last.decades === state.decades) return;
    if (last?.row !== row) this.#write(row);
    drawSparkline(this.#sparkline, { before: row.layer.preActivation, values: shownStats(row.layer) }, theme);
    drawGradientBar(this.#gradientBar, gradientNorm(row), state.decades, theme);
    this.#drawn = { row, theme, width, decades: state.decades };
  }

  #write(row: Row): void {
    const { layer } = row;
    const values = shownStats(layer);
    this.#cells.name.style.paddingLeft = `${row.depth * indentPixels}px`;
    this.#twistie.classList.toggle('is-leaf', !row.hasChildren);
    // Cut in the middle where there is little room: a path's end tells it from its neighbours.
    const cut = row.label.length >= longLabel ? row.label.length - labelTail : row.label.length;
    fill(this.#label, h('span', { class: 'label-head' }, row.label.slice(0, cut)), h('span', { class: 'label-tail' }, row.label.slice(cut)));
    // Where there is little room, the type is cut: the function after it is said nowhere else in the row.
    if (layer.failure === null) {
      fill(this.#type, h('span', { class: 'type-head' }, layer.type), h('span', { class: 'type-tail' }, `${typeText(row).slice(layer.type.length)}${row.call === 1 ? '' : ` · call ${row.call}`}`));
    } else fill(this.#type, icon('error'), layer.failure);
    this.#cells.name.title = [layer.path || layer.type, `${layer.type}(${layer.summary})`, layer.failure, place(layer.definition, 'defined'), place(layer.call, 'called')].filter(Boolean).join('\n');
    setText(this.#shapeText, layer.outputShape ? formatShape(layer.outputShape) : layer.missed ?? '–');
    this.#cells.shape.title = `${layer.outputShape ? `${formatShape(layer.outputShape)}\n` : ''}${formatCount(layer.parameterCount)} parameters`;
    setText(this.#cells.parameters, layer.parameterCount === 0 ? '–' : formatCompact(layer.parameterCount));
    setText(this.#parametersBelow, layer.parameterCount === 0 ? '' : formatCompact(layer.parameterCount));
    this.#cells.parameters.title = `${formatCount(layer.parameterCount)} parameters`;
    this.#cells.distribution.title = values ? `${formatMeanStd(values.mean, values.std)}, from ${formatNumber(values.min)} to ${formatNumber(values.max)}` : '';
    const zeros = values && values.count > 0 ? values.zeroFraction : null;
    this.#cells.zeros.classList.toggle('is-empty', zeros === null);
    setText(this.#zeroText, zeros === null ? '–' : formatPercent(zeros));
    this.#zeroBar.style.width = `${(zeros ?? 0) * 100}%`;
    const { units } = layer;
    const inactive = units?.inactive ?? null;
    setText(this.#cells.inactive, inactive === null ? '–' : formatCount(inactive));
    this.#cells.inactive.classList.toggle('is-warning', inactive !== null && inactive > 0.1 * units!.count);
    this.#cells.inactive.title = inactive === null ? '' : `${formatCount(inactive)} of ${formatCount(units!.count)} units fired on none of the samples`;
    const norm = gradientNorm(row);
    setText(this.#gradientText, norm === null ? '–' : formatNumber(norm, 2));
    this.#cells.gradient.classList.toggle('is-empty', norm === null);
    this.#cells.gradient.classList.toggle('is-bad', norm !== null && !Number.isFinite(norm));
  }
}

function cell(name: ColumnName): HTMLElement {
  return h('div', { class: `cell ${name}`, role: 'gridcell' });
}

/** `Linear → relu`. */
export function typeText(row: Row): string {
  const { type, activationFunction, kind } = row.layer;
  return activationFunction === null || kind === 'function' || activationFunction === type.toLowerCase() ? type : `${type} → ${activationFunction}`;
}

export function gradientNorm({ layer: { gradient } }: Row): number | null {
  return gradient && overAll(gradient, gradient.l2);
}

function place(range: SourceRange | null, verb: string): string | null {
  return range && `${verb} on line ${range.line}`;
}
