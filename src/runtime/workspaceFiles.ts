// The workspace as model code may read it: files below the root, unsaved editors in place of what is on disk.
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, relative, resolve } from 'node:path';
import type { SourceFile } from '../protocol/runtimeApi.ts';
import { emptyWorkspace, maximumFileBytes, type Workspace } from '../python/workspace.ts';

/** `root` null: nothing but the overlays. Links that lead out of the root are not followed. */
export function workspaceFiles(root: string | null, overlays: readonly SourceFile[]): Workspace {
  const unsaved = new Map(overlays.map(({ path, text }) => [path, text]));
  const encoder = new TextEncoder();
  const onDisk = root === null ? emptyWorkspace : below(realpathSync(root));
  return {
    read: (path) => {
      const text = unsaved.get(root === null ? path : resolve(root, path));
      return text === undefined ? onDisk.read(path) : encoder.encode(text);
    },
  };
}

function below(root: string): Workspace {
  return {
    read: (path) => {
      try {
        const real = realpathSync(resolve(root, path));
        const inside = relative(root, real);
        if (inside.startsWith('..') || isAbsolute(inside)) return undefined;
        const { size } = statSync(real);
        return size > maximumFileBytes ? undefined : readFileSync(real);
      } catch {
        return undefined;
      }
    },
  };
}
