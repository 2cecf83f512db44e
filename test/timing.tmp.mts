import { launchRuntime } from '../src/runtime/launch.ts';
import { readFileSync } from 'node:fs';
const file = process.argv[2];
const t0 = performance.now();
const c = await launchRuntime({ entry: process.argv[3] ?? '/work/main/dist/runtime.js', readableRoots: ['/tmp'], events: { ready() {}, log: () => {}, trainingProgress() {} } as any, onStderr: (t) => console.error(t) });
const ready = performance.now() - t0;
const out: string[] = [];
for (let i = 0; i < 4; i++) {
  const t = performance.now();
  const r: any = await c.rpc.call('inspect', { source: { path: file, text: readFileSync(file, 'utf8') }, root: null, overlays: [], options: { seed: 0, mode: 'train', timeLimitSeconds: 100, memoryLimitMiB: 8192 } } as any);
  out.push(`${Math.round(performance.now() - t)} (py ${Math.round(r.durationMs.python)} engine ${Math.round(r.durationMs.engine)})`);
}
console.log('ready', Math.round(ready), out.join(' | '));
c.dispose(); process.exit();
