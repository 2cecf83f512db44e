// The files that model code may read: handed in by whoever starts a run, since this folder knows no file system.

/** Read-only access below the workspace's root, with unsaved editors standing in for what is on disk. */
export interface Workspace {
  /** Bytes that a file has, without reading it; undefined as for `read`. */
  size(path: string): number | undefined;
  /** The bytes of a file, or undefined where it is not there, not below the root, or not readable. */
  read(path: string): Uint8Array | undefined;
  /** Names of the files and folders in a folder, those of folders with a slash behind them; undefined as for `read`. */
  list(path: string): readonly string[] | undefined;
}

/** Nothing can be read: an untitled file has no workspace. */
export const emptyWorkspace: Workspace = { size: () => undefined, read: () => undefined, list: () => undefined };

/** Larger files are refused: they would have to fit the interpreter's memory twice. */
export const maximumFileBytes = 256 * 1024 * 1024;
