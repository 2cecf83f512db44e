import { strict as assert } from 'node:assert';
import type { Browser, Locator } from 'playwright-core';
import type { PanelState } from '../../src/protocol/panelApi.ts';
import { broken, classifier, content, failing, large, layer, model, nested, range, ready, snapshot, trainingAt } from './fixtures.ts';
import { bundle, launchChromium, openPanel, type PanelPage } from './panelPage.ts';
import { themes } from './themes.ts';

/** Pixels of a canvas that are not transparent, by how many colours they have. */
async function drawn(canvas: Locator): Promise<{ pixels: number; colors: number }> {
  return canvas.evaluate((element) => {
    const { width, height } = element as HTMLCanvasElement;
    if (width === 0 || height === 0) return { pixels: 0, colors: 0 };
    const { data } = (element as HTMLCanvasElement).getContext('2d')!.getImageData(0, 0, width, height);
    const colors = new Set<number>();
    let pixels = 0;
    for (let i = 0; i < data.length; i += 4) {
      if (data[i + 3] === 0) continue;
      pixels++;
      colors.add((data[i]! << 16) | (data[i + 1]! << 8) | data[i + 2]!);
    }
    return { pixels, colors: colors.size };
  });
}

/** Pixels of a canvas near a theme colour, given as `#rrggbb`. */
async function pixelsNear(canvas: Locator, color: string): Promise<number> {
  return canvas.evaluate((element, hex) => {
    const { width, height } = element as HTMLCanvasElement;
    const wanted = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
    const { data } = (element as HTMLCanvasElement).getContext('2d')!.getImageData(0, 0, width, height);
    let near = 0;
    for (let i = 0; i < data.length; i += 4) {
      if (data[i + 3]! > 100 && wanted.every((value, channel) => Math.abs(value - data[i + channel]!) < 12)) near++;
    }
    return near;
  }, color);
}

const orange = '#ee9d28';
const blue = '#59a4f9';
const purple = '#b180d7';

