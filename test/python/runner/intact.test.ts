// What one file sets is not set for the next one of the same interpreter.
import assert from 'node:assert/strict';
import { RanFile } from './runFile.ts';

/** [what the first file says, what the second one prints, its value]. */
const cases: readonly (readonly [string, string, string])[] = [
  // settings of frameworks
  ['import keras; keras.config.set_floatx("float16")', 'import keras; print(keras.config.floatx())', 'float32'],
  ['import keras; keras.config.set_image_data_format("channels_first")', 'import keras; print(keras.config.image_data_format())', 'channels_last'],
  ['import numpy as np; np.seterr(all="raise")', 'import numpy as np; print(np.geterr()["divide"])', 'warn'],
  ['import numpy as np; np.set_printoptions(precision=2)', 'import numpy as np; print(np.get_printoptions()["precision"])', '8'],
  ['import torch; torch.backends.cudnn.benchmark = True', 'import torch; print(torch.backends.cudnn.benchmark)', 'False'],
  ['import torch; torch.backends.cuda.matmul.allow_tf32 = True', 'import torch; print(torch.backends.cuda.matmul.allow_tf32)', 'False'],
  ['import torch; torch.set_default_dtype(torch.float64)', 'import torch; print(torch.get_default_dtype())', 'torch.float32'],
  ['import decimal; decimal.getcontext().prec = 3', 'import decimal; print(decimal.getcontext().prec)', '28'],
  // constants
  ['import math; math.pi = 3', 'import math; from torch import nn; print(nn.Linear(int(math.pi * 10), 2).in_features)', '31'],
  ['import string; string.digits = "01"', 'import string; print(string.digits)', '0123456789'],
  ['import math, torch; math.pi = torch.ones(2)', 'import math; print(math.pi > 3)', 'True'],
  ['import math; del math.tau', 'import math; print(math.tau > 6)', 'True'],
  ['import _lens.learning.training as t; t.OPTIMIZERS = ()', 'import _lens.learning.training as t; print(len(t.OPTIMIZERS))', '4'],
  ['from _lens.missing import packages as p; p._SENTENCES["mine"] = "none"', 'from _lens.missing import packages as p; print("mine" in p._SENTENCES)', 'False'],
  ['from torch import nn; nn.Module.training = 5', 'from torch import nn; print(nn.Linear(2, 2).training)', 'True'],
  // names that were added
  ['from torch import nn; nn.MyLayer = nn.Linear', 'from torch import nn; print(hasattr(nn, "MyLayer"))', 'False'],
  ['import math; math.size = 5', 'import math; print(hasattr(math, "size"))', 'False'],
  ['from torch import nn; nn.Linear.size = 5', 'from torch import nn; print(hasattr(nn.Linear, "size"))', 'False'],
  ['from torch import nn; nn.Linear.__len__ = lambda self: 5', 'from torch import nn; print(hasattr(nn.Linear, "__len__"))', 'False'],
  // modules
  ['import sys, types; sys.modules["mine"] = types.ModuleType("mine")', 'import sys; print("mine" in sys.modules)', 'False'],
  ['import sys, types; sys.modules["json"] = types.ModuleType("json")', 'import json; print(json.loads("5"))', '5'],
  // what is imported when it is first asked for stays as it is
  ['import timm; print(timm.models.vision_transformer.VisionTransformer)', 'import timm; print(timm.models.vision_transformer.VisionTransformer.__name__)', 'VisionTransformer'],
  ['import xml.dom.minidom', 'import xml.dom.minidom; print(xml.dom.minidom.Document.__name__)', 'Document'],
];

const written = async (text: string): Promise<string> => {
  const { run, diagnostics } = await RanFile.of(`${text}\n`);
  assert.deepEqual(diagnostics, []);
  return run.output.trimEnd();
};

describe('the interpreter, for the next file,', () => {
  for (const [first, second, expected] of cases) {
    it(`is as it was before \`${first}\``, async () => {
      assert.equal(await written(second), expected, 'of a file that is the first');
      await written(first);
      assert.equal(await written(second), expected);
    });
  }

  it('has a group of one process from where a file asks for it, and none in the next run', async () => {
    const text = 'import torch, torch.distributed as dist\nprint(dist.is_initialized())\ndist.init_process_group("nccl", rank=0, world_size=1)\nx = torch.ones(2)\n'
      + 'dist.all_reduce(x)\ny = [torch.zeros(2)]\ndist.all_gather(y, x)\nprint(dist.get_rank(), dist.get_world_size(), dist.get_backend(), x, y)\n';
    for (const _ of [1, 2]) {
      const ran = await RanFile.of(text);
      assert.deepEqual([ran.diagnostics, ran.run.output], [[], 'False\n0 1 nccl tensor([1., 1.]) [tensor([1., 1.])]\n']);
    }
  });

  for (const [what, change] of Object.entries({
    'deletes and replaces builtins': 'import builtins\nfor name in list(vars(builtins)): builtins.__dict__.pop(name) if name != "BaseException" else None\n',
    'replaces what torch has': 'nn.Linear = torch.randn = torch.nn.functional.relu = None\nnn.Module.__call__ = lambda *a: 1\ntorch.Tensor.__getattr__ = lambda *a: 1 / 0\n',
    'replaces what the runner needs': 'import ast, json, traceback\nast.parse = json.dumps = json.loads = traceback.format_exception = None\n',
    'takes modules away': 'import sys\nsys.modules.clear()\n',
    'takes the search path away': 'import sys\nsys.path = sys.meta_path = []\n',
    'traces, collects nothing and lowers the limit of recursion': 'import gc, sys\ngc.disable()\nsys.settrace(lambda *a: None)\nsys.setrecursionlimit(90)\n',
    'writes files and goes elsewhere': 'import os\nos.makedirs("out/deep")\nopen("out/deep/a.txt", "w").write("a")\nos.environ["A"] = "1"\nos.chdir("out/deep")\n',
    'sets up a log': 'import logging\nlogging.basicConfig(level="INFO", format="%(message)s")\nlogging.info("first")\n',
  })) {
    it(`runs a file as in a fresh interpreter after one that ${what}`, async () => {
      const text = [
        'import gc, json, logging, os, sys, torch, torch.nn as nn', 'class Net(nn.Module):', '    def __init__(self):', '        super().__init__()', '        self.fc = nn.Linear(4, 2)',
        '    def forward(self, x):', '        return torch.relu(self.fc(x))', 'print(Net()(torch.randn(3, 4)).shape, len([1]), json.dumps([1]))',
        'print(gc.isenabled(), sys.gettrace(), os.path.exists("out"), os.environ.get("A"))', 'logging.basicConfig(level="INFO", format="%(message)s")', 'logging.info("logged")', '',
      ].join('\n');
      await RanFile.of(`import torch, torch.nn as nn\nnet = nn.Linear(3, 2)\n${change}`);
      const ran = await RanFile.of(text);
      assert.deepEqual([ran.diagnostics, ran.run.output], [[], 'torch.Size([3, 2]) 1 [1]\nTrue None False None\nlogged\n']);
      assert.deepEqual(ran.trace().rows, ['. Net → (3, 2)', '  fc Linear → (3, 2)', '  . relu → (3, 2)']);
    });
  }
});
