// The panel's end of the RPC with the extension host. A webview's messages pass through JSON, so numbers are packed.
import { packNumbers, unpackNumbers } from '../src/protocol/numbers.ts';
import type { PanelHostContract, PanelSnapshot, PanelViewContract } from '../src/protocol/panelApi.ts';
import { Rpc, type Message } from '../src/protocol/rpc.ts';

/** What VS Code gives a webview's script. */
export interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

export type HostConnection = Rpc<PanelViewContract, PanelHostContract>;

/** Connects to the host; each snapshot it emits goes to `onSnapshot`. */
export function connect(api: VsCodeApi, onSnapshot: (snapshot: PanelSnapshot) => void): HostConnection {
  const rpc: HostConnection = new Rpc((message) => api.postMessage(packNumbers(message)), {}, { snapshot: onSnapshot });
  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    if (isMessage(event.data)) rpc.receive(unpackNumbers(event.data) as Message);
  });
  return rpc;
}

function isMessage(data: unknown): boolean {
  return typeof data === 'object' && data !== null && typeof (data as { type?: unknown }).type === 'string';
}