describe('the panel in Chromium', function () {
  this.timeout(60_000);
  let browser: Browser;
  let files: Map<string, string>;
  let panel: PanelPage;
  const open = async (size?: { width: number; height: number }) => (panel = await openPanel(browser, files, size));
  const row = (text: string) => panel.page.locator('#panel-layers .rows .row', { hasText: text });
  const labels = () => panel.page.locator('#panel-layers .rows .row .label').allTextContents();
  const selected = () => panel.page.locator('#panel-layers .rows .row[aria-selected="true"]').getAttribute('data-key');

  before(async () => {
    files = await bundle();
    browser = await launchChromium();
  });
  after(() => browser?.close());
  // Closing fails the test on any page error, console warning or violation of the content security policy.
  afterEach(() => panel.close());

  describe('layers', () => {
    it('has one row per layer, with its figures', async () => {
      await open();
      const report = classifier();
      await panel.show(snapshot(1, ready([report])));
      assert.deepEqual(await labels(), ['fc1', 'fc2', 'fc3', 'fc4', 'head']);
      const cells = await row('fc3').locator('.cell').allInnerTexts();
      const { units, activation } = report.layers[4]!;
      assert.deepEqual([cells[1], cells[2], cells[4], cells[5], cells[6]], ['(32, 128)', '20.6k', `${(activation!.zeroFraction * 100).toFixed(1)} %`, String(units!.inactive), '0.086']);
      assert.match(cells[0]!, /fc3\s+Linear\s+→ relu/);
    });

    it('counts inactive units of functions that have some, and of no other', async () => {
      await open();
      await panel.show(snapshot(1, ready([nested()])));
      assert.equal(await row('linear1').first().locator('.cell.inactive').innerText(), '–');
      await row('linear1').first().click();
      await panel.settle();
      const figures = await panel.page.locator('.detail .figures').innerText();
      assert.ok(figures.includes('dormant units') && !figures.includes('inactive units'), figures);
    });

    it('cuts a short name at its end only', async () => {
      await open({ width: 420, height: 700 });
      const [first] = classifier().layers;
      await panel.show(snapshot(1, ready([model('Net', [{ ...first!, path: 'max_pool2d()' }])])));
      assert.deepEqual(await panel.page.locator('.rows .row .label').first().locator('span').allTextContents(), ['max_pool2d()', '']);
    });

    it('keeps the function after a layer in sight where the type has no room', async () => {
      await open({ width: 420, height: 700 });
      const [first] = classifier().layers;
      await panel.show(snapshot(1, ready([model('Net', [{ ...first!, type: 'ConvTranspose3dWithAVeryLongName', activationFunction: 'leaky_relu' }])])));
      const type = row('fc1').locator('.type');
      const [outer, tail] = await Promise.all([type.boundingBox(), type.locator('.type-tail').boundingBox()]);
      assert.equal(await type.locator('.type-tail').textContent(), ' → leaky_relu');
      assert.ok(tail!.x + tail!.width <= outer!.x + outer!.width + 0.5, JSON.stringify({ outer, tail }));
    });

    it('draws a sparkline with activation, outline and zeros, and a gradient bar', async () => {
      await open();
      await panel.show(snapshot(1, ready([classifier()])));
      const sparkline = row('fc1').locator('.sparkline');
      assert.ok((await drawn(sparkline)).colors > 3);
      assert.ok(await pixelsNear(sparkline, orange) > 20);
      assert.ok(await pixelsNear(sparkline, blue) > 100);
      assert.equal(await pixelsNear(row('head').locator('.sparkline'), orange), 0);
      const lengths = await Promise.all(['fc1', 'fc2', 'fc3', 'fc4'].map(async (name) => pixelsNear(row(name).locator('.gradient-bar'), purple)));
      assert.deepEqual(lengths, lengths.toSorted((a, b) => a - b));
      assert.ok(lengths[3]! > 2 * lengths[0]!);
    });

    it('shows a clicked layer in the detail and softly reveals its source', async () => {
      await open();
      await panel.show(snapshot(1, ready([classifier()])));
      await row('fc3').click();
      await panel.settle();
      assert.match(await panel.page.locator('.detail h2').innerText(), /fc3 → relu/);
      assert.deepEqual(await panel.requests('reveal'), [{ range: range(16), focus: false }]);
      assert.match(await panel.page.locator('.figures').innerText(), /inactive units\s+72 \/ 128/);
      const charts = panel.page.locator('.detail .chart canvas');
      assert.equal(await charts.count(), 6);
      for (let i = 0; i < 6; i++) assert.ok((await drawn(charts.nth(i))).pixels > 1000, `chart ${i} is empty`);
      assert.ok(await pixelsNear(charts.first(), orange) > 100);
      assert.ok((await drawn(panel.page.locator('.unit-strip'))).pixels > 5000);
    });

    it('says what a bin holds under the pointer', async () => {
      await open();
      await panel.show(snapshot(1, ready([classifier()])));
      const chart = panel.page.locator('.chart-large canvas');
      const before = await drawn(chart);
      await chart.hover({ position: { x: 200, y: 100 } });
      await panel.settle();
      const after = await drawn(chart);
      assert.ok(after.pixels > before.pixels + 1000, 'no tooltip was drawn');
    });

    it('reveals the place of a source link with the focus', async () => {
      await open();
      await panel.show(snapshot(1, ready([classifier()])));
      for (const link of await panel.page.locator('.source').all()) await link.click();
      assert.deepEqual(await panel.requests('reveal'), [
        { range: range(14), focus: true }, { range: range(34), focus: true }, { range: range(34, 12, 6), focus: true },
      ]);
    });

    it('is walked with the keyboard, and Enter reveals the source', async () => {
      await open();
      await panel.show(snapshot(1, ready([classifier()])));
      await panel.page.locator('#panel-layers .table').focus();
      for (const [key, expected] of [['ArrowDown', 'fc2'], ['End', 'head'], ['ArrowDown', 'head'], ['ArrowUp', 'fc4'], ['Home', 'fc1'], ['ArrowUp', 'fc1'], ['PageDown', 'head']] as const) {
        await panel.page.keyboard.press(key);
        await panel.settle();
        assert.equal(await selected(), expected, `after ${key}`);
      }
      await panel.page.keyboard.press('Enter');
      assert.deepEqual(await panel.requests('reveal'), [{ range: range(18), focus: true }]);
      const active = await panel.page.locator('#panel-layers .table').getAttribute('aria-activedescendant');
      assert.equal(await panel.page.locator(`#${active}`).getAttribute('data-key'), 'head');
    });

    it('folds and unfolds containers with the keyboard and the mouse', async () => {
      await open();
      await panel.show(snapshot(1, ready([nested()])));
      await panel.page.locator('#panel-layers .table').focus();
      await panel.page.keyboard.press('ArrowLeft');
      await panel.settle();
      assert.equal(await selected(), 'encoder.layers.0');
      await panel.page.keyboard.press('ArrowLeft');
      await panel.settle();
      assert.equal((await labels()).length, 7);
      assert.equal(await row('encoder.layers.0').getAttribute('aria-expanded'), 'false');
      await panel.page.keyboard.press('ArrowRight');
      await panel.settle();
      assert.equal((await labels()).length, 9);
      await row('encoder.layers.2').locator('.twistie').click();
      await panel.settle();
      assert.equal((await labels()).length, 7);
      assert.deepEqual(await panel.requests('reveal'), []);
    });

    it('marks the layer that the cursor stands on', async () => {
      await open();
      await panel.show(snapshot(1, ready([classifier()]), 5));
      assert.deepEqual(await panel.page.locator('.is-cursor').evaluateAll((rows) => rows.map((one) => (one as HTMLElement).dataset['key'])), ['fc3']);
    });

    it('scrolls to a layer that the editor asks for', async () => {
      await open();
      const report = large(300);
      await panel.show(snapshot(1, ready([report])));
      await panel.show({ ...snapshot(2, ready([report])), focus: { serial: 7, model: 'Deep', layer: 200, tab: 'layers' } });
      assert.equal(await selected(), 'blocks.200.linear');
      assert.match(await panel.page.locator('.detail h2').innerText(), /blocks\.200\.linear/);
    });

    it('shows another model of the file', async () => {
      await open();
      await panel.show(snapshot(1, ready([classifier(), nested()])));
      await panel.page.locator('.model-picker').selectOption('Encoder');
      await panel.settle();
      assert.equal((await labels())[0], 'encoder.layers.0');
    });

    it('has a model run that was left out', async () => {
      await open();
      const state = ready([classifier()]);
      if (state.kind !== 'ready') throw new Error('not ready');
      const listing = [...state.content.listing, { name: 'Thirteenth', kind: 'function', main: false } as const];
      await panel.show(snapshot(1, { ...state, content: { ...state.content, listing } }));
      await panel.page.locator('.model-picker').selectOption('Thirteenth');
      await panel.settle();
      assert.deepEqual(await panel.requests('showModel'), [{ model: 'Thirteenth' }]);
      assert.equal(await panel.page.locator('.model-picker').inputValue(), 'Classifier');
      await panel.show(snapshot(2, ready([classifier(), { ...nested(), name: 'Thirteenth' }])));
      assert.equal((await labels())[0], 'encoder.layers.0');
    });

    it('holds 2,000 layers with only the rows in view in the page', async () => {
      await open();
      await panel.show(snapshot(1, ready([large(2000)])));
      assert.ok(await panel.page.locator('.rows .row').count() < 60);
      await panel.page.locator('#panel-layers .table').evaluate((table) => { table.scrollTop = 1000 * 40; });
      await panel.settle();
      assert.ok((await labels()).includes('blocks.1003.linear'));
      assert.ok(await panel.page.locator('.rows .row').count() < 60);
      assert.ok((await drawn(row('blocks.1003.linear').locator('.sparkline'))).pixels > 100);
      await panel.page.locator('#panel-layers .table').focus();
      await panel.page.keyboard.press('End');
      await panel.settle();
      assert.equal(await selected(), 'blocks.1999.linear');
      assert.ok(await row('blocks.1999.linear').isVisible());
    });
  });

  describe('data that is not a histogram', () => {
    it('is drawn and said: all zero, constant, NaN, none', async () => {
      await open();
      await panel.show(snapshot(1, ready([broken()])));
      assert.deepEqual(await row('all_nan').locator('.cell').nth(6).innerText(), 'NaN');
      for (const [name, note] of [['all_zero', 'every value is 0'], ['constant', 'every value is 0.500'], ['some_nan', '1 NaN, 1 ∞, 1 −∞ not drawn'], ['all_nan', 'every value is NaN'], ['empty', 'no values']] as const) {
        await row(name).click();
        await panel.settle();
        const notes = await panel.page.locator('.detail .chart-large .chart-note').innerText();
        assert.ok(notes.includes(note), `${name}: ${notes}`);
        assert.ok((await drawn(row(name).locator('.sparkline'))).pixels > 50, name);
        // A note beside a histogram has its place to itself.
        if (['all_nan', 'empty'].includes(name)) continue;
        const top = await panel.page.locator('.detail .chart-large canvas').evaluate((canvas: HTMLCanvasElement) => {
          const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, Math.floor(14 * devicePixelRatio));
          return data.reduce((count, value, i) => count + Number(i % 4 === 3 && value > 0), 0);
        });
        assert.equal(top, 0, `${name}: something is drawn under the note`);
      }
    });

    it('does not break the gradient flow: zero and NaN are hatched, the rest keep their axis', async () => {
      await open();
      await panel.show(snapshot(1, ready([broken()])));
      await panel.page.locator('#tab-flow').click();
      await panel.settle();
      const canvas = panel.page.locator('.flow-canvas canvas');
      assert.ok(await pixelsNear(canvas, purple) > 2000);
      assert.ok(await pixelsNear(canvas, '#f14c4c') > 500);
      await panel.page.locator('.flow-scroll').focus();
      for (const expected of [/good.*mean/s, /all_zero.*mean 0/s, /constant/, /some_nan.*mean NaN/s, /all_nan.*mean NaN/s, /empty.*no gradient/s]) {
        await panel.page.keyboard.press('ArrowDown');
        await panel.settle();
        assert.match(await panel.page.locator('.flow-status').innerText(), expected);
      }
    });
  });

  describe('gradient flow', () => {
    it('reveals the source of a clicked bar', async () => {
      await open();
      await panel.show(snapshot(1, ready([classifier()])));
      await panel.page.locator('#tab-flow').click();
      await panel.settle();
      await panel.page.locator('.flow-scroll').click({ position: { x: 300, y: 26 + 24 + 12 } });
      assert.deepEqual(await panel.requests('reveal'), [{ range: range(35), focus: true }]);
      assert.match(await panel.page.locator('.flow-status').innerText(), /fc2.*mean 3\.\de−4/s);
      await panel.page.keyboard.press('ArrowDown');
      await panel.page.keyboard.press('Enter');
      assert.deepEqual((await panel.requests('reveal'))[1], { range: range(36), focus: true });
    });

    it('changes to the weights', async () => {
      await open();
      await panel.show(snapshot(1, ready([classifier()])));
      await panel.page.locator('#tab-flow').click();
      await panel.page.getByRole('button', { name: 'Weights' }).click();
      await panel.settle();
      await panel.page.locator('.flow-scroll').hover({ position: { x: 300, y: 26 + 12 } });
      await panel.settle();
      assert.match(await panel.page.locator('.flow-status').innerText(), /fc1\.weight/);
    });

    it('scrolls through 2,000 bars under a standing axis', async () => {
      await open();
      await panel.show(snapshot(1, ready([large(2000)])));
      await panel.page.locator('#tab-flow').click();
      await panel.settle();
      await panel.page.locator('.flow-scroll').evaluate((one) => { one.scrollTop = one.scrollHeight; });
      await panel.settle();
      const box = (await panel.page.locator('.flow-scroll').boundingBox())!;
      assert.ok((await panel.page.locator('.flow-canvas canvas').boundingBox())!.height < 2 * box.height);
      await panel.page.locator('.flow-scroll').click({ position: { x: 300, y: box.height - 12 } });
      await panel.settle();
      assert.match(await panel.page.locator('.flow-status').innerText(), /blocks\.1999\.linear/);
      assert.ok(await pixelsNear(panel.page.locator('.flow-canvas canvas'), purple) > 2000);
    });

    it('says so where no gradient is known', async () => {
      await open();
      await panel.show(snapshot(1, ready([failing()])));
      await panel.page.locator('#tab-flow').click();
      await panel.settle();
      assert.match(await panel.page.locator('.flow .empty-tab').innerText(), /No gradients are known/);
    });
  });

  describe('training', () => {
    it('asks the host to train, pause, resume and stop', async () => {
      await open();
      await panel.show(snapshot(1, ready([classifier()])));
      await panel.page.locator('.toolbar').getByRole('button', { name: 'Quick train' }).click();
      assert.deepEqual(await panel.requests('quickTrain'), [{ model: 'Classifier' }]);
      await panel.show(snapshot(2, ready([classifier()], trainingAt(10, 'running', null))));
      await panel.page.getByRole('button', { name: 'Pause' }).click();
      await panel.show(snapshot(3, ready([classifier()], trainingAt(10, 'paused', null))));
      await panel.page.getByRole('button', { name: 'Resume' }).click();
      await panel.page.getByRole('button', { name: 'Stop' }).click();
      for (const method of ['pauseTraining', 'resumeTraining', 'stopTraining']) assert.deepEqual(await panel.requests(method), [{}], method);
    });

    it('draws loss and accuracy as they come, and the layers with them', async () => {
      await open();
      await panel.show(snapshot(1, ready([classifier()])));
      await panel.page.locator('#tab-training').click();
      await panel.show(snapshot(2, ready([classifier()], trainingAt(20, 'running', classifier()))));
      const curve = panel.page.locator('.chart-curve canvas').first();
      const early = await pixelsNear(curve, orange);
      const zeros = () => panel.page.locator('#panel-training .rows .row', { hasText: 'fc1' }).locator('.cell.zeros').innerText();
      const earlyZeros = await zeros();
      await panel.show(snapshot(3, ready([classifier()], trainingAt(150, 'running', classifier(0.5)))));
      assert.ok(await pixelsNear(curve, orange) > 2 * early);
      assert.notEqual(await zeros(), earlyZeros);
      assert.match(await panel.page.locator('.training-head').innerText(), /step 150 \/ 200.*84\.2 steps\/s/s);
      const [chip, head] = await Promise.all([panel.page.locator('.chip', { hasText: 'loss' }).innerText(), panel.page.locator('.training-figure', { hasText: 'loss' }).innerText()]);
      assert.equal(chip, head, 'the loss of the last step in both places');
      assert.equal(await panel.page.locator('.training-track').getAttribute('aria-valuenow'), '150');
    });

    it('says how a run ended', async () => {
      await open();
      await panel.show(snapshot(1, ready([classifier()], trainingAt(200, 'ended', classifier(0.5)))));
      await panel.page.locator('#tab-training').click();
      await panel.settle();
      assert.match(await panel.page.locator('.training-end').innerText(), /done after 200 steps · blobs · Adam, learning rate 0\.001, batch 32/);
      const displaced = trainingAt(54, 'ended', classifier());
      assert.ok(displaced.kind === 'ended');
      await panel.show(snapshot(2, ready([classifier()], { ...displaced, result: { ...displaced.result, reason: 'stopped', message: 'Another training was started.' } })));
      assert.match(await panel.page.locator('.training-end').innerText(), /^stopped at step 54\. Another training was started\. · blobs/);
      const fault = trainingAt(1, 'ended', classifier());
      assert.ok(fault.kind === 'ended');
      await panel.show(snapshot(3, ready([classifier()], { ...fault, result: { ...fault.result, reason: 'non-finite', message: 'The loss is NaN at step 1. It began at `log`, line 10.' } })));
      assert.match(await panel.page.locator('.training-end').innerText(), /^The loss is NaN at step 1\. It began at log, line 10\. · blobs/);
      assert.equal(await panel.page.locator('.training-end code').innerText(), 'log');
      assert.equal(await panel.page.locator('.chip', { hasText: 'trained' }).innerText(), 'trained 1 step');
      assert.equal(await panel.page.locator('.toolbar').getByRole('button', { name: 'Quick train' }).count(), 1);
    });

    it('keeps its chart where the loss is no longer finite, and says at which step', async () => {
      await open();
      const state = trainingAt(20, 'running', null);
      assert.ok(state.kind === 'running');
      await panel.show(snapshot(1, ready([classifier()], { ...state, curves: { ...state.curves, loss: [...state.curves.loss.slice(0, 15), NaN, Infinity] } })));
      await panel.page.locator('#tab-training').click();
      await panel.settle();
      assert.equal(await panel.page.locator('.training .chart-note').first().innerText(), 'loss was NaN at step 16');
      assert.ok(await pixelsNear(panel.page.locator('.chart-curve canvas').first(), orange) > 20);
    });

    it('draws a run that was stopped over the whole width', async () => {
      await open();
      await panel.show(snapshot(1, ready([classifier()], trainingAt(20, 'running', null))));
      await panel.page.locator('#tab-training').click();
      await panel.settle();
      const curve = panel.page.locator('.chart-curve canvas').first();
      const running = await pixelsNear(curve, orange);
      await panel.show(snapshot(2, ready([classifier()], trainingAt(20, 'ended', null))));
      assert.ok(await pixelsNear(curve, orange) > 2 * running);
    });

    it('says before a run what of it the file has, and what was chosen', async () => {
      await open();
      await panel.show(snapshot(1, ready([classifier()])));
      await panel.page.locator('#tab-training').click();
      await panel.settle();
      assert.match(await panel.page.locator('.training .empty-tab').innerText(), /From the file: Adam, learning rate 0\.001\. Chosen to fit the model: batches of 32, cross entropy loss\./);
    });

    it('offers no run of a model that failed', async () => {
      await open();
      await panel.show(snapshot(1, ready([failing()])));
      await panel.page.locator('#tab-training').click();
      await panel.settle();
      assert.equal(await panel.page.locator('.training .empty-tab').innerText(), 'This model gave no output, so it cannot be trained.');
      assert.ok(await panel.page.locator('.toolbar').getByRole('button', { name: 'Quick train' }).isDisabled());
    });

    it('says why a run could not begin', async () => {
      await open();
      await panel.show(snapshot(1, ready([classifier()], { kind: 'failed', message: 'The output has no loss that fits it.' })));
      await panel.page.locator('#tab-training').click();
      await panel.settle();
      assert.match(await panel.page.locator('.training .failure').innerText(), /no loss that fits it/);
    });
  });

  describe('states', () => {
    const syntaxError: PanelState = {
      kind: 'failed', title: 'model.py', message: 'invalid syntax', last: content([classifier()]),
      diagnostics: [{ kind: 'syntax', severity: 'error', message: 'invalid syntax', range: range(12, 3, 1), hint: null }],
    };

    it('a syntax error keeps the last state under a banner that leads to the line', async () => {
      await open();
      await panel.show(snapshot(1, ready([classifier()])));
      await panel.show(snapshot(2, syntaxError));
      assert.match(await panel.page.locator('.banner:visible').innerText(), /Line 12: invalid syntax.*Showing the last state that ran\./s);
      assert.equal((await labels()).length, 5);
      await panel.page.getByRole('button', { name: 'Go to line 12' }).click();
      assert.deepEqual(await panel.requests('reveal'), [{ range: range(12, 3, 1), focus: true }]);
    });

    it('loading keeps the last content and shows that something runs', async () => {
      await open();
      await panel.show(snapshot(1, { kind: 'loading', title: 'model.py', stage: null, last: content([classifier()]) }));
      assert.equal((await labels()).length, 5);
      assert.ok(await panel.page.locator('.progress').isVisible());
      await panel.show(snapshot(2, ready([classifier()])));
      assert.equal(await panel.page.locator('.progress').isVisible(), false);
    });

    it('a long run says what it is at, and is cancelled', async () => {
      await open();
      await panel.show(snapshot(1, { kind: 'loading', title: 'model.py', stage: 'computing `Net`: 12 of 60 layers', last: content([classifier()]) }));
      assert.match(await panel.page.locator('.banner:visible').innerText(), /^model\.py: computing Net: 12 of 60 layers …/);
      await panel.page.getByRole('button', { name: 'Cancel' }).click();
      assert.deepEqual(await panel.requests('cancelRun'), [{}]);
    });

    it('the file is named, and what else the editor shows is said', async () => {
      await open();
      await panel.show({ ...snapshot(1, ready([classifier()])), aside: '`helpers.py` has no model that is known here; `model.py` is shown still.' });
      assert.equal(await panel.page.locator('.toolbar .file-name').innerText(), 'model.py');
      assert.equal(await panel.page.locator('.toolbar .file-name').getAttribute('title'), '/home/user/model.py');
      assert.match(await panel.page.locator('.banner:visible').innerText(), /helpers\.py has no model/);
      await panel.show(snapshot(2, ready([classifier()])));
      assert.equal(await panel.page.locator('.banner:visible').count(), 0);
    });

    it('nothing yet is said in words', async () => {
      await open();
      assert.equal(await panel.page.locator('.empty').innerText(), 'Open a Python file that defines a network.');
      await panel.show(snapshot(1, { kind: 'failed', title: 'model.py', message: 'The runtime ended.', diagnostics: [], last: null }));
      assert.equal(await panel.page.locator('.banner:visible').innerText(), 'The runtime ended.');
      assert.equal(await panel.page.locator('.toolbar').isVisible(), false);
    });

    it('a request that the host refuses is said in its words, until the next snapshot', async () => {
      await open();
      await panel.show(snapshot(1, ready([classifier()])));
      await panel.page.evaluate(() => { window.fakeHost.refusal = 'A run is already under way.'; });
      await panel.page.locator('.toolbar').getByRole('button', { name: 'Quick train' }).click();
      await panel.page.locator('.banner', { hasText: 'A run is already under way.' }).waitFor();
      await panel.show(snapshot(2, ready([classifier()])));
      assert.equal(await panel.page.locator('.banner:visible').count(), 0);
    });

    it('a failed layer shows its message, and the layers before it their figures', async () => {
      await open();
      await panel.show(snapshot(1, ready([failing()])));
      assert.match(await row('fc3').innerText(), /mat1 and mat2 shapes cannot be multiplied \(32x784 and 780x256\)/);
      assert.match(await panel.page.locator('.detail .failure').innerText(), /780x256/);
      assert.ok((await drawn(row('fc1').locator('.sparkline'))).pixels > 200);
    });

    it('a model without figures (structure only) shows its structure', async () => {
      await open();
      const report = classifier();
      const layers = report.layers.map((one) => ({ ...one, preActivation: null, activation: null, output: null, gradient: null, units: null, parameters: one.parameters.map((parameter) => ({ ...parameter, value: null, gradient: null })) }));
      await panel.show(snapshot(1, ready([{ ...report, layers, loss: null, findings: [] }])));
      assert.equal((await labels()).length, 5);
      assert.match(await panel.page.locator('.detail').innerText(), /Only the structure of this layer is known/);
    });

    it('a model without layers says so', async () => {
      await open();
      await panel.show(snapshot(1, ready([model('f', [])])));
      assert.equal(await panel.page.locator('#panel-layers .table .empty-tab').innerText(), 'No layer was called.');
      assert.equal(await panel.page.locator('.chip', { hasText: 'loss' }).getAttribute('title'), 'Cross-entropy against random targets');
      await panel.show(snapshot(2, ready([classifier()])));
      assert.ok(await panel.page.locator('#panel-layers .table .empty-tab').isHidden());
    });

    it('a finding leads to its layer and its line', async () => {
      await open();
      await panel.show(snapshot(1, ready([classifier()])));
      await panel.page.locator('.layer-link').click();
      await panel.settle();
      assert.equal(await selected(), 'fc3');
      await panel.page.locator('.notice').getByRole('button', { name: 'line 16' }).click();
      assert.deepEqual(await panel.requests('reveal'), [{ range: range(16), focus: true }]);
      await panel.page.getByRole('button', { name: 'Next finding' }).click();
      await panel.settle();
      assert.match(await panel.page.locator('.notice').innerText(), /num_classes was taken as 10/);
    });

    it('an error that there is a mend for offers it', async () => {
      await open();
      const fix = { title: 'Change in_features to 784', edits: [{ range: range(14, 27, 3), newText: '784' }] };
      const diagnostic = { kind: 'shape', severity: 'error', message: 'mat1 and mat2', hint: '`in_features` should be 784', range: range(30), fixes: [fix] } as const;
      const state = ready([failing()]);
      await panel.show(snapshot(1, { ...state, diagnostics: [diagnostic] } as PanelState));
      await panel.page.locator('.notice').getByRole('button', { name: fix.title }).click();
      await panel.show(snapshot(2, { kind: 'failed', title: 'model.py', message: 'mat1 and mat2', last: content([failing()]), diagnostics: [diagnostic] }));
      await panel.page.locator('.banner').getByRole('button', { name: fix.title }).click();
      assert.deepEqual(await panel.requests('applyFix'), [fix, fix]);
    });

    it('text from a file is text, never HTML', async () => {
      await open();
      const report = classifier();
      const layers = report.layers.map((one) => ({ ...one, path: `<img src=x onerror=alert(1)>${one.path}`, type: '<b>Linear</b>' }));
      await panel.show(snapshot(1, ready([{ ...report, name: '<i>Net</i>', layers }])));
      assert.equal(await panel.page.locator('.panel img, .panel i, .row b').count(), 0);
      assert.equal(await panel.page.locator('.model-name').innerText(), '<i>Net</i>');
    });

    it('what the user chose is there again after a reload', async () => {
      await open({ width: 1200, height: 300 });
      await panel.show(snapshot(1, ready([classifier(), nested()])));
      await panel.page.locator('.model-picker').selectOption('Encoder');
      await panel.settle();
      await row('encoder.layers.0').locator('.twistie').click();
      await panel.page.locator('#panel-layers .table').focus();
      await panel.page.keyboard.press('End');
      await panel.settle();
      const scroll = () => panel.page.locator('#panel-layers .table').evaluate((table) => table.scrollTop);
      const scrolled = await scroll();
      assert.ok(scrolled > 0);
      await panel.page.reload();
      await panel.settle();
      assert.equal(await selected(), 'encoder.layers.2.linear2');
      assert.equal(await row('encoder.layers.0').getAttribute('aria-expanded'), 'false');
      assert.equal(await scroll(), scrolled);
      await panel.page.locator('#tab-flow').click();
      await panel.page.reload();
      await panel.settle();
      assert.equal(await panel.page.locator('#tab-flow').getAttribute('aria-selected'), 'true');
      await panel.page.locator('.flow-canvas').waitFor({ timeout: 5000 });
    });
  });

  describe('themes and widths', () => {
    for (const theme of Object.keys(themes) as (keyof typeof themes)[]) {
      it(`text has a contrast of 4.5 or more in ${theme}`, async () => {
        await open();
        await panel.setTheme(theme);
        const check = async (what: string) => {
          await panel.settle();
          const { checked, poor } = await panel.page.evaluate((least) => window.fakeHost.poorTexts(least), 4.5);
          assert.ok(checked > 10, `${what}: only ${checked} texts`);
          assert.deepEqual(poor, [], what);
        };
        await panel.show(snapshot(1, ready([classifier(), nested()], trainingAt(60, 'running', null)), 2));
        await check('layers');
        await row('fc3').click();
        await panel.page.locator('.definitions summary').click();
        await check('a selected row with the focus');
        await panel.page.locator('#tab-flow').click();
        await check('gradient flow');
        await panel.page.locator('#tab-training').click();
        await check('training');
        await panel.show(snapshot(2, { kind: 'failed', title: 'model.py', message: 'invalid syntax', last: content([failing()]), diagnostics: [{ kind: 'syntax', severity: 'error', message: '', range: range(3), hint: null }] }));
        await panel.page.locator('#tab-layers').click();
        await check('failed');
      });
    }

    it('charts take the colours of a theme the user changes to', async () => {
      await open();
      await panel.show(snapshot(1, ready([classifier()])));
      const sparkline = row('fc1').locator('.sparkline');
      assert.equal(await pixelsNear(sparkline, '#d67e00'), 0);
      await panel.setTheme('light');
      assert.ok(await pixelsNear(sparkline, '#d67e00') > 20);
      assert.ok(await pixelsNear(panel.page.locator('.chart-large canvas'), '#d67e00') > 100);
    });

    for (const width of [1200, 905, 680, 640, 580, 541, 500, 440, 420, 350, 290]) {
      it(`no column of the layers is cut at ${width} pixels, even with the widest shapes`, async () => {
        await open({ width, height: 900 });
        const convolutions = Array.from({ length: 30 }, (_, index) => layer({ index, path: `conv${index}`, type: 'Conv2d', outputShape: [32, 128, 112, 112], parameterCount: 2304 }));
        await panel.show(snapshot(1, ready([model('Wide', convolutions)])));
        const cut = await panel.page.evaluate(() => {
          const table = document.querySelector('.tab-panel-layers .table')!;
          const edge = table.getBoundingClientRect().left + table.clientLeft + table.clientWidth;
          return [...table.querySelectorAll('.cell')].filter((cell) => cell.checkVisibility() && cell.getBoundingClientRect().right > edge + 0.5).map((cell) => cell.className);
        });
        assert.deepEqual([...new Set(cut)], []);
      });
    }

    for (const width of [1200, 900, 620, 420]) {
      it(`no text overlaps or leaves the panel at ${width} pixels`, async () => {
        await open({ width, height: 900 });
        await panel.show(snapshot(1, ready([classifier(), nested()], trainingAt(60, 'running', classifier(0.2))), 2));
        for (const tab of ['layers', 'flow', 'training']) {
          await panel.page.locator(`#tab-${tab}`).click();
          await panel.settle();
          const faults = await panel.page.evaluate(() => {
            const found: string[] = [];
            const boxes: { text: string; element: Element; box: DOMRect }[] = [];
            const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) {
              const text = walker.currentNode.textContent!.trim();
              const element = walker.currentNode.parentElement!;
              if (text === '' || element.closest('script, option, .detail, .rows') || !element.checkVisibility()) continue;
              const place = document.createRange();
              place.selectNodeContents(walker.currentNode);
              for (const box of place.getClientRects()) {
                if (box.right > innerWidth + 1 || box.left < -1) found.push(`${text} leaves the panel`);
                boxes.push({ text, element, box });
              }
            }
            for (const row of document.querySelectorAll('.rows .row')) {
              const cells = [...row.querySelectorAll('.cell')].filter((cell) => cell.checkVisibility()).map((cell) => cell.getBoundingClientRect());
              for (let i = 1; i < cells.length; i++) if (cells[i]!.left < cells[i - 1]!.right) found.push(`cells ${i - 1} and ${i} of a row overlap`);
              for (const cell of row.querySelectorAll('.cell:not(.name)')) if (cell.scrollWidth > cell.clientWidth + 1 && cell.checkVisibility()) found.push(`${cell.textContent} is clipped in ${cell.className}`);
            }
            for (const figure of document.querySelectorAll('.figures dd')) if (figure.checkVisibility() && figure.scrollWidth > figure.clientWidth + 1) found.push(`${figure.textContent} does not fit its figure`);
            boxes.forEach((one, i) => boxes.slice(i + 1).forEach((two) => {
              const width = Math.min(one.box.right, two.box.right) - Math.max(one.box.left, two.box.left);
              const height = Math.min(one.box.bottom, two.box.bottom) - Math.max(one.box.top, two.box.top);
              if (width > 1 && height > 4) found.push(`${one.text} overlaps ${two.text}`);
            }));
            if (document.documentElement.scrollWidth > innerWidth) found.push('the page scrolls sideways');
            return found;
          });
          assert.deepEqual(faults, [], tab);
        }
      });
    }
  });
});
