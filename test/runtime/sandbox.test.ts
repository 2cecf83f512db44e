// Model code against the walls: each attempt runs in the real process, started without any of Node's own protections, and
// must end as harmlessly as it does with them. What an attempt could reach it would print; how each ends is asserted, so that none passes for not trying.
import { strict as assert } from 'node:assert';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InspectResult } from '../../src/protocol/runtimeApi.ts';
import { RuntimeUnderTest } from './runtimeUnderTest.ts';

/** Title → model code that tries; `reached` is printed only if it succeeds. */
const attempts: Readonly<Record<string, string>> = {
  'import js': 'import js\nif "JsProxy" in type(js).__name__ or js.__class__.__module__.startswith("pyodide"): print("reached", js)',
  'import pyodide_js': 'import pyodide_js\nif "JsProxy" in type(pyodide_js).__name__: print("reached", pyodide_js)',
  'import pyodide_js after clearing sys.modules': 'import sys\nfor name in list(sys.modules):\n    if "pyodide" in name: del sys.modules[name]\nimport pyodide_js\nif "JsProxy" in type(pyodide_js).__name__: print("reached", pyodide_js)',
  'any proxy left in memory': 'import gc\nfor thing in gc.get_objects():\n    if type(thing).__name__ == "JsProxy": print("reached", thing)',
  'any proxy left in memory that collections pass over': 'import gc\ngc.unfreeze()\nfor thing in gc.get_objects():\n    if type(thing).__name__ == "JsProxy": print("reached", thing)',
  'run_js': 'from pyodide.code import run_js\nprint("reached", run_js("1 + 1") + 1)',
  'a constructor of the door\'s function': 'from _lens import door\nprint("reached", door._recorder.record.constructor)',
  'a constructor of an array that a proxy makes': 'from _lens import door\nmake = door._recorder.record.object_entries().constructor.constructor\nprint("reached", make("return process")())',
  'a constructor by way of the core module': 'import sys\nfor name in list(sys.modules):\n    if "pyodide" in name: del sys.modules[name]\nimport _pyodide_core\nproxy = _pyodide_core.create_proxy(len)\nprint("reached", proxy.constructor.constructor("return process")())',
  'objects that the core module makes': `import sys
for name in list(sys.modules):
    if "pyodide" in name: del sys.modules[name]
import _pyodide_core as core
seen = [core.create_proxy(len), core.create_proxy({}), core.create_proxy([]), core.to_js([1]), core.to_js({"a": 1}), core.to_js(b"12")]
try:
    seen[0].__proto__
    seen[0].missing.missing
except BaseException as error:
    seen.append(error)
for thing in seen[:]:
    for _ in range(3):
        for name in ("constructor", "__proto__", "prototype", "js_error", "then", "map", "entries", "values"):
            for of in seen[:200]:
                try:
                    found = getattr(of, name)
                except BaseException as error:
                    found = error
                if type(found).__name__ in ("JsProxy", "JsException") and len(seen) < 400: seen.append(found)
for thing in seen:
    for name in ("getOwnPropertyNames", "getPrototypeOf", "defineProperty", "captureStackTrace"):
        if hasattr(thing, name): print("reached", name, thing)
    try:
        thing.map = len
    except BaseException:
        pass
    try:
        thing.lensProbe = 1
    except BaseException:
        pass
for fresh in (core.to_js([2]), core.to_js(b"34"), core.to_js({"b": 1})):
    if hasattr(fresh, "lensProbe"): print("reached", fresh)
print(len(seen) > 6)`,
  'an object of its own where the door takes a string': `from _lens import door
got = []
class Parts:
    def map(self, take, *rest):
        got.append(take)
        return []
class Ids:
    def split(self, separator):
        return Parts()
door._recorder.record("relu", Ids(), "{}", -1, -1)
print("reached", got[0])`,
  'an error of JavaScript that the door throws': `from _lens import door
for call in (lambda: door._recorder.seed(0, 2 ** 70), lambda: door._recorder.statement(2 ** 70), lambda: door._recorder.log("info", [1])):
    try:
        answer = call()
        assert answer.startswith("!TypeError|"), answer
    except Exception as error:
        print("reached", type(error), error)
print("refused")`,
  'emscripten_run_script': 'import ctypes\nctypes.CDLL(None).emscripten_run_script(b"throw new Error(\'reached \' + typeof process)")\nanswer = ctypes.CDLL(None).emscripten_run_script_int(b"42")\nif answer == 42: print("reached", answer)',
  'os.system': 'import os\nif os.system("true") == 0: print("reached")',
  'subprocess': 'import subprocess\nprint(subprocess.run(["echo", "reached"], capture_output=True, text=True).stdout)',
  'a socket': 'import socket\ns = socket.socket()\ntry:\n    s.connect(("127.0.0.1", 9))\n    print("reached")\nexcept OSError:\n    pass',
  'urllib': 'import urllib.request\ntry:\n    urllib.request.urlopen("http://127.0.0.1:9/")\n    print("reached")\nexcept OSError:\n    pass',
  'a file outside of the interpreter': 'import os\nfor path in ("/etc/passwd", "/proc/self/environ", "/root", "/usr"):\n    if os.path.exists(path): print("reached", path)',
  'the environment': 'import os\nfor name in ("PATH_TO_SECRET", "USERNAME", "SHELL"):\n    if name in os.environ: print("reached", os.environ[name])',
  'mounting the host\'s file system': 'import gc\nfor thing in gc.get_objects():\n    try:\n        if type(thing).__name__ == "JsProxy" and hasattr(thing, "mountNodeFS"): print("reached", thing)\n    except BaseException: pass',
};

