// Lets Pyodide start as if it were in a web worker. In Node it takes `require`, child processes and sockets for itself,
// and Python can reach them (measured with 314.0: `os.system("ls")` runs, `socket.connect` connects). In a worker's scope
// it has a `fetch` for its own files, and nothing to take.

/** Pyodide's two binary files. */
export interface PyodideFiles {
  readonly wasm: Uint8Array;
  readonly stdlib: Uint8Array;
}

/** Of the global `WebAssembly`, what is used here: neither Node's types nor the DOM's are known to this folder. */
interface Compiler {
  compile(bytes: Uint8Array): Promise<object>;
  instantiate(module: object, imports: object): Promise<object>;
}

/** Where Pyodide believes its files to be. */
export const pyodideURL = 'https://pyodide.invalid/';

/**
 * Runs `load` in a global scope that looks like a module worker's: no `process`, and a `fetch` that gives the two files and refuses everything else. The
 * scope is as before when it has ended. The binary is compiled on other threads meanwhile, and not streamed: what Node needs for that takes longer to load.
 */
export async function inWebScope<T>(files: PyodideFiles, load: () => Promise<T>): Promise<T> {
  const { WebAssembly } = globalThis as unknown as { WebAssembly: Compiler };
  const compiled = WebAssembly.compile(files.wasm);
  const bodies: Readonly<Record<string, Uint8Array>> = {
    [`${pyodideURL}pyodide.asm.wasm`]: files.wasm,
    [`${pyodideURL}python_stdlib.zip`]: files.stdlib,
  };
  class WorkerScope {
    static [Symbol.hasInstance](): boolean {
      return true;
    }
  }
  const restoreScope = replace(globalThis, {
    process: undefined,
    WorkerGlobalScope: WorkerScope,
    self: globalThis,
    location: { href: pyodideURL, origin: pyodideURL, toString: () => pyodideURL },
    fetch: async (url: unknown) => {
      const found = bodies[String(url)];
      if (!found) throw new TypeError(`there is no network here: ${String(url)}`);
      return { ok: true, arrayBuffer: async () => found.slice().buffer };
    },
  });
  const restoreStreaming = replace(WebAssembly, {
    instantiateStreaming: async (_response: unknown, imports: object) => {
      const module = await compiled;
      return { module, instance: await WebAssembly.instantiate(module, imports) };
    },
  });
  try {
    return await load();
  } finally {
    restoreStreaming();
    restoreScope();
  }
}

/** Gives an object other properties; the function that comes back gives it those it had. */
function replace(target: object, replaced: Readonly<Record<string, unknown>>): () => void {
  const before = Object.keys(replaced).map((name) => [name, Object.getOwnPropertyDescriptor(target, name)] as const);
  for (const [name, value] of Object.entries(replaced)) Object.defineProperty(target, name, { value, configurable: true, writable: true });
  return () => {
    for (const [name, descriptor] of before) {
      if (descriptor) Object.defineProperty(target, name, descriptor);
      else Reflect.deleteProperty(target, name);
    }
  };
}
