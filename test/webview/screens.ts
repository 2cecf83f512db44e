// Pictures of the panel in every theme and two widths, into out/screens: run with `npx tsx test/webview/screens.ts` and look.
import { mkdirSync } from 'node:fs';
import { broken, classifier, failing, large, nested, ready, snapshot, trainingAt, content } from './fixtures.ts';
import { bundle, launchChromium, openPanel } from './panelPage.ts';
import { themes } from './themes.ts';

const folder = 'out/screens';
mkdirSync(folder, { recursive: true });
const only = process.argv[2];
const files = await bundle();
const browser = await launchChromium();
const states = {
  classifier: snapshot(1, ready([classifier(), nested()]), 4),
  nested: snapshot(1, ready([nested()])),
  broken: snapshot(1, ready([broken()])),
  failing: snapshot(1, { ...ready([failing()]), diagnostics: [{ kind: 'shape', severity: 'error', message: 'mat1 and mat2 shapes cannot be multiplied (32x784 and 780x256)', range: { file: 'model.py', line: 36, column: 12, endLine: 36, endColumn: 20 }, hint: 'fc3 has in_features=780, but is given 784.' }] } as never),
  syntax: snapshot(1, { kind: 'failed', title: 'model.py', diagnostics: [{ kind: 'syntax', severity: 'error', message: 'invalid syntax', range: { file: 'model.py', line: 12, column: 3, endLine: 12, endColumn: 4 }, hint: null }], message: 'invalid syntax', last: content([classifier()]) }),
  loading: snapshot(1, { kind: 'loading', title: 'model.py', stage: null, last: null }),
  training: snapshot(1, ready([classifier()], trainingAt(120, 'running', classifier(0.3)))),
  ended: snapshot(1, ready([classifier()], trainingAt(200, 'ended', classifier(0.3)))),
  deep: snapshot(1, ready([large(2000)])),
} as const;
for (const [width, height] of [[1200, 800], [420, 900]] as const) {
  for (const theme of Object.keys(themes) as (keyof typeof themes)[]) {
    for (const [name, state] of Object.entries(states)) {
      if (theme !== 'dark' && !['classifier', 'training', 'syntax'].includes(name)) continue;
      if (only !== undefined && !`${name}-${theme}-${width}`.includes(only)) continue;
      const panel = await openPanel(browser, files, { width, height });
      await panel.setTheme(theme);
      await panel.show(state);
      if (name === 'classifier') await panel.page.locator('.rows .row', { hasText: 'fc3' }).click();
      if (name === 'training' || name === 'ended') await panel.page.locator('#tab-training').click();
      await panel.settle();
      await panel.page.screenshot({ path: `${folder}/${name}-${theme}-${width}.png` });
      if (['classifier', 'broken', 'deep'].includes(name)) {
        await panel.page.locator('#tab-flow').click();
        await panel.settle();
        await panel.page.screenshot({ path: `${folder}/${name}-flow-${theme}-${width}.png` });
      }
      await panel.close();
    }
  }
}
await browser.close();
