// What the build put into dist/ for the interpreter, read with Node.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { InterpreterOptions, PyodideModules, ShimFiles } from '../python/interpreter.ts';
import type { LoadHdf5 } from './weightsReading.ts';

/** Pyodide's part of an interpreter's options, from the folder that holds its files. */
export function pyodideOf(folder: string): Pick<InterpreterOptions, 'importPyodide' | 'files'> {
  const module = (name: string) => import(pathToFileURL(join(folder, name)).href) as Promise<Record<string, unknown>>;
  return {
    importPyodide: async () => ({
      loadPyodide: (await module('pyodide.mjs'))['loadPyodide'] as PyodideModules['loadPyodide'],
      createPyodideModule: (await module('pyodide.asm.mjs'))['default'] as PyodideModules['createPyodideModule'],
    }),
    files: { wasm: readFileSync(join(folder, 'pyodide.asm.wasm')), stdlib: readFileSync(join(folder, 'python_stdlib.zip')) },
  };
}

/** Everything but the interrupt. `folder`: dist. */
export function readAssets(folder: string): Omit<InterpreterOptions, 'interrupt' | 'onOutput'> {
  const snapshot = join(folder, 'snapshot.bin.gz');
  return {
    ...pyodideOf(join(folder, 'pyodide')),
    shims: JSON.parse(readFileSync(join(folder, 'shims.json'), 'utf8')) as ShimFiles,
    ...(existsSync(snapshot) ? { snapshot: unpacked(readFileSync(snapshot)) } : {}),
  };
}

/** Unpacks a gzip file on another thread, in one piece: its last four bytes say how large it will be, and one more says that it has ended. */
function unpacked(file: Buffer): Promise<Uint8Array> {
  return promisify(gunzip)(file, { chunkSize: file.readUInt32LE(file.length - 4) + 1 });
}

/** Loads the HDF5 library when it is first asked for. Works after the lock-down: it needs no part of Node. */
export function hdf5Loader(folder: string): LoadHdf5 {
  const { href } = pathToFileURL(join(folder, 'hdf5.js'));
  return () => import(href) as ReturnType<LoadHdf5>;
}
