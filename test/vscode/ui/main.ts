// Runs the tests of this folder: they drive the workbench in a browser, from outside.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import Mocha from 'mocha';
import { runToTheEnd } from '../rig/outcomes.ts';

const here = path.dirname(fileURLToPath(import.meta.url));
const grep = process.env.ACTIVATION_LENS_GREP;
const mocha = new Mocha({ ui: 'bdd', timeout: 120_000, reporter: 'spec', bail: process.env.ACTIVATION_LENS_BAIL !== undefined, ...(grep ? { grep } : {}) });
for (const name of readdirSync(here).sort()) if (name.endsWith('.test.ts')) mocha.addFile(path.join(here, name));
await mocha.loadFilesAsync();
process.exit(await runToTheEnd(mocha) > 0 ? 1 : 0);
