// Words that the host writes for a kernel against the class that the kernel reads them as: a field that one side alone has, or in another place, is garbage
// that nothing else would tell of.
import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync } from 'node:fs';
import { momentsDoubles } from '../../../src/engine/wasm/assembly/limits.ts';
import { Place } from '../../../src/engine/wasm/buffers.ts';
import { CommandList } from '../../../src/engine/wasm/commandList.ts';
import { kernelNames, type KernelName } from '../../../src/engine/wasm/kernels.ts';
import { lowerGraph } from '../../../src/engine/wasm/lowerGraph.ts';
import { Moment } from '../../../src/engine/wasm/measuring.ts';
import { agree } from '../../../src/engine/wasm/selfCheck.ts';
import { SingleCommand } from '../../../src/engine/wasm/singleCommand.ts';
import { Float, Inline, type Fields } from '../../../src/engine/wasm/task.ts';
import { kernelModule } from './engineUnderTest.ts';
import { goldenGraphs } from './goldenGraphs.ts';

type Type = 'usize' | 'i32' | 'u32' | 'f32' | 'f64';
type Class = readonly (readonly [name: string, type: Type])[];

const folder = new URL('../../../src/engine/wasm/assembly/', import.meta.url);
const sources = new Map(readdirSync(folder).filter((name) => name.endsWith('.ts')).map((name) => [name.slice(0, -3), readFileSync(new URL(name, folder), 'utf8')]));

/** A class by its name where it is seen from a file, its base's fields first. */
function classOf(name: string, file: string): Class {
  const source = sources.get(file)!;
  const found = new RegExp(`class ${name}(?: extends (\\w+))? \\{(.*?)\\}`, 's').exec(source);
  if (!found) {
    const imported = new RegExp(`import \\{[^}]*\\b${name}\\b[^}]*\\} from '\\./(\\w+)'`).exec(source);
    assert.ok(imported, `${file} knows no class ${name}`);
    return classOf(name, imported[1]);
  }
  const [, base, body] = found;
  const fields = [...body.replaceAll(/\/\*.*?\*\//gs, '').matchAll(/(\w+): (usize|i32|u32|f32|f64);/g)].map(([, field, type]) => [field, type as Type] as const);
  return [...(base === undefined ? [] : classOf(base, file)), ...fields];
}

/** What a kernel takes its arguments for. */
function classOfKernel(kernel: KernelName): { readonly fields: Class; readonly file: string } {
  for (const [file, source] of sources) {
    const name = new RegExp(`export function ${kernel}\\(address: usize, .*?changetype<(\\w+)>\\(address\\)`, 's').exec(source)?.[1];
    if (name !== undefined) return { fields: classOf(name, file), file };
  }
  return assert.fail(`no file has the kernel ${kernel}`);
}

/** Classes that fields of a class point to; of the others nothing but numbers in a list. */
const pointed: Readonly<Record<string, string>> = {
  query: 'Stack', key: 'Stack', value: 'Stack', y: 'Stack', gradient: 'Stack', mask: 'Stack', window: 'Window', chain: 'ChainHeader',
};

function assertFits(fields: Fields, expected: Class, file: string, what: string): void {
  const names = Object.keys(fields);
  // What follows a class is named by the host alone.
  const own = fields[names.at(-1)!] instanceof Inline && names.length > expected.length ? names.slice(0, -1) : names;
  assert.deepEqual(own, expected.map(([name]) => name), what);
  for (const [name, type] of expected) {
    const word = fields[name];
    const where = `${what}: ${name}`;
    if (word instanceof Inline) assert.deepEqual([type, word.words.length], ['f64', 2], where);
    else if (word instanceof Float) assert.equal(type, 'f32', where);
    else if (typeof word === 'number') assert.ok(type === 'i32' || type === 'u32' || (type === 'usize' && word === 0), `${where} is ${type}, not an integer`);
    else assert.equal(type, 'usize', where);
    if (word instanceof Place || word instanceof Inline || word instanceof Float || typeof word === 'number' || Array.isArray(word)) continue;
    assertFits(word as Fields, classOf(pointed[name], name === 'chain' ? 'chain' : file), file, where);
  }
}

describe('the words that the host writes for a kernel', () => {
  const seen = new Set<KernelName>();
  // Kept until the end of a test: the check of modules takes an error for a module that does not agree.
  let errors: unknown[];
  const check = (kernel: KernelName, compare: (expected: Class, file: string) => void): void => {
    seen.add(kernel);
    try {
      const { fields, file } = classOfKernel(kernel);
      compare(fields, file);
    } catch (error) {
      errors.push(error);
    }
  };
  beforeEach(() => void (errors = []));
  afterEach(() => { if (errors.length > 0) throw errors[0]; });
  const { command } = CommandList.prototype;
  const { run } = SingleCommand.prototype;
  before(() => {
    CommandList.prototype.command = function (kernel, work, fields, ...more) {
      check(kernel, (expected, file) => assertFits(fields, expected, file, kernel));
      command.call(this, kernel, work, fields, ...more);
    };
    SingleCommand.prototype.run = function (kernel, integers, floats, ...more) {
      check(kernel, (expected) => {
        assert.deepEqual([...Object.keys(integers), ...Object.keys(floats)], expected.map(([name]) => name), kernel);
        assert.deepEqual(Object.keys(floats), expected.filter(([, type]) => type === 'f32').map(([name]) => name), kernel);
      });
      run.call(this, kernel, integers, floats, ...more);
    };
  });
  after(() => {
    CommandList.prototype.command = command;
    SingleCommand.prototype.run = run;
  });

  it('are the fields of the class that it reads, by name, in their order and of their types: of all that PyTorch has computed', () => {
    for (const [{ graph }, outputs] of goldenGraphs()) lowerGraph(graph, { outputs }, 3);
  });

  it('are so for every kernel', () => {
    assert.ok(agree(kernelModule, kernelModule));
    assert.deepEqual(kernelNames.filter((kernel) => !seen.has(kernel)), []);
  });

  it('of the moments of a tensor are read in the order in which it leaves them', () => {
    const moments = classOf('Moments', 'statistics');
    const names = Object.values(Moment).filter((name) => typeof name === 'string');
    assert.deepEqual(names, moments.slice(0, names.length).map(([name]) => name));
    assert.deepEqual([moments.length, new Set(moments.map(([, type]) => type))], [momentsDoubles, new Set(['f64'])]);
  });
});
