// Takes out of the worker's global scope what the product has loaded already and model code must never find: after this,
// even code that ran outside of Python would have no process, no network and no evaluation of strings.

/** All that stays: the language, WebAssembly, time and text. What a later Node adds is out until it is named here. */
const kept: ReadonlySet<string> = new Set([
  'globalThis', 'undefined', 'NaN', 'Infinity', 'isFinite', 'isNaN', 'parseFloat', 'parseInt', 'decodeURI', 'decodeURIComponent', 'encodeURI', 'encodeURIComponent', 'escape', 'unescape',
  'Object', 'Array', 'Number', 'Boolean', 'String', 'Symbol', 'BigInt', 'Date', 'RegExp', 'Math', 'JSON', 'Intl', 'Reflect', 'Proxy', 'Promise', 'Iterator',
  'Map', 'Set', 'WeakMap', 'WeakSet', 'WeakRef', 'FinalizationRegistry', 'DisposableStack', 'AsyncDisposableStack',
  'Error', 'AggregateError', 'EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError', 'SuppressedError', 'DOMException',
  'ArrayBuffer', 'SharedArrayBuffer', 'Atomics', 'DataView', 'Uint8Array', 'Int8Array', 'Uint16Array', 'Int16Array', 'Uint32Array', 'Int32Array', 'BigUint64Array', 'BigInt64Array',
  'Uint8ClampedArray', 'Float16Array', 'Float32Array', 'Float64Array', 'WebAssembly',
  'TextEncoder', 'TextDecoder', 'performance', 'crypto', 'console', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'setImmediate', 'clearImmediate', 'queueMicrotask',
  'AbortController', 'AbortSignal', 'Event', 'EventTarget',
  // Replaced above.
  'eval', 'Function',
]);

/** Pyodide asks `x instanceof Function` and takes `Function.prototype.apply`; this has both, and cannot be called. */
const uncallableFunction = Object.freeze({
  prototype: Function.prototype as unknown,
  [Symbol.hasInstance]: (value: unknown) => typeof value === 'function',
});

export function lockDownGlobals(): void {
  // Emscripten evaluates strings that C code hands it, and ctypes can call C: they come to nothing.
  Object.defineProperty(globalThis, 'eval', { value: () => undefined, writable: false, configurable: false });
  Object.defineProperty(globalThis, 'Function', { value: uncallableFunction, writable: false, configurable: false });
  for (const name of Object.getOwnPropertyNames(globalThis)) {
    if (kept.has(name)) continue;
    Reflect.deleteProperty(globalThis, name);
    Object.defineProperty(globalThis, name, { value: undefined, writable: false, configurable: false });
  }
}
