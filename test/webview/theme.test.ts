import { strict as assert } from 'node:assert';
import { pixelsNear } from './canvasPixels.ts';
import { classifier, content, failing, layer, model, nested, range, ready, snapshot, trainingAt } from './fixtures.ts';
import { describePanel } from './panelTests.ts';
import { themes } from './themes.ts';

describePanel('themes and widths', (on) => {
  for (const theme of Object.keys(themes) as (keyof typeof themes)[]) {
    it(`text has a contrast of 4.5 or more in ${theme}`, async () => {
      await on.open();
      await on.panel.setTheme(theme);
      const check = async (what: string) => {
        await on.panel.settle();
        const { checked, poor } = await on.panel.page.evaluate((least) => window.fakeHost.poorTexts(least), 4.5);
        assert.ok(checked > 10, `${what}: only ${checked} texts`);
        assert.deepEqual(poor, [], what);
      };
      await on.panel.show(snapshot(1, ready([classifier(), nested()], trainingAt(60, 'running', null)), 2));
      await check('layers');
      await on.row('fc3').click();
      await on.panel.page.locator('.definitions summary').click();
      await check('a selected row with the focus');
      await on.panel.page.locator('#tab-flow').click();
      await check('gradient flow');
      await on.panel.page.locator('#tab-training').click();
      await check('training');
      await on.panel.show(snapshot(2, { kind: 'failed', title: 'model.py', message: 'invalid syntax', last: content([failing()]), diagnostics: [{ kind: 'syntax', severity: 'error', message: '', range: range(3), hint: null }] }));
      await on.panel.page.locator('#tab-layers').click();
      await check('failed');
    });
  }

  it('charts take the colours of a theme the user changes to', async () => {
    await on.open();
    await on.panel.show(snapshot(1, ready([classifier()])));
    const sparkline = on.row('fc1').locator('.sparkline');
    assert.equal(await pixelsNear(sparkline, '#d67e00'), 0);
    await on.panel.setTheme('light');
    assert.ok(await pixelsNear(sparkline, '#d67e00') > 20);
    assert.ok(await pixelsNear(on.panel.page.locator('.chart-large canvas'), '#d67e00') > 100);
  });

  for (const width of [1200, 905, 680, 640, 580, 541, 500, 440, 420, 350, 290]) {
    it(`no column of the layers is cut at ${width} pixels, even with the widest shapes`, async () => {
      await on.open({ width, height: 900 });
      const convolutions = Array.from({ length: 30 }, (_, index) => layer({ index, path: `conv${index}`, type: 'Conv2d', outputShape: [32, 128, 112, 112], parameterCount: 2304 }));
      await on.panel.show(snapshot(1, ready([model('Wide', convolutions)])));
      const cut = await on.panel.page.evaluate(() => {
        const table = document.querySelector('.tab-panel-layers .table')!;
        const edge = table.getBoundingClientRect().left + table.clientLeft + table.clientWidth;
        return [...table.querySelectorAll('.cell')].filter((cell) => cell.checkVisibility() && cell.getBoundingClientRect().right > edge + 0.5).map((cell) => cell.className);
      });
      assert.deepEqual([...new Set(cut)], []);
    });
  }

  for (const width of [1200, 900, 620, 420]) {
    it(`no text overlaps or leaves the panel at ${width} pixels`, async () => {
      await on.open({ width, height: 900 });
      await on.panel.show(snapshot(1, ready([classifier(), nested()], trainingAt(60, 'running', classifier(0.2))), 2));
      for (const tab of ['layers', 'flow', 'training']) {
        await on.panel.page.locator(`#tab-${tab}`).click();
        await on.panel.settle();
        const faults = await on.panel.page.evaluate(() => {
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
