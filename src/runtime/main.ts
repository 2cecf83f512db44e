// The runtime process: a supervisor that hears its parent while the worker thread is busy. It passes messages on and marks cancelled
// requests where the worker looks. Where model code cannot be interrupted, or brings the interpreter down, it starts another worker and has
// the file run again without that part: all else of the file is still shown.
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Message } from '../protocol/rpc.ts';
import type { Avoided, InspectRequest } from '../protocol/runtimeApi.ts';
import { revectorizeArgument } from './launch.ts';
import { SharedState } from './sharedState.ts';

type RequestMessage = Extract<Message, { type: 'request' }>;
/** What a worker says besides: its interpreter can run nothing more. */
export interface BrokenMessage {
  readonly type: 'broken';
  readonly reason: string;
}

/** How long after its limit Python may take to come to a bytecode where it can be interrupted. */
const graceMs = 3000;
/** Requests that were made again because their worker fell by what an earlier one had left in it, for all that is known. */
const repeated = new Set<number>();
/** Deep enough for as many calls from C into Python, each a dozen frames of WebAssembly, as CPython allows itself: it then raises, and is not brought down. */
const stackMiB = 64;
/** A file that brings down so many workers is not run again. */
const mostAvoided = 3;

const shared = new SharedState();
const open = new Map<number, RequestMessage>();
let worker = startWorker();

function startWorker(): Worker {
  const started = new Worker(fileURLToPath(new URL('./runtimeWorker.js', import.meta.url)), {
    workerData: { shared: shared.buffer, revectorize: process.argv.includes(revectorizeArgument), folder: fileURLToPath(new URL('.', import.meta.url)) },
    resourceLimits: { maxOldGenerationSizeMb: 16_384, stackSizeMb: stackMiB },
  });
  started.on('message', (message: Message | BrokenMessage) => {
    if (started !== worker) return;
    if (message.type === 'broken') restart(message.reason);
    else toParent(message);
  });
  started.on('error', (error) => started === worker && restart(`the runtime failed: ${error.message}`));
  started.on('exit', () => started === worker && restart('the runtime ended'));
  return started;
}

function toParent(message: Message): void {
  if (message.type === 'result' || message.type === 'error') {
    open.delete(message.id);
    repeated.delete(message.id);
  }
  process.send?.(message);
}

process.on('message', (message: Message) => {
  if (message.type === 'request') {
    open.set(message.id, message);
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
    restart(`it did not stop after ${limit / 1000} s, and could not be interrupted`);
  }
}, 250);

/** Ends the worker and starts another, which is asked again what was open: without the part that was running, if it is known. */
function restart(reason: string): void {
  const culprit = open.get(shared.runningRequest);
  const part = culprit && (shared.calledModel >= 0 ? { model: shared.calledModel } : shared.statementLine > 0 ? { line: shared.statementLine } : undefined);
  const ended = worker;
  worker = startWorker();
  void ended.terminate();
  shared.setPythonLimit(0);
  for (const request of open.values()) {
    const again = request !== culprit ? request : part ? without(request, { part, reason }) : repeated.has(request.id) ? undefined : request;
    if (request === culprit && !part) repeated.add(request.id);
    if (again && request.method === 'inspect' && !shared.isCancelled(request.id)) {
      open.set(request.id, again);
      worker.postMessage(again);
    } else {
      const place = request === culprit && part && 'line' in part ? `line ${part.line}: ` : '';
      toParent({ type: 'error', id: request.id, name: 'EndedError', message: `${place}${reason}` });
    }
  }
}

function without(request: RequestMessage, avoided: Avoided): RequestMessage | undefined {
  const params = request.params as InspectRequest;
  const before = params.avoided ?? [];
  return before.length < mostAvoided ? { ...request, params: { ...params, avoided: [...before, avoided] } } : undefined;
}
