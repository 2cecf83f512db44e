// Takes the README's pictures of the packaged extension: `npx tsx test/vscode/ui/pictures.ts`. With `--all`, also one of each example, into out/screens.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Workbench } from './workbench.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const media = (name: string) => path.join(root, 'media', name);

const workbench = await Workbench.start({
  folder: path.join(root, 'examples'),
  settings: { 'workbench.activityBar.location': 'hidden', 'workbench.statusBar.visible': false, 'activationLens.quickTrain.steps': 300, 'editor.fontSize': 13 },
}, { width: 1360, height: 860 });
const { page } = workbench;
try {
  await workbench.open('mnist_mlp.py');
  await workbench.lens('Show activations').click();
  await workbench.rows.first().waitFor();
  await page.keyboard.press('Control+b');
  await workbench.rows.filter({ hasText: 'relu' }).first().click();
  await page.mouse.move(5, 5);
  await page.waitForTimeout(1000);
  await page.screenshot({ path: media('panel.png') });

  const hover = await workbench.hover('nn.Linear(784');
  await page.waitForTimeout(800);
  const box = (await hover.boundingBox())!;
  const clip = { x: Math.max(0, box.x - 200), y: Math.max(0, box.y - 80), width: box.width + 220, height: box.height + 110 };
  await page.screenshot({ path: media('hover.png'), clip });
  await page.mouse.move(5, 5);

  await workbench.panel.locator('button', { hasText: 'Quick train' }).first().click();
  await workbench.panel.getByRole('tab', { name: 'Training' }).click();
  await workbench.panel.locator('.training-figure', { hasText: /step\s*(?:1[2-9]\d|2\d\d)/ }).first().waitFor({ timeout: 120_000 });
  const frame = (await page.locator('iframe.webview.ready').boundingBox())!;
  await page.screenshot({ path: media('training.png'), clip: { x: frame.x, y: frame.y, width: frame.width, height: Math.min(frame.height, 560) } });
  await workbench.panel.locator('button', { hasText: 'Stop' }).first().click();

  if (process.argv.includes('--all')) {
    await page.keyboard.press('Control+b');
    for (const example of readdirSync(path.join(root, 'examples')).filter((name) => name.endsWith('.py'))) {
      await workbench.open(example);
      await workbench.panel.getByRole('tab', { name: 'Layers' }).click();
      await page.waitForTimeout(2500);
      await workbench.picture(`example-${example.replace('.py', '')}`);
    }
  }
} finally {
  await workbench.stop();
}
