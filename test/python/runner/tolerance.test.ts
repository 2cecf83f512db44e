import { strict as assert } from 'node:assert';
import { RanFile, type RunOptions } from './runFile.ts';

interface Case {
  readonly title: string;
  readonly text: string;
  readonly options?: RunOptions;
  readonly diagnostics: readonly string[];
  /** What the file prints. */
  readonly output?: string;
}

const cases: readonly Case[] = [
  {
    title: 'reports a failing statement at the expression that failed and runs the rest',
    text: 'a = 1\nb = a + (a / 0)\nprint(a)\n',
    diagnostics: ['python 2:9-14 ZeroDivisionError: division by zero'],
    output: '1\n',
  },
  {
    title: 'says what a failed line took with it, without counting it as another error',
    text: 'x = 1 / 0\ny = x + 1\nprint(y)\n',
    diagnostics: [
      'python 1:4-9 ZeroDivisionError: division by zero',
      'skipped 2:4-5 `x` was not defined because line 1 failed',
      'skipped 3:6-7 `y` was not defined because line 1 failed',
    ],
    output: '',
  },
  {
    title: 'counts columns in UTF-16 units behind characters of several bytes',
    text: 'print("é€😀", 1 / 0)\n',
    diagnostics: ['python 1:14-19 ZeroDivisionError: division by zero'],
  },
  {
    title: 'points into the function that failed, not at its caller',
    text: 'def f(v):\n    return v["k"]\n\nf({})\n',
    diagnostics: ["python 2:11-17 KeyError: 'k'"],
  },
  {
    title: 'reports a syntax error once, where it is, and runs nothing',
    text: 'print("before")\ndef f(:\n    pass\n',
    diagnostics: ['syntax 2:6-7 invalid syntax'],
    output: '',
  },
  {
    title: 'lets a name that was never defined stay an error',
    text: 'print(gone)\n',
    diagnostics: ["python 1:6-10 NameError: name 'gone' is not defined"],
  },
  {
    title: 'runs the main block statement by statement',
    text: 'if __name__ == "__main__":\n    print(1)\n    1 / 0\n    print(2)\n',
    diagnostics: ['python 3:4-9 ZeroDivisionError: division by zero'],
    output: '1\n2\n',
  },
  {
    title: 'ends quietly where the file exits',
    text: 'import sys\nprint(1)\nsys.exit(0)\nprint(2)\n',
    diagnostics: [],
    output: '1\n',
  },
  {
    title: 'assumes required command-line arguments by type, choices and meaning',
    text: [
      'import argparse', 'parser = argparse.ArgumentParser()', 'parser.add_argument("--hidden-size", type=int, required=True)',
      'parser.add_argument("--lr", type=float, default=0.5)', 'parser.add_argument("mode", choices=["fast", "slow"])',
      'args = parser.parse_args()', 'print(args.hidden_size, args.lr, args.mode)', '',
    ].join('\n'),
    diagnostics: ['skipped 6:7-26 required arguments of the command line are assumed: --hidden-size = 64, mode = fast'],
    output: '64 0.5 fast\n',
  },
  {
    title: 'takes a required argument from the help text that lists its words, and what needs no data first',
    text: [
      'import argparse', 'parser = argparse.ArgumentParser()', 'parser.add_argument("--dataset", required=True, help="mnist | folder | fake")',
      'parser.add_argument("--kind", required=True, help="one | two | three")', 'args = parser.parse_args()', 'print(args.dataset, args.kind)', '',
    ].join('\n'),
    diagnostics: ['skipped 5:7-26 required arguments of the command line are assumed: --dataset = fake, --kind = one'],
    output: 'fake one\n',
  },
  {
    title: 'stops a loop that does not end, at the line where it runs',
    text: 'n = 0\nwhile True:\n    n += 1\nprint("never")\n',
    options: { timeLimitSeconds: 0.5 },
    diagnostics: ['limit'],
    output: '',
  },
  {
    title: 'reports endless recursion as a limit',
    text: 'def f(n):\n    return f(n + 1)\nf(0)\n',
    diagnostics: ['limit 2:11-19 maximum recursion depth exceeded'],
  },
  {
    title: 'says once that a package is not here, and lets its uses pass',
    text: [
      'import matplotlib.pyplot as plt', 'from matplotlib import cm', 'fig, (left, right) = plt.subplots(1, 2, figsize=(8, 4))',
      'left.plot([1, 2]); right.set_title(f"{cm.viridis:>3}")', 'with plt.style.context("dark"):', '    plt.show()',
      'for line in left.lines: print(line)', 'print(len(left), bool(fig), left > 3)', '',
    ].join('\n'),
    diagnostics: ['skipped 1:0-31 `matplotlib` is not here: what the file does with it has no effect'],
    output: '0 True False\n',
  },
  {
    title: 'leaves functions that a missing package decorates as they are',
    text: [
      'import wandb', '@wandb.track', 'def f(x):', '    return x + 1', '@wandb.retry(times=3)', 'def g(x):', '    return x + 2',
      'class Logger(wandb.Base):', '    value = 5', 'print(f(1), g(1), Logger().value)', '',
    ].join('\n'),
    diagnostics: ['skipped 1:0-12 `wandb` is not here: what the file does with it has no effect'],
    output: '2 3 5\n',
  },
  {
    title: 'says of JAX that it is not read',
    text: 'import jax.numpy as jnp\n',
    diagnostics: ['skipped 1:0-23 JAX is not read by Activation Lens (PyTorch, Keras and TensorFlow are)'],
  },
  {
    title: 'lets an import fail that the file is prepared for',
    text: 'try:\n    import apex\nexcept ImportError:\n    apex = None\nprint(apex)\n',
    diagnostics: [],
    output: 'None\n',
  },
  {
    title: 'iterates through a progress bar',
    text: 'from tqdm import tqdm, trange\nfor i in tqdm(range(2), desc="run"):\n    print(i)\nfor i in trange(1): print("t", i)\n',
    diagnostics: [],
    output: '0\n1\nt 0\n',
  },
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
    title: 'imports what is not supported yet beside the rest, and says so where it is used',
    text: [
      'from nets.draws import twice', 'from torch import nn, lobpcg', 'print(twice(2), isinstance(1, lobpcg), hasattr(nn, "nothing"))', 'lobpcg(1)', 'class Mine(lobpcg): pass',
      'import torch; torch.lobpcg', '',
    ].join('\n'),
    options: { files: { 'nets/draws.py': 'from torch.fx import replace_pattern, Graph\ndef twice(n): return 2 * n\n' } },
    diagnostics: [
      'unsupported nets/draws.py:1:0-43 torch.fx.replace_pattern is not supported yet',
      'unsupported 2:0-28 torch.lobpcg is not supported yet',
      'unsupported 4:0-9 torch.lobpcg is not supported yet',
      'unsupported 5:0-24 torch.lobpcg is not supported yet',
      'unsupported 6:14-26 torch.lobpcg is not supported yet',
    ],
    output: '4 False False\n',
  },
  {
    title: 'keeps the settings that a model is made with in objects of packages that are not here',
    text: [
      'from yacs.config import CfgNode as CN', 'from omegaconf import OmegaConf', 'from easydict import EasyDict', 'import ml_collections',
      'base = CN()', 'base.MODEL = CN()', 'base.MODEL.WIDTH = 8', 'cfg = base.clone()', 'cfg.defrost()', 'cfg.merge_from_list(["MODEL.WIDTH", "16", "MODEL.NAME", "net"])', 'cfg.freeze()',
      'print(base.MODEL.WIDTH, cfg.MODEL.WIDTH, cfg.MODEL["NAME"], hasattr(cfg, "DATA"))',
      'conf = OmegaConf.merge(OmegaConf.create({"net": {"width": 4, "sizes": [{"a": 1}]}, "lr": 0.1}), {"net": {"depth": 2}})',
      'print(conf.net.width, conf.net.depth, conf.net.sizes[0].a, conf.get("missing", 3), OmegaConf.to_container(conf)["lr"])',
      'print(EasyDict(a={"b": 5}).a.b, ml_collections.ConfigDict({"c": 6}).c, isinstance(cfg, CN))', '',
    ].join('\n'),
    diagnostics: [
      'skipped 1:0-37 `yacs` is not here: it keeps the settings that are put into it and that it reads',
      'skipped 2:0-31 `omegaconf` is not here: it keeps the settings that are put into it and that it reads',
      'skipped 3:0-29 `easydict` is not here: it keeps the settings that are put into it and that it reads',
      'skipped 4:0-21 `ml_collections` is not here: it keeps the settings that are put into it and that it reads',
    ],
    output: '8 16 net False\n4 2 1 3 0.1\n5 6 True\n',
  },
  {
    title: 'reads settings from YAML, from the file\'s folder and those above it, with the values that PyYAML gives',
    text: [
      'import subprocess, yaml', 'from omegaconf import OmegaConf', 'from yacs.config import CfgNode as CN', 'conf = yaml.safe_load(open("configs/net.yaml"))', 'print(conf)',
      'print(OmegaConf.load("configs/net.yaml").net.width)', 'cfg = CN({"net": {"width": 1, "depth": 5}})', 'cfg.merge_from_file("configs/net.yaml")', 'print(cfg.net.width, cfg.net.depth)',
      'print(subprocess.check_output("git describe", shell=True).decode() == "")', '',
    ].join('\n'),
    options: { path: 'models/net.py', files: { 'configs/net.yaml': 'net: &net\n  width: 12\n  scales: [1, 2.5]\nlr: 1e-4\nname: !!str 7\nother: {<<: *net, on: yes}\n' } },
    diagnostics: [
      'skipped models/net.py:2:0-31 `omegaconf` is not here: it keeps the settings that are put into it and that it reads',
      'skipped models/net.py:3:0-37 `yacs` is not here: it keeps the settings that are put into it and that it reads',
      'skipped models/net.py:10:6-57 no other program is started here: its output is empty',
    ],
    output: "{'net': {'width': 12, 'scales': [1, 2.5]}, 'lr': '1e-4', 'name': '7', 'other': {'width': 12, 'scales': [1, 2.5], True: True}}\n12\n12 5\nTrue\n",
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
    title: 'binds the other names of an import of which one is missing',
    text: 'from math import pi, nothing, tau\nprint(round(pi + tau))\n',
    diagnostics: ["python 1:0-33 ImportError: cannot import name 'nothing' from 'math' (unknown location)"],
    output: '9\n',
  },
  {
    title: 'cuts what is printed without end',
    text: 'for i in range(20000):\n    print("0123456789")\n',
    diagnostics: [],
  },
  {
    title: 'keeps the meaning of break, continue, else and return in loops',
    text: [
      'def first_even(items):', '    for item in items:', '        if item % 2:', '            continue', '        return item', '    else:',
      '        return None', 'print(first_even([1, 3, 4, 5]), first_even([1]))', 'n = 0', 'while True:', '    n += 1', '    if n == 3: break',
      'print(n)', 'def numbers():', '    for i in range(2):', '        yield i', 'print(list(numbers()))', '',
    ].join('\n'),
    diagnostics: [],
    output: '4 None\n3\n[0, 1]\n',
  },
  {
    title: 'reads files of the workspace, and keeps what is written in memory',
    text: [
      'with open("data/words.txt") as f:', '    print(f.read().split())', 'print(open("data/words.txt", "rb").read(3))', 'with open("out.txt", "w") as f:', '    f.write("kept")',
      'print(open("out.txt").read())', 'open("nowhere.txt")', '',
    ].join('\n'),
    options: { files: { 'data/words.txt': 'one two' } },
    diagnostics: ["python 7:0-19 FileNotFoundError: [Errno 44] No such file or directory: 'nowhere.txt'"],
    output: "['one', 'two']\nb'one'\nkept\n",
  },
  {
    title: 'runs what is awaited, in no time, and ends what nothing would ever wake',
    text: [
      'import asyncio, time', 'async def tick(n):', '    await asyncio.sleep(3600 * n)', '    return n', 'async def main():',
      '    return await asyncio.gather(tick(2), tick(1))', 'print(asyncio.run(main()))', 'asyncio.run(asyncio.wait_for(tick(1), 5))', 'async def never():', '    await asyncio.Event().wait()',
      'asyncio.run(never())', '',
    ].join('\n'),
    diagnostics: ['python 8:0-41 TimeoutError', 'python 11:0-20 RuntimeError: what is awaited never comes'],
    output: '[2, 1]\n',
  },
  {
    title: 'keeps a limit of recursion, and its own handler of the signal that ends what runs too long',
    text: 'import signal, sys\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nsys.setrecursionlimit(10 ** 9)\ndef f(n): return f(n + 1)\nf(0)\nprint(signal.getsignal(signal.SIGINT) is signal.SIG_IGN)\n',
    diagnostics: ['limit 4:17-25 maximum recursion depth exceeded'],
    output: 'False\n',
  },
  {
    title: 'tells an interrupt of the file\'s own from the time limit',
    text: 'raise KeyboardInterrupt\n',
    diagnostics: ['limit 1:0-23 KeyboardInterrupt'],
    output: '',
  },
  {
    title: 'shows the other models where one cannot be looked at',
    text: 'import torch.nn as nn\nclass Odd(nn.Module):\n    def named_modules(self, *args, **kwargs):\n        raise OSError("none")\nnet = nn.Linear(2, 3)\nodd = Odd()\n',
    diagnostics: ['python 4:8-29 OSError: none'],
  },
  {
    title: 'neither waits nor asks',
    text: 'import time\ntime.sleep(3600)\nname = input("name? ")\nprint(repr(name))\n',
    diagnostics: ['skipped 3:7-22 `input()` is answered with an empty line'],
    output: "''\n",
  },
  {
    title: 'says that an error comes of data that is not here',
    text: 'from sklearn.datasets import load_iris\ntotal = 0\nfor row in load_iris().rows:\n    total += 1\nprint(1 / total)\n',
    diagnostics: [
      'skipped 1:0-38 `sklearn` is not here: what the file does with it has no effect',
      'skipped 5:6-15 ZeroDivisionError: division by zero (there is no data, since `sklearn` is not here)',
    ],
  },
  {
    title: 'says that an error of a layer comes of data that is not here',
    text: 'import torch\nfrom sklearn.datasets import make_moons\nX, y = make_moons(512)\nX = torch.tensor(X).float().unsqueeze(0)\ntorch.nn.Linear(2, 3)(X)\n',
    diagnostics: [
      'skipped 2:0-39 `sklearn` is not here: what the file does with it has no effect',
      'skipped 5:0-24 mat1 and mat2 shapes cannot be multiplied (1x0 and 2x3) (there is no data, since `sklearn` is not here)',
    ],
  },
  {
    title: 'takes any profile of printing, as PyTorch does',
    text: 'import torch\ntorch.set_printoptions(linewidth=320, precision=5, profile="long")\nprint(torch.tensor([0.123456]))\n',
    diagnostics: [],
    output: 'tensor([0.12346])\n',
  },
  {
    title: 'calls what a missing package gives by its name in the file, in Python\'s own errors too',
    text: [
      'import copy', 'import requests', 'from fancy.layers.torch import Rearrange', 'from tqdm import tqdm', 'import torch.nn as nn', 'page = copy.deepcopy(requests.get("a"))',
      '"".join([page])', 'nn.Sequential(Rearrange("b c -> c b"), nn.ReLU())', '[] + requests', '[] + tqdm([1])', '',
    ].join('\n'),
    diagnostics: [
      'skipped 2:0-15 `requests` is not here: what the file does with it has no effect',
      'skipped 3:0-40 `fancy` is not here: what the file does with it has no effect',
      'python 7:0-15 TypeError: sequence item 0: expected str instance, requests.get found',
      'python 8:0-49 TypeError: fancy.layers.torch.Rearrange is not a Module subclass',
      'python 9:0-13 TypeError: can only concatenate list (not "module") to list',
      'python 10:0-14 TypeError: can only concatenate list (not "tqdm") to list',
    ],
  },
  {
    title: 'says on the exact call of einops that a pattern does not fit',
    text: [
      'import torch', 'from einops import rearrange', 'from einops.layers.torch import Rearrange', 'x = torch.ones(2, 3, 7)', 'y = 1 + rearrange(x, "b c (h p) -> b (c p) h", p=2)',
      'Rearrange("b c h w -> b (c h w)")(x)', '',
    ].join('\n'),
    diagnostics: [
      'shape 5:8-51 Error while processing rearrange-reduction pattern "b c (h p) -> b (c p) h".\n Input tensor shape: torch.Size([2, 3, 7]). '
      + 'Additional info: {\'p\': 2}.\n Shape mismatch, can\'t divide axis of length 7 in chunks of 2',
      'shape 6:0-36 Error while processing rearrange-reduction pattern "b c h w -> b (c h w)".\n Input tensor shape: torch.Size([2, 3, 7]). '
      + 'Additional info: {}.\n Wrong shape: expected 4 dims. Received 3-dim tensor.',
    ],
  },
  {
    title: 'says what of timm is not here on the line that asks for it, and runs on with the rest',
    text: [
      'import timm, torch', 'from timm.layers import DropPath, HybridEmbed', 'from timm.scheduler import create_scheduler', 'from timm.models.swin_transformer import SwinTransformer',
      'print(DropPath(0.1))', 'timm.create_model("vit_tiny_patch16_224", pretrained=True, depth=1, num_classes=2)', 'timm.create_model("resnet50")', '',
    ].join('\n'),
    diagnostics: [
      'skipped 2:0-45 `timm.layers.HybridEmbed` is not here: what the file does with it has no effect',
      'skipped 3:0-43 `timm.scheduler` is not here: what the file does with it has no effect',
      'skipped 4:0-56 `timm.models.swin_transformer` is not here: what the file does with it has no effect',
      'skipped 6:0-82 the published weights of `vit_tiny_patch16_224` are not here: they are drawn anew',
      'unsupported 7:0-29 timm\'s model `resnet50` is not here: of its models there are the plain vision transformers, and what the file registers',
    ],
    output: 'DropPath(drop_prob=0.100)\n',
  },
  {
    title: 'gives a missing package the version that takes the newest branch',
    text: 'import PIL\nfrom packaging import version\nprint(tuple(int(part) for part in PIL.__version__.split(".")) > (9, 1), hasattr(PIL, "__nothing__"))\n',
    diagnostics: [
      'skipped 1:0-10 `PIL` is not here: what the file does with it has no effect',
      'skipped 2:0-29 `packaging` is not here: what the file does with it has no effect',
    ],
    output: 'True False\n',
  },
  {
    title: 'says that a number of an error may be one that a missing package did not give',
    text: [
      'import torch, torch.nn as nn', 'from fancy import to_2tuple', 'nn.Linear(3, 2)(torch.ones(1, 4))', 'conv = nn.Conv2d(3, 4, 2, stride=to_2tuple(4)[0])', 'conv(torch.ones(1, 3, 8, 8))', '',
    ].join('\n'),
    diagnostics: [
      'skipped 2:0-27 `fancy` is not here: what the file does with it has no effect',
      'shape 3:0-33 mat1 and mat2 shapes cannot be multiplied (1x4 and 3x2) [`in_features` should be 4: its input has 4 features]',
      'python 5:0-28 RuntimeError: non-positive stride is not supported [`fancy` is not here: 0 stood in for a number that the file takes from it]',
    ],
  },
  {
    title: 'reads a chain of as many operators as Python itself reads',
    text: `print(${'1 + '.repeat(1500)}1)\n`,
    diagnostics: [],
    output: '1501\n',
  },
  {
    title: 'says that a file with null bytes is no text of Python',
    text: 'import torch\n\0\u0001',
    diagnostics: ['syntax 2:0-1 this is not the text of a Python file: it has null bytes'],
  },
  {
    title: 'counts lines as Python does, which ends none at a form feed or a line separator',
    text: 'a = "\u000c\u2028\u0085"\n1 / 0\n',
    diagnostics: ['python 2:0-5 ZeroDivisionError: division by zero'],
  },
  {
    title: 'reports an error that cannot say what it is by its class, and a long one by its beginning',
    text: 'class Mute(Exception):\n    def __str__(self): return 1 / 0\nraise Mute()\nraise ValueError("x" * 10 ** 6)\n',
    diagnostics: ['python 3:0-12 Mute', `python 4:0-31 ValueError: ${'x'.repeat(2000)}…`],
  },
  {
    title: 'reads an imported file in the encoding that it names',
    text: 'import helper\nprint(helper.word)\n',
    options: { files: { 'helper.py': '# coding: latin-1\nword = "caf\xe9"\n' }, encoding: 'latin1' },
    diagnostics: [],
    output: 'café\n',
  },
  {
    title: 'honours `from __future__`, dataclasses and string annotations',
    text: [
      'from __future__ import annotations', 'import dataclasses', '@dataclasses.dataclass', 'class Config:', '    size: int = 3', '    next: Config | None = None',
      'print(Config(4))', '',
    ].join('\n'),
    diagnostics: [],
    output: 'Config(size=4, next=None)\n',
  },
];

