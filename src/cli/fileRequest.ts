// From the command's words to a request of the runtime: the file's text, its root, the machine's memory. The runtime is given
// absolute paths; `withShownPaths` turns them back into what the user typed.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { totalmem } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import type { InspectRequest } from '../protocol/runtimeApi.ts';
import { mostWeightsBytes, type WeightsFile } from '../protocol/weightsFormat.ts';
import { UsageError, type InspectArguments } from './arguments.ts';
import { defaultMemoryLimitMiB } from '../protocol/memoryLimit.ts';

/** Files larger than this are not somebody's model. */
const mostFileBytes = 16 * 2 ** 20;

/** What marks the top of a project. */
const rootMarks = ['.git', 'pyproject.toml', 'setup.py', 'setup.cfg', 'requirements.txt'];

/** Throws `UsageError` where the file cannot be read. */
export function fileRequest(words: InspectArguments): InspectRequest {
  const path = resolve(words.file);
  const text = readText(words.file, path);
  const root = words.root === undefined ? projectRoot(dirname(path)) : resolve(words.root);
  if (!existsSync(root) || !statSync(root).isDirectory()) throw new UsageError(`--root ${words.root}: there is no such folder`);
  return {
    source: { path, text }, overlays: [], root,
    options: {
      seed: words.seed, mode: words.mode, structureOnly: words.structure, timeLimitSeconds: words.timeLimitSeconds, figureLimitSeconds: words.timeLimitSeconds,
      memoryLimitMiB: words.memoryLimitMiB ?? defaultMemoryLimitMiB(totalmem()),
      ...(words.model !== undefined && { model: words.model }), ...(words.call !== undefined && { call: words.call }),
      ...(words.inputs.length > 0 && { inputs: words.inputs }), ...(words.loss !== undefined && { loss: words.loss }),
      ...(words.weights !== undefined && { weights: readWeights(words.weights) }),
    },
  };
}

function readText(name: string, path: string): string {
  const bytes = readBounded(name, path, 'a Python file', mostFileBytes, 'too many for a model file');
  return new TextDecoder(declaredEncoding(bytes)).decode(bytes); // which drops a byte order mark
}

/** What a byte order mark or a comment in the first two lines says of the file's encoding (PEP 263), where it is one that is known here. */
function declaredEncoding(bytes: Buffer): string {
  const mark = bytes.toString('latin1', 0, 2);
  if (mark === '\xff\xfe') return 'utf-16le';
  if (mark === '\xfe\xff') return 'utf-16be';
  const [, name] = /^(?:[^\n]*\n)?[ \t\f]*#[^\n]*?coding[:=][ \t]*([-\w.]+)/.exec(bytes.toString('latin1', 0, 400)) ?? [];
  try {
    return new TextDecoder(name?.replaceAll('_', '-').replace(/^latin-/i, 'latin')).encoding; // as WHATWG writes Python's names
  } catch {
    return 'utf-8';
  }
}

/** Read here: the runtime may read nothing but the workspace. */
function readWeights(name: string): WeightsFile {
  const bytes = readBounded(`--weights ${name}`, resolve(name), 'a file of weights', mostWeightsBytes, 'too many: weights of up to 1 GiB are read');
  return { name, bytes: new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length) };
}

function readBounded(name: string, path: string, wanted: string, most: number, tooMany: string): Buffer {
  try {
    const { size } = statSync(path);
    if (size > most) throw new UsageError(`${name}: ${size} bytes are ${tooMany}`);
    return readFileSync(path);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(`${name}: ${code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? `this is a folder; name ${wanted}` : (error as Error).message}`);
  }
}

/** The nearest folder upward with a mark of a project; where there is none, the one that holds the outermost package that the file or its folder lies in. */
function projectRoot(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    if (rootMarks.some((mark) => existsSync(join(at, mark)))) return at;
    if (dirname(at) === at) break;
  }
  const isPackage = (at: string) => existsSync(join(at, '__init__.py'));
  let top = folder;
  while ((isPackage(top) || isPackage(dirname(top))) && dirname(top) !== top) top = dirname(top);
  return top;
}

/** A copy of plain data in which each `file` is named as the user would: the argument as typed, others from the current folder. */
export function withShownPaths<T>(value: T, typed: string, path = resolve(typed)): T {
  const shown = (file: string) => {
    if (file === path) return typed;
    const below = relative('.', file);
    return below === '' || below.startsWith('..') ? file : below;
  };
  const map = (item: unknown): unknown => {
    if (Array.isArray(item)) return item.map(map);
    if (typeof item !== 'object' || item === null) return item;
    return Object.fromEntries(Object.entries(item).map(([key, inner]) => [key, key === 'file' && typeof inner === 'string' ? shown(inner) : map(inner)]));
  };
  return map(value) as T;
}
