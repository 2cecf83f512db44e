// Says that what is shown is not the file's present state: it is being run, or it failed and the last good state stays.
import type { Actions } from '../actions.ts';
import { fillOnChange, h, icon, withCode } from '../dom.ts';
import type { Shown } from '../shown.ts';

export class BannerView {
  readonly element: HTMLElement;
  readonly #progress = h('div', { class: 'progress', role: 'progressbar', aria: { label: 'Running the file' } });
  readonly #text = h('div', { class: 'banner', role: 'status' });
  readonly #aside = h('div', { class: 'banner is-aside', role: 'status' });
  readonly #error = h('div', { class: 'banner', role: 'alert', hidden: true });

  constructor(private readonly actions: Actions) {
    this.element = h('div', { class: 'banners' }, this.#progress, this.#aside, this.#text, this.#error);
  }

  draw({ banner, aside }: Shown): void {
    this.#aside.hidden = aside === null;
    fillOnChange(this.#aside, aside, () => [icon('information'), h('span', { class: 'banner-text' }, ...withCode(aside ?? ''))]);
    this.#progress.classList.toggle('is-active', banner.kind === 'loading');
    const isLong = banner.kind === 'loading' && banner.text !== null;
    this.#text.hidden = banner.kind !== 'failed' && !isLong;
    this.#text.classList.toggle('is-running', isLong);
    if (banner.kind === 'loading' && banner.text !== null) {
      const { text } = banner;
      fillOnChange(this.#text, banner, () => [
        h('span', { class: 'banner-text' }, ...withCode(text)),
        h('button', { class: 'secondary', on: { click: () => this.actions.cancelRun() } }, 'Cancel'),
      ]);
    }
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
