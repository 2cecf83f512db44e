// The runtime process: a supervisor that hears its parent while the worker thread is busy. It passes messages on, marks
// cancelled requests where the worker looks, and ends the process when model code cannot be interrupted.
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Message } from '../protocol/rpc.ts';
import { revectorizeArgument } from './launch.ts';
import { SharedState } from './sharedState.ts';

/** Exit status after model code that had to be killed; the parent acts on the `StuckError` that it is told before. */
const stuckExitCode = 86;
/** How long after its limit Python may take to come to a bytecode where it can be interrupted. */
const graceMs = 3000;

const shared = new SharedState();
const open = new Set<number>();
const worker = new Worker(fileURLToPath(new URL('./runtimeWorker.js', import.meta.url)), {
  workerData: { shared: shared.buffer, revectorize: process.argv.includes(revectorizeArgument), folder: fileURLToPath(new URL('.', import.meta.url)) },
  resourceLimits: { maxOldGenerationSizeMb: 16_384 },
});

function toParent(message: Message): void {
  if (message.type === 'result' || message.type === 'error') open.delete(message.id);
  process.send?.(message);
}

worker.on('message', toParent);
worker.on('error', (error) => endAll(error.name, `the runtime failed: ${error.message}`, 70));
worker.on('exit', () => endAll('Error', 'the runtime ended', 70));

process.on('message', (message: Message) => {
  if (message.type === 'request') {
    open.add(message.id);
    shared.beginRequest(message.id);
  } else if (message.type === 'cancel') {
    shared.cancel(message.id);
  }
  worker.postMessage(message);
});
process.on('disconnect', () => process.exit(0));
// Ctrl-C reaches the whole process group; the command decides what it means.
process.on('SIGINT', () => {});

let runningSince = 0;
let watchedRun = 0;
setInterval(() => {
  const limit = shared.pythonLimitMs;
  const run = shared.pythonRun;
  if (run !== watchedRun) {
    watchedRun = run;
    runningSince = Date.now();
  } else if (limit > 0 && Date.now() - runningSince > limit + graceMs) {
    endAll('StuckError', `line ${shared.statementLine}: did not stop after ${limit / 1000} s, and could not be interrupted`, stuckExitCode);
  }
}, 250);

function endAll(name: string, message: string, code: number): void {
  for (const id of open) process.send?.({ type: 'error', id, name, message } satisfies Message);
  open.clear();
  // The channel is asynchronous: the messages are out before it is closed.
  setTimeout(() => process.exit(code), 20);
}
