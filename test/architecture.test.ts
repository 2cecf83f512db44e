// The tree's own rules: who may import whom, no cycles, no platform where there is none, files of one size.
import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Folder → the folders it may import from besides itself. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  'src/protocol': [],
  'src/graph': [],
  'src/engine': ['src/graph'],
  'src/analysis': ['src/graph', 'src/engine', 'src/protocol'],
  'src/training': ['src/graph', 'src/engine', 'src/analysis', 'src/protocol'],
  'src/python': ['src/graph', 'src/engine', 'src/protocol'],
  'src/runtime': ['src/protocol', 'src/graph', 'src/engine', 'src/analysis', 'src/training', 'src/python'],
  'src/host': ['src/protocol'],
  'src/cli': ['src/protocol'],
  'webview': ['src/protocol'],
};
/** The one file of the runtime that its parents import: it starts the process. */
const launcher = 'src/runtime/launch.ts';

interface Import {
  readonly from: string;
  readonly to: string;
  readonly isTypeOnly: boolean;
}

/** An import statement of a Python file. */
interface PythonImport {
  readonly file: string;
  readonly text: string;
  /** Names that the file does not use. */
  readonly unused: readonly string[];
  /** It says that they are there for others. */
  readonly isMarked: boolean;
}

const sources = ['src', 'webview'].flatMap(typescriptFiles);
const imports = sources.flatMap(importsOf);

describe('the source tree', () => {
  for (const [folder, allowed] of Object.entries(mayImport)) {
    it(`${folder} imports ${allowed.length ? allowed.join(', ') : 'nothing'} beside itself`, () => {
      const wrong = imports
        .filter(({ from, to }) => folderOf(from) === folder && to.startsWith('.') === false && isOurs(to))
        .filter(({ from, to }) => folderOf(to) !== folderOf(from) && !allowed.includes(folderOf(to)!))
        .filter(({ from, to }) => !(to === launcher && ['src/host', 'src/cli'].includes(folderOf(from)!)));
      assert.deepEqual(wrong.map(({ from, to }) => `${from} → ${to}`), []);
    });
  }

  it('has no import cycles', () => {
    const next = new Map<string, string[]>();
    for (const { from, to } of imports) if (isOurs(to)) next.set(from, [...(next.get(from) ?? []), to]);
    assert.deepEqual(cycles(next), []);
  });

  it('lets the engine of kernels know of the reference engine nothing but its kernels: what both use lies beside them', () => {
    const between = (from: string, to: string): string[] =>
      imports.filter((each) => each.from.startsWith(`src/engine/${from}/`) && each.to.startsWith(`src/engine/${to}/`)).map((each) => `${each.from} → ${each.to}`);
    assert.deepEqual(between('wasm', 'reference'), ['src/engine/wasm/lowerGraph.ts → src/engine/reference/referenceBackend.ts']);
    assert.deepEqual(between('reference', 'wasm'), []);
  });

  it('knows vscode in src/host only', () => {
    const wrong = imports.filter(({ from, to }) => to === 'vscode' && folderOf(from) !== 'src/host');
    assert.deepEqual(wrong.map(({ from }) => from), []);
  });

  it('uses no Node built-ins in what is to run in a web worker too', () => {
    const portable = ['src/protocol', 'src/graph', 'src/engine', 'src/analysis', 'src/training', 'src/python', 'webview'];
    const wrong = imports.filter(({ from, to }) => portable.includes(folderOf(from)!) && to.startsWith('node:'));
    assert.deepEqual(wrong.map(({ from, to }) => `${from} → ${to}`), []);
  });

  it('imports the engine and the webview nothing from packages but what they are known to need', () => {
    const packages = imports.filter(({ to, isTypeOnly }) => !isTypeOnly && !isOurs(to) && !to.startsWith('node:') && !['vscode', 'package.json'].includes(to));
    const used = [...new Set(packages.map(({ from, to }) => `${folderOf(from)}: ${to}`))].sort();
    assert.deepEqual(used, ['src/runtime: fflate', 'src/runtime: h5wasm', 'src/training: fflate', 'webview: chart.js']);
  });

  it('has no default exports and no barrels', () => {
    const wrong = sources.filter((file) => /^export default|^export \*/m.test(readFileSync(join(root, file), 'utf8')));
    assert.deepEqual(wrong, []);
  });

  it('writes constants in camelCase, but for those that a specification or a paper names', () => {
    const named: Readonly<Record<string, readonly string[]>> = {
      'src/runtime/hdf5File.ts': ['INTEGER', 'FLOAT', 'ENUM'],
      'src/engine/wasm/assembly/gemm.ts': ['KC', 'NC', 'MC'],
      'src/engine/wasm/assembly/winogradTransforms.ts': ['A', 'B'],
    };
    const found = Object.fromEntries(sources.map((file) => [file, constantsOf(file)] as const).filter(([, names]) => names.length > 0));
    assert.deepEqual(found, named);
  });
  it('has no file over 400 lines', () => {
    const long = [...sources, ...files('src/python/shim', '.py')]
      .map((file) => [file, readFileSync(join(root, file), 'utf8').split('\n').length] as const)
      .filter(([, lines]) => lines > 400);
    assert.deepEqual(long.map(([file, lines]) => `${file}: ${lines}`), []);
  });
  it('imports in Python what the file uses, else says that others take it from there; a package may do so unsaid', () => {
    const shims = files('src/python/shim', '.py').flatMap((file) => pythonImportsOf(file));
    const isUnused = ({ unused, file }: PythonImport): boolean => unused.length > 0 && !file.endsWith('/__init__.py');
    assert.deepEqual(shims.filter((each) => isUnused(each) && !each.isMarked).map(({ file, unused }) => `${file}: ${unused.join(', ')} is not used`), []);
    assert.deepEqual(shims.filter((each) => each.isMarked && !isUnused(each)).map(({ file, text }) => `${file}: nothing to mark in ${text}`), []);
  });
  it('silences no other message of a Python linter, of which none runs', () => {
    const silencing = /# noqa(?!: F401(?: |:|$))/m;
    assert.deepEqual(files('src/python/shim', '.py').filter((file) => silencing.test(readFileSync(join(root, file), 'utf8'))), []);
  });
});

