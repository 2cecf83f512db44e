// The gradient-flow tab: one bar per layer, or per weight, in the order of the calls. It scrolls by drawing the bars in view.
import { formatNumber } from '../../src/protocol/figures.ts';
import type { SourceRange } from '../../src/protocol/source.ts';
import { formatShape } from '../../src/protocol/amounts.ts';
import type { Actions } from '../actions.ts';
import { decadesOf } from '../charts/decades.ts';
import { axisHeight, barHeight, GradientFlowChart, type FlowBar } from '../charts/gradientFlowChart.ts';
import { fillOnChange, h } from '../dom.ts';
import type { Row } from '../rows.ts';
import type { Shown } from '../shown.ts';
import type { Theme } from '../theme.ts';
import type { UiState } from '../uiState.ts';

/** A generous mean width of a label's letters, in CSS pixels. */
const letterWidth = 7;

/** A bar and where in the source it came from. */
export interface FlowEntry extends FlowBar {
  readonly key: string;
  readonly remark: string;
  readonly range: SourceRange | null;
}

export class GradientFlow {
  readonly element: HTMLElement;
  readonly #chart = new GradientFlowChart();
  readonly #spacer = h('div', { class: 'flow-spacer' }, this.#chart.element);
  readonly #scroller = h('div', { class: 'flow-scroll', tabIndex: 0, role: 'listbox', aria: { label: 'Gradient per layer; Enter shows its source' } }, this.#spacer);
  readonly #status = h('div', { class: 'flow-status', role: 'status' });
  readonly #nothing = h('p', { class: 'empty-tab' }, 'No gradients are known: the model did not run as far as its loss.');
  readonly #toggles: Record<UiState['flowOf'], HTMLButtonElement>;
  #entries: readonly FlowEntry[] = [];
  #active = -1;
  #theme: Theme | null = null;
  #isRestored = false;

