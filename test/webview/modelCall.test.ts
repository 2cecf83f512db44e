import { strict as assert } from 'node:assert';
import type { Browser } from 'playwright-core';
import type { ReadyContent } from '../../src/protocol/panelApi.ts';
import type { ModelReport } from '../../src/protocol/report.ts';
import { classifier, ready, snapshot } from './fixtures.ts';
import { bundle, launchChromium, openPanel, type PanelPage } from './panelPage.ts';
import { themes } from './themes.ts';

/** A model of which an argument, a default and two inputs are to be seen. */
const assumed: ModelReport = {
  ...classifier(), name: 'Tagger',
  arguments: [
    { name: 'vocab_size', value: '1000', origin: 'assumed', reason: 'from its name' }, { name: 'widths', value: '[64, 32]', origin: 'default', reason: '' },
  ],
  inputs: [
    { name: 'tokens', shape: [2, 16], dtype: 'int64', range: [0, 1000], origin: 'inferred' }, { name: 'image', shape: [2, 3, 32, 32], dtype: 'float32', range: null, origin: 'assumed' },
  ],
};

const file = '/home/user/model.py';

describe('how a model is called, in the panel', function () {
  this.timeout(60_000);
  let browser: Browser;
  let files: Map<string, string>;
  let panel: PanelPage;
  let revision = 0;

  const field = (label: string) => panel.page.getByLabel(label, { exact: true });
  const problems = () => panel.page.locator('.field-problem:visible').allInnerTexts();
  const show = (model: ModelReport, over: Partial<ReadyContent> = {}) => {
    const state = ready([model]);
    if (state.kind !== 'ready') throw new Error('not ready');
    return panel.show(snapshot(++revision, { ...state, content: { ...state.content, ...over } }));
  };
  const open = async (size?: { width: number; height: number }) => {
    panel = await openPanel(browser, files, size);
    await show(assumed);
    await panel.page.locator('.model-call summary').click();
    await panel.settle();
  };
  const choices = { Tagger: { arguments: { vocab_size: '50' }, inputs: {} } };
  const chosen = { ...assumed, arguments: [{ name: 'vocab_size', value: '50', origin: 'option', reason: '' } as const, assumed.arguments[1]!] };

  before(async () => {
    files = await bundle();
    browser = await launchChromium();
  });
  after(() => browser?.close());
  afterEach(() => panel.close());

  it('is one line until it is opened, and says values and origins then', async () => {
    panel = await openPanel(browser, files);
    await show(assumed);
    assert.match(await panel.page.locator('.model-call summary').innerText(), /Arguments and input\s+vocab_size=1000$/);
    assert.ok(!await field('Argument vocab_size').isVisible());
    await panel.page.locator('.model-call summary').click();
    await panel.settle();
    assert.deepEqual(await Promise.all(['Argument vocab_size', 'Argument widths', 'Shape of input tokens', 'Dtype of input tokens', 'Range of input tokens'].map((label) => field(label).inputValue())),
      ['1000', '[64, 32]', '2, 16', 'int64', '0..1000']);
    assert.ok(!await field('Range of input image').isVisible());
    assert.deepEqual(await panel.page.locator('.origin').allInnerTexts(), ['assumed: from its name', 'its default', 'assumed: it fits the layers', 'assumed: nothing in the model says what it takes']);
  });
  it('is changed with Enter, and put back with Escape', async () => {
    await open();
    await field('Argument vocab_size').fill('77');
    await panel.page.keyboard.press('Escape');
    assert.equal(await field('Argument vocab_size').inputValue(), '1000');
    await field('Argument vocab_size').fill('50');
    await panel.page.keyboard.press('Enter');
    await panel.settle();
    assert.deepEqual(await panel.requests('choose'), [{ file, model: 'Tagger', choices: { arguments: { vocab_size: '50' }, inputs: {} } }]);
  });
  it('names an input that is changed, and leaves the others to the file or to what is assumed', async () => {
    await open();
    await field('Shape of input image').fill('2x3x48x48');
    await panel.page.keyboard.press('Enter');
    await field('Dtype of input image').selectOption('int64');
    await panel.settle();
    const inputs = (await panel.requests('choose')).map((request) => (request as { choices: { inputs: unknown } }).choices.inputs);
    assert.deepEqual(inputs, [{ image: '2x3x48x48' }, { image: 'int:2x3x48x48' }]);
  });
  it('says beside the field what is wrong, and keeps what was written', async () => {
    await open();
    await field('Shape of input image').fill('2, three');
    await panel.page.keyboard.press('Enter');
    await panel.settle();
    assert.deepEqual(await problems(), ['A shape is sizes with commas between them, such as 32, 3, 64, 64.']);
    assert.equal(await field('Shape of input image').getAttribute('aria-invalid'), 'true');
    assert.deepEqual(await panel.requests('choose'), []);
    await show(assumed);
    assert.equal(await field('Shape of input image').inputValue(), '2, three');
    await panel.page.keyboard.press('Escape');
    assert.deepEqual(await problems(), []);
  });
  it('says beside the field why the model cannot be made so, and all else stays', async () => {
    await open();
    await panel.page.evaluate(() => { window.fakeHost.refusal = '`Tagger`: name \'abc\' is not defined'; });
    await field('Argument vocab_size').fill('abc');
    await panel.page.keyboard.press('Enter');
    await panel.settle();
    assert.deepEqual(await problems(), ['Tagger: name \'abc\' is not defined']);
    assert.equal(await panel.page.locator('#panel-layers .rows .row').count(), 5);
  });
  it('is marked where it was changed, and reset there or as a whole', async () => {
    await open();
    await show(chosen, { choices: { Tagger: { arguments: { vocab_size: '50', widths: '[8]' }, inputs: {} } } });
    assert.ok(await panel.page.locator('.model-call .is-changed').isVisible());
    assert.equal(await panel.page.locator('.origin').first().innerText(), 'changed');
    await panel.page.getByLabel('Reset vocab_size').click();
    await panel.page.getByText('Write into the file').click();
    await panel.page.getByText('Reset all').click();
    await panel.settle();
    assert.deepEqual(await panel.requests('choose'), [{ widths: '[8]' }, {}].map((left) => ({ file, model: 'Tagger', choices: { arguments: left, inputs: {} } })));
    assert.deepEqual(await panel.requests('writeChoices'), [{ file, model: 'Tagger' }]);
  });
  it('adds an edit to those that were not run with yet, and writes what all came to', async () => {
    await open();
    await panel.page.evaluate(() => { window.fakeHost.delayMs = 150; });
    await field('Argument vocab_size').fill('50');
    await panel.page.keyboard.press('Enter');
    await field('Argument widths').fill('[8]');
    await panel.page.keyboard.press('Enter');
    await field('Shape of input image').fill('2, 3, 48, 48');
    await panel.page.getByText('Write into the file').click();
    await show({ ...assumed, findings: [] });
    await panel.page.waitForFunction(() => window.fakeHost.requests.some(({ method }) => method === 'writeChoices'));
    const asked = (await panel.requests('choose')).map((request) => (request as { choices: unknown }).choices);
    assert.deepEqual(asked, [
      { arguments: { vocab_size: '50' }, inputs: {} }, { arguments: { vocab_size: '50', widths: '[8]' }, inputs: {} },
      { arguments: { vocab_size: '50', widths: '[8]' }, inputs: { image: '2x3x48x48' } },
    ]);
    assert.deepEqual(await Promise.all(['Argument vocab_size', 'Argument widths', 'Shape of input image'].map((label) => field(label).inputValue())), ['50', '[8]', '2, 3, 48, 48']);
  });
  it('applies an edit though the one before it was refused', async () => {
    await open();
    await panel.page.evaluate(() => { window.fakeHost.refusal = 'no'; });
    await field('Argument vocab_size').fill('abc');
    await panel.page.keyboard.press('Enter');
    await panel.settle();
    await panel.page.evaluate(() => { window.fakeHost.refusal = null; });
    await field('Argument widths').fill('[8]');
    await panel.page.keyboard.press('Enter');
    await panel.settle();
    assert.deepEqual((await panel.requests('choose')).at(-1), { file, model: 'Tagger', choices: { arguments: { widths: '[8]' }, inputs: {} } });
    assert.deepEqual(await problems(), ['no']);
  });
  it('goes back to what is assumed where a field is emptied', async () => {
    await open();
    await show(chosen, { choices });
    await field('Argument vocab_size').fill('');
    await panel.page.keyboard.press('Enter');
    await panel.settle();
    await show(assumed);
    assert.deepEqual(await panel.requests('choose'), [{ file, model: 'Tagger', choices: { arguments: {}, inputs: {} } }]);
    assert.deepEqual([await field('Argument vocab_size').inputValue(), await problems()], ['1000', []]);
  });
  it('has a field for an optional input, which its default stands in', async () => {
    await open();
    await show({ ...assumed, plainInputs: [{ name: 'mask', value: 'None', origin: 'default' }] });
    assert.deepEqual([await field('Shape of input mask').inputValue(), await field('Shape of input mask').getAttribute('placeholder')], ['', 'None']);
    await field('Shape of input mask').fill('2, 16');
    await panel.page.keyboard.press('Enter');
    await panel.settle();
    assert.deepEqual((await panel.requests('choose')).at(-1), { file, model: 'Tagger', choices: { arguments: {}, inputs: { mask: '2x16' } } });
  });
  it('keeps what a comment of the file says beside what is changed', async () => {
    await open();
    await show({ ...assumed, arguments: [{ name: 'vocab_size', value: '7', origin: 'comment', reason: '' }, assumed.arguments[1]!], inputs: [{ ...assumed.inputs[0]!, origin: 'comment' }, assumed.inputs[1]!] });
    await field('Argument widths').fill('[8]');
    await panel.page.keyboard.press('Enter');
    await panel.settle();
    assert.deepEqual((await panel.requests('choose')).at(-1), { file, model: 'Tagger', choices: { arguments: { vocab_size: '7', widths: '[8]' }, inputs: { tokens: 'int:2x16:0..1000' } } });
  });
  it('is read-only where the file\'s own statements are the model', async () => {
    await open();
    await show(assumed, { listing: [{ name: 'Tagger', kind: 'file', main: true }] });
    assert.ok(await field('Shape of input image').isDisabled());
    await show(assumed);
    assert.ok(await field('Shape of input image').isEnabled());
  });
  it('gives a long argument as many lines as it takes', async () => {
    await open();
    const long = `Config(${Array.from({ length: 12 }, (_, i) => `size_${i}=${i}`).join(', ')})`;
    await show({ ...assumed, arguments: [{ name: 'vocab_size', value: long, origin: 'assumed', reason: '' }, assumed.arguments[1]!] });
    await panel.settle();
    const { scrollHeight, clientHeight } = await field('Argument vocab_size').evaluate(({ scrollHeight, clientHeight }) => ({ scrollHeight, clientHeight }));
    assert.ok(clientHeight > 50 && scrollHeight <= clientHeight, `${scrollHeight} in ${clientHeight} px`);
  });
  it('says that a change does not fit the file any more', async () => {
    await open();
    await show(assumed, { choices, unfit: { Tagger: 'unexpected keyword argument `vocab_size`' } });
    assert.deepEqual(await problems(), ['What you changed does not fit the file any more and is left out: unexpected keyword argument vocab_size']);
    assert.ok(!await panel.page.locator('.model-call .is-changed').isVisible());
  });
  it('is readable in every theme, and has room in 420 px', async () => {
    await open({ width: 420, height: 700 });
    await show(chosen, { choices });
    for (const theme of Object.keys(themes) as (keyof typeof themes)[]) {
      await panel.setTheme(theme);
      const { checked, poor } = await panel.page.evaluate(() => window.fakeHost.poorTexts(4.5));
      assert.ok(checked > 50);
      assert.deepEqual(poor, [], theme);
    }
    const right = await panel.page.locator('.model-call-form > *:visible').evaluateAll((all) => Math.max(...all.map((one) => one.getBoundingClientRect().right)));
    assert.ok(right <= 420, `${right} px`);
  });
});
