// Takes out of the worker's global scope what the product has loaded already and model code must never find: after this,
// even code that ran outside of Python would have no process, no network and no evaluation of strings.

const removed = [
  'process', 'require', 'module', 'fetch', 'Request', 'Response', 'Headers', 'FormData', 'WebSocket', 'EventSource', 'CloseEvent',
  'XMLHttpRequest', 'BroadcastChannel', 'MessageChannel', 'MessagePort', 'Worker', 'navigator', 'localStorage', 'sessionStorage',
  'Storage', 'importScripts', 'global', 'eval', 'Function',
] as const;

export function lockDownGlobals(): void {
  for (const name of removed) {
    Reflect.deleteProperty(globalThis, name);
    Object.defineProperty(globalThis, name, { value: undefined, writable: false, configurable: false });
  }
}
