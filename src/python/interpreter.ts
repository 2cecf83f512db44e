// CPython in WebAssembly, locked up: loads it (from a memory snapshot where there is one), puts the shim packages into its
// file system, gives it the recorder's door and closes every other one. Knows no host: files and the loader are handed in.
import type { PyodideAPI, PyodideConfig } from 'pyodide';
import { tameFunctionConstructors, withoutPrototypes, type RecorderDoor } from './doors.ts';
import type { Interrupt } from './interrupt.ts';

/** Where the shims lie in the interpreter's file system; `_lens/site.py` tells the user's frames from theirs by it. */
export const shimRoot = '/shim';

/** The shim packages: path below `shimRoot` → text. */
export type ShimFiles = Readonly<Record<string, string>>;

export interface InterpreterOptions {
  /** `loadPyodide` of the pyodide package. */
  readonly load: (config: PyodideConfig) => Promise<PyodideAPI>;
  /** Folder or URL of pyodide's own files. */
  readonly indexURL: string;
  readonly shims: ShimFiles;
  /** Made by `makeSnapshot` from the same Pyodide and the same shims. */
  readonly snapshot?: Uint8Array;
  readonly interrupt: Interrupt;
  /** What is printed outside of a run: Pyodide's own words. */
  readonly onOutput: (text: string) => void;
}

/** A Python function of ours that takes and gives one string. */
type TextFunction = ((text: string) => string) & { destroy(): void };

export class Interpreter {
  readonly #functions = new Map<string, TextFunction>();
  #door: RecorderDoor | undefined;

  private constructor(private readonly pyodide: PyodideAPI, readonly interrupt: Interrupt) {}

  static async load(options: InterpreterOptions): Promise<Interpreter> {
    const pyodide = await options.load(configuration(options));
    writeShims(pyodide, options.shims);
    if (!options.snapshot) pyodide.runPython(importAll);
    const interpreter = new Interpreter(pyodide, options.interrupt);
    interpreter.#bindDoor();
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

  /** Calls a function of the shims, e.g. `_lens.runner.run_file`, with JSON both ways. Throws what Python raised. */
  call<Request, Answer>(name: string, request: Request): Answer {
    let target = this.#functions.get(name);
    if (!target) {
      const dot = name.lastIndexOf('.');
      target = this.pyodide.runPython(`__import__(${JSON.stringify(name.slice(0, dot))}, fromlist=["_"]).${name.slice(dot + 1)}`) as TextFunction;
      this.#functions.set(name, target);
    }
    return JSON.parse(target(JSON.stringify(request))) as Answer;
  }

  #bindDoor(): void {
    const to = () => this.#door!;
    const door: RecorderDoor = withoutPrototypes({
      record: (op, inputs, attributes, site, call) => to().record(op, inputs, attributes, site, call),
      constant: (dtype, shape, address, bytes, site, call) => to().constant(dtype, shape, address, bytes, site, call),
      read: (id, address, bytes) => to().read(id, address, bytes),
      release: (id) => this.#door?.release(id),
      gradient: (output, inputs, seed) => to().gradient(output, inputs, seed),
      seed: (generator, seed) => to().seed(generator, seed),
      initialSeed: (generator) => to().initialSeed(generator),
      drawBits: (generator) => to().drawBits(generator),
      fileSize: (path) => to().fileSize(path),
      readFile: (path, address, bytes) => to().readFile(path, address, bytes),
      log: (level, text) => to().log(level, text),
    } satisfies RecorderDoor);
    this.pyodide.registerJsModule('_lens_recorder', door);
    this.pyodide.runPython('import _lens_recorder; from _lens import door; door.bind(_lens_recorder)');
    this.pyodide.unregisterJsModule('_lens_recorder');
  }
}

/** The memory of an interpreter that has the shims and what they need imported: loading from it takes a tenth of the time. */
export async function makeSnapshot(options: Omit<InterpreterOptions, 'snapshot' | 'interrupt'>): Promise<Uint8Array> {
  const pyodide = await options.load({ ...configuration(options), _makeSnapshot: true });
  writeShims(pyodide, options.shims);
  pyodide.runPython(importAll);
  return pyodide.makeMemorySnapshot();
}

function configuration(options: Omit<InterpreterOptions, 'interrupt'>): PyodideConfig {
  const print = (text: string) => options.onOutput(text);
  return {
    indexURL: options.indexURL,
    jsglobals: Object.create(null) as object,
    env: { HOME: '/home/pyodide', PYTHONHASHSEED: '0' },
    stdout: print, stderr: print,
    checkAPIVersion: false,
    ...(options.snapshot ? { _loadSnapshot: options.snapshot } : {}),
  };
}

function writeShims(pyodide: PyodideAPI, shims: ShimFiles): void {
  for (const [path, text] of Object.entries(shims)) {
    const file = `${shimRoot}/${path}`;
    pyodide.FS.mkdirTree(file.slice(0, file.lastIndexOf('/')));
    pyodide.FS.writeFile(file, text);
  }
}

/** The shims, and the standard modules that model files use: imported once, before the snapshot. */
const importAll = `
import sys
sys.path.insert(0, "${shimRoot}")
import abc, argparse, ast, collections, contextlib, copy, csv, dataclasses, datetime, enum, functools, inspect, io, itertools, json
import logging, math, operator, os, pathlib, pickle, random, re, string, textwrap, time, traceback, types, typing, warnings, zipfile
import _lens.door, _lens.array, _lens.training, _lens.framework
import importlib
for name in ("_lens.runner", "_lens.trace", "numpy", "torch", "torch.nn.functional", "torch.optim", "torch.utils.data", "keras", "tensorflow"):
    if importlib.util.find_spec(name.partition(".")[0]) is not None:
        importlib.import_module(name)
`;

/** After this, Python has the door and nothing else of JavaScript. */
function closeDoors(pyodide: PyodideAPI): void {
  pyodide.runPython(`
import sys
for name in [name for name in sys.modules if name in ("js", "_lens_recorder") or name.partition(".")[0] in ("pyodide", "pyodide_js", "_pyodide", "_pyodide_core", "micropip")]:
    sys.modules[name] = None
sys.meta_path[:] = [finder for finder in sys.meta_path if type(finder).__name__ != "JsFinder"]
import gc
gc.collect()
`);
  const filesystems = (pyodide.FS as unknown as { filesystems: Record<string, unknown> }).filesystems;
  delete filesystems['NODEFS'];
  tameFunctionConstructors();
}
