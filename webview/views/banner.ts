// Says that what is shown is not the file's present state: it is being run, or it failed and the last good state stays.
import type { Actions } from '../actions.ts';
import { fillOnChange, h, icon, withCode } from '../dom.ts';
import type { Shown } from '../shown.ts';

export class BannerView {
  readonly element: HTMLElement;
  readonly #progress = h('div', { class: 'progress', role: 'progressbar', aria: { label: 'Running the file' } });
  readonly #text = h('div', { class: 'banner', role: 'status' });
  readonly #error = h('div', { class: 'banner', role: 'alert', hidden: true });

  constructor(private readonly actions: Actions) {
    this.element = h('div', { class: 'banners' }, this.#progress, this.#text, this.#error);
  }

  draw({ banner }: Shown): void {
    this.#progress.classList.toggle('is-active', banner.kind === 'loading');
    this.#text.hidden = banner.kind !== 'failed';
    if (banner.kind !== 'failed') return;
    const { text, range, fixes, hasLast } = banner;
    fillOnChange(this.#text, banner, () => [
      icon('error'),
      h('span', { class: 'banner-text' }, ...withCode(text)),
      range && h('button', { class: 'link', on: { click: () => this.actions.reveal(range, true) } }, `Go to line ${range.line}`),
      ...fixes.map((fix) => h('button', { class: 'link', on: { click: () => this.actions.applyFix(fix) } }, fix.title)),
      hasLast && h('span', { class: 'dim' }, 'Showing the last state that ran.'),
    ]);
  }

  clearError(): void {
    this.#error.hidden = true;
  }

  /** A request that the host refused, in its words: it stays until the next snapshot. */
  showError(message: string): void {
    this.#error.hidden = false;
    fillOnChange(this.#error, message, () => [icon('error'), h('span', { class: 'banner-text' }, ...withCode(message))]);
  }
}
