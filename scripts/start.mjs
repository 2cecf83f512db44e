// The first command on a fresh machine: installs, builds, and shows what every layer of a model file does.
import { installDependencies, root, run } from './dependencies.mjs';

installDependencies();
run(process.execPath, ['esbuild.mjs']);
const file = process.argv[2] ?? 'examples/mnist_mlp.py';
run(process.execPath, ['dist/cli.js', 'inspect', file]);
console.log(`
To see it in the editor: npm run workbench (VS Code in the browser, with the examples open),
or press F5 in VS Code with this folder open (${root}).`);
