// Takes out of the worker's global scope what the product has loaded already and model code must never find: after this,
// even code that ran outside of Python would have no process, no network and no evaluation of strings.

const removed = [
  'process', 'require', 'module', 'fetch', 'Request', 'Response', 'Headers', 'FormData', 'WebSocket', 'EventSource', 'CloseEvent',
  'XMLHttpRequest', 'BroadcastChannel', 'MessageChannel', 'MessagePort', 'Worker', 'navigator', 'localStorage', 'sessionStorage',
  'Storage', 'importScripts', 'global',
] as const;

/** Pyodide asks `x instanceof Function` and takes `Function.prototype.apply`; this has both, and cannot be called. */
const uncallableFunction = Object.freeze({
  prototype: Function.prototype as unknown,
  [Symbol.hasInstance]: (value: unknown) => typeof value === 'function',
});

export function lockDownGlobals(): void {
  // Emscripten evaluates strings that C code hands it, and ctypes can call C: they come to nothing.
  Object.defineProperty(globalThis, 'eval', { value: () => undefined, writable: false, configurable: false });
  Object.defineProperty(globalThis, 'Function', { value: uncallableFunction, writable: false, configurable: false });
  for (const name of removed) {
    Reflect.deleteProperty(globalThis, name);
    Object.defineProperty(globalThis, name, { value: undefined, writable: false, configurable: false });
  }
}
