// Reads the shim packages (src/python/shim) and the packages of others (src/python/thirdParty, as they are published) as one record of texts: what the interpreter's file system gets.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const folders = ['../src/python/shim', '../src/python/thirdParty'].map((folder) => fileURLToPath(new URL(folder, import.meta.url)));

/** Path below the shim root → text. */
export function readShims() {
  const shims = {};
  for (const folder of folders) {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !entry.name.endsWith('.py')) continue;
      const path = join(entry.parentPath ?? entry.path, entry.name);
      shims[relative(folder, path).split(sep).join('/')] = readFileSync(path, 'utf8');
    }
  }
  return shims;
}