describe('the file runner', () => {
  it('counts an error of an imported file once, however often the file is imported', async () => {
    const { run } = await RanFile.of('import sizes\nfrom sizes import A\nimport sizes\n', { files: { 'sizes.py': 'A = 1 / 0\n' } });
    assert.deepEqual(run.diagnostics.map(({ severity, range }) => `${severity} ${range!.file.split('/').at(-1)}:${range!.line}`),
      ['error sizes.py:1', 'error model.py:1', 'information model.py:2', 'information model.py:3']);
  });

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

  it('imports a file anew that was changed, and leaves the training loop of one that was not each time', async () => {
    const train = 'import torch\ndef train(net):\n    optimizer = torch.optim.SGD(net.parameters(), 0.1)\n    for step in range(5):\n'
      + '        net(torch.ones(1, 2)).sum().backward()\n        optimizer.step()\n        print("never")\n    return "trained"\n';
    const text = 'import torch, sizes, train\nprint(sizes.A, train.train(torch.nn.Linear(2, 1)))\n';
    for (const size of [1, 2]) {
      const ran = await RanFile.of(text, { files: { 'sizes.py': `A = ${size}\n`, 'train.py': train } });
      assert.deepEqual([ran.run.output, ran.diagnostics], [`${size} trained\n`, ['skipped train.py:4:4-24 training is not run: the loop was left after its first step']]);
    }
  });

  it('runs the branch for the CPU of what has an extension to compile, and says that it is not compiled', async () => {
    const ran = await RanFile.of(`import torch
from torch.utils.cpp_extension import load
fused = load("fused", sources=["fused.cpp", "fused.cu"])
class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = torch.nn.Linear(4, 2)
    def forward(self, x):
        y = self.fc(x)
        return y.relu() if y.device.type == "cpu" else fused.relu(y)
`);
    const sentence = "torch.utils.cpp_extension.load is not supported: 'fused' is C++ or CUDA that would have to be compiled";
    assert.deepEqual(ran.diagnostics, [`unsupported 3:8-56 ${sentence}`]);
    assert.deepEqual(ran.trace().rows, ['. Net → (32, 2)', '  fc Linear → (32, 2)', '  . relu → (32, 2)']);
    assert.deepEqual((await RanFile.of(`from torch.utils.cpp_extension import load\nfused = load("fused", [])\nfused.relu(1)\n`)).diagnostics,
      [`unsupported 2:8-25 ${sentence}`, `unsupported 3:0-10 ${sentence}`]);
  });

  it('makes subclasses of missing classes with whatever they take, and gives missing things as paths and bytes', async () => {
    const ran = await RanFile.of(`import os, pandas, requests, torchrl
class Pendulum(torchrl.EnvBase):
    def __init__(self, size):
        super().__init__(device="cpu", batch_size=[size])
        self.size = size
env = Pendulum(3)
print(env.size, env.rollout(5), hasattr(env, "__len__"))
print(len(os.path.join("faces", pandas.read_csv("faces.csv").iloc[0, 0])) > 6)
with open("data.bin", "wb") as file:
    file.write(requests.get("https://example.org/data.bin").content)
print(os.path.getsize("data.bin"))
`);
    assert.deepEqual(ran.diagnostics.filter((each) => !each.includes('is not here')), []);
    assert.equal(ran.run.output, '3 <Pendulum.rollout(…)> False\nTrue\n0\n');
  });

  it('subclasses wrappers of environments that are written with their types', async () => {
    const ran = await RanFile.of('import gymnasium as gym, numpy as np\nclass Skip(gym.Wrapper[np.ndarray, int, np.ndarray, int]):\n    pass\nprint(Skip(gym.make("CartPole-v1")).observation_space.shape)\n');
    assert.deepEqual([ran.run.output, ran.diagnostics.filter((each) => !each.includes('is not here'))], ['(4,)\n', []]);
  });

  it('has environments\' spaces and wrappers by the modules that they lie in, and the names of a game\'s actions', async () => {
    const ran = await RanFile.of('import gym\nfrom gym.spaces.box import Box\nfrom gymnasium.spaces.discrete import Discrete\nfrom gym.wrappers.clip_action import ClipAction\nfrom gym.spaces import Box as Same\ngame = ClipAction(gym.make("BreakoutNoFrameskip-v4"))\nprint(Box is Same, Discrete(3).n, game.unwrapped.get_action_meanings(), hasattr(gym.make("CartPole-v1"), "get_action_meanings"))\n');
    assert.deepEqual([ran.run.output, ran.diagnostics.filter((each) => !each.includes('is not here'))], ["True 3 ['NOOP', 'FIRE', 'RIGHT', 'LEFT'] False\n", []]);
  });

  it('saves the program of an exporter nowhere', async () => {
    const ran = await RanFile.of(`import torch
net = torch.nn.Linear(2, 3)
program = torch.onnx.export(net, (torch.ones(1, 2),), dynamo=True)
program.save("net.onnx")
options = torch.onnx.ExportOptions(dynamic_shapes=True)
print(torch.onnx.export(net, torch.ones(1, 2), "net.onnx"))
torch.onnx.exprt(net)
`);
    assert.deepEqual([ran.run.output, ran.diagnostics], ['None\n', ["python 7:0-16 AttributeError: module 'torch.onnx' has no attribute 'exprt' [did you mean `export`?]"]]);
  });

  it('leaves a loop that computes for longer than the file may run, and goes on behind it', async () => {
    const text = 'import torch\nw = torch.zeros(2)\nfor step in range(10 ** 9):\n    w -= 0.1 * (w.sum().item() - 1)\nprint(torch.nn.Linear(2, 3)(w).shape)\n';
    const ran = await RanFile.of(text, { timeLimitSeconds: 1 });
    assert.match(ran.diagnostics.join('\n'), /^skipped 3:0-26 the loop was left after \d+ turns: all of it takes longer than 1 s$/);
    assert.equal(ran.run.output, 'torch.Size([3])\n');
  });

  it('says where a model exits that is made or called', async () => {
    for (const [place, init, forward] of [['5:8-19', 'sys.exit(3)', 'pass'], ['7:8-19', 'self.fc = torch.nn.Linear(2, 2)', 'sys.exit(3)']]) {
      const ran = await RanFile.of(`import sys, torch\nclass Net(torch.nn.Module):\n    def __init__(self):\n        super().__init__()\n        ${init}\n    def forward(self, x):\n        ${forward}\n`);
      assert.deepEqual(ran.trace().diagnostics, [`python ${place} SystemExit: 3`]);
    }
  });

  for (const { title, text, options, diagnostics, output } of cases) {
    it(title, async () => {
      const ran = await RanFile.of(text, options);
      if (diagnostics.length === 1 && diagnostics[0] === 'limit') {
        assert.match(ran.diagnostics.join('\n'), /^limit [23]:\d+-\d+ stopped after 0\.5 s: this loop did not end$/);
      } else {
        assert.deepEqual(ran.diagnostics, diagnostics);
      }
      if (output !== undefined) assert.equal(ran.run.output, output);
      assert.ok(ran.run.output.length < 70_000);
    });
  }
});
