// VS Code's workbench in the browser, with the extension of this tree and the examples open: `npm run workbench [FOLDER]`.
import { join, resolve } from 'node:path';
import { installDependencies, root, run } from './dependencies.mjs';

installDependencies();
run(process.execPath, ['scripts/package.mjs']);
const { startServer, workbenchUrl } = await import('../test/vscode/rig/server.mjs');
const { version } = (await import('node:module')).createRequire(import.meta.url)('../package.json');
const server = await startServer({ vsix: join(root, `activation-lens-${version}.vsix`) });
console.log(`\nOpen ${workbenchUrl(server, resolve(process.argv[2] ?? join(root, 'examples')))}
Then open a file, and run "Activation Lens: Open Activation Panel" from the command palette (F1). Ctrl+C ends it.`);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void server.stop().then(() => process.exit(0)));