  constructor(private readonly actions: Actions) {
    const toggle = (flowOf: UiState['flowOf'], text: string) => h('button', { class: 'toggle', on: { click: () => this.actions.choose({ flowOf, flowScroll: 0 }) } }, text);
    this.#toggles = { activations: toggle('activations', 'Activations'), weights: toggle('weights', 'Weights') };
    this.element = h('div', { class: 'flow' },
      h('div', { class: 'flow-head' },
        h('div', { class: 'toggles', role: 'group', aria: { label: 'Gradient with respect to' } }, this.#toggles.activations, this.#toggles.weights),
        h('span', { class: 'caption' }, h('span', { class: 'key key-purple' }, 'mean |gradient|'), h('span', { class: 'key key-dim' }, 'max |gradient|'))),
      this.#nothing, this.#scroller, this.#status);
    this.#scroller.addEventListener('scroll', () => {
      this.actions.remember({ flowScroll: this.#scroller.scrollTop });
      requestAnimationFrame(() => this.#drawBars());
    });
    this.#scroller.addEventListener('pointermove', (event) => this.#activate(this.#entryAt(event)));
    this.#scroller.addEventListener('click', (event) => {
      this.#activate(this.#entryAt(event));
      this.#reveal();
    });
    this.#scroller.addEventListener('keydown', (event) => this.#onKey(event));
    new ResizeObserver(() => this.#drawBars()).observe(this.#scroller);
  }

  draw(shown: Shown, theme: Theme): void {
    this.#theme = theme;
    this.#entries = shown.ui.flowOf === 'weights' ? weightEntries(shown.rows) : activationEntries(shown.rows);
    for (const [name, button] of Object.entries(this.#toggles)) button.setAttribute('aria-pressed', String(name === shown.ui.flowOf));
    const isEmpty = this.#entries.every((entry) => entry.mean === null);
    this.#nothing.hidden = !isEmpty;
    this.#scroller.hidden = this.#status.hidden = isEmpty;
    this.#active = Math.min(this.#active, this.#entries.length - 1);
    this.#spacer.style.height = `${axisHeight + this.#entries.length * barHeight}px`;
    if (!this.#isRestored && this.#scroller.clientHeight > 0) {
      this.#isRestored = true;
      this.#scroller.scrollTop = shown.ui.flowScroll;
    }
    this.#drawBars();
    this.#drawStatus();
  }

  #first(): number {
    return Math.floor(this.#scroller.scrollTop / barHeight);
  }

  #drawBars(): void {
    if (!this.#theme || this.#scroller.clientHeight === 0 || this.#entries.length === 0) return;
    const first = Math.min(this.#first(), Math.max(0, this.#entries.length - 1));
    const count = Math.ceil((this.#scroller.clientHeight - axisHeight) / barHeight);
    const decades = decadesOf(this.#entries.flatMap((entry) => [entry.mean ?? NaN, entry.max ?? NaN]));
    const longest = Math.max(...this.#entries.map((entry) => entry.label.length));
    const labelWidth = Math.min(24 + longest * letterWidth, Math.max(88, this.#scroller.clientWidth * 0.28));
    this.#chart.draw(this.#entries.slice(first, first + count), this.#active - first, decades, labelWidth, this.#theme);
  }

  #entryAt(event: MouseEvent): number {
    const y = event.clientY - this.#scroller.getBoundingClientRect().top - axisHeight;
    const entry = this.#first() + Math.floor(y / barHeight);
    return y < 0 || entry >= this.#entries.length ? -1 : entry;
  }

  #activate(entry: number): void {
    if (entry === this.#active) return;
    this.#active = entry;
    this.#drawBars();
    this.#drawStatus();
  }

  #drawStatus(): void {
    const entry = this.#entries[this.#active];
    fillOnChange(this.#status, [entry?.key, entry?.mean, entry?.max, entry?.range], () => {
      if (!entry) return [h('span', { class: 'dim' }, 'Point at a bar to read it; click it to show its source.')];
      const figures = entry.mean === null ? 'no gradient' : `mean ${formatNumber(entry.mean)} · max ${formatNumber(entry.max ?? NaN)}`;
      return [
        h('b', {}, entry.label), h('span', { class: 'dim' }, ` ${entry.remark}`), h('span', { class: 'figure' }, figures),
        entry.range && h('button', { class: 'link', on: { click: () => this.#reveal() } }, `line ${entry.range.line}`),
      ];
    });
  }

  #reveal(): void {
    this.actions.reveal(this.#entries[this.#active]?.range ?? null, true);
  }

  #onKey(event: KeyboardEvent): void {
    const last = this.#entries.length - 1;
    const steps: Record<string, number> = { ArrowDown: this.#active + 1, ArrowUp: Math.max(0, this.#active - 1), Home: 0, End: last };
    const next = steps[event.key];
    if (next !== undefined) {
      const entry = Math.min(last, next);
      const top = entry * barHeight;
      const room = this.#scroller.clientHeight - axisHeight - barHeight;
      if (top < this.#scroller.scrollTop) this.#scroller.scrollTop = top;
      else if (top > this.#scroller.scrollTop + room) this.#scroller.scrollTop = top - room;
      this.#activate(entry);
    } else if (event.key === 'Enter') {
      this.#reveal();
    } else {
      return;
    }
    event.preventDefault();
  }
}

/** Layers that ran, containers left out: their gradient is that of their last layer. */
export function activationEntries(rows: readonly Row[]): FlowEntry[] {
  return rows.filter((row) => !row.hasChildren && row.layer.failure === null && row.layer.missed === undefined).map(({ key, layer, call }) => ({
    key, label: layer.path || layer.type, remark: call === 1 ? layer.type : `${layer.type} · call ${call}`, mean: layer.gradient?.meanAbs ?? null, max: layer.gradient?.maxAbs ?? null, range: layer.call ?? layer.definition,
  }));
}

/** Weights, biases left out; a layer that is called twice has its weights once. */
export function weightEntries(rows: readonly Row[]): FlowEntry[] {
  const seen = new Set<string>();
  return rows.flatMap(({ layer }) => layer.parameters.flatMap((parameter): FlowEntry[] => {
    const key = `${layer.path} ${parameter.name}`;
    if (parameter.shape.length < 2 || !parameter.trainable || seen.has(key)) return [];
    seen.add(key);
    const { gradient } = parameter;
    return [{
      key, label: layer.path === '' ? parameter.name : `${layer.path}.${parameter.name}`, remark: `${layer.type} ${formatShape(parameter.shape)}`,
      mean: gradient?.meanAbs ?? null, max: gradient?.maxAbs ?? null, range: layer.definition ?? layer.call,
    }];
  }));
}
