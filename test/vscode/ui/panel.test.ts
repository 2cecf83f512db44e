import { strict as assert } from 'node:assert';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Workbench } from './workbench.ts';

async function pictureOfFailure(test: Mocha.Test | undefined, workbench: Workbench): Promise<void> {
  if (test?.state === 'failed') await workbench.picture(`failed-${test.title.replace(/\W+/g, '-').slice(0, 60)}`);
}

describe('the packaged extension in the workbench', () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await Workbench.start();
  });
  after(() => workbench.stop());
  afterEach(function () {
    return pictureOfFailure(this.currentTest, workbench);
  });

  const row = (text: string) => workbench.rows.filter({ hasText: text }).first();
  /** Which file and which tab come back is a race of the editor's: it may not have stored yet which one was chosen last. */
  const loadAnew = async () => {
    await workbench.page.reload();
    await workbench.open('classifier.py');
    await workbench.panel.getByRole('tab', { name: 'Layers' }).click({ timeout: 60_000 });
  };
  const cursor = () => workbench.page.locator('[id="status.editor.selection"]').innerText();

  it('opens the panel from the palette, with a row for each layer', async () => {
    await workbench.open('classifier.py');
    // The palette lists commands of extensions that are not there yet; on a busy machine it can be asked too early.
    await workbench.lens('235,146 parameters').waitFor();
    await workbench.command('Activation Lens: Open Activation Panel');
    await row('head').waitFor();
    const labels = await workbench.rows.evaluateAll((rows) => rows.map((each) => each.querySelector('.label')?.textContent));
    assert.deepEqual(labels.filter((label) => ['hidden', 'middle', 'head'].includes(label ?? '')), ['hidden', 'middle', 'head']);
    assert.match(await row('hidden').innerText(), /\(32, 256\)/);
    await workbench.picture('panel-dark');
  });
  it('shows a layer\'s detail when its row is clicked', async () => {
    await row('middle').click();
    await workbench.panel.locator('.detail h2', { hasText: 'middle' }).waitFor();
    const drawn = await workbench.panel.locator('.detail canvas').first().evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      return data.some((value) => value !== 0);
    });
    assert.ok(drawn, 'the histogram is blank');
  });
  it('puts the cursor on the source when its link is clicked', async () => {
    await workbench.panel.locator('.detail .sources button', { hasText: 'defined' }).click();
    await workbench.page.waitForFunction(() => /Ln 10/.test(document.getElementById('status.editor.selection')?.textContent ?? ''));
    assert.match(await cursor(), /\(\d+ selected\)/);
  });
  it('lights up the row of the layer under the cursor', async () => {
    const { x, y } = await workbench.placeOf('self.head(x)');
    await workbench.page.mouse.click(x, y);
    await workbench.panel.locator('[role="row"].is-cursor', { hasText: 'head' }).waitFor();
  });
  it('shows a hover with figures and a picture that is really drawn', async () => {
    const hover = await workbench.hover('nn.Linear(784, 256)');
    assert.match(await hover.innerText(), /200,960 parameters/);
    const picture = hover.locator('img');
    await picture.waitFor();
    assert.ok(await picture.evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth > 100));
    await workbench.picture('hover-dark');
  });
  it('goes from the hover to the layer in the panel', async () => {
    const hover = await workbench.hover('nn.Linear(784, 256)');
    await hover.locator('a', { hasText: 'Show in panel' }).click();
    await workbench.panel.locator('.detail h2', { hasText: 'hidden' }).waitFor();
    await workbench.page.mouse.move(700, 880);
  });
  it('follows an edit', async () => {
    const { x, y } = await workbench.placeOf('784, 256');
    await workbench.page.mouse.dblclick(x + 20, y);
    await workbench.page.keyboard.type('200');
    await workbench.page.keyboard.press('Escape');
    await row('hidden').filter({ hasText: '(32, 200)' }).waitFor();
    await workbench.panel.locator('.notice', { hasText: 'mat1 and mat2 shapes cannot be multiplied (32x200 and 256x128)' }).first().waitFor();
    await workbench.page.locator('.squiggly-error').first().waitFor();
    await workbench.picture('shape-error-dark');
    await workbench.page.keyboard.press('Control+z');
    await row('hidden').filter({ hasText: '(32, 256)' }).waitFor();
  });
  it('trains from the panel, with curves that grow', async () => {
    await workbench.open('points.py');
    await row('0').waitFor();
    await workbench.panel.locator('button', { hasText: 'Quick train' }).first().click();
    await workbench.panel.locator('.training-figure', { hasText: 'loss' }).waitFor();
    await workbench.picture('training-dark');
    await workbench.panel.locator('.training-end').waitFor({ timeout: 60_000 });
    await workbench.picture('training-ended-dark');
  });
  it('comes back with its rows when the window is loaded anew', async () => {
    await workbench.open('classifier.py');
    await row('hidden').waitFor();
    await loadAnew();
    await row('hidden').waitFor({ timeout: 60_000 });
  });
  for (const [theme, name] of [['Light Modern', 'light'], ['Default High Contrast', 'high-contrast'], ['Default High Contrast Light', 'high-contrast-light']] as const) {
    it(`is readable in the theme ${theme}`, async () => {
      const file = path.join(workbench.server.data, 'User/settings.json');
      writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), 'workbench.colorTheme': theme }));
      await loadAnew();
      const kind = { light: 'vscode-light', 'high-contrast': 'vscode-high-contrast', 'high-contrast-light': 'vscode-high-contrast-light' }[name];
      await workbench.panel.locator(`body.${kind}`).waitFor({ timeout: 60_000 });
      await row('hidden').click();
      await workbench.hover('nn.Linear(784, 256)');
      await workbench.page.waitForTimeout(400);
      await workbench.picture(`panel-${name}`);
      const isAlike = await row('hidden').locator('.label').evaluate((label) => getComputedStyle(label).color === getComputedStyle(document.body).backgroundColor);
      assert.ok(!isAlike, 'text in the colour of its ground');
    });
  }
  it('met no error and no violation of its policy', () => assert.deepEqual(workbench.errors, []));
});

describe('a workspace that is not trusted', () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await Workbench.start({ isRestricted: true, settings: { 'activationLens.quickTrain.steps': 20_000 } });
  });
  after(() => workbench.stop());
  afterEach(function () {
    return pictureOfFailure(this.currentTest, workbench);
  });

  it('is shown as restricted, and the panel works all the same', async () => {
    await workbench.page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor();
    await workbench.open('classifier.py');
    await workbench.lens('235,146 parameters').waitFor();
    await workbench.lens('Show activations').click();
    await workbench.rows.filter({ hasText: 'head' }).first().waitFor();
    await workbench.picture('restricted');
  });
  it('shows the progress of a run, and Cancel ends it', async () => {
    await workbench.lens('Quick train').click();
    // The driver that this rig needs keeps notifications from popping up: they wait behind the bell.
    await workbench.page.locator('[id="status.notifications"]').click();
    const notification = workbench.page.locator('.notification-list-item', { hasText: 'Quick train' });
    await notification.filter({ hasText: /step \d+ of 20000 · loss/ }).waitFor();
    await workbench.picture('training-progress');
    await notification.locator('a.monaco-button', { hasText: 'Cancel' }).click();
    await notification.waitFor({ state: 'detached' });
    await workbench.panel.locator('.training-end', { hasText: 'stopped' }).waitFor();
  });
});
