// Lets Pyodide start as if it were in a web worker. In Node it takes `require`, child processes and sockets for itself,
// and Python can reach them (measured with 314.0: `os.system("ls")` runs, `socket.connect` connects). In a worker's scope
// it has a `fetch` for its own files, and nothing to take.

/** Pyodide's two binary files. */
export interface PyodideFiles {
  readonly wasm: Uint8Array;
  readonly stdlib: Uint8Array;
}

/** Where Pyodide believes its files to be. */
export const pyodideURL = 'https://pyodide.invalid/';

/**
 * Runs `load` in a global scope that looks like a module worker's: no `process`, and a `fetch` that gives the two files
 * and refuses everything else. The scope is as before when it has ended.
 */
export async function inWebScope<T>(files: PyodideFiles, load: () => Promise<T>): Promise<T> {
  const bodies: Readonly<Record<string, readonly [Uint8Array, string]>> = {
    [`${pyodideURL}pyodide.asm.wasm`]: [files.wasm, 'application/wasm'],
    [`${pyodideURL}python_stdlib.zip`]: [files.stdlib, 'application/zip'],
  };
  class WorkerScope {
    static [Symbol.hasInstance](): boolean {
      return true;
    }
  }
  const scope = globalThis as unknown as { Response: new (body: Uint8Array, init: object) => unknown };
  const { Response } = scope;
  const replaced: Record<string, unknown> = {
    process: undefined,
    WorkerGlobalScope: WorkerScope,
    self: globalThis,
    location: { href: pyodideURL, origin: pyodideURL, toString: () => pyodideURL },
    fetch: async (url: unknown) => {
      const found = bodies[String(url)];
      if (!found) throw new TypeError(`there is no network here: ${String(url)}`);
      return new Response(found[0], { headers: { 'content-type': found[1] } });
    },
  };
  const before = Object.entries(replaced).map(([name, value]) => {
    const descriptor = Object.getOwnPropertyDescriptor(globalThis, name);
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
    return [name, descriptor] as const;
  });
  try {
    return await load();
  } finally {
    for (const [name, descriptor] of before) {
      if (descriptor) Object.defineProperty(globalThis, name, descriptor);
      else Reflect.deleteProperty(globalThis, name);
    }
  }
}
