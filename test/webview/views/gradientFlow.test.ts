import { strict as assert } from 'node:assert';
import { pixelsNear } from '../canvasPixels.ts';
import { broken, classifier, failing, large, range, ready, snapshot } from '../fixtures.ts';
import { describePanel } from '../panelTests.ts';

const purple = '#b180d7';

describePanel('gradient flow', (on) => {
  it('reveals the source of a clicked bar', async () => {
    await on.open();
    await on.panel.show(snapshot(1, ready([classifier()])));
    await on.panel.page.locator('#tab-flow').click();
    await on.panel.settle();
    await on.panel.page.locator('.flow-scroll').click({ position: { x: 300, y: 26 + 24 + 12 } });
    assert.deepEqual(await on.panel.requests('reveal'), [{ range: range(35), focus: true }]);
    assert.match(await on.panel.page.locator('.flow-status').innerText(), /fc2.*mean 3\.\de−4/s);
    await on.panel.page.keyboard.press('ArrowDown');
    await on.panel.page.keyboard.press('Enter');
    assert.deepEqual((await on.panel.requests('reveal'))[1], { range: range(36), focus: true });
  });

  it('changes to the weights', async () => {
    await on.open();
    await on.panel.show(snapshot(1, ready([classifier()])));
    await on.panel.page.locator('#tab-flow').click();
    await on.panel.page.getByRole('button', { name: 'Weights' }).click();
    await on.panel.settle();
    await on.panel.page.locator('.flow-scroll').hover({ position: { x: 300, y: 26 + 12 } });
    await on.panel.settle();
    assert.match(await on.panel.page.locator('.flow-status').innerText(), /fc1\.weight/);
  });

  it('scrolls through 2,000 bars under a standing axis', async () => {
    await on.open();
    await on.panel.show(snapshot(1, ready([large(2000)])));
    await on.panel.page.locator('#tab-flow').click();
    await on.panel.settle();
    await on.panel.page.locator('.flow-scroll').evaluate((one) => { one.scrollTop = one.scrollHeight; });
    await on.panel.settle();
    const box = (await on.panel.page.locator('.flow-scroll').boundingBox())!;
    assert.ok((await on.panel.page.locator('.flow-canvas canvas').boundingBox())!.height < 2 * box.height);
    await on.panel.page.locator('.flow-scroll').click({ position: { x: 300, y: box.height - 12 } });
    await on.panel.settle();
    assert.match(await on.panel.page.locator('.flow-status').innerText(), /blocks\.1999\.linear/);
    assert.ok(await pixelsNear(on.panel.page.locator('.flow-canvas canvas'), purple) > 2000);
  });

  it('says so where no gradient is known', async () => {
    await on.open();
    await on.panel.show(snapshot(1, ready([failing()])));
    await on.panel.page.locator('#tab-flow').click();
    await on.panel.settle();
    assert.match(await on.panel.page.locator('.flow .empty-tab').innerText(), /No gradients are known/);
  });


  it('does not break the gradient flow: zero and NaN are hatched, the rest keep their axis', async () => {
    await on.open();
    await on.panel.show(snapshot(1, ready([broken()])));
    await on.panel.page.locator('#tab-flow').click();
    await on.panel.settle();
    const canvas = on.panel.page.locator('.flow-canvas canvas');
    assert.ok(await pixelsNear(canvas, purple) > 2000);
    assert.ok(await pixelsNear(canvas, '#f14c4c') > 500);
    await on.panel.page.locator('.flow-scroll').focus();
    for (const expected of [/good.*mean/s, /all_zero.*mean 0/s, /constant/, /some_nan.*mean NaN/s, /all_nan.*mean NaN/s, /empty.*no gradient/s]) {
      await on.panel.page.keyboard.press('ArrowDown');
      await on.panel.settle();
      assert.match(await on.panel.page.locator('.flow-status').innerText(), expected);
    }
  });
});
