// Build step: makes the interpreter's memory snapshot (see `makeSnapshot`). Run by esbuild.mjs, never shipped.
import { makeSnapshot } from '../python/interpreter.ts';
import { readAssets } from './assets.ts';

/** `folder`: dist, with Pyodide's files and the shims in it. */
export async function makeSnapshotFile(folder: string): Promise<Uint8Array> {
  const { snapshot: _previous, ...assets } = readAssets(folder);
  return makeSnapshot({ ...assets, onOutput: (text) => process.stderr.write(`${text}\n`) });
}
