// The strip of findings and diagnostics, one at a time, with the layer it is about and its place in the source.
import type { Actions } from '../actions.ts';
import { fillOnChange, h, icon, withCode } from '../dom.ts';
import type { Shown } from '../shown.ts';
import { placeText } from '../../src/protocol/source.ts';

export class Notices {
  readonly element = h('section', { class: 'notices', aria: { label: 'Findings' } });

  constructor(private readonly actions: Actions) {}

  draw({ notices, ui, rows, content }: Shown): void {
    this.element.hidden = notices.length === 0;
    if (notices.length === 0) return;
    const at = Math.min(ui.notice, notices.length - 1);
    const notice = notices[at];
    const row = notice.layer === null ? null : (rows.find((one) => one.layer.path === notice.layer) ?? null);
    fillOnChange(this.element, [notice, at, notices.length, row?.key, content?.file], () => [
      h('div', { class: `notice is-${notice.severity}` },
        icon(notice.severity),
        h('div', { class: 'notice-text' },
          row && h('button', { class: 'link layer-link', title: 'Show this layer', on: { click: () => this.actions.choose({ selected: row.key, tab: 'layers' }) } }, notice.layer),
          h('span', {}, ...withCode(notice.text)),
          notice.hint !== null && h('span', { class: 'dim' }, ...withCode(notice.hint)),
          notice.range && h('button', { class: 'link', on: { click: () => this.actions.reveal(notice.range, true) } }, placeText(notice.range, content?.file ?? notice.range.file)),
          ...notice.fixes.map((fix) => h('button', { class: 'link', on: { click: () => this.actions.applyFix(fix) } }, fix.title)))),
      notices.length > 1 && h('div', { class: 'pager' },
        this.#step('Previous finding', 'is-back', (at + notices.length - 1) % notices.length),
        h('span', { class: 'dim' }, `${at + 1} of ${notices.length}`),
        this.#step('Next finding', 'is-forward', (at + 1) % notices.length)),
    ]);
  }

  #step(label: string, direction: string, notice: number): HTMLElement {
    return h('button', { class: `icon-button ${direction}`, title: label, aria: { label }, on: { click: () => this.actions.choose({ notice }) } }, icon('chevron'));
  }
}
