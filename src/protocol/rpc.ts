// One RPC class for every border (host and runtime, host and webview, supervisor and worker): both ends are an `Rpc`,
// with requests and events of each side given by two interfaces. Every request can fail, be cancelled, or lose its partner.

/** One side of a connection. */
export interface Contract {
  /** Methods: name → function from parameters to result. */
  requests: object;
  /** Name → payload. */
  events: object;
}

type Params<M> = M extends (params: infer P) => unknown ? P : never;
type Result<M> = M extends (params: never) => infer R ? R : never;

/** Handlers for the requests of a contract: a missing one does not compile. */
export type RequestHandlers<C extends Contract> = {
  [K in keyof C['requests']]: (params: Params<C['requests'][K]>, signal: AbortSignal) => Result<C['requests'][K]> | Promise<Result<C['requests'][K]>>;
};
/** Handlers for the events of a contract. */
export type EventHandlers<C extends Contract> = { [K in keyof C['events']]: (payload: C['events'][K]) => void };

export type Message =
  | { readonly type: 'request'; readonly id: number; readonly method: string; readonly params: unknown }
  | { readonly type: 'cancel'; readonly id: number }
  | { readonly type: 'result'; readonly id: number; readonly value: unknown }
  | { readonly type: 'error'; readonly id: number; readonly name: string; readonly message: string }
  | { readonly type: 'event'; readonly name: string; readonly payload: unknown };

/** Sends messages to the partner and hears its messages; whoever makes the `Rpc` calls `receive` for each. */
export type Send = (message: Message) => void;

/** The partner's handler threw. `name` is the thrown error's name there. */
export class RemoteError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}
/** The partner is gone: the process ended, the view was closed. */
export class ConnectionClosedError extends Error {
  override name = 'ConnectionClosedError';
}
/** The caller's signal was aborted. */
export class CancelledError extends Error {
  override name = 'CancelledError';
  constructor() {
    super('cancelled');
  }
}

/**
 * One end of a connection. `Here` is what this end serves and emits, `There` what the partner serves and emits.
 */
export class Rpc<Here extends Contract, There extends Contract> {
  #nextId = 1;
  #closed: Error | undefined;
  readonly #pending = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  readonly #running = new Map<number, AbortController>();

  constructor(
    private readonly send: Send,
    private readonly requests: RequestHandlers<Here>,
    private readonly events: EventHandlers<There>,
  ) {}

  /** Calls a method of the partner. Rejects with `RemoteError`, `CancelledError` or `ConnectionClosedError`. */
  call<K extends keyof There['requests'] & string>(
    method: K, params: Params<There['requests'][K]>, signal?: AbortSignal,
  ): Promise<Result<There['requests'][K]>> {
    if (this.#closed) return Promise.reject(this.#closed);
    if (signal?.aborted) return Promise.reject(new CancelledError());
    const id = this.#nextId++;
    return new Promise<unknown>((resolve, reject) => {
      const settle = () => {
        this.#pending.delete(id);
        signal?.removeEventListener('abort', onAbort);
      };
      const onAbort = () => {
        settle();
        this.send({ type: 'cancel', id });
        reject(new CancelledError());
      };
      this.#pending.set(id, {
        resolve: (value) => (settle(), resolve(value)),
        reject: (error) => (settle(), reject(error)),
      });
      signal?.addEventListener('abort', onAbort, { once: true });
      try {
        this.send({ type: 'request', id, method, params });
      } catch (error) {
        settle();
        throw error;
      }
    }) as Promise<Result<There['requests'][K]>>;
  }

  /** Tells the partner something it need not answer. Dropped after `close`. */
  emit<K extends keyof Here['events'] & string>(name: K, payload: Here['events'][K]): void {
    if (!this.#closed) this.send({ type: 'event', name, payload });
  }

  /** Takes one message that the partner sent. */
  receive(message: Message): void {
    switch (message.type) {
      case 'request': void this.#serve(message.id, message.method, message.params); return;
      case 'cancel': this.#running.get(message.id)?.abort(); return;
      case 'result': this.#pending.get(message.id)?.resolve(message.value); return;
      case 'error': this.#pending.get(message.id)?.reject(new RemoteError(message.name, message.message)); return;
      case 'event': (this.events as Record<string, (payload: unknown) => void>)[message.name]?.(message.payload); return;
      default: message satisfies never;
    }
  }

  /** Ends the connection: what is pending is rejected, what runs here is aborted. */
  close(reason = 'the connection was closed'): void {
    if (this.#closed) return;
    this.#closed = new ConnectionClosedError(reason);
    for (const pending of this.#pending.values()) pending.reject(this.#closed);
    for (const controller of this.#running.values()) controller.abort();
    this.#running.clear();
  }

  async #serve(id: number, method: string, params: unknown): Promise<void> {
    const controller = new AbortController();
    this.#running.set(id, controller);
    try {
      if (!Object.hasOwn(this.requests, method)) throw new Error(`no such method: ${method}`);
      const handler = (this.requests as Record<string, (params: unknown, signal: AbortSignal) => unknown>)[method];
      const value = await handler(params, controller.signal);
      if (!this.#closed) this.send({ type: 'result', id, value });
    } catch (error) {
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      if (!this.#closed) this.send({ type: 'error', id, name, message });
    } finally {
      this.#running.delete(id);
    }
  }
}
