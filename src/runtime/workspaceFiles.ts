// The workspace as model code may read it: files below the root, unsaved editors in place of what is on disk.
import { opendirSync, readFileSync, realpathSync, statSync, type Stats } from 'node:fs';
import { isAbsolute, relative, resolve } from 'node:path';
import type { SourceFile } from '../protocol/runtimeApi.ts';
import { emptyWorkspace, type Workspace } from '../python/workspace.ts';

/** Of one folder: more are a data set's, and whoever lists it is not to wait for them all. */
export const mostNames = 10_000;

/** `root` null: nothing but the overlays. Links that lead out of the root are not followed. */
export function workspaceFiles(root: string | null, overlays: readonly SourceFile[]): Workspace {
  const unsaved = new Map(overlays.map(({ path, text }) => [path, text]));
  const encoder = new TextEncoder();
  const onDisk = root === null ? emptyWorkspace : below(realpathSync(root));
  const inEditor = (path: string) => {
    const text = unsaved.get(root === null ? path : resolve(root, path));
    return text === undefined ? undefined : encoder.encode(text);
  };
  return {
    size: (path) => inEditor(path)?.length ?? onDisk.size(path),
    read: (path) => inEditor(path) ?? onDisk.read(path),
    list: onDisk.list,
  };
}

function below(root: string): Workspace {
  const isFile = (stats: Stats) => stats.isFile();
  const at = <T>(path: string, isMeant: (stats: Stats) => boolean, look: (real: string) => T): T | undefined => {
    try {
      const real = realpathSync(resolve(root, path));
      const inside = relative(root, real);
      // No method of the path is called: if model code ever reached a prototype, it would still not choose what is below.
      return (inside[0] === '.' && inside[1] === '.') || isAbsolute(inside) || !isMeant(statSync(real)) ? undefined : look(real);
    } catch {
      return undefined;
    }
  };
  return {
    size: (path) => at(path, isFile, (real) => statSync(real).size),
    read: (path) => at(path, isFile, (real) => readFileSync(real)),
    list: (path) => at(path, (stats) => stats.isDirectory(), namesIn),
  };
}

/** Of files and folders; names with line breaks are left out, since Python gets one on each line. */
function namesIn(folder: string): string[] {
  const names: string[] = [];
  const opened = opendirSync(folder);
  try {
    for (let entry = opened.readSync(); entry !== null && names.length < mostNames; entry = opened.readSync()) {
      if (!/[\r\n]/.test(entry.name)) names.push(entry.isDirectory() ? `${entry.name}/` : entry.name);
    }
  } finally {
    opened.closeSync();
  }
  return names;
}
