import { strict as assert } from 'node:assert';
import { drawn } from '../canvasPixels.ts';
import { broken, ready, snapshot } from '../fixtures.ts';
import { describePanel } from '../panelTests.ts';

describePanel('data that is not a histogram', (on) => {
  it('is drawn and said: all zero, constant, NaN, none', async () => {
    await on.open();
    await on.panel.show(snapshot(1, ready([broken()])));
    assert.deepEqual(await on.row('all_nan').locator('.cell').nth(6).innerText(), 'NaN');
    for (const [name, note] of [['all_zero', 'every value is 0'], ['constant', 'every value is 0.500'], ['some_nan', '1 NaN, 1 ∞, 1 −∞ not drawn'], ['all_nan', 'every value is NaN'], ['empty', 'no values']] as const) {
      await on.row(name).click();
      await on.panel.settle();
      const notes = await on.panel.page.locator('.detail .chart-large .chart-note').innerText();
      assert.ok(notes.includes(note), `${name}: ${notes}`);
      assert.ok((await drawn(on.row(name).locator('.sparkline'))).pixels > 50, name);
      // A note beside a histogram has its place to itself.
      if (['all_nan', 'empty'].includes(name)) continue;
      const top = await on.panel.page.locator('.detail .chart-large canvas').evaluate((canvas: HTMLCanvasElement) => {
        const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, Math.floor(14 * devicePixelRatio));
        return data.reduce((count, value, i) => count + Number(i % 4 === 3 && value > 0), 0);
      });
      assert.equal(top, 0, `${name}: something is drawn under the note`);
    }
  });
});
