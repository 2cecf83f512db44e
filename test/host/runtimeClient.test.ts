import { strict as assert } from 'node:assert';
import { RuntimeClient } from '../../src/host/runtimeClient.ts';
import type { RuntimeConnection } from '../../src/host/runtimeClient.ts';
import { CancelledError, Rpc } from '../../src/protocol/rpc.ts';
import type { Message, RequestHandlers } from '../../src/protocol/rpc.ts';
import type { InspectRequest, InspectResult, RuntimeClientContract, RuntimeContract } from '../../src/protocol/runtimeApi.ts';
import { modelFile, model, result } from './reports.ts';

/** Processes that live in this one: they speak the real protocol, and die when told. */
class Processes {
  readonly started: { roots: readonly string[]; die(): void; isDead: boolean }[] = [];
  /** Ends the training that goes on. */
  endTraining = (): void => {};
  readonly log: string[] = [];
  readonly client: RuntimeClient;

  constructor(inspect: (request: InspectRequest, signal: AbortSignal, process: number) => Promise<InspectResult> | InspectResult, graceSeconds = 60) {
    this.client = new RuntimeClient(async (roots, events): Promise<RuntimeConnection> => {
      const exits: ((code: number | null, signal: string | null) => void)[] = [];
      const number = this.started.length;
      let isDead = false;
      const handlers = { inspect: (request: InspectRequest, signal: AbortSignal) => inspect(request, signal, number), train: () => new Promise<string>((resolve) => (this.endTraining = () => resolve('trained'))) } as unknown as RequestHandlers<RuntimeContract>;
      const there = new Rpc<RuntimeContract, RuntimeClientContract>((message: Message) => queueMicrotask(() => !isDead && here.receive(message)), handlers, {});
      const here: RuntimeConnection['rpc'] = new Rpc((message) => queueMicrotask(() => !isDead && there.receive(message)), {}, events);
      const die = () => {
        if (isDead) return;
        isDead = true;
        here.close('the runtime ended (SIGKILL)');
        for (const exit of exits) exit(null, 'SIGKILL');
      };
      this.started.push({ roots, die, get isDead() { return isDead; } });
      return { rpc: here, pid: 100 + number, protections: ['--permission'], engine: 'none', onDidExit: (listener) => exits.push(listener), dispose: die };
    }, (line) => this.log.push(line), graceSeconds);
  }
}

const request = (root: string | null = '/models'): InspectRequest => ({
  source: { path: modelFile, text: '' }, overlays: [], root, options: { seed: 0, mode: 'train', timeLimitSeconds: 0, memoryLimitMiB: 64 },
});
const answer = result([model('Net', [])]);
const live = () => new AbortController().signal;

describe('the runtime client', () => {
  it('starts the process with the first request only, and uses it again', async () => {
    const processes = new Processes(() => answer);
    assert.equal(processes.client.pid, undefined);
    await processes.client.inspect(request(), live());
    await processes.client.inspect(request(), live());
    assert.deepEqual([processes.started.length, processes.client.pid], [1, 100]);
    assert.match(processes.log.join('\n'), /runtime started \(process 100\).*--permission/);
  });
  it('makes the request once more when the process dies under it', async () => {
    const processes: Processes = new Processes((_request, _signal, process) => {
      if (process > 0) return answer;
      setTimeout(() => processes.started[0]!.die(), 5);
      return new Promise(() => {});
    });
    assert.deepEqual(await processes.client.inspect(request(), live()), answer);
    assert.equal(processes.client.pid, 101);
    assert.match(processes.log.join('\n'), /runtime ended \(SIGKILL\); it starts again/);
  });
  it('gives up in words when it dies twice, and serves the next request', async () => {
    let deaths = 0;
    const processes: Processes = new Processes((_request, _signal, process) => {
      if (deaths === 2) return answer;
      deaths++;
      setTimeout(() => processes.started[process]!.die(), 1);
      return new Promise(() => {});
    });
    await assert.rejects(processes.client.inspect(request(), live()), /ended twice while it ran this file/);
    assert.deepEqual(await processes.client.inspect(request(), live()), answer);
  });
  it('starts again for the request after a death in between', async () => {
    const processes = new Processes(() => answer);
    await processes.client.inspect(request(), live());
    processes.started[0]!.die();
    await processes.client.inspect(request(), live());
    assert.equal(processes.client.pid, 101);
  });
  it('ends the process when a request takes longer than it may, and does not repeat that request', async () => {
    const processes = new Processes((_request, _signal, process) => (process === 0 ? new Promise(() => {}) : answer), 0.02);
    await assert.rejects(processes.client.inspect(request(), live()), /^Error: The run took longer than 0\.02 s and was ended\.$/);
    assert.ok(processes.started[0]!.isDead);
    assert.deepEqual(await processes.client.inspect(request(), live()), answer);
  });
  it('reads another folder by another process, and leaves one that trains alone until it has done so', async () => {
    const processes = new Processes(() => answer);
    const training = processes.client.train({ ...request('/models'), train: { steps: 1, every: 1 }, runId: 1 }, live());
    await processes.client.inspect(request('/models'), live());
    await processes.client.inspect(request('/others'), live());
    assert.deepEqual(processes.started.map(({ roots, isDead }) => [roots, isDead]), [[['/models'], false], [['/models', '/others'], false]]);
    processes.endTraining();
    assert.equal(await training, 'trained');
    assert.deepEqual(processes.started.map(({ isDead }) => isDead), [true, false]);
    await processes.client.inspect(request('/thirds'), live());
    assert.deepEqual(processes.started.map(({ isDead }) => isDead), [true, true, false]);
  });
  it('takes one inspection at a time', async () => {
    let running = 0;
    let most = 0;
    const processes = new Processes(async () => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 3));
      running--;
      return answer;
    });
    await Promise.all([1, 2, 3].map(() => processes.client.inspect(request(), live())));
    assert.equal(most, 1);
  });
  it('rejects an aborted request at once, also one that waits for its turn, and never sends that one', async () => {
    let served = 0;
    const processes = new Processes(async (_request, signal) => {
      served++;
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      return answer;
    });
    const [first, second] = [new AbortController(), new AbortController()];
    const running = assert.rejects(processes.client.inspect(request(), first.signal), CancelledError);
    const waiting = assert.rejects(processes.client.inspect(request(), second.signal), CancelledError);
    await new Promise((resolve) => setTimeout(resolve, 5));
    second.abort();
    await waiting;
    first.abort();
    await running;
    assert.equal(served, 1);
  });
  it('starts another process to read another folder', async () => {
    const processes = new Processes(() => answer);
    await processes.client.inspect(request('/models'), live());
    await processes.client.inspect(request('/more'), live());
    await processes.client.inspect(request(null), live());
    assert.deepEqual(processes.started.map(({ roots, isDead }) => ({ roots, isDead })), [{ roots: ['/models'], isDead: true }, { roots: ['/models', '/more'], isDead: false }]);
  });
  it('serves nothing more once it is disposed', async () => {
    const processes = new Processes(() => answer);
    await processes.client.inspect(request(), live());
    processes.client.dispose();
    await assert.rejects(processes.client.inspect(request(), live()), /closing/);
    assert.ok(processes.started[0]!.isDead);
  });
});