/** Of attempts that end before their last line, the error that ends them. */
const errors: Readonly<Record<string, RegExp>> = {
  'import pyodide_js': /^ModuleNotFoundError: import of pyodide_js halted/,
  'run_js': /^ModuleNotFoundError: import of pyodide.code halted/,
  'a constructor of the door\'s function': /^AttributeError: constructor$/,
  'a constructor of an array that a proxy makes': /^TypeError: 'NoneType' object is not callable$/,
  'a constructor by way of the core module': /^(TypeError: Expected callable|AttributeError: constructor)/,
  'an object of its own where the door takes a string': /^IndexError: list index out of range$/,
};

describe('model code in the sandbox, without Node\'s protections', function () {
  let runtime: RuntimeUnderTest;
  before(async () => {
    process.env['PATH_TO_SECRET'] = 'secret';
    runtime = await RuntimeUnderTest.start({ flags: [] });
  });
  after(() => {
    delete process.env['PATH_TO_SECRET'];
    runtime.connection.dispose();
  });

  for (const [title, code] of Object.entries(attempts)) {
    it(`reaches nothing by ${title}`, async () => {
      const { output, report } = await runtime.inspect(`${code}\nprint("tried")`);
      const said = report.diagnostics.map(({ message }) => message);
      assert.doesNotMatch(output + said.join(), /reached/);
      const error = errors[title];
      if (error) assert.match(said[0]!, error);
      assert.match(output, error ? /^(tried\n)?$/ : /tried\n$/);
    });
  }

  it('lists and reads nothing beside its workspace through the door', async () => {
    const around = mkdtempSync(join(tmpdir(), 'around-'));
    const root = join(around, 'root');
    try {
      for (const folder of ['root', 'root/sub', 'secrets']) mkdirSync(join(around, folder));
      writeFileSync(join(around, 'secrets', 'reached.txt'), 'reached');
      symlinkSync(join(around, 'secrets'), join(root, 'link'));
      const { output, report } = await runtime.inspect(`from _lens import door
names = ["/", "..", "../secrets", "sub/../../secrets", "sub/../..", "link", "link/.", ${JSON.stringify(around)}, ${JSON.stringify(join(around, 'secrets'))}, "//etc", "/etc", "/proc/self", "../secrets\\0", "file:///etc"]
for name in names:
    for ask in (lambda: door.list_folder(name), lambda: door.read_file(f"{name}/reached.txt"), lambda: door.file_size(f"{name}/reached.txt")):
        try:
            print("reached", name, ask())
        except (FileNotFoundError, PermissionError):
            pass
print(door.list_folder("."), door.list_folder("sub"))
`, {}, { root });
      assert.deepEqual(report.diagnostics.filter(({ kind }) => kind !== 'skipped').map(({ message }) => message), []);
      assert.match(output, /^\[('link', 'sub\/'|'sub\/', 'link')\] \[\]\n$/);
    } finally {
      rmSync(around, { recursive: true });
    }
  });

  it('is still there for the next file', async () => {
    const { output } = await runtime.inspect('print("alive")');
    assert.equal(output, 'alive\n');
  });
});

