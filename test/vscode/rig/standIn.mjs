#!/usr/bin/env node
// Stands in for the VS Code executable of `@vscode/test-electron`: takes the same words, runs the suite in code-server, ends with the same status.
import path from 'node:path';
import { runInHost } from './runInHost.mjs';

const words = process.argv.slice(2);
const option = (name) => words.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3);
const folder = words.find((word) => !word.startsWith('-')) ?? process.cwd();

process.exitCode = await runInHost({
  extension: path.resolve(option('extensionDevelopmentPath')),
  tests: path.resolve(option('extensionTestsPath')),
  workspace: path.resolve(folder),
  results: process.env.ACTIVATION_LENS_RESULTS,
});
