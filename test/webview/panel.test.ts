import { strict as assert } from 'node:assert';
import type { PanelState } from '../../src/protocol/panelApi.ts';
import { drawn } from './canvasPixels.ts';
import { classifier, content, failing, model, nested, range, ready, snapshot } from './fixtures.ts';
import { describePanel } from './panelTests.ts';

describePanel('states', (on) => {
  const syntaxError: PanelState = {
    kind: 'failed', title: 'model.py', message: 'invalid syntax', last: content([classifier()]),
    diagnostics: [{ kind: 'syntax', severity: 'error', message: 'invalid syntax', range: range(12, 3, 1), hint: null }],
  };

  it('a syntax error keeps the last state under a banner that leads to the line', async () => {
    await on.open();
    await on.panel.show(snapshot(1, ready([classifier()])));
    await on.panel.show(snapshot(2, syntaxError));
    assert.match(await on.panel.page.locator('.banner:visible').innerText(), /Line 12: invalid syntax.*Showing the last state that ran\./s);
    assert.equal((await on.labels()).length, 5);
    await on.panel.page.getByRole('button', { name: 'Go to line 12' }).click();
    assert.deepEqual(await on.panel.requests('reveal'), [{ range: range(12, 3, 1), focus: true }]);
  });

  it('loading keeps the last content and shows that something runs', async () => {
    await on.open();
    await on.panel.show(snapshot(1, { kind: 'loading', title: 'model.py', stage: null, last: content([classifier()]) }));
    assert.equal((await on.labels()).length, 5);
    assert.ok(await on.panel.page.locator('.progress').isVisible());
    await on.panel.show(snapshot(2, ready([classifier()])));
    assert.equal(await on.panel.page.locator('.progress').isVisible(), false);
  });

  it('a long run says what it is at, and is cancelled', async () => {
    await on.open();
    await on.panel.show(snapshot(1, { kind: 'loading', title: 'model.py', stage: 'computing `Net`: 12 of 60 layers', last: content([classifier()]) }));
    assert.match(await on.panel.page.locator('.banner:visible').innerText(), /^model\.py: computing Net: 12 of 60 layers …/);
    await on.panel.page.getByRole('button', { name: 'Cancel' }).click();
    assert.deepEqual(await on.panel.requests('cancelRun'), [{}]);
  });

  it('the file is named, and what else the editor shows is said', async () => {
    await on.open();
    await on.panel.show({ ...snapshot(1, ready([classifier()])), aside: '`helpers.py` has no model that is known here; `model.py` is shown still.' });
    assert.equal(await on.panel.page.locator('.toolbar .file-name').innerText(), 'model.py');
    assert.equal(await on.panel.page.locator('.toolbar .file-name').getAttribute('title'), '/home/user/model.py');
    assert.match(await on.panel.page.locator('.banner:visible').innerText(), /helpers\.py has no model/);
    await on.panel.show(snapshot(2, ready([classifier()])));
    assert.equal(await on.panel.page.locator('.banner:visible').count(), 0);
  });

  it('nothing yet is said in words', async () => {
    await on.open();
    assert.equal(await on.panel.page.locator('.empty').innerText(), 'Open a Python file that defines a network.');
    await on.panel.show(snapshot(1, { kind: 'failed', title: 'model.py', message: 'The runtime ended.', diagnostics: [], last: null }));
    assert.equal(await on.panel.page.locator('.banner:visible').innerText(), 'The runtime ended.');
    assert.equal(await on.panel.page.locator('.toolbar').isVisible(), false);
  });

  it('a request that the host refuses is said in its words, until the next snapshot', async () => {
    await on.open();
    await on.panel.show(snapshot(1, ready([classifier()])));
    await on.panel.page.evaluate(() => { window.fakeHost.refusal = 'A run is already under way.'; });
    await on.panel.page.locator('.toolbar').getByRole('button', { name: 'Quick train' }).click();
    await on.panel.page.locator('.banner', { hasText: 'A run is already under way.' }).waitFor();
    await on.panel.show(snapshot(2, ready([classifier()])));
    assert.equal(await on.panel.page.locator('.banner:visible').count(), 0);
  });

  it('a failed layer shows its message, and the layers before it their figures', async () => {
    await on.open();
    await on.panel.show(snapshot(1, ready([failing()])));
    assert.match(await on.row('fc3').innerText(), /mat1 and mat2 shapes cannot be multiplied \(32x784 and 780x256\)/);
    assert.match(await on.panel.page.locator('.detail .failure').innerText(), /780x256/);
    assert.ok((await drawn(on.row('fc1').locator('.sparkline'))).pixels > 200);
  });

  it('a model without figures (structure only) shows its structure', async () => {
    await on.open();
    const report = classifier();
    const layers = report.layers.map((one) => ({ ...one, preActivation: null, activation: null, output: null, gradient: null, units: null, parameters: one.parameters.map((parameter) => ({ ...parameter, value: null, gradient: null })) }));
    await on.panel.show(snapshot(1, ready([{ ...report, layers, loss: null, findings: [] }])));
    assert.equal((await on.labels()).length, 5);
    assert.match(await on.panel.page.locator('.detail').innerText(), /Only the structure of this layer is known/);
  });

  it('a model without layers says so', async () => {
    await on.open();
    await on.panel.show(snapshot(1, ready([model('f', [])])));
    assert.equal(await on.panel.page.locator('#panel-layers .table .empty-tab').innerText(), 'No layer was called.');
    assert.equal(await on.panel.page.locator('.chip', { hasText: 'loss' }).getAttribute('title'), 'Cross-entropy against random targets');
    await on.panel.show(snapshot(2, ready([classifier()])));
    assert.ok(await on.panel.page.locator('#panel-layers .table .empty-tab').isHidden());
  });

  it('a finding leads to its layer and its line', async () => {
    await on.open();
    await on.panel.show(snapshot(1, ready([classifier()])));
    await on.panel.page.locator('.layer-link').click();
    await on.panel.settle();
    assert.equal(await on.selected(), 'fc3');
    await on.panel.page.locator('.notice').getByRole('button', { name: 'line 16' }).click();
    assert.deepEqual(await on.panel.requests('reveal'), [{ range: range(16), focus: true }]);
    await on.panel.page.getByRole('button', { name: 'Next finding' }).click();
    await on.panel.settle();
    assert.match(await on.panel.page.locator('.notice').innerText(), /num_classes was taken as 10/);
  });

  it('an error that there is a mend for offers it', async () => {
    await on.open();
    const fix = { title: 'Change in_features to 784', edits: [{ range: range(14, 27, 3), newText: '784' }] };
    const diagnostic = { kind: 'shape', severity: 'error', message: 'mat1 and mat2', hint: '`in_features` should be 784', range: range(30), fixes: [fix] } as const;
    const state = ready([failing()]);
    await on.panel.show(snapshot(1, { ...state, diagnostics: [diagnostic] } as PanelState));
    await on.panel.page.locator('.notice').getByRole('button', { name: fix.title }).click();
    await on.panel.show(snapshot(2, { kind: 'failed', title: 'model.py', message: 'mat1 and mat2', last: content([failing()]), diagnostics: [diagnostic] }));
    await on.panel.page.locator('.banner').getByRole('button', { name: fix.title }).click();
    assert.deepEqual(await on.panel.requests('applyFix'), [fix, fix]);
  });

  it('text from a file is text, never HTML', async () => {
    await on.open();
    const report = classifier();
    const layers = report.layers.map((one) => ({ ...one, path: `<img src=x onerror=alert(1)>${one.path}`, type: '<b>Linear</b>' }));
    await on.panel.show(snapshot(1, ready([{ ...report, name: '<i>Net</i>', layers }])));
    assert.equal(await on.panel.page.locator('.panel img, .panel i, .row b').count(), 0);
    assert.equal(await on.panel.page.locator('.model-name').innerText(), '<i>Net</i>');
  });

  it('what the user chose is there again after a reload', async () => {
    await on.open({ width: 1200, height: 300 });
    await on.panel.show(snapshot(1, ready([classifier(), nested()])));
    await on.panel.page.locator('.model-picker').selectOption('Encoder');
    await on.panel.settle();
    await on.row('encoder.layers.0').locator('.twistie').click();
    await on.panel.page.locator('#panel-layers .table').focus();
    await on.panel.page.keyboard.press('End');
    await on.panel.settle();
    const scroll = () => on.panel.page.locator('#panel-layers .table').evaluate((table) => table.scrollTop);
    const scrolled = await scroll();
    assert.ok(scrolled > 0);
    await on.panel.page.reload();
    await on.panel.settle();
    assert.equal(await on.selected(), 'encoder.layers.2.linear2');
    assert.equal(await on.row('encoder.layers.0').getAttribute('aria-expanded'), 'false');
    assert.equal(await scroll(), scrolled);
    await on.panel.page.locator('#tab-flow').click();
    await on.panel.page.reload();
    await on.panel.settle();
    assert.equal(await on.panel.page.locator('#tab-flow').getAttribute('aria-selected'), 'true');
    await on.panel.page.locator('.flow-canvas').waitFor({ timeout: 5000 });
  });
});
