// The tabs, as the ARIA pattern has them: arrows move between them, only the chosen one is in the tab order.
import type { Actions } from '../actions.ts';
import { h } from '../dom.ts';
import type { Shown } from '../shown.ts';
import { tabs, type Tab } from '../uiState.ts';

const titles: Record<Tab, string> = { layers: 'Layers', flow: 'Gradient flow', training: 'Training' };

export class TabBar {
  readonly element: HTMLElement;
  readonly #buttons: readonly HTMLButtonElement[];

  constructor(private readonly actions: Actions) {
    this.#buttons = tabs.map((tab) => h('button', {
      id: `tab-${tab}`, class: 'tab', role: 'tab', aria: { controls: `panel-${tab}` }, on: { click: () => this.actions.choose({ tab }), keydown: (event) => this.#onKey(event) },
    }, titles[tab]));
    this.element = h('nav', { class: 'tabs', role: 'tablist' }, ...this.#buttons);
  }

  draw({ ui, model, training }: Shown): void {
    this.element.hidden = model === null;
    tabs.forEach((tab, i) => {
      const button = this.#buttons[i];
      button.setAttribute('aria-selected', String(tab === ui.tab));
      button.tabIndex = tab === ui.tab ? 0 : -1;
      if (tab === 'training') button.classList.toggle('is-live', training.kind === 'running');
    });
  }

  #onKey(event: KeyboardEvent): void {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    const at = this.#buttons.indexOf(event.currentTarget as HTMLButtonElement);
    const next = (at + step + tabs.length) % tabs.length;
    this.actions.choose({ tab: tabs[next] });
    this.#buttons[next].focus();
    event.preventDefault();
  }
}
