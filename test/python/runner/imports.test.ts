// What a file imports: other files of its workspace, read through the door.
import { strict as assert } from 'node:assert';
import { itRuns, type RunCase } from './runCase.ts';
import { RanFile } from './runFile.ts';

const torch = 'import torch\nimport torch.nn as nn\n';

const cases: readonly RunCase[] = [
  {
    title: 'imports files of the workspace: packages, relative imports, folders without __init__',
    text: 'from nets.mlp import size\nfrom util import double\nprint(double(size))\n',
    options: { files: { 'nets/mlp.py': 'from .sizes import base\nsize = base * 2\n', 'nets/sizes.py': 'base = 4\n', 'util/__init__.py': 'def double(n):\n    return 2 * n\n' } },
    diagnostics: [],
    output: '16\n',
  },
  {
    title: 'follows relative imports in folders without __init__',
    text: 'from .sizes import base\nfrom .deep.inner import twice\nfrom ..top import factor\nprint(twice(base) * factor)\n',
    options: {
      path: 'nets/net.py',
      files: { 'nets/sizes.py': 'base = 4\n', 'nets/deep/inner.py': 'from ..sizes import base\ndef twice(n):\n    return n + base\n', 'top.py': 'factor = 3\n' },
    },
    diagnostics: [],
    output: '24\n',
  },
  {
    title: 'follows relative imports in the root itself',
    text: 'from . import sizes\nfrom .sizes import base\nprint(base + sizes.base)\n',
    options: { files: { 'sizes.py': 'base = 4\n' } },
    diagnostics: [],
    output: '8\n',
  },
  {
    title: 'reads the workspace\'s own source of a package that is here otherwise',
    text: 'import timm\nfrom timm.layers import DropPath\nprint(timm.__version__, DropPath)\n',
    options: { files: { 'timm/__init__.py': '__version__ = "mine"\n', 'timm/layers.py': 'DropPath = 5\n' } },
    diagnostics: [],
    output: 'mine 5\n',
  },
  {
    title: 'has its own package again for the next file',
    text: 'import timm\nprint(timm.__version__)\n',
    diagnostics: [],
    output: '1.0.20\n',
  },
  {
    title: 'has the other parts of a package of which one fails',
    text: 'from nets import small\nfrom nets.small import size\nprint(size, small.size)\n',
    options: { files: { 'nets/__init__.py': 'from .broken import *\nfrom .small import size\n', 'nets/broken.py': 'import torch\ntorch.nothing_of_that_name\n', 'nets/small.py': 'size = 3\n' } },
    diagnostics: ["python nets/broken.py:2:0-26 AttributeError: module 'torch' has no attribute 'nothing_of_that_name'"],
    output: '3 3\n',
  },
  {
    title: 'imports a package from a file of the same name within it',
    text: 'from unet.sizes import base\nprint(base)\n',
    options: { path: 'unet/main.py', files: { 'unet/__init__.py': '', 'unet/unet.py': '', 'unet/sizes.py': 'base = 4\n' } },
    diagnostics: [],
    output: '4\n',
  },
  {
    title: 'runs a file once, though its own package imports it: what it enters in a registry is there once',
    text: 'print("begins")\nfrom .registry import register, known\n@register\ndef small(): return 1\nprint(known, __name__)\n',
    options: {
      path: 'nets/small.py',
      files: {
        'nets/small.py': '', 'nets/__init__.py': 'from .small import small\nfrom .large import twice\n', 'nets/large.py': 'from .small import small\ndef twice(): return 2 * small()\n',
        'nets/registry.py': 'known = []\ndef register(f):\n    if f.__name__ in known: raise ValueError(f"{f.__name__} is already registered")\n    known.append(f.__name__)\n    return f\n',
      },
    },
    diagnostics: [],
    output: 'begins\n[\'small\'] __main__\n',
  },
  {
    title: 'reports an error of an imported file there and at the import',
    text: 'import helper\nprint("on")\n',
    options: { files: { 'helper.py': 'a = 1\nb = a / 0\n' } },
    diagnostics: [
      'python helper.py:2:4-9 ZeroDivisionError: division by zero',
      'python 1:0-13 ZeroDivisionError: division by zero (helper.py, line 2)',
    ],
    output: 'on\n',
  },
  {
    title: 'reports a syntax error of an imported file there and at the import',
    text: 'import helper\n',
    options: { files: { 'helper.py': 'a = (\n' } },
    diagnostics: ["syntax helper.py:1:4-5 '(' was never closed", "syntax 1:0-13 '(' was never closed (helper.py, line 1)"],
  },
  {
    title: 'forgets the modules of an earlier run',
    text: 'import helper\nprint(helper.value)\n',
    options: { files: { 'helper.py': 'value = 7\n' } },
    diagnostics: [],
    output: '7\n',
  },
  {
    title: 'reads an imported file in the encoding that it names',
    text: 'import helper\nprint(helper.word)\n',
    options: { files: { 'helper.py': '# coding: latin-1\nword = "caf\xe9"\n' }, encoding: 'latin1' },
    diagnostics: [],
    output: 'café\n',
  },
];

