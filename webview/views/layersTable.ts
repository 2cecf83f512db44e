// The table of layers: a tree grid of which only the rows in view are in the DOM, so that thousands of layers scroll.
// The focus stays on the table; the row that the keyboard stands on is the selected one.
import { formatShape } from '../../src/protocol/amounts.ts';
import type { Actions } from '../actions.ts';
import { decadesOf, type Decades } from '../charts/decades.ts';
import { h } from '../dom.ts';
import type { Row } from '../rows.ts';
import type { Shown } from '../shown.ts';
import type { Theme } from '../theme.ts';
import { columns, gradientNorm, LayerRow } from './layerRow.ts';

/** In CSS pixels; handed to the style sheet as `--row-height`. */
export const rowHeight = 40;
/** Rows kept beyond each edge of the view, so that scrolling does not show empty ground. */
const overscan = 6;

let nextRowId = 1;

export class LayersTable {
  readonly element: HTMLElement;
  readonly #body = h('div', { class: 'rows', role: 'rowgroup' });
  readonly #nothing = h('p', { class: 'empty-tab dim' }, 'No layer was called.');
  readonly #rows = new Map<string, LayerRow>();
  #shown: Shown | null = null;
  #theme: Theme | null = null;
  #decades: Decades = decadesOf([]);
  #decadesOf: readonly Row[] = [];
  #isRestored = false;
  #lastCursor: string | null = null;
  #lastSelected: string | null = null;

