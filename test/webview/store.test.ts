import { strict as assert } from 'node:assert';
import type { PanelState, TrainingState } from '../../src/protocol/panelApi.ts';
import { shownOf } from '../../webview/shown.ts';
import { Store } from '../../webview/store.ts';
import { initialUiState, restoreUiState } from '../../webview/uiState.ts';
import { classifier, content, failing, layer, model, nested, range, ready, snapshot, trainingAt } from './fixtures.ts';

function storeWith(kept: unknown = undefined): { store: Store; kept: () => unknown } {
  let state = kept;
  return { store: new Store({ getState: () => state, setState: (next) => { state = next; } }), kept: () => state };
}

describe('the panel’s store', () => {
  it('leaves a snapshot that is older than the one it has', () => {
    const { store } = storeWith();
    store.take(snapshot(5, ready([classifier()])));
    store.take(snapshot(4, { kind: 'idle', message: '' }));
    assert.equal(store.snapshot!.revision, 5);
  });

  it('tells its listeners of a newer snapshot, and not of an older one', () => {
    const { store } = storeWith();
    let told = 0;
    store.onChange(() => told++);
    store.take(snapshot(2, ready([classifier()])));
    store.take(snapshot(2, ready([classifier()])));
    assert.equal(told, 1);
  });

  it('keeps what the user chose, and the file it was chosen for', () => {
    const { store, kept } = storeWith();
    store.take(snapshot(1, ready([classifier()])));
    store.choose({ selected: 'fc2' });
    assert.deepEqual(kept(), { ...initialUiState, file: '/home/user/model.py', selected: 'fc2' });
  });

  it('forgets choices about layers when another file is shown', () => {
    const { store } = storeWith({ ...initialUiState, file: '/other.py', selected: 'fc2', tab: 'flow', tableScroll: 80 });
    store.take(snapshot(1, ready([classifier()])));
    assert.equal(store.ui.selected, null);
    assert.equal(store.ui.tableScroll, 0);
    assert.equal(store.ui.tab, 'flow');
  });

  it('shows the layers of another file, not its training, unless there is one', () => {
    const tabOf = (training: TrainingState) => {
      const { store } = storeWith({ ...initialUiState, file: '/other.py', tab: 'training' });
      store.take(snapshot(1, ready([classifier()], training)));
      return store.ui.tab;
    };
    assert.deepEqual([tabOf({ kind: 'none' }), tabOf(trainingAt(20, 'ended', null))], ['layers', 'training']);
  });

  it('keeps the object of a model that is as it was, so that nothing of it is drawn again', () => {
    const { store } = storeWith();
    store.take(snapshot(1, ready([classifier(), nested()])));
    const [first, second] = store.snapshot!.state.kind === 'ready' ? store.snapshot!.state.content.models : [];
    store.take(snapshot(2, { kind: 'loading', title: 'model.py', stage: null, last: content([classifier(), nested()]) }));
    store.take(snapshot(3, ready([classifier(), classifier(0.1)]), 2));
    const { state } = store.snapshot!;
    assert.ok(state.kind === 'ready');
    assert.equal(state.content.models[0], first);
    assert.notEqual(state.content.models[1], second);
  });

  it('reads a kept state of another version without failing', () => {
    assert.deepEqual(restoreUiState({ tab: 'graph', folded: 'x', tableScroll: -1, selected: 7, notice: NaN }), initialUiState);
    assert.deepEqual(restoreUiState(null), initialUiState);
    assert.deepEqual(restoreUiState('text'), initialUiState);
  });

  it('keeps the last model of a run through steps that carry none', () => {
    const { store } = storeWith();
    const trained = classifier(0.5);
    store.take(snapshot(1, ready([classifier()], trainingAt(20, 'running', trained))));
    store.take(snapshot(2, ready([classifier()], trainingAt(25, 'running', null))));
    assert.equal(shownOf(store).model, trained);
    assert.equal(shownOf(store).trained!.step, 20);
    store.take(snapshot(3, ready([classifier()])));
    assert.equal(shownOf(store).trained, null);
  });
});