describe('an import of another file of the workspace', () => {
  cases.forEach(itRuns);

  it('counts an error of an imported file once, however often the file is imported', async () => {
    const { run } = await RanFile.of('import sizes\nfrom sizes import A\nimport sizes\n', { files: { 'sizes.py': 'A = 1 / 0\n' } });
    assert.deepEqual(run.diagnostics.map(({ severity, range }) => `${severity} ${range!.file.split('/').at(-1)}:${range!.line}`),
      ['error sizes.py:1', 'error model.py:1', 'information model.py:2', 'information model.py:3']);
  });

  it('imports a file anew that was changed, and leaves the training loop of one that was not each time', async () => {
    const train = 'import torch\ndef train(net):\n    optimizer = torch.optim.SGD(net.parameters(), 0.1)\n    for step in range(5):\n'
      + '        net(torch.ones(1, 2)).sum().backward()\n        optimizer.step()\n        print("never")\n    return "trained"\n';
    const text = 'import torch, sizes, train\nprint(sizes.A, train.train(torch.nn.Linear(2, 1)))\n';
    for (const size of [1, 2]) {
      const ran = await RanFile.of(text, { files: { 'sizes.py': `A = ${size}\n`, 'train.py': train } });
      assert.deepEqual([ran.run.output, ran.diagnostics], [`${size} trained\n`, ['skipped train.py:4:4-24 training is not run: the loop was left after its first step']]);
    }
  });
});

describe('a folder of the workspace without `__init__.py`', () => {
  const files = { 'kinds/small/body.py': 'WIDTH = 5\n' };

  it('is a package of the files in it that a statement imports', async () => {
    const ran = await RanFile.of(`${torch}from kinds.small.body import WIDTH\nfrom kinds.small import body\nnet = nn.Linear(WIDTH, body.WIDTH)\n`, { files });
    assert.deepEqual([ran.diagnostics, ran.trace().rows], [[], ['. Linear → (32, 5)']]);
  });

  it('is a package where its name is only computed', async () => {
    const ran = await RanFile.of(`${torch}import importlib\nkind = "small"\nbody = importlib.import_module(f"kinds.{kind}.body")\nnet = nn.Linear(4, body.WIDTH)\n`, { files });
    assert.deepEqual([ran.diagnostics, ran.trace().rows], [[], ['. Linear → (32, 5)']]);
  });

  for (const statement of ['from kinds import load_dataset', 'import kinds']) {
    it(`leaves a package that is not here what it is: \`${statement}\``, async () => {
      const ran = await RanFile.of(`${torch}${statement}\nnet = nn.Linear(4, 5)\n`, { files });
      assert.deepEqual(ran.diagnostics, [`skipped 3:0-${statement.length} \`kinds\` is not here: what the file does with it has no effect`]);
    });
  }

  it('is none where it holds runs that no statement can name', async () => {
    const ran = await RanFile.of(`${torch}import importlib\nruns = importlib.import_module("runs")\nruns.start()\nnet = nn.Linear(4, 5)\n`, { files: { 'runs/run-1/train.py': 'x = 1\n' } });
    assert.deepEqual(ran.trace().rows, ['. Linear → (32, 5)']);
    assert.match(ran.diagnostics.join(), /`runs` is not here/);
  });
});
