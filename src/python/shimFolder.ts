// The shim packages as folders of the interpreter's file system, whose files are made when they are looked up: hundreds lie there, and a run reads few of
// them, since what is imported is in the snapshot's memory already.

/** Of Emscripten's file system, what is used here. */
export interface FileSystem {
  mkdirTree(path: string): void;
  writeFile(path: string, text: string): void;
  lookupPath(path: string, options: object): { readonly node: FileNode };
}

interface FileNode {
  node_ops: FolderOperations;
  mtime: number;
}

interface FolderOperations {
  /** Asked for names that are not there (yet). */
  lookup(folder: FileNode, name: string): FileNode;
  readdir(folder: FileNode): string[];
}

/** Puts texts (path below `root` → text) into the file system: Python sees all of them from the beginning. */
export function addTexts(system: FileSystem, root: string, texts: Readonly<Record<string, string>>): void {
  for (const [path, files] of byFolder(root, texts)) {
    system.mkdirTree(path);
    const folder = system.lookupPath(path, {}).node;
    const operations = folder.node_ops;
    folder.node_ops = {
      ...operations,
      lookup(parent, name) {
        const text = files.get(name);
        if (text === undefined) return operations.lookup(parent, name);
        files.delete(name);
        const { mtime } = parent;
        system.writeFile(`${path}/${name}`, text);
        // Python keeps a folder's names until its time changes; they are the same.
        parent.mtime = mtime;
        return system.lookupPath(`${path}/${name}`, {}).node;
      },
      readdir: (parent) => [...operations.readdir(parent), ...files.keys()],
    };
  }
}

/** Folder → name → text. */
function byFolder(root: string, texts: Readonly<Record<string, string>>): Map<string, Map<string, string>> {
  const folders = new Map<string, Map<string, string>>();
  for (const [path, text] of Object.entries(texts)) {
    const full = `${root}/${path}`;
    const slash = full.lastIndexOf('/');
    const folder = full.slice(0, slash);
    const files = folders.get(folder) ?? new Map<string, string>();
    folders.set(folder, files.set(full.slice(slash + 1), text));
  }
  return folders;
}
