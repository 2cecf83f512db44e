import { strict as assert } from 'node:assert';
import { itRuns, type RunCase } from './runCase.ts';
import { RanFile } from './runFile.ts';

const cases: readonly RunCase[] = [
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
    title: 'takes a class that a missing thing is called with for its own argument, and none but the file\'s own for decorated',
    text: 'import numpy as np\nimport shapes\nshapes.load("a").astype(np.uint8).save("b")\nshapes.convert(float).save("c")\n@shapes.register\nclass Net:\n    width = 4\nprint(Net.width)\n',
    diagnostics: ['skipped 2:0-13 `shapes` is not here: what the file does with it has no effect'],
    output: '4\n',
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
    title: 'imports what is not supported yet beside the rest, and says so where it is used',
    text: [
      'from nets.draws import twice', 'from torch import nn, lobpcg', 'print(twice(2), isinstance(1, lobpcg), hasattr(nn, "nothing"))', 'lobpcg(1)', 'class Mine(lobpcg): pass',
      'import torch; torch.lobpcg', '',
    ].join('\n'),
    options: { files: { 'nets/draws.py': 'from torch.fx import has_side_effect, Graph\ndef twice(n): return 2 * n\n' } },
    diagnostics: [
      'unsupported nets/draws.py:1:0-43 torch.fx.has_side_effect is not supported yet',
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
    title: 'binds the other names of an import of which one is missing',
    text: 'from math import pi, nothing, tau\nprint(round(pi + tau))\n',
    diagnostics: ["python 1:0-33 ImportError: cannot import name 'nothing' from 'math' (unknown location)"],
    output: '9\n',
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
];

describe('what is not here', () => {
  cases.forEach(itRuns);

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
});
