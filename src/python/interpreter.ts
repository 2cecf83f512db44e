// CPython in WebAssembly, locked up: loads it (from a memory snapshot where there is one), puts the shim packages into its
// file system, gives it the recorder's door and closes every other one. Knows no host: files and the loader are handed in.
import type { PyodideAPI, PyodideConfig } from 'pyodide';
import { closeIntrinsics, openDoor, type RecorderDoor } from './doors.ts';
import type { Interrupt } from './interrupt.ts';
import { addTexts, type FileSystem } from './shimFolder.ts';
import { inWebScope, pyodideURL, type PyodideFiles } from './webScope.ts';

/** Where the shims lie in the interpreter's file system; `_lens/recording/site.py` tells the user's frames from theirs by it. */
export const shimRoot = '/shim';

/** The shim packages: path below `shimRoot` → text. */
export type ShimFiles = Readonly<Record<string, string>>;

export interface InterpreterOptions {
  /** Imports pyodide.mjs and pyodide.asm.mjs: called in the scope that they are to see. */
  readonly importPyodide: () => Promise<PyodideModules>;
  readonly files: PyodideFiles;
  readonly shims: ShimFiles;
  /** Made by `makeSnapshot` from the same Pyodide and the same shims; may come while Pyodide is being loaded. */
  readonly snapshot?: Promise<Uint8Array>;
  readonly interrupt: Interrupt;
  /** What is printed outside of a run: Pyodide's own words. */
  readonly onOutput: (text: string) => void;
}

/** `loadPyodide` of pyodide.mjs and the default export of pyodide.asm.mjs. */
export interface PyodideModules {
  readonly loadPyodide: (config: PyodideConfig) => Promise<PyodideAPI>;
  readonly createPyodideModule: NonNullable<PyodideConfig['createPyodideModule']>;
}

/** An Emscripten module whose memory can be made larger, to a number of bytes. */
interface GrowingModule {
  readonly HEAP8: Int8Array;
  growMemory(bytes: number): number;
}

/** Pyodide asks for a list of packages that it could install: there are none. The ABI is that of Pyodide 314. */
const emptyLock = { info: { abi_version: '2026_0', arch: 'wasm32', platform: 'emscripten_5_0_3', python: '3.14.2', version: '314.0.7' }, packages: {} };

/** A Python function of ours that takes and gives one string. */
type TextFunction = (text: string) => string;

/** What the JavaScript side calls: `(request: JSON) -> JSON`. `_lens.running.script.run` is for tests of the shims. */
const entryPoints = ['_lens.running.runner.run_file', '_lens.running.runner.list_models', '_lens.calling.trace.trace_model', '_lens.calling.trace.sites_from', '_lens.mends.table.mend_of_index', '_lens.running.script.run'] as const;
export type EntryPoint = (typeof entryPoints)[number];

/** CPython itself ended, not the code it ran. */
export class InterpreterError extends Error {
  override readonly name = 'InterpreterError';
  constructor(reason: string) {
    super(`the Python interpreter failed (${/call stack/.test(reason) ? 'something is nested too deeply for it' : reason || 'for no reason that it gives'})`);
  }
}

/** Of a traceback, the error. */
const lastLine = (words: string): string => words.trim().split('\n').at(-1)!;

export class Interpreter {
  readonly #functions = new Map<EntryPoint, TextFunction>();
  #door: RecorderDoor | undefined;
  #failure: string | undefined;

  private constructor(private readonly pyodide: PyodideAPI, readonly interrupt: Interrupt) {}

  static async load(options: InterpreterOptions): Promise<Interpreter> {
    const pyodide = await loadPyodide(options, {});
    addTexts(pyodide.FS as unknown as FileSystem, shimRoot, options.shims);
    if (!options.snapshot) pyodide.runPython(importAll);
    const interpreter = new Interpreter(pyodide, options.interrupt);
    interpreter.#bindDoor();
    interpreter.#findEntryPoints();
    pyodide.setInterruptBuffer(options.interrupt.asBuffer() as never);
    closeDoors(pyodide);
    return interpreter;
  }

  /** The interpreter's linear memory; moves when it grows. */
  heap(): Uint8Array {
    return (this.pyodide as unknown as { _module: { HEAPU8: Uint8Array } })._module.HEAPU8;
  }

  /** Where `record` and its kin go from now on. */
  attach(recorder: RecorderDoor): void {
    this.#door = recorder;
  }

  /** Why the interpreter failed as a program (memory, stack), or the shims did, which catch what files raise: it can run nothing more. */
  get failure(): string | undefined {
    return this.#failure;
  }