describe('the runtime process', () => {
  it('runs under all of Node\'s protections where Node has them', async () => {
    const runtime = await RuntimeUnderTest.start();
    assert.deepEqual(runtime.connection.protections, [
      'closed doors', 'no code from strings', 'no writes', 'no child processes', 'reads limited to the extension and the workspace',
    ]);
    runtime.connection.dispose();
  });

  const workspace = mkdtempSync(join(tmpdir(), 'roots-'));
  mkdirSync(join(workspace, 'sub'));
  writeFileSync(join(workspace, 'sub', 'train.py'), 'from model import Net\nnet = Net(12)\n');
  after(() => rmSync(workspace, { recursive: true }));
  const made = 'import torch.nn as nn\nclass Net(nn.Module):\n    def __init__(self, width):\n        super().__init__()\n        self.fc = nn.Linear(width, 2)\n    def forward(self, x):\n        return self.fc(x)\n';
  for (const [what, roots] of [
    ['no folder', []], ['a folder', [workspace]], ['a folder twice', [workspace, workspace]], ['a folder and one in it', [join(workspace, 'sub'), workspace]],
    ['the folder that the extension is in', [join(import.meta.dirname, '..', '..')]],
  ] as const) {
    it(`has them with ${what} to read, and lists what is there`, async () => {
      const runtime = await RuntimeUnderTest.start({ roots });
      assert.equal(runtime.connection.protections.length, 5, runtime.connection.protections.join());
      const { report } = await runtime.inspect('', {}, { source: { path: join(workspace, 'model.py'), text: made }, root: workspace });
      assert.equal(report.models[0]!.parameterCount === 26, (roots as readonly string[]).includes(workspace), 'the call in a file beside is found where it may be read');
      runtime.connection.dispose();
    });
  }

  it('stops an endless loop at its limit and names its line', async () => {
    const runtime = await RuntimeUnderTest.start();
    const { report } = await runtime.inspect('x = 1\nwhile True:\n    x += 1\n', { timeLimitSeconds: 1 });
    const [limit, ...others] = report.diagnostics.filter(({ kind }) => kind === 'limit');
    assert.deepEqual(others, []);
    assert.ok([2, 3].includes(limit!.range!.line), 'the header of the loop or its body, wherever it was stopped');
    runtime.connection.dispose();
  });

  const net = 'import itertools, torch\nnet = torch.nn.Linear(3, 2)\n';
  const forward = (body: string) => `${net}class Other(torch.nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = torch.nn.Linear(3, 9)\n`
    + `    def forward(self, x):\n        ${body}\nother = Other()\n`;

  for (const { title, text, models, said, timeLimitSeconds = 2 } of [
    {
      title: 'a statement that cannot be interrupted', text: `${net}sum(itertools.repeat(1))\nprint("behind")\n`, models: ['net'],
      said: ['3 this is left out: it did not stop after 2 s, and could not be interrupted'],
    },
    {
      title: 'a statement that brings the interpreter down', timeLimitSeconds: 10, text: `${net}import faulthandler\nfaulthandler._sigsegv()\nprint("behind")\n`, models: ['net'],
      said: ['4 this is left out: the Python interpreter failed (unreachable)'],
    },
    {
      title: 'a model that cannot be interrupted', text: `${forward('sum(itertools.repeat(1))')}print("behind")\n`, models: ['net'],
      said: ['3 `Other` is not shown: it did not stop after 2 s, and could not be interrupted'],
    },
  ]) {
    it(`shows what is left of a file without ${title}`, async () => {
      const runtime = await RuntimeUnderTest.start();
      const { report, output } = await runtime.inspect(text, { timeLimitSeconds, model: '*' });
      assert.deepEqual(report.models.map(({ name }) => name), models);
      assert.deepEqual(report.diagnostics.map(({ range, message }) => `${range && range.line} ${message}`), said);
      assert.equal(output, 'behind\n');
      assert.equal((await runtime.inspect('print("next")')).output, 'next\n');
      runtime.connection.dispose();
    });
  }

  it('shows a recursion without end as a few of its calls', async () => {
    const runtime = await RuntimeUnderTest.start();
    const { report } = await runtime.inspect(forward('return self(self.fc(x))').replace('nn.Linear(3, 9)', 'nn.Linear(3, 3)'), { model: 'other' });
    assert.deepEqual(report.diagnostics.map(({ message }) => message), ['maximum recursion depth exceeded']);
    assert.equal(report.models[0]!.layers.filter(({ type }) => type === 'Other').length, 3);
    runtime.connection.dispose();
  });

  it('answers what waits behind a file that it had to be restarted for', async () => {
    const runtime = await RuntimeUnderTest.start();
    const [first, second] = await Promise.all([
      runtime.inspect(`${net}sum(itertools.repeat(1))\n`, { timeLimitSeconds: 2 }), runtime.inspect('print("second")'),
    ]);
    assert.equal(first.report.models.length, 1);
    assert.equal(second.output, 'second\n');
    runtime.connection.dispose();
  });

  it('says where something is nested too deeply, is not brought down by it, and reads the next', async () => {
    const runtime = await RuntimeUnderTest.start();
    for (const [line, text] of [
      [3, `x = y${'.z'.repeat(50_000)}\n`],
      [5, 'class Endless:\n    def __init__(self):\n        self.inner = Endless()\nEndless()\n'],
      [5, 'class Endless:\n    def __repr__(self):\n        return repr(self)\nprint(Endless())\n'],
    ] as const) {
      const { report } = await runtime.inspect(`${net}${text}`, { timeLimitSeconds: 60 });
      assert.deepEqual(report.diagnostics.map(({ kind, range }) => `${kind} ${range!.line}`), [`limit ${line}`]);
      assert.equal(report.models.length, 1);
    }
    assert.deepEqual(runtime.logged, []);
    assert.equal((await runtime.inspect('print("next")')).output, 'next\n');
    runtime.connection.dispose();
  });

  it('is bounded in what a file logs', async () => {
    const runtime = await RuntimeUnderTest.start();
    const { output } = await runtime.inspect('from _lens import door\nfor _ in range(2000): door.log("x" * 1000, "error")\nprint("done")');
    assert.equal(output, 'done\n');
    assert.ok(runtime.logged.join('').length < 66_000);
    assert.equal(runtime.logged.at(-1), '… more was logged than is kept');
    runtime.connection.dispose();
  });

  it('is bounded in what a file holds', async () => {
    const runtime = await RuntimeUnderTest.start();
    const held = 'from _lens import door\nkept = []\nfor n in range(40):\n    kept.append(door.constant(bytes(4_000_000), "float32", (1_000_000,)))\n';
    const limits = ({ report }: InspectResult) => report.diagnostics.filter(({ kind }) => kind === 'limit').map(({ range }) => range!.line);
    assert.deepEqual(limits(await runtime.inspect(held, { memoryLimitMiB: 64 })), [4]);
    const drawn = 'import torch\nxs = []\nfor n in range(40):\n    xs.append(torch.rand(1_000_000))\n    float(xs[-1].sum())\nprint(sum(float(x[0]) for x in xs) == sum(float(x[0]) for x in xs))\n';
    const result = await runtime.inspect(drawn, { memoryLimitMiB: 64 });
    assert.deepEqual(limits(result), []);
    assert.equal(result.output, 'True\n');
    runtime.connection.dispose();
  });

  it('does not take many short runs in a row for a long one', async () => {
    const runtime = await RuntimeUnderTest.start();
    const busy = 'import time\nstart = time.perf_counter()\nwhile time.perf_counter() - start < 0.3: pass\nprint("done")\n';
    const until = Date.now() + 5500;
    while (Date.now() < until) assert.equal((await runtime.inspect(busy, { timeLimitSeconds: 1.5 })).output, 'done\n');
    runtime.connection.dispose();
  });

  it('interrupts a run whose request is cancelled, and answers the next', async () => {
    const runtime = await RuntimeUnderTest.start();
    const abort = new AbortController();
    const first = runtime.inspect('while True: pass', {}, {}, abort.signal);
    setTimeout(() => abort.abort(), 200);
    await assert.rejects(first, { name: 'CancelledError' });
    assert.equal((await runtime.inspect('print(1)')).output, '1\n');
    runtime.connection.dispose();
  });

  it('rejects what is pending when it is killed', async () => {
    const runtime = await RuntimeUnderTest.start();
    const pending = runtime.inspect('while True: pass');
    setTimeout(() => runtime.connection.dispose(), 100);
    await assert.rejects(pending, { name: 'ConnectionClosedError' });
  });
});
