// The rules of the Python packages: who may import whom.
import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../src/python/shim/', import.meta.url));

/** Package → the packages of ours that it may import besides itself. What `_lens` must know of a framework comes through `_lens.framework`. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  _lens: [],
  numpy: ['_lens'],
  multiprocessing: ['_lens'],
  torch: ['_lens', 'numpy', 'multiprocessing'],
  keras: ['_lens', 'numpy'],
  tensorflow: ['_lens', 'keras'],
  einops: ['_lens', 'numpy', 'torch', 'keras'],
  torchvision: ['_lens', 'torch'],
  timm: ['_lens', 'torch'],
  pytorch_lightning: ['_lens', 'numpy', 'torch'],
  lightning: ['pytorch_lightning'],
  torchmetrics: ['torch'],
  gymnasium: ['_lens', 'numpy'],
  gym: ['gymnasium'],
};

/** The folders of `_lens` from the bottom up: each may import those before it. What lies beside the folders is for all. */
const layers = ['recording', 'weights', 'inputs', 'source', 'mends', 'workspace', 'meanings', 'missing', 'models', 'learning', 'construction', 'running', 'calling'];
const mayImportWithin: Readonly<Record<string, readonly string[]>> = Object.fromEntries(layers.map((name, place) => [name, layers.slice(0, place)]));

const packages = readdirSync(root, { withFileTypes: true }).map(({ name }) => name.replace(/\.py$/, '')).filter((name) => name !== '__pycache__');

interface Import {
  readonly from: string;
  readonly line: number;
  readonly to: string;
}

describe('the shim packages', () => keepTo(mayImport, packages, importsOf));

describe('the folders of _lens', () => {
  const folders = readdirSync(join(root, '_lens'), { withFileTypes: true }).filter((entry) => entry.isDirectory() && entry.name !== '__pycache__').map(({ name }) => name);
  keepTo(mayImportWithin, folders, importsWithin);
});

function keepTo(rules: Readonly<Record<string, readonly string[]>>, names: readonly string[], importsIn: (name: string) => Import[]): void {
  it('have a rule each', () => {
    assert.deepEqual([...names].sort(), Object.keys(rules).sort());
  });

  for (const name of names) {
    it(`${name} imports ${rules[name]?.join(', ') || 'nothing'} beside itself`, () => {
      const wrong = importsIn(name).filter(({ to }) => names.includes(to) && to !== name && !rules[name]?.includes(to));
      assert.deepEqual(wrong.map(({ from, line, to }) => `${from}:${line} → ${to}`), []);
    });
  }
}

/** What a folder of `_lens` imports of the package, relative to it. */
function importsWithin(folder: string): Import[] {
  return filesOf(join('_lens', folder)).flatMap((file) => readFileSync(file, 'utf8').split('\n').flatMap((text, index): Import[] => {
    const [, module, names] = /^\s*from \.\.(\w*)[\w.]* import (.+)/.exec(text) ?? [];
    const imported = module !== undefined && module !== '' ? [module] : names?.split(',').map((part) => part.trim().split(' ')[0]!) ?? [];
    return imported.map((to) => ({ from: relative(root, file).split(sep).join('/'), line: index + 1, to }));
  }));
}

/** Absolute imports, those within functions too. */
function importsOf(name: string): Import[] {
  return filesOf(name).flatMap((file) => readFileSync(file, 'utf8').split('\n').flatMap((text, index): Import[] => {
    const [, from, names] = /^\s*(?:from\s+([\w.]+)\s+import\b|import\s+([\w., ]+))/.exec(text) ?? [];
    const imported = from !== undefined ? [from] : names?.split(',').map((part) => part.trim().split(' ')[0]!) ?? [];
    return imported.map((target) => ({ from: relative(root, file).split(sep).join('/'), line: index + 1, to: target.split('.')[0]! }));
  }));
}

function filesOf(name: string): string[] {
  const folder = join(root, name);
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && entry.name.endsWith('.py')).map((entry) => join(entry.parentPath, entry.name));
  } catch {
    return [`${folder}.py`];
  }
}
