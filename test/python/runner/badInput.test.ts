// What a file can do to itself and to us, and the sentence in which each ends: on its line, with all else of the file still shown.
import { strict as assert } from 'node:assert';
import { RanFile, type RunOptions } from './runFile.ts';

const head = 'import os, sys, torch, torch.nn as nn\nnet = nn.Linear(3, 2)\n';
const model = (forward: string, more = '') => `${head}class M(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(3, 2)\n${more}`
  + `    def forward(self, x):\n        ${forward}\nm = M()\n`;
const method = (signature: string, body: string) => `    def ${signature}:\n        ${body}\n`;

interface Case {
  readonly text: string;
  readonly options?: RunOptions;
  /** Of the run. */
  readonly diagnostics?: readonly string[];
  /** Main model first. */
  readonly models?: string;
  /** Model to trace → what is said of it then. */
  readonly traced?: readonly [string, ...string[]];
}

const cases: Readonly<Record<string, Case>> = {
  // Not Python
  'an HTML page': { text: '<!DOCTYPE html>\n<html>\n</html>\n', diagnostics: ['syntax 1:0-1 this is an HTML page, not the text of a Python file'], models: '' },
  'C++': { text: '// a net\n#include <torch/torch.h>\nint main() {\n}\n', diagnostics: ['syntax 1:0-2 this is C or C++, not the text of a Python file'], models: '' },
  'a merge conflict': { text: 'x = 1\n<<<<<<< HEAD\nx = 2\n=======\nx = 3\n>>>>>>> other\n', diagnostics: ['syntax 2:0-2 a merge conflict is not resolved here'], models: '' },
  'Python before 3.7': { text: 'import torch\nmade = dict(async=True)\n', diagnostics: ['syntax 2:12-17 this is written for a Python before 3.7: `async` is a keyword since then, and no name'], models: '' },
  'Python 2': { text: 'x = 1\nraise ValueError, "no"\n', diagnostics: ['syntax 2:16-17 this is Python 2, not Python 3: it raises with a comma'], models: '' },
  'an imported file of Python 2': {
    text: `${head}import a\n`, options: { files: { 'a.py': 'x = 1\nprint "loaded", x\n' } }, models: 'net (instance)',
    diagnostics: ['syntax a.py:2:0-1 this is Python 2, not Python 3: its `print` is a statement', 'syntax 3:0-8 this is Python 2, not Python 3: its `print` is a statement (a.py, line 2)'],
  },
  'a null byte': { text: 'x = 1\ny = "\0"\n', diagnostics: ['syntax 2:5-6 this is not the text of a Python file: it has null bytes'], models: '' },
  'commands of a notebook': {
    text: `%matplotlib inline\n${head}if net:\n    !pip install torch\nx = (8\n% 3)\n`,
    diagnostics: ['skipped 1:0-18 a command of a notebook: it is left out', 'skipped 5:4-22 a command of a notebook: it is left out'], models: 'net (instance)',
  },
  'an imported file of null bytes': {
    text: `${head}import a\n`, options: { files: { 'a.py': '\0\0' } }, models: 'net (instance)',
    diagnostics: ['syntax a.py:1:0-1 a.py is not the text of a Python file: it has null bytes', 'syntax 3:0-8 a.py is not the text of a Python file: it has null bytes (a.py, line 1)'],
  },
  // What ends the process, or would wait for somebody
  'an exit with a message': { text: `${head}sys.exit("no data")\nx = 1\n`, diagnostics: ['skipped 3:0-19 the file ends here: no data'], models: 'net (instance)' },
  'an exit with a status': { text: `${head}sys.exit(2)\nx = 1\n`, diagnostics: ['skipped 3:0-11 the file ends here, with status 2'], models: 'net (instance)' },
  'an exit at the end': { text: `${head}sys.exit(2)\n`, diagnostics: [], models: 'net (instance)' },
  'os._exit': { text: `${head}os._exit(1)\nx = 1\n`, diagnostics: ['skipped 3:0-11 the file ends here, with status 1'], models: 'net (instance)' },
  'a signal to itself': { text: `${head}os.kill(os.getpid(), 9)\n`, diagnostics: ['skipped 3:0-23 the file ends here: it ends itself by signal 9'], models: 'net (instance)' },
  'a breakpoint': { text: `${head}breakpoint()\nhelp(len)\n`, diagnostics: ['skipped 3:0-12 `breakpoint()` stops nothing here', 'skipped 4:0-9 `help()` shows nothing here'], models: 'net (instance)' },
  'a debugger': { text: `${head}import pdb; pdb.set_trace()\n`, diagnostics: ['skipped 3:0-10 `pdb` is not here: nothing stops for it'], models: 'net (instance)' },
  'a trace function': { text: `${head}sys.settrace(lambda *a: 1 / 0)\ndef f(): pass\nf()\n`, diagnostics: [], models: 'net (instance)' },
  // Things that cannot be looked at
  'a thing that has no class': { text: `${head}class P:\n    @property\n    def __class__(self):\n        raise RuntimeError("unbound")\np = P()\n`, diagnostics: [], models: 'net (instance)' },
  'a class that answers nothing': { text: `${head}class Meta(type):\n    def __getattribute__(cls, name):\n        raise RuntimeError(name)\nclass P(metaclass=Meta): pass\n`, diagnostics: [], models: 'net (instance)' },
  'names that are none': { text: `${head}globals()[5] = nn.Linear(1, 1)\n`, diagnostics: [], models: 'net (instance)' },
  'parameters that are none': { text: `${model('return x')}m._parameters = None\n`, diagnostics: ["python 3:6-7 AttributeError: 'NoneType' object has no attribute 'items'"], models: 'net (instance)' },
  'a model without a name that is asked for': { text: model('return self.fc(x)', method('__getattr__(self, name)', 'return getattr(self, name)')), models: 'M (instance), net (instance)', diagnostics: [] },
  'a module of no name': { text: model('return self.fc(x)', '    __module__ = 5\n'), models: 'M (instance), net (instance)', diagnostics: [], traced: ['M'] },
  // What a model gives
  'a forward without a return': { text: model('self.fc(x)'), traced: ['M', 'skipped 7:4-25 `M` gives None: is a `return` missing?'] },
  'a generator': { text: model('yield self.fc(x)'), traced: ['M', 'skipped 7:4-25 `M` gives a generator, which has not run'] },
  'a word': { text: model('return "done"'), traced: ['M', 'skipped 7:4-25 `M` gives str, in which no tensor was found'] },
  'an error without words': { text: model('raise NotImplementedError'), traced: ['M', 'python 8:8-33 NotImplementedError'] },
  'an error that cannot say what it is': { text: `class E(Exception):\n    def __str__(self): raise ValueError\n${model('raise E')}`, traced: ['M', 'python 10:8-15 E'] },
  'a model within itself': { text: `${model('return self.fc(x)')}m.m = m\n`, traced: ['M', 'unsupported 3:6-7 this model could not be shown (RecursionError: maximum recursion depth exceeded)'] },
  'sizes that are no integers': {
    text: `${head}wide = nn.Linear(6 / 2, 2)\n`, models: 'net (instance)',
    diagnostics: ['python 3:7-26 TypeError: empty(): argument \'size\' failed to unpack the object at pos 2 with error "type must be tuple of ints,but got float" '
      + '[it takes whole numbers: `//` divides without a remainder, `int(…)` drops what is behind the point]'],
  },
  // What takes longer than it may
  'a model whose parts cannot be listed in time': {
    text: `${head}class M(nn.Module):\n    def named_modules(self, *args, **kwargs):\n        while True: pass\nm = M()\n`, options: { timeLimitSeconds: 1 }, models: 'net (instance)',
    diagnostics: ['limit 5 `M` is left out: its parts could not be listed within the time limit'],
  },
  'a loop that catches what would stop it': {
    text: `${head}n = 0\nwhile True:\n    try:\n        while True: n += 1\n    except:\n        n = 0\n`, options: { timeLimitSeconds: 1 }, models: 'net (instance)',
    diagnostics: ['limit 6 stopped after 1 s: this loop did not end'],
  },
  'a forward that catches what would stop it': {
    text: model('x = self.fc(x)\n        while True:\n            try:\n                while True: pass\n            except BaseException:\n                pass'), options: { timeLimitSeconds: 1 },
    traced: ['M', 'limit 11:28-32 stopped: `M` did not come to an end within the time limit'],
  },
  'hundreds of errors': { text: `${head}${Array.from({ length: 300 }, (_, i) => `gone_${i}()\n`).join('')}`, models: 'net (instance)' },
};

