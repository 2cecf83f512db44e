import { strict as assert } from 'node:assert';
import { rowOfLayer, rowsOf, visibleRows } from '../../webview/rows.ts';
import { typeText } from '../../webview/views/layerRow.ts';
import { classifier, layer, model, nested } from './fixtures.ts';

describe('rows of the layers table', () => {
  it('a function that follows a layer is merged into its row', () => {
    const rows = rowsOf(classifier());
    assert.deepEqual(rows.map((row) => row.key), ['fc1', 'fc2', 'fc3', 'fc4', 'head']);
    assert.deepEqual(rows.map(typeText), ['Linear → relu', 'Linear → relu', 'Linear → relu', 'Linear → relu', 'Linear']);
    assert.equal(rows[0]!.activationLayer!.path, 'relu_1');
  });

  it('a function that follows no layer has a row of its own', () => {
    const rows = rowsOf(model('M', [layer({ index: 0, path: 'relu', type: 'relu', kind: 'function', activationFunction: 'relu' })]));
    assert.deepEqual(rows.map((row) => [row.key, typeText(row)]), [['relu', 'relu']]);
  });

  it('a function that failed keeps its row, where its message stands', () => {
    const rows = rowsOf(model('M', [
      layer({ index: 0, path: 'fc', type: 'Linear', activationFunction: 'relu', activationLayer: 1 }),
      layer({ index: 1, path: 'relu', type: 'relu', kind: 'function', failure: 'no' }),
    ]));
    assert.deepEqual(rows.map((row) => row.key), ['fc', 'relu']);
    assert.equal(rows[0]!.activationLayer, null);
  });

  it('what an activation module calls within itself is merged with it', () => {
    const rows = rowsOf(model('M', [
      layer({ index: 0, path: 'fc', type: 'Linear', activationFunction: 'relu', activationLayer: 1 }),
      layer({ index: 1, path: 'act', type: 'MyReLU', kind: 'container' }),
      layer({ index: 2, path: 'act.maximum', type: 'maximum', kind: 'function', parent: 1 }),
    ]));
    assert.deepEqual(rows.map((row) => row.key), ['fc']);
  });

  it('a layer called twice appears twice, under two keys', () => {
    const rows = rowsOf(model('M', [layer({ index: 0, path: 'cell', type: 'Cell' }), layer({ index: 1, path: 'cell', type: 'Cell' })]));
    assert.deepEqual(rows.map((row) => row.key), ['cell', 'cell#2']);
  });

  it('labels below a container leave its path out', () => {
    const rows = rowsOf(nested());
    assert.deepEqual(rows.slice(0, 3).map(({ label, depth, parent, hasChildren }) => ({ label, depth, parent, hasChildren })), [
      { label: 'encoder.layers.0', depth: 0, parent: null, hasChildren: true },
      { label: 'linear1', depth: 1, parent: 'encoder.layers.0', hasChildren: false },
      { label: 'linear2', depth: 1, parent: 'encoder.layers.0', hasChildren: false },
    ]);
  });

  it('a path that only begins like its container keeps its whole name', () => {
    const rows = rowsOf(model('M', [layer({ index: 0, path: 'conv', type: 'Block', kind: 'container' }), layer({ index: 1, path: 'conv1.bn', type: 'Norm', parent: 0 })]));
    assert.equal(rows[1]!.label, 'conv1.bn');
  });

  it('children listed before their container still stand below it', () => {
    const rows = rowsOf(model('M', [layer({ index: 0, path: 'b.fc', type: 'Linear', parent: 1 }), layer({ index: 1, path: 'b', type: 'Block', kind: 'container' })]));
    assert.deepEqual(rows.map((row) => row.key), ['b', 'b.fc']);
  });

  it('folding a container hides all that is below it, however deep', () => {
    const rows = rowsOf(model('M', [
      layer({ index: 0, path: 'a', type: 'A', kind: 'container' }), layer({ index: 1, path: 'a.b', type: 'B', kind: 'container', parent: 0 }),
      layer({ index: 2, path: 'a.b.c', type: 'C', parent: 1 }), layer({ index: 3, path: 'd', type: 'D' }),
    ]));
    assert.deepEqual(visibleRows(rows, new Set(['a'])).map((row) => row.key), ['a', 'd']);
    assert.deepEqual(visibleRows(rows, new Set(['a.b'])).map((row) => row.key), ['a', 'a.b', 'd']);
    assert.deepEqual(visibleRows(rows, new Set(['d'])).length, 4);
  });

  it('a layer deep in 10,000 containers makes no recursion overflow', () => {
    const rows = rowsOf(model('M', Array.from({ length: 10_000 }, (_, index) => layer({ index, path: `l${index}`, type: 'L', kind: 'container', parent: index === 0 ? null : index - 1 }))));
    assert.equal(rows.at(-1)!.depth, 9_999);
  });

  it('the cursor on a merged function stands on the row of its layer', () => {
    const report = classifier();
    assert.equal(rowOfLayer(report, rowsOf(report), 3)!.key, 'fc2');
  });

  it('the cursor on a layer in a folded container stands on the container', () => {
    const report = nested();
    const visible = visibleRows(rowsOf(report), new Set(['encoder.layers.1']));
    assert.equal(rowOfLayer(report, visible, 4)!.key, 'encoder.layers.1');
    assert.equal(rowOfLayer(report, visible, 99), null);
  });
});
