// Reads the shim packages (src/python/shim) as one record of texts: what the interpreter's file system gets.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../src/python/shim', import.meta.url));

/** Path below the shim root → text. */
export function readShims() {
  const shims = {};
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || entry.name.endsWith('.pyc')) continue;
    const path = join(entry.parentPath ?? entry.path, entry.name);
    shims[relative(folder, path).split(sep).join('/')] = readFileSync(path, 'utf8');
  }
  return shims;
}