/** The diagnostics; where a loop was stopped within its line is left to chance. */
const stated = (ran: RanFile) => ran.diagnostics.map((said) => said.replace(/^(limit \d+):\d+-\d+/, '$1'));

describe('bad input', () => {
  for (const [what, { text, options, diagnostics, models, traced }] of Object.entries(cases)) {
    it(`ends in a sentence: ${what}`, async () => {
      const ran = await RanFile.of(text, options);
      if (diagnostics) assert.deepEqual(stated(ran), diagnostics);
      if (models !== undefined) assert.equal(ran.models, models);
      if (traced) assert.deepEqual(ran.trace(traced[0]).diagnostics, traced.slice(1));
    });
  }

  it('frees what autograd remembers of a long loop one after another', async () => {
    const ran = await RanFile.of('import torch\nx = torch.ones(2, requires_grad=True)\nfor step in range(20000):\n    x = torch.relu(x)\ndel x\nprint("freed")\n');
    assert.deepEqual([ran.diagnostics, ran.run.output], [[], 'freed\n']);
  });

  it('goes through a chain of many branches', async () => {
    const branches = Array.from({ length: 1200 }, (_, k) => `elif k == ${k}:\n    pass\n`).join('');
    const ran = await RanFile.of(`from torch import nn\nk = -1\nif k == -2:\n    pass\n${branches}net = nn.Linear(3, 2)\n`);
    assert.deepEqual([ran.models, ran.diagnostics], ['net (instance)', []]);
  });

  it('stops a forward that does not end at a number of calls, and shows the layers before', async () => {
    const ran = await RanFile.of(model('x = self.fc(x)\n        while True:\n            x = torch.tanh(x)'));
    const { diagnostics, model: { trace } } = ran.trace('M');
    assert.deepEqual([diagnostics, trace!.calls[1]!.path, trace!.calls[1]!.failure], [['limit 10:16-29 `M` calls more than 50,000 layers and functions: it is stopped here'], 'fc', null]);
  });

  it('calls a model that takes nothing with nothing', async () => {
    const ran = await RanFile.of(`${head}class M(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(3, 2)\n    def forward(self):\n        return self.fc(torch.ones(4, 3))\n`);
    assert.equal(ran.trace('M').outputs, '(4, 2)');
  });

  it('finds the tensors in a dataclass that a model gives', async () => {
    const ran = await RanFile.of(`from dataclasses import dataclass\n@dataclass\nclass Out:\n    logits: object\n    rest: list\n${model('return Out(self.fc(x), [x])')}`);
    assert.equal(ran.trace('M').outputs, '(32, 2), (32, 3)');
  });

  it('says of a file that was stopped before it made a model that the time was over, and not that there is none', async () => {
    const ran = await RanFile.of('import torch.nn as nn\nwhile True: pass\nnet = nn.Linear(3, 2)\n', { timeLimitSeconds: 1 });
    assert.deepEqual(ran.trace().diagnostics, ['skipped no model was found in the time: it was over before the file had made one; the time limit is a setting']);
  });

  it('goes on with all other statements where the time was over', async () => {
    const ran = await RanFile.of(`${head}while True: pass\n`, { timeLimitSeconds: 1 });
    assert.deepEqual(stated(ran), ['limit 3 stopped after 1 s: this loop did not end']);
    assert.equal(ran.models, 'net (instance)');
  });
});
