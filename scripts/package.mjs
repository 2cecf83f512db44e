// Makes the .vsix: builds, packs what .vscodeignore lets in, prints where it is and how large. Pictures of the README are in the package themselves.
import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import { installDependencies, root } from './dependencies.mjs';

installDependencies();
const { name, version } = createRequire(import.meta.url)('../package.json');
const vsix = path.join(root, `${name}-${version}.vsix`);
const run = (...words) => execFileSync(process.execPath, words, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });

if (!process.argv.includes('--no-build')) run('esbuild.mjs', '--production');
run('node_modules/@vscode/vsce/vsce', 'package', '--no-dependencies', '--allow-missing-repository', '--skip-license', '--no-rewrite-relative-links', '--out', vsix);
console.log(`${vsix}: ${(statSync(vsix).size / 1e6).toFixed(1)} MB`);