  /** Calls an entry point of the shims with JSON both ways. Throws `InterpreterError`, or another error where an interrupt came too late to be reported. */
  call<Request, Answer>(name: EntryPoint, request: Request): Answer {
    if (this.#failure !== undefined) throw new InterpreterError('it failed earlier');
    try {
      return JSON.parse(this.#functions.get(name)!(JSON.stringify(request))) as Answer;
    } catch (error) {
      if ((error as { type?: string }).type === 'KeyboardInterrupt') throw new Error('stopped: the time was over', { cause: error });
      const failure = new InterpreterError(lastLine((error as Error).message));
      this.#failure = failure.message;
      throw failure;
    }
  }

  #findEntryPoints(): void {
    for (const name of entryPoints) {
      const dot = name.lastIndexOf('.');
      this.#functions.set(name, this.pyodide.pyimport(name.slice(0, dot))[name.slice(dot + 1)] as TextFunction);
    }
  }

  #bindDoor(): void {
    this.pyodide.registerJsModule('_lens_recorder', openDoor(() => this.#door));
    this.pyodide.runPython('import _lens_recorder; from _lens import door; door.bind(_lens_recorder)');
    this.pyodide.unregisterJsModule('_lens_recorder');
  }
}

/** The memory of an interpreter that has the shims and what they need imported: loading from it takes a tenth of the time. */
export async function makeSnapshot(options: Omit<InterpreterOptions, 'snapshot' | 'interrupt'>): Promise<Uint8Array> {
  const pyodide = await loadPyodide(options, { _makeSnapshot: true });
  addTexts(pyodide.FS as unknown as FileSystem, shimRoot, options.shims);
  pyodide.runPython(importAll);
  return pyodide.makeMemorySnapshot();
}

function loadPyodide(options: Omit<InterpreterOptions, 'interrupt'>, more: PyodideConfig): Promise<PyodideAPI> {
  const print = (text: string) => options.onOutput(text);
  return inWebScope(options.files, async () => {
    const { loadPyodide, createPyodideModule } = await options.importPyodide();
    return loadPyodide({
      createPyodideModule: async (config) => {
        const module = await createPyodideModule(config) as unknown as GrowingModule;
        // The memory that a snapshot is copied into begins with the size that the binary says, whatever the snapshot's is.
        const bytes = (await options.snapshot)?.length ?? 0;
        if (module.HEAP8.length < bytes) module.growMemory(bytes);
        return module as never;
      },
      indexURL: pyodideURL,
      packageBaseUrl: pyodideURL,
      lockFileContents: emptyLock as never,
      jsglobals: Object.create(null) as object,
      env: { HOME: '/home/pyodide', PYTHONHASHSEED: '0' },
      stdin: () => null, stdout: print, stderr: print,
      checkAPIVersion: false,
      ...(options.snapshot ? { _loadSnapshot: options.snapshot } : {}),
      ...more,
    });
  });
}

/** The shims, and the standard modules that model files use: imported once, before the snapshot. */
const importAll = `
import sys
sys.path.insert(0, "${shimRoot}")
import abc, argparse, ast, collections, contextlib, copy, csv, dataclasses, datetime, enum, functools, inspect, io, itertools, json
import asyncio, logging, math, operator, os, pathlib, pickle, random, re, string, textwrap, time, traceback, types, typing, warnings, zipfile
import importlib, pkgutil
for package in pkgutil.iter_modules(["${shimRoot}"]):
    importlib.import_module(package.name)
# Also what is imported only when it is asked for: compiling it then would be waited for.
for package in ["_lens", "torchvision"]:
    for module in pkgutil.walk_packages(importlib.import_module(package).__path__, package + "."):
        importlib.import_module(module.name)
from _lens.running import intact
intact.remember()
# What is there stays: collections that went through it would take longer than the runs of most files.
import gc
gc.collect()
gc.freeze()
`;

/** After this, Python has the door and nothing else of JavaScript. */
function closeDoors(pyodide: PyodideAPI): void {
  pyodide.runPython(`
import sys
for name in [name for name in sys.modules if name in ("js", "_lens_recorder") or name.partition(".")[0] in ("pyodide", "pyodide_js", "_pyodide", "_pyodide_core", "micropip")]:
    sys.modules[name] = None
from _lens.running import intact
intact.put_away(name for name, module in sys.modules.items() if module is None)
sys.meta_path[:] = [finder for finder in sys.meta_path if type(finder).__name__ != "JsFinder"]
import gc
gc.collect(0)
`);
  closeIntrinsics();
}
