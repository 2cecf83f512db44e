// An interpreter for tests: one per process, with the shims of the working tree.
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { Interpreter } from '../../src/python/interpreter.ts';
import { Interrupt } from '../../src/python/interrupt.ts';
import { pyodideOf } from '../../src/runtime/assets.ts';
import { Recorder } from '../../src/python/recorder.ts';
import { emptyWorkspace, type Workspace } from '../../src/python/workspace.ts';
import { readShims } from '../../scripts/shims.mjs';
import { singleThreaded } from '../engine/wasm/engineUnderTest.ts';

let loaded: Promise<Interpreter> | undefined;
const printed: string[] = [];

/** The process's interpreter, loaded on first use. */
export function interpreter(): Promise<Interpreter> {
  return (loaded ??= Interpreter.load({
    ...pyodideOf(dirname(createRequire(import.meta.url).resolve('pyodide'))),
    shims: readShims(),
    interrupt: new Interrupt(() => performance.now()),
    onOutput: (text) => printed.push(text),
  }));
}

/** A fresh recorder, attached to the process's interpreter. */
export async function freshRecorder(workspace: Workspace = emptyWorkspace): Promise<Recorder> {
  const python = await interpreter();
  recorder = new Recorder(recorder?.nextId ?? 0, {
    // What the product computes with.
    engine: singleThreaded,
    workspace,
    memoryLimitBytes: 2 ** 31,
    heap: () => python.heap(),
    isDue: () => python.interrupt.isDue(),
    onStatement: () => {},
    log: (_level, text) => printed.push(text),
  });
  python.attach(recorder);
  return recorder;
}

let recorder: Recorder | undefined;

export interface PythonResult {
  /** What was printed, stdout and stderr in order. */
  readonly stdout: string;
  /** Traceback of an exception that ended the text, else the empty string. */
  readonly errors: string;
}

/** Runs a text as a plain script (no tolerant runner): for testing the shims. */
export async function runPython(text: string, options: { seed?: number; file?: string } = {}): Promise<PythonResult> {
  const python = await interpreter();
  await freshRecorder();
  return python.call<object, PythonResult>('_lens.running.script.run', { text, file: options.file ?? '/workspace/script.py', seed: options.seed ?? 0 });
}
