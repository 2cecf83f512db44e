// What is changed of a file or its models by way of the extension: what was assumed, and what mends an error.
import { strict as assert } from 'node:assert';
import { Workbench } from './workbench.ts';

describe('changing what was assumed', () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await Workbench.start();
  });
  after(() => workbench.stop());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.picture(`failed-${this.currentTest.title.replace(/\W+/g, '-').slice(0, 60)}`);
  });

  const field = (label: string) => workbench.panel.getByLabel(label, { exact: true });
  const row = (name: string, shape: string) => workbench.rows.filter({ hasText: name }).filter({ hasText: shape }).first();
  const changed = () => workbench.panel.locator('.model-call .is-changed');
  const openForm = async () => {
    if (!(await field('Argument num_classes').isVisible())) await workbench.panel.locator('.model-call summary').click();
  };
  const editor = (text: string) => workbench.page.locator('.view-line').filter({ hasText: text.replaceAll(' ', '\u00a0') }).first();

  it('shows arguments and input with where they come from', async () => {
    await workbench.open('assumed.py');
    await workbench.lens('Show activations').click();
    await row('head', '(32, 10)').waitFor();
    await openForm();
    assert.equal(await field('Argument num_classes').inputValue(), '10');
    assert.equal(await field('Argument width').inputValue(), '8');
    assert.match(await field('Shape of input x').inputValue(), /^32, 3, \d+, \d+$/);
    assert.match(await workbench.panel.locator('.form-row', { hasText: 'num_classes' }).locator('.origin').innerText(), /^assumed/);
    await workbench.picture('model-call-dark');
  });
  it('makes the model anew with Enter', async () => {
    await field('Argument num_classes').fill('7');
    await workbench.page.keyboard.press('Enter');
    await row('head', '(32, 7)').waitFor();
    await changed().waitFor();
    await field('Shape of input x').fill('4, 3, 20, 20');
    await workbench.page.keyboard.press('Enter');
    await row('conv', '(4, 8, 18, 18)').waitFor();
    await workbench.picture('model-call-changed-dark');
  });
  it('says beside the field why it cannot, and all else stays', async () => {
    await field('Argument num_classes').fill('seven');
    await workbench.page.keyboard.press('Enter');
    await workbench.panel.locator('.field-problem', { hasText: "Classifier was not constructed: NameError: name 'seven' is not defined" }).waitFor();
    await workbench.picture('model-call-refused-dark');
    await workbench.page.keyboard.press('Escape');
    assert.equal(await field('Argument num_classes').inputValue(), '7');
    await field('Shape of input x').fill('4, 5, 20, 20');
    await workbench.page.keyboard.press('Enter');
    await workbench.panel.locator('.field-problem', { hasText: 'to have 3 channels, but got 5 channels instead' }).waitFor();
    assert.ok(await row('head', '(4, 7)').isVisible());
    await workbench.page.keyboard.press('Escape');
  });
  it('is remembered when the window is loaded anew', async () => {
    // The editor stores what extensions keep every now and then.
    await workbench.page.waitForTimeout(3000);
    await workbench.page.reload();
    await workbench.open('assumed.py');
    // Whether the panel comes back by itself is up to when the editor last stored its layout.
    await workbench.lens('Show activations').click();
    await row('head', '(4, 7)').waitFor({ timeout: 60_000 });
    await changed().waitFor();
    await openForm();
  });
  it('is written into the file as a comment, which can be undone', async () => {
    await workbench.panel.getByText('Write into the file').click();
    await editor('# lens: args=(num_classes=7), input=(x=4x3x20x20)').waitFor();
    await changed().waitFor({ state: 'hidden' });
    await row('head', '(4, 7)').waitFor();
    await workbench.panel.locator('.origin', { hasText: 'from the comment in the file' }).first().waitFor();
    await workbench.picture('model-call-written-dark');
    await workbench.page.locator('.view-line').first().click();
    await workbench.page.keyboard.press('Control+z');
    await row('head', '(32, 10)').waitFor();
  });
  it('is reset to what is assumed', async () => {
    await field('Argument width').fill('16');
    await workbench.page.keyboard.press('Enter');
    await row('conv', '(32, 16,').waitFor();
    await workbench.panel.getByLabel('Reset width').click();
    await row('conv', '(32, 8,').waitFor();
    await changed().waitFor({ state: 'hidden' });
  });
  it('is left out, and said to be, where the file does not take it any more', async () => {
    await field('Argument in_channels').fill('6');
    await workbench.page.keyboard.press('Enter');
    await changed().waitFor();
    const { x, y } = await workbench.placeOf('super().__init__()');
    await workbench.page.mouse.click(x, y);
    await workbench.page.keyboard.press('End');
    await workbench.page.keyboard.press('Enter');
    await workbench.page.keyboard.type('assert in_channels == 3');
    await workbench.panel.locator('.model-call > .field-problem', { hasText: 'does not fit the file any more' }).waitFor();
    assert.equal(await field('Argument in_channels').inputValue(), '3');
    await workbench.picture('model-call-unfit-dark');
    await workbench.panel.getByText('Reset all').click();
    await workbench.panel.locator('.model-call > .field-problem', { hasText: 'does not fit the file any more' }).waitFor({ state: 'hidden' });
  });
});

describe('a quick fix', () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await Workbench.start({ settings: { 'workbench.colorTheme': 'Light Modern' } }, { width: 1000, height: 800 });
  });
  after(() => workbench.stop());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.picture(`failed-${this.currentTest.title.replace(/\W+/g, '-').slice(0, 60)}`);
  });

  const mended = () => workbench.lens('404 parameters · (8, 20) → (8, 4)');

  it('of a shape error changes the layer\'s argument', async () => {
    await workbench.open('mismatch.py');
    await workbench.page.locator('.squiggly-error').first().waitFor();
    const { x, y } = await workbench.placeOf('self.second(x)');
    await workbench.page.mouse.click(x, y);
    await workbench.fixes('Change in_features to 16');
    await workbench.picture('quick-fix-light');
    await workbench.page.keyboard.press('Enter');
    await mended().waitFor();
    await workbench.page.locator('.view-line').filter({ hasText: 'nn.Linear(16,' }).first().waitFor();
    await workbench.page.keyboard.press('Control+z');
    await workbench.page.locator('.squiggly-error').first().waitFor();
  });
  it('is offered in the panel too', async () => {
    await workbench.lens('Show activations').click();
    await workbench.panel.locator('.notice', { hasText: 'mat1 and mat2 shapes' }).waitFor();
    await workbench.page.keyboard.press('Control+b');
    await workbench.picture('quick-fix-panel-light');
    await workbench.panel.locator('.model-call summary').click();
    await workbench.picture('model-call-narrow-light');
    await workbench.panel.getByRole('button', { name: 'Change in_features to 16' }).click();
    await mended().waitFor();
  });
});
