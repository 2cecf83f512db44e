import { strict as assert } from 'node:assert';
import { CancelledError, ConnectionClosedError, RemoteError, Rpc, type Message } from '../../src/protocol/rpc.ts';

interface Server {
  requests: { double(params: number): number; fail(params: string): void; wait(params: null): string };
  events: { tick: number };
}
interface Client {
  requests: Record<never, never>;
  events: Record<never, never>;
}

/** Two ends joined by copies of their messages, as a process border would. */
function connect() {
  const ticks: number[] = [];
  let aborted = false;
  const client: Rpc<Client, Server> = new Rpc((message) => queueMicrotask(() => server.receive(structuredClone(message))), {}, { tick: (n) => ticks.push(n) });
  const server: Rpc<Server, Client> = new Rpc((message: Message) => queueMicrotask(() => client.receive(structuredClone(message))), {
    double: (n) => 2 * n,
    fail: (text) => {
      throw new TypeError(text);
    },
    wait: (_, signal) => new Promise((resolve) => signal.addEventListener('abort', () => ((aborted = true), resolve('aborted')))),
  }, {});
  return { client, server, ticks, wasAborted: () => aborted };
}

describe('an Rpc', () => {
  it('gives a call the partner\'s answer', async () => {
    assert.equal(await connect().client.call('double', 21), 42);
  });

  it('rejects a call whose handler throws, with the name and words of what was thrown', async () => {
    await assert.rejects(connect().client.call('fail', 'no such layer'), (error: unknown) => error instanceof RemoteError && error.name === 'TypeError' && error.message === 'no such layer');
  });

  it('rejects a call of a method that is not there', async () => {
    await assert.rejects(connect().client.call('toString' as 'double', 1), /no such method: toString/);
  });

  it('rejects a cancelled call at once and aborts its handler', async () => {
    const { client, wasAborted } = connect();
    const abort = new AbortController();
    const call = client.call('wait', null, abort.signal);
    await Promise.resolve();
    abort.abort();
    await assert.rejects(call, CancelledError);
    await new Promise((resolve) => setTimeout(resolve, 5));
    assert.equal(wasAborted(), true);
  });

  it('does not send a call whose signal was aborted before', async () => {
    const sent: Message[] = [];
    const lone: Rpc<Client, Server> = new Rpc((message) => sent.push(message), {}, { tick: () => {} });
    await assert.rejects(lone.call('double', 1, AbortSignal.abort()), CancelledError);
    assert.deepEqual(sent, []);
  });

  it('rejects a call that cannot be sent, and cancels nothing for it later', async () => {
    const abort = new AbortController();
    const sent: string[] = [];
    const lone: Rpc<Client, Server> = new Rpc((message) => {
      sent.push(message.type);
      throw new TypeError('cannot be cloned');
    }, {}, { tick: () => {} });
    await assert.rejects(lone.call('double', 1, abort.signal), /cannot be cloned/);
    abort.abort();
    assert.deepEqual(sent, ['request']);
  });

  it('rejects what is pending, and all that comes, once it is closed', async () => {
    const { client } = connect();
    const pending = client.call('wait', null);
    client.close('the process ended');
    await assert.rejects(pending, (error: unknown) => error instanceof ConnectionClosedError && error.message === 'the process ended');
    await assert.rejects(client.call('double', 1), ConnectionClosedError);
  });

  it('aborts the handlers that run here when it is closed, and sends no answer of theirs', async () => {
    const { client, server, wasAborted } = connect();
    void client.call('wait', null).catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, 5));
    server.close();
    await new Promise((resolve) => setTimeout(resolve, 5));
    assert.equal(wasAborted(), true);
  });

  it('carries events in their order', async () => {
    const { server, ticks } = connect();
    for (const n of [1, 2, 3]) server.emit('tick', n);
    await new Promise((resolve) => setTimeout(resolve, 5));
    assert.deepEqual(ticks, [1, 2, 3]);
  });
});
