import { strict as assert } from 'node:assert';
import { drawn, pixelsNear } from '../canvasPixels.ts';
import { classifier, large, model, nested, range, ready, snapshot } from '../fixtures.ts';
import { describePanel } from '../panelTests.ts';

const orange = '#ee9d28';
const blue = '#59a4f9';
const purple = '#b180d7';

describePanel('layers', (on) => {
  it('has one row per layer, with its figures', async () => {
    await on.open();
    const report = classifier();
    await on.panel.show(snapshot(1, ready([report])));
    assert.deepEqual(await on.labels(), ['fc1', 'fc2', 'fc3', 'fc4', 'head']);
    const cells = await on.row('fc3').locator('.cell').allInnerTexts();
    const { units, activation } = report.layers[4]!;
    assert.deepEqual([cells[1], cells[2], cells[4], cells[5], cells[6]], ['(32, 128)', '20.6k', `${(activation!.zeroFraction * 100).toFixed(1)} %`, String(units!.inactive), '0.086']);
    assert.match(cells[0]!, /fc3\s+Linear\s+→ relu/);
  });

  it('counts inactive units of functions that have some, and of no other', async () => {
    await on.open();
    await on.panel.show(snapshot(1, ready([nested()])));
    assert.equal(await on.row('linear1').first().locator('.cell.inactive').innerText(), '–');
    await on.row('linear1').first().click();
    await on.panel.settle();
    const figures = await on.panel.page.locator('.detail .figures').innerText();
    assert.ok(figures.includes('dormant units') && !figures.includes('inactive units'), figures);
  });

  it('cuts a short name at its end only', async () => {
    await on.open({ width: 420, height: 700 });
    const [first] = classifier().layers;
    await on.panel.show(snapshot(1, ready([model('Net', [{ ...first!, path: 'max_pool2d()' }])])));
    assert.deepEqual(await on.panel.page.locator('.rows .row .label').first().locator('span').allTextContents(), ['max_pool2d()', '']);
  });

  it('keeps the function after a layer in sight where the type has no room', async () => {
    await on.open({ width: 420, height: 700 });
    const [first] = classifier().layers;
    await on.panel.show(snapshot(1, ready([model('Net', [{ ...first!, type: 'ConvTranspose3dWithAVeryLongName', activationFunction: 'leaky_relu' }])])));
    const type = on.row('fc1').locator('.type');
    const [outer, tail] = await Promise.all([type.boundingBox(), type.locator('.type-tail').boundingBox()]);
    assert.equal(await type.locator('.type-tail').textContent(), ' → leaky_relu');
    assert.ok(tail!.x + tail!.width <= outer!.x + outer!.width + 0.5, JSON.stringify({ outer, tail }));
  });

  it('draws a sparkline with activation, outline and zeros, and a gradient bar', async () => {
    await on.open();
    await on.panel.show(snapshot(1, ready([classifier()])));
    const sparkline = on.row('fc1').locator('.sparkline');
    assert.ok((await drawn(sparkline)).colors > 3);
    assert.ok(await pixelsNear(sparkline, orange) > 20);
    assert.ok(await pixelsNear(sparkline, blue) > 100);
    assert.equal(await pixelsNear(on.row('head').locator('.sparkline'), orange), 0);
    const lengths = await Promise.all(['fc1', 'fc2', 'fc3', 'fc4'].map(async (name) => pixelsNear(on.row(name).locator('.gradient-bar'), purple)));
    assert.deepEqual(lengths, lengths.toSorted((a, b) => a - b));
    assert.ok(lengths[3]! > 2 * lengths[0]!);
  });

  it('shows a clicked layer in the detail and softly reveals its source', async () => {
    await on.open();
    await on.panel.show(snapshot(1, ready([classifier()])));
    await on.row('fc3').click();
    await on.panel.settle();
    assert.match(await on.panel.page.locator('.detail h2').innerText(), /fc3 → relu/);
    assert.deepEqual(await on.panel.requests('reveal'), [{ range: range(16), focus: false }]);
    assert.match(await on.panel.page.locator('.figures').innerText(), /inactive units\s+72 \/ 128/);
    const charts = on.panel.page.locator('.detail .chart canvas');
    assert.equal(await charts.count(), 6);
    for (let i = 0; i < 6; i++) assert.ok((await drawn(charts.nth(i))).pixels > 1000, `chart ${i} is empty`);
    assert.ok(await pixelsNear(charts.first(), orange) > 100);
    assert.ok((await drawn(on.panel.page.locator('.unit-strip'))).pixels > 5000);
  });

  it('says what a bin holds under the pointer', async () => {
    await on.open();
    await on.panel.show(snapshot(1, ready([classifier()])));
    const chart = on.panel.page.locator('.chart-large canvas');
    const before = await drawn(chart);
    await chart.hover({ position: { x: 200, y: 100 } });
    await on.panel.settle();
    const after = await drawn(chart);
    assert.ok(after.pixels > before.pixels + 1000, 'no tooltip was drawn');
  });

  it('reveals the place of a source link with the focus', async () => {
    await on.open();
    await on.panel.show(snapshot(1, ready([classifier()])));
    for (const link of await on.panel.page.locator('.source').all()) await link.click();
    assert.deepEqual(await on.panel.requests('reveal'), [
      { range: range(14), focus: true }, { range: range(34), focus: true }, { range: range(34, 12, 6), focus: true },
    ]);
  });

  it('is walked with the keyboard, and Enter reveals the source', async () => {
    await on.open();
    await on.panel.show(snapshot(1, ready([classifier()])));
    await on.panel.page.locator('#panel-layers .table').focus();
    for (const [key, expected] of [['ArrowDown', 'fc2'], ['End', 'head'], ['ArrowDown', 'head'], ['ArrowUp', 'fc4'], ['Home', 'fc1'], ['ArrowUp', 'fc1'], ['PageDown', 'head']] as const) {
      await on.panel.page.keyboard.press(key);
      await on.panel.settle();
      assert.equal(await on.selected(), expected, `after ${key}`);
    }
    await on.panel.page.keyboard.press('Enter');
    assert.deepEqual(await on.panel.requests('reveal'), [{ range: range(18), focus: true }]);
    const active = await on.panel.page.locator('#panel-layers .table').getAttribute('aria-activedescendant');
    assert.equal(await on.panel.page.locator(`#${active}`).getAttribute('data-key'), 'head');
  });

  it('folds and unfolds containers with the keyboard and the mouse', async () => {
    await on.open();
    await on.panel.show(snapshot(1, ready([nested()])));
    await on.panel.page.locator('#panel-layers .table').focus();
    await on.panel.page.keyboard.press('ArrowLeft');
    await on.panel.settle();
    assert.equal(await on.selected(), 'encoder.layers.0');
    await on.panel.page.keyboard.press('ArrowLeft');
    await on.panel.settle();
    assert.equal((await on.labels()).length, 7);
    assert.equal(await on.row('encoder.layers.0').getAttribute('aria-expanded'), 'false');
    await on.panel.page.keyboard.press('ArrowRight');
    await on.panel.settle();
    assert.equal((await on.labels()).length, 9);
    await on.row('encoder.layers.2').locator('.twistie').click();
    await on.panel.settle();
    assert.equal((await on.labels()).length, 7);
    assert.deepEqual(await on.panel.requests('reveal'), []);
  });

  it('marks the layer that the cursor stands on', async () => {
    await on.open();
    await on.panel.show(snapshot(1, ready([classifier()]), 5));
    assert.deepEqual(await on.panel.page.locator('.is-cursor').evaluateAll((rows) => rows.map((one) => (one as HTMLElement).dataset['key'])), ['fc3']);
  });

  it('scrolls to a layer that the editor asks for', async () => {
    await on.open();
    const report = large(300);
    await on.panel.show(snapshot(1, ready([report])));
    await on.panel.show({ ...snapshot(2, ready([report])), focus: { serial: 7, model: 'Deep', layer: 200, tab: 'layers' } });
    assert.equal(await on.selected(), 'blocks.200.linear');
    assert.match(await on.panel.page.locator('.detail h2').innerText(), /blocks\.200\.linear/);
  });

  it('shows another model of the file', async () => {
    await on.open();
    await on.panel.show(snapshot(1, ready([classifier(), nested()])));
    await on.panel.page.locator('.model-picker').selectOption('Encoder');
    await on.panel.settle();
    assert.equal((await on.labels())[0], 'encoder.layers.0');
  });

  it('has a model run that was left out', async () => {
    await on.open();
    const state = ready([classifier()]);
    if (state.kind !== 'ready') throw new Error('not ready');
    const listing = [...state.content.listing, { name: 'Thirteenth', kind: 'function', main: false } as const];
    await on.panel.show(snapshot(1, { ...state, content: { ...state.content, listing } }));
    await on.panel.page.locator('.model-picker').selectOption('Thirteenth');
    await on.panel.settle();
    assert.deepEqual(await on.panel.requests('showModel'), [{ model: 'Thirteenth' }]);
    assert.equal(await on.panel.page.locator('.model-picker').inputValue(), 'Classifier');
    await on.panel.show(snapshot(2, ready([classifier(), { ...nested(), name: 'Thirteenth' }])));
    assert.equal((await on.labels())[0], 'encoder.layers.0');
  });

  it('holds 2,000 layers with only the rows in view in the page', async () => {
    await on.open();
    await on.panel.show(snapshot(1, ready([large(2000)])));
    assert.ok(await on.panel.page.locator('.rows .row').count() < 60);
    await on.panel.page.locator('#panel-layers .table').evaluate((table) => { table.scrollTop = 1000 * 40; });
    await on.panel.settle();
    assert.ok((await on.labels()).includes('blocks.1003.linear'));
    assert.ok(await on.panel.page.locator('.rows .row').count() < 60);
    assert.ok((await drawn(on.row('blocks.1003.linear').locator('.sparkline'))).pixels > 100);
    await on.panel.page.locator('#panel-layers .table').focus();
    await on.panel.page.keyboard.press('End');
    await on.panel.settle();
    assert.equal(await on.selected(), 'blocks.1999.linear');
    assert.ok(await on.row('blocks.1999.linear').isVisible());
  });
});