describe('what is shown', () => {
  const shown = (state: PanelState, ui = {}, cursor: number | null = null) => {
    const { store } = storeWith({ ...initialUiState, file: '/home/user/model.py', ...ui });
    store.take(snapshot(1, state, cursor));
    return shownOf(store);
  };

  it('the chosen model, else the main one', () => {
    const state = ready([classifier(), nested()]);
    assert.equal(shown(state).model!.name, 'Classifier');
    assert.equal(shown(state, { model: 'Encoder' }).model!.name, 'Encoder');
    assert.equal(shown(state, { model: 'Gone' }).model!.name, 'Classifier');
  });

  it('the first layer is selected where the kept one is gone', () => {
    assert.equal(shown(ready([classifier()]), { selected: 'fc9' }).selected!.key, 'fc1');
    assert.equal(shown(ready([classifier()]), { selected: 'fc4' }).selected!.key, 'fc4');
  });

  it('the layer that failed is selected first', () => {
    assert.equal(shown(ready([failing()])).selected!.key, 'fc3');
  });

  it('the cursor’s layer only in the main model', () => {
    const state = ready([classifier(), nested()]);
    assert.equal(shown(state, {}, 3).cursor!.key, 'fc2');
    assert.equal(shown(state, { model: 'Encoder' }, 3).cursor, null);
  });

  it('the selected one of several layers that one line makes', () => {
    const shared = { definition: range(9), call: range(30) };
    const state = ready([model('Deep', [0, 1, 2].map((index) => layer({ index, path: `units.${index}`, type: 'Unit', ...shared })))]);
    assert.equal(shown(state, { selected: 'units.2' }, 0).cursor!.key, 'units.2');
    assert.equal(shown(ready([classifier()]), { selected: 'fc4' }, 3).cursor!.key, 'fc2');
  });

  it('a fault in an imported file is said to be there', () => {
    const diagnostic = { kind: 'syntax', severity: 'error', message: '', hint: null, range: { file: '/home/user/parts.py', line: 6, column: 0, endLine: 6, endColumn: 1 } } as const;
    const text = (message: string) => (shown({ kind: 'failed', title: 'model.py', message, last: null, diagnostics: [diagnostic] }).banner as { text: string }).text;
    assert.equal(text("line 6: expected ':'"), "parts.py, line 6: expected ':'");
    assert.equal(text('invalid syntax'), 'parts.py, line 6: invalid syntax');
    assert.equal(text('parts.py, line 6: invalid syntax'), 'parts.py, line 6: invalid syntax');
  });

  it('a failed file shows its last content under a banner that names the line', () => {
    const result = shown({
      kind: 'failed', title: 'model.py', message: 'invalid syntax', last: content([classifier()]),
      diagnostics: [{ kind: 'syntax', severity: 'error', message: 'invalid syntax', hint: null, range: { file: 'model.py', line: 12, column: 0, endLine: 12, endColumn: 1 } }],
    });
    assert.deepEqual(result.banner, { kind: 'failed', text: 'Line 12: invalid syntax', fixes: [], hasLast: true, range: { file: 'model.py', line: 12, column: 0, endLine: 12, endColumn: 1 } });
    assert.equal(result.model!.name, 'Classifier');
  });

  it('a file without models says so', () => {
    assert.equal(shown(ready([])).emptyText, 'No model was found in model.py.');
  });

  it('a file whose models cannot be made says why, and how to give what is not known', () => {
    const { content: none, ...rest } = ready([]) as Extract<ReturnType<typeof ready>, { kind: 'ready' }>;
    const message = '`Net` was not constructed: nothing is known of its argument `quux`; give it with `# lens: args=(quux=…)` above it';
    const result = shown({
      ...rest, content: { ...none, listing: [{ name: 'Net', kind: 'class', main: true }] },
      diagnostics: [{ kind: 'skipped', severity: 'warning', message, hint: null, range: range(5) }],
    });
    assert.equal(result.emptyText, `No model of model.py can be shown: ${message}.`);
    assert.deepEqual(result.notices.map(({ severity }) => severity), ['warning']);
  });

  it('a run of the file as it was is said to be one', () => {
    const state = trainingAt(20, 'running', classifier());
    assert.ok(state.kind === 'running');
    const noticesOf = (isOutdated: boolean) => shown(ready([nested()], { ...state, isOutdated })).notices.filter(({ text }) => text.includes('when it began'));
    assert.deepEqual([noticesOf(false).length, noticesOf(true).length], [0, 1]);
  });

  it('what is graver comes first, diagnostics before findings, assumptions last', () => {
    const said = (severity: string, message: string) => ({ kind: 'skipped', severity, message, range: null, hint: null });
    const state = { ...ready([classifier()]), diagnostics: [said('information', 'left'), said('warning', 'skipped'), said('error', 'failed')] } as PanelState;
    assert.deepEqual(shown(state).notices.map((notice) => notice.severity), ['error', 'warning', 'warning', 'information', 'information']);
    assert.deepEqual(shown(state).notices.map((notice) => notice.text).slice(0, 2), ['failed', 'skipped']);
    assert.match(shown(state).notices[4]!.text, /num_classes/);
  });
});