function files(folder: string, extension: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(extension))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'));
}

function typescriptFiles(folder: string): string[] {
  return files(folder, '.ts').filter((file) => !file.endsWith('.d.ts'));
}

function folderOf(file: string): string | undefined {
  return Object.keys(mayImport).find((folder) => file.startsWith(`${folder}/`));
}

function isOurs(target: string): boolean {
  return target.startsWith('src/') || target.startsWith('webview/');
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8');
  const statements = text.matchAll(/^(?:import|export)\s+(type\s+)?[^'"]*?from\s+['"]([^'"]+)['"]/gm);
  return [...statements].map(([, type, target]) => ({
    from: file,
    to: target!.startsWith('.') ? relative(root, resolve(root, dirname(file), target!)).split(sep).join('/') : target!,
    isTypeOnly: type !== undefined,
  }));
}

/** The import statements of a Python file, with the names of each that the file has nowhere else. */
function pythonImportsOf(file: string): PythonImport[] {
  const text = readFileSync(join(root, file), 'utf8');
  const statements = [...text.matchAll(/^[ \t]*(?:from[ \t]+\S+[ \t]+)?import[ \t]+(?:\([^)]*\)|[^\n#]*)[^\n]*$/gm)];
  return statements.map((statement) => {
    const rest = text.slice(0, statement.index) + text.slice(statement.index + statement[0].length);
    const code = rest.replace(/"""[^]*?"""|#[^\n]*/g, '');
    const [from, list] = statement[0].replace(/#[^\n]*/g, '').replace(/[()]/g, '').split(/\bimport\b/);
    const names = list!.split(',').map((part) => part.trim()).filter((part) => part !== '' && part !== '*')
      .map((part) => / as (\S+)$/.exec(part)?.[1] ?? (from!.trim() === '' ? part.split('.')[0]! : part));
    const unused = from!.includes('__future__') ? [] : names.filter((name) => !new RegExp(`\\b${name}\\b`).test(code));
    return { file, text: statement[0].trim(), unused, isMarked: statement[0].includes('# noqa: F401') };
  });
}

/** One cycle per strongly connected part that has any: found by depth-first search with an explicit stack. */
function cycles(next: ReadonlyMap<string, readonly string[]>): string[] {
  const state = new Map<string, 'open' | 'done'>();
  const found: string[] = [];
  for (const start of next.keys()) {
    if (state.has(start)) continue;
    const path: { file: string; index: number }[] = [{ file: start, index: 0 }];
    state.set(start, 'open');
    while (path.length > 0) {
      const top = path[path.length - 1]!;
      const target = next.get(top.file)?.[top.index++];
      if (target === undefined) {
        state.set(top.file, 'done');
        path.pop();
      } else if (state.get(target) === 'open') {
        const loop = path.slice(path.findIndex(({ file }) => file === target)).map(({ file }) => file);
        found.push([...loop, target].join(' → '));
      } else if (!state.has(target)) {
        state.set(target, 'open');
        path.push({ file: target, index: 0 });
      }
    }
  }
  return found;
}

/** Names of a file's constants that are in capitals. */
function constantsOf(file: string): string[] {
  const declarations = readFileSync(join(root, file), 'utf8').match(/^(?:export )?const .*/gm) ?? [];
  return declarations.flatMap((line) => [...line.matchAll(/(?:const |, )([A-Z][A-Z0-9_]*)(?=:| =)/g)].map(([, name]) => name));
}
