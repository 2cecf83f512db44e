// The worker thread of the runtime: the interpreter, the engine and training live here, behind one Rpc.
import { setFlagsFromString } from 'node:v8';
import { parentPort, workerData } from 'node:worker_threads';
import type { Message } from '../protocol/rpc.ts';
import { Rpc } from '../protocol/rpc.ts';
import type { RuntimeClientContract, RuntimeContract } from '../protocol/runtimeApi.ts';
import { Interpreter } from '../python/interpreter.ts';
import { Interrupt } from '../python/interrupt.ts';
import { hdf5Loader, readAssets } from './assets.ts';
import { startEngine } from './engine.ts';
import { lockDownGlobals } from './lockdown.ts';
import { RuntimeService } from './service.ts';
import type { BrokenMessage } from './main.ts';
import { SharedState } from './sharedState.ts';

const { shared: buffer, folder, revectorize } = workerData as { shared: SharedArrayBuffer; folder: string; revectorize: boolean };
const port = parentPort!;
const shared = new SharedState(buffer);
const started = performance.now();

/**
 * How much of a WebAssembly function runs before V8 optimizes it, in bytes of code; what holds when a module is compiled holds for its functions. Optimizing the
 * interpreter takes the processors that its first runs need, so that waits; kernels are worth it soon.
 */
const budgets = { interpreter: 40_000_000, kernels: 1_800_000 };
const optimizeAfter = (bytes: number) => setFlagsFromString(`--wasm-tiering-budget=${bytes}`);

const protections = activeProtections();
optimizeAfter(budgets.interpreter);
const interpreter = await Interpreter.load({
  ...readAssets(folder),
  interrupt: new Interrupt(() => performance.now(), (limitMs) => shared.setPythonLimit(limitMs)),
  onOutput: (text) => rpc.emit('log', { level: 'info', text }),
});
optimizeAfter(budgets.kernels);
const { engine, description } = startEngine(folder, {
  revectorize,
  onThreadLost: (reason) => rpc.emit('log', { level: 'warning', text: `The tensor engine goes on without one of its threads: ${reason}` }),
});
const service = new RuntimeService(interpreter, engine, shared, {
  log: (level, text) => rpc.emit('log', { level, text }),
  progress: (progress) => rpc.emit('trainingProgress', progress),
  inspecting: (stage) => rpc.emit('inspecting', stage),
}, hdf5Loader(folder));
const rpc: Rpc<RuntimeContract, RuntimeClientContract> = new Rpc(answer, service.handlers, {});
lockDownGlobals();
port.on('message', (message: Message) => {
  if (message.type === 'request') service.nextRequest = message.id;
  rpc.receive(message);
});
rpc.emit('ready', { startupMs: performance.now() - started, protections, engine: description });

/** What an interpreter that broke has to say is no answer: the supervisor asks another worker. */
function answer(message: Message): void {
  port.postMessage(interpreter.failure === undefined ? message : { type: 'broken', reason: interpreter.failure } satisfies BrokenMessage);
}

/** What this process runs under, in words for the output channel. */
function activeProtections(): string[] {
  const permission = (process as { permission?: { has(scope: string): boolean } }).permission;
  const active = ['closed doors'];
  try {
    new Function('return 1');
  } catch {
    active.push('no code from strings');
  }
  if (permission) active.push('no writes', 'no child processes', 'reads limited to the extension and the workspace');
  return active;
}
