// Runs a Python file against the shims and prints what it printed: `npx tsx test/python/run.ts FILE.py`.
import { readFileSync } from 'node:fs';
import { runPython } from './harness.ts';

const file = process.argv[2]!;
const { stdout, errors } = await runPython(readFileSync(file, 'utf8'), { file: '/workspace/' + file.split('/').pop() });
process.stdout.write(stdout);
process.stderr.write(errors);
process.exit(errors ? 1 : 0);
