import { strict as assert } from 'node:assert';
import type { PanelFocus, PanelSnapshot } from '../../src/protocol/panelApi.ts';
import { Store } from '../../webview/store.ts';
import { layer, model, result } from '../host/reports.ts';

const net = model('Net', [layer(0, { path: 'body', kind: 'container' }), layer(1, { path: 'body.fc', parent: 0 }), layer(2, { path: 'head' })]);
const other = model('Other', [layer(0, { path: 'fc' })]);
const { listing } = result([net, other]);

function snapshot(revision: number, focus?: PanelFocus): PanelSnapshot {
  const content = { file: '/net.py', title: 'net.py', models: [net, other], listing, choices: {}, unfit: {}, seed: 0, mode: 'train', durationMs: 1 } as const;
  return { revision, state: { kind: 'ready', content, diagnostics: [], training: { kind: 'none' } }, cursorLayer: null, aside: null, ...(focus ? { focus } : {}) };
}

function storeWith(kept: unknown): { store: Store; kept: () => unknown } {
  let state = kept;
  const store = new Store({ getState: () => state, setState: (next) => (state = next) });
  return { store, kept: () => state };
}

describe('what a lens or a hover asks the panel to show', () => {
  const wish: PanelFocus = { serial: 5, model: 'Net', layer: 1, tab: 'layers' };

  it('is chosen: model, tab, and the layer with the containers around it unfolded', () => {
    const { store } = storeWith({ file: '/net.py', tab: 'flow', folded: ['body', 'head'] });
    store.take(snapshot(1, wish));
    const { model: name, tab, selected, folded } = store.ui;
    assert.deepEqual({ name, tab, selected, folded }, { name: 'Net', tab: 'layers', selected: 'body.fc', folded: ['head'] });
  });
  it('is followed once: what the user chooses afterwards stays, also when the panel is loaded anew', () => {
    const { store, kept } = storeWith(undefined);
    store.take(snapshot(1, wish));
    store.choose({ selected: 'head', tab: 'flow' });
    store.take(snapshot(2, wish));
    assert.equal(store.ui.selected, 'head');
    const again = storeWith(kept()).store;
    again.take(snapshot(1, wish));
    assert.deepEqual([again.ui.selected, again.ui.tab], ['head', 'flow']);
  });
  it('leaves the selected layer where it names only a model and a tab', () => {
    const { store } = storeWith({ file: '/net.py', selected: 'head' });
    store.take(snapshot(1, { serial: 6, model: 'Other', layer: null, tab: 'training' }));
    assert.deepEqual([store.ui.model, store.ui.selected, store.ui.tab], ['Other', 'head', 'training']);
  });
  it('waits until its model is there', () => {
    const { store } = storeWith(undefined);
    store.take(snapshot(1, { ...wish, model: 'Later' }));
    assert.equal(store.ui.focusSerial, 0);
  });
});
