// The panel: connects to the host, keeps the state, and draws it once per frame at most.
import { actionsOf } from './actions.ts';
import { connect, type VsCodeApi } from './connection.ts';
import { fillOnChange, h, withCode } from './dom.ts';
import { shownOf } from './shown.ts';
import { Store } from './store.ts';
import { onThemeChange, readTheme } from './theme.ts';
import type { Tab } from './uiState.ts';
import { BannerView } from './views/banner.ts';
import { Detail } from './views/detail.ts';
import { GradientFlow } from './views/gradientFlow.ts';
import { LayersTable } from './views/layersTable.ts';
import { ModelCall } from './views/modelCall.ts';
import { Notices } from './views/notices.ts';
import { TabBar } from './views/tabBar.ts';
import { Toolbar } from './views/toolbar.ts';
import { Training } from './views/training.ts';

declare function acquireVsCodeApi(): VsCodeApi;

const api = acquireVsCodeApi();
const store = new Store(api);
const host = connect(api, (snapshot) => {
  banner.clearError();
  store.take(snapshot);
});
const actions = actionsOf(host, store, (message) => banner.showError(message));

const banner = new BannerView(actions);
const toolbar = new Toolbar(actions);
const modelCall = new ModelCall(actions);
const notices = new Notices(actions);
const tabBar = new TabBar(actions);
const table = new LayersTable(actions, true);
const liveTable = new LayersTable(actions, false);
const detail = new Detail(actions);
const flow = new GradientFlow(actions);
const training = new Training(actions);

const empty = h('div', { class: 'empty', role: 'status' });
const panels: Record<Tab, HTMLElement> = {
  layers: panel('layers', table.element, detail.element),
  flow: panel('flow', flow.element),
  training: panel('training', training.element, liveTable.element),
};
document.body.append(h('div', { class: 'panel' }, banner.element, toolbar.element, modelCall.element, tabBar.element, notices.element, empty, ...Object.values(panels)));

function panel(tab: Tab, ...children: HTMLElement[]): HTMLElement {
  return h('main', { id: `panel-${tab}`, class: `tab-panel tab-panel-${tab}`, role: 'tabpanel', aria: { labelledby: `tab-${tab}` } }, ...children);
}

let theme = readTheme();
let isScheduled = false;

function draw(): void {
  isScheduled = false;
  const shown = shownOf(store);
  banner.draw(shown);
  toolbar.draw(shown);
  modelCall.draw(shown);
  tabBar.draw(shown);
  notices.draw(shown);
  empty.hidden = shown.model !== null;
  fillOnChange(empty, shown.emptyText, () => withCode(shown.emptyText));
  for (const [tab, element] of Object.entries(panels)) element.hidden = shown.model === null || tab !== shown.ui.tab;
  switch (shown.ui.tab) {
    case 'layers':
      table.draw(shown, theme);
      detail.draw(shown, theme);
      return;
    case 'flow': flow.draw(shown, theme); return;
    case 'training':
      training.draw(shown, theme);
      liveTable.element.hidden = shown.training.kind === 'none' || shown.training.kind === 'failed';
      liveTable.draw(shown, theme);
      return;
    default: shown.ui.tab satisfies never;
  }
}

function schedule(): void {
  if (isScheduled) return;
  isScheduled = true;
  requestAnimationFrame(draw);
}

store.onChange(schedule);
onThemeChange(() => {
  theme = readTheme();
  schedule();
});
schedule();
host.call('ready', {}).then((snapshot) => store.take(snapshot), (error: unknown) => banner.showError(`The panel could not reach the extension: ${String(error)}`));
