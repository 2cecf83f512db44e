// What VS Code calls to run the suite in its extension host. The test files lie beside this one, bundled.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { runToTheEnd } from '../rig/outcomes.ts';

export async function run(): Promise<void> {
  const { default: Mocha } = await import('mocha');
  const grep = process.env.ACTIVATION_LENS_GREP;
  const mocha = new Mocha({ ui: 'bdd', color: false, timeout: 60_000, reporter: 'spec', ...(grep ? { grep } : {}) });
  for (const name of readdirSync(__dirname).sort()) if (name.endsWith('.test.cjs')) mocha.addFile(path.join(__dirname, name));
  const failures = await runToTheEnd(mocha);
  if (failures > 0) throw new Error(`${failures} failed`);
}