  /** `keepsScroll`: its scroll position is the one found again after a reload. */
  constructor(private readonly actions: Actions, private readonly keepsScroll: boolean) {
    const header = h('div', { class: 'row header', role: 'row', aria: { rowindex: 1 } },
      ...columns.map(({ name, title, definition }) => h('div', { class: `cell ${name}`, role: 'columnheader', title: definition }, ...headerWords(title))));
    this.element = h('div', { class: 'table', role: 'treegrid', tabIndex: 0, aria: { label: 'Layers' } }, header, this.#body, this.#nothing);
    this.element.style.setProperty('--row-height', `${rowHeight}px`);
    this.element.addEventListener('scroll', () => {
      if (this.keepsScroll) this.actions.remember({ tableScroll: this.element.scrollTop });
      requestAnimationFrame(() => this.#drawRows());
    });
    this.element.addEventListener('keydown', (event) => this.#onKey(event));
    this.#body.addEventListener('click', (event) => this.#onClick(event));
    this.#body.addEventListener('dblclick', (event) => this.#reveal(this.#rowAt(event), true));
    new ResizeObserver(() => this.#drawRows()).observe(this.element);
  }

  draw(shown: Shown, theme: Theme): void {
    this.#shown = shown;
    this.#theme = theme;
    if (this.#decadesOf !== shown.rows) {
      this.#decadesOf = shown.rows;
      this.#decades = steadyDecades(this.#decades, decadesOf(shown.rows.map((row) => gradientNorm(row) ?? NaN)), shown.trained !== null);
    }
    this.element.style.setProperty('--shape-width', `${shapeWidth(shown.visible)}px`);
    this.#nothing.hidden = shown.rows.length > 0;
    this.element.setAttribute('aria-rowcount', String(shown.visible.length + 1));
    this.#body.style.height = `${shown.visible.length * rowHeight}px`;
    const selected = shown.selected?.key ?? null;
    if (!this.#isRestored && shown.visible.length > 0) {
      this.#isRestored = true;
      if (this.keepsScroll && shown.ui.tableScroll > 0) this.element.scrollTop = shown.ui.tableScroll;
      else if (shown.selected) this.#scrollTo(shown.selected);
    } else if (selected !== this.#lastSelected && shown.selected) {
      // A finding's link or a hover in the editor may select a row that is far from view.
      this.#scrollTo(shown.selected);
    }
    this.#lastSelected = selected;
    const cursor = shown.cursor?.key ?? null;
    if (cursor !== this.#lastCursor) {
      this.#lastCursor = cursor;
      if (shown.cursor && !this.element.contains(document.activeElement)) this.#scrollTo(shown.cursor);
    }
    this.#drawRows();
  }

  #drawRows(): void {
    if (!this.#shown || !this.#theme || this.element.clientHeight === 0) return;
    const { visible, selected, cursor, ui } = this.#shown;
    const folded = new Set(ui.folded);
    const top = this.element.scrollTop;
    const first = Math.max(0, Math.floor(top / rowHeight) - overscan);
    const last = Math.min(visible.length, Math.ceil((top + this.element.clientHeight) / rowHeight) + overscan);
    const inView = visible.slice(first, last);
    const keys = new Set(inView.map((row) => row.key));
    const free: LayerRow[] = [];
    for (const [key, row] of this.#rows) {
      if (keys.has(key)) continue;
      this.#rows.delete(key);
      free.push(row);
    }
    const views = inView.map((row) => {
      const view = this.#rows.get(row.key) ?? free.pop() ?? new LayerRow(`layer-row-${nextRowId++}`);
      this.#rows.set(row.key, view);
      return view;
    });
    for (const row of free) row.element.remove();
    putInOrder(this.#body, views.map((view) => view.element));
    inView.forEach((row, i) => {
      views[i].element.style.top = `${(first + i) * rowHeight}px`;
      views[i].draw(row, {
        isSelected: row.key === selected?.key, isCursor: row.key === cursor?.key, isFolded: folded.has(row.key), position: first + i, decades: this.#decades,
      }, this.#theme!, this.element.clientWidth);
    });
    const active = selected && this.#rows.get(selected.key);
    if (active) this.element.setAttribute('aria-activedescendant', active.element.id);
    else this.element.removeAttribute('aria-activedescendant');
  }

  #rowAt(event: Event): Row | null {
    const key = (event.target as Element).closest<HTMLElement>('.row')?.dataset['key'];
    return this.#shown?.visible.find((row) => row.key === key) ?? null;
  }

  #onClick(event: MouseEvent): void {
    const row = this.#rowAt(event);
    if (!row) return;
    this.element.focus({ preventScroll: true });
    if (row.hasChildren && (event.target as Element).closest('.twistie')) {
      this.#setFolded(row, !this.#shown!.ui.folded.includes(row.key));
      return;
    }
    this.actions.choose({ selected: row.key, detailScroll: 0 });
    this.#reveal(row, false);
  }

  #onKey(event: KeyboardEvent): void {
    if (!this.#shown || event.altKey || event.ctrlKey || event.metaKey) return;
    const { visible, selected, ui } = this.#shown;
    const at = selected ? visible.indexOf(selected) : -1;
    const page = Math.max(1, Math.floor(this.element.clientHeight / rowHeight) - 2);
    const isFolded = selected !== null && ui.folded.includes(selected.key);
    switch (event.key) {
      case 'ArrowDown': this.#select(at + 1); break;
      case 'ArrowUp': this.#select(at - 1); break;
      case 'PageDown': this.#select(at + page); break;
      case 'PageUp': this.#select(at - page); break;
      case 'Home': this.#select(0); break;
      case 'End': this.#select(visible.length - 1); break;
      case 'ArrowRight':
        if (selected?.hasChildren && isFolded) this.#setFolded(selected, false);
        else if (selected?.hasChildren) this.#select(at + 1);
        break;
      case 'ArrowLeft':
        if (selected?.hasChildren && !isFolded) this.#setFolded(selected, true);
        else if (selected?.parent != null) this.#select(visible.findIndex((row) => row.key === selected.parent));
        break;
      case 'Enter': this.#reveal(selected, true); break;
      default: return;
    }
    event.preventDefault();
  }

  #select(position: number): void {
    const { visible } = this.#shown!;
    const row = visible[Math.min(visible.length - 1, Math.max(0, position))];
    if (!row) return;
    this.#scrollTo(row);
    this.actions.choose({ selected: row.key, detailScroll: 0 });
  }

  #setFolded(row: Row, isFolded: boolean): void {
    const others = this.#shown!.ui.folded.filter((key) => key !== row.key);
    this.actions.choose({ folded: isFolded ? [...others, row.key] : others, selected: row.key });
  }

  #reveal(row: Row | null, focus: boolean): void {
    if (row) this.actions.reveal(row.layer.definition ?? row.layer.call, focus);
  }

  #scrollTo(row: Row): void {
    const top = this.#shown!.visible.indexOf(row) * rowHeight;
    const headerHeight = this.#body.offsetTop;
    const room = this.element.clientHeight - headerHeight;
    if (top < this.element.scrollTop) this.element.scrollTop = top;
    else if (top + rowHeight > this.element.scrollTop + room) this.element.scrollTop = top + rowHeight - room;
  }
}

/** Makes the elements a parent's children, in the order they are read; one that stands right is not touched. */
function putInOrder(parent: Element, elements: readonly Element[]): void {
  let next = parent.firstElementChild;
  for (const element of elements) {
    if (element === next) next = next.nextElementSibling;
    else parent.insertBefore(element, next);
  }
}

/** Each row is a grid of its own, so the column must know its widest shape. In CSS pixels; 7 is a generous mean width of its letters. */
function shapeWidth(rows: readonly Row[]): number {
  let longest = 0;
  for (const { layer } of rows) longest = Math.max(longest, layer.outputShape ? formatShape(layer.outputShape).length : 0);
  return Math.min(130, Math.max(56, longest * 7));
}

/** While a model trains the axis only widens, so that the bars move and not the scale. */
function steadyDecades(last: Decades, next: Decades, isTraining: boolean): Decades {
  const low = isTraining ? Math.min(last.low, next.low) : next.low;
  const high = isTraining ? Math.max(last.high, next.high) : next.high;
  return low === last.low && high === last.high ? last : { low, high };
}

/** The first word of a title alone where the table is narrow. */
function headerWords(title: string): (string | HTMLElement)[] {
  const [first, ...rest] = title.split(' ');
  return rest.length === 0 ? [title] : [first!, h('span', { class: 'where-wide' }, ` ${rest.join(' ')}`)];
}
