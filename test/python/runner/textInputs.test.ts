// What a model is called with where the file does not call it, but a text of the workspace does: a function that nobody runs, another file, an example in a docstring.
import { strict as assert } from 'node:assert';
import { RanFile, type RunOptions } from './runFile.ts';

const torch = 'import torch\nimport torch.nn as nn\n';
const classOf = (name: string, channels: string | number, parameter = '', docstring = '') =>
  `class ${name}(nn.Module):\n${docstring}    def __init__(self${parameter}):\n        super().__init__()\n        self.conv = nn.Conv2d(${channels}, 4, 3)\n    def forward(self, x):\n        return self.conv(x)\n`;
const net = `${torch}${classOf('Net', 3)}`;

interface Case {
  readonly title: string;
  readonly text: string;
  readonly options?: RunOptions;
  readonly inputs: string;
  readonly assumptions: readonly string[];
}

const cases: readonly Case[] = [
  {
    title: 'is what a function that nobody calls gives it, of which that is run which it needs',
    text: `${net}from torch.autograd import Variable\ndef test():\n    net = Net()\n    size = 20\n    while True:\n        net.step()\n    a = net(Variable(torch.randn(2, 3, size, size + 4)))\n# test()\n`,
    inputs: 'x (2, 3, 20, 24) text', assumptions: ['input from `test`, line 15'],
  },
  {
    title: 'is what a model has that another function of the file makes',
    text: `${torch}${classOf('Net', 'channels', ', channels')}def small():\n    return Net(3)\ndef large():\n    return Net(3)\ndef check(size=9):\n    print(small().eval()(torch.zeros(2, 3, size, size)).shape)\n`,
    inputs: 'x (2, 3, 9, 9) text', assumptions: ['input from `check`, line 14'],
  },
  {
    title: 'goes on from what only moves or wraps the model, and ends where something else is made of it',
    text: `${torch}${classOf('Net', 3)}${classOf('Other', 5, ', inner')}def main(device="cpu"):\n    model = Net().to(device)\n    model = nn.DataParallel(model)\n    model(torch.rand(1, 3, 8, 8))\ndef later():\n    net = Net()\n    net = Other(net)\n    net(torch.rand(1, 3, 7, 7))\n`,
    options: { model: 'Net' }, inputs: 'x (1, 3, 8, 8) text', assumptions: ['input from `main`, line 18'],
  },
  {
    title: 'is not that of another thing which the name stands for later',
    text: `${net}def later(make):\n    net = Net()\n    net = make(net)\n    net(torch.rand(1, 3, 7, 7))\n`,
    inputs: 'x (32, 3, 32, 32) inferred', assumptions: ['input assumed (32, 3, 32, 32): conv takes 3 channels'],
  },
  {
    title: 'is what a test in another file gives it, which keeps the model on itself',
    text: net,
    options: { path: 'net.py', files: { 'tests/test_net.py': 'import unittest\nimport torch\nfrom net import Net\nclass TestNet(unittest.TestCase):\n    def setUp(self):\n        self.model = Net()\n    def test_forward(self):\n        x = torch.ones(6, 3, 10, 10)\n        self.model(x)\n' } },
    inputs: 'x (6, 3, 10, 10) text', assumptions: ['input from `test_forward` of test_net.py, line 9'],
  },
  {
    title: 'is what a function gives it that takes the model',
    text: `${torch}${classOf('Net', 3)}${classOf('Other', 3)}def check(net, size):\n    net(torch.rand(2, 3, size, size))\ndef main():\n    check(Net(), 11)\n`,
    options: { model: 'Net' }, inputs: 'x (2, 3, 11, 11) text', assumptions: ['input from `check`, line 16'],
  },
  {
    title: 'is what another file gives it where it calls the function that makes it',
    text: net,
    options: { path: 'net.py', files: { 'run.py': 'import torch\nfrom net import Net\ndef make(device):\n    return Net().to(device)\ndef main():\n    model = make("cpu").eval()\n    model(torch.ones(5, 3, 9, 9))\n' } },
    inputs: 'x (5, 3, 9, 9) text', assumptions: ['input from `main` of run.py, line 7'],
  },
  {
    title: 'is what a test gives it that pytest hands the model to',
    text: net,
    options: { path: 'net.py', files: { 'tests/test_net.py': 'import pytest\nimport torch\nfrom net import Net\n@pytest.fixture\ndef model():\n    return Net()\ndef test_size(model):\n    assert model(torch.ones(3, 3, 10, 10)).shape == (3, 4, 8, 8)\n' } },
    inputs: 'x (3, 3, 10, 10) text', assumptions: ['input from `test_size` of test_net.py, line 8'],
  },
  {
    title: 'is what the file that defines the class gives it, of a model that is wrapped here',
    text: `${torch}from net import Net\nmodel = nn.DataParallel(Net())\ndef train(loader):\n    for x, y in loader:\n        model(x)\n`,
    options: { files: { 'net.py': `${net}def test():\n    net = Net()\n    net(torch.randn(5, 3, 12, 12))\n` } },
    inputs: 'input (5, 3, 12, 12) text', assumptions: ['input from `test` of net.py, line 11'],
  },
  {
    title: 'is what an example in its docstring gives it',
    text: `${torch}${classOf('Net', 3, '', '    """A net.\n\n    Example::\n\n        >>> x = torch.randn(4, 3, 14, 14)\n        >>> net = Net()\n        >>> net(x).shape\n        torch.Size([4, 4, 12, 12])\n    """\n')}`,
    inputs: 'x (4, 3, 14, 14) text', assumptions: ['input from the docstring of `Net`, line 10'],
  },
  {
    title: 'is what a fenced example in the docstring of the file gives it',
    text: `"""A net.\n\n\`\`\`python\nnet = Net()\nfor size in (16, 18):\n    net(torch.randn(4, 3, size, size))\n\`\`\`\n"""\n${net}`,
    inputs: 'x (4, 3, 16, 16) text', assumptions: ['input from the docstring of `model.py`, line 6'],
  },
  {
    title: 'is what an example in a README gives it, as are the sizes that it is made with; a block has what those before it import',
    text: `${torch}${classOf('Net', 'channels', ', channels')}`,
    options: { path: 'pack/net.py', files: { 'README.md': '# Net\n```bash\npip install net\n```\n```python\nimport torch\nfrom pack.net import Net\n```\n\nUse it:\n\n```python\nnet = Net(channels=6)\nx = torch.randn(2, 6, 10, 10)\nnet(x) # (2, 4, 8, 8)\n```\n' } },
    inputs: 'x (2, 6, 10, 10) text', assumptions: ['input from README.md, line 15'],
  },
  {
    title: 'is another one where the model does not take that, which is said',
    text: `${net}def test():\n    net = Net()\n    net(torch.randn(2, 5, 12, 12))\n`,
    inputs: 'x (32, 3, 32, 32) inferred', assumptions: ['input assumed (32, 3, 32, 32): conv takes 3 channels', 'not the input from `test`, line 11, (2, 5, 12, 12): the model as it was made here does not take it'],
  },
  {
    title: 'is what a comment says before it',
    text: `${net.replace('class', '# lens: input=(2, 3, 6, 6)\nclass')}def test():\n    Net()(torch.randn(2, 3, 12, 12))\n`,
    inputs: 'x (2, 3, 6, 6) comment', assumptions: [],
  },
  {
    title: 'is not data of a package that is not here',
    text: `${net}from nowhere import loader\ndef train():\n    net = Net()\n    for x, y in loader(3):\n        net(x)\n`,
    inputs: 'x (32, 3, 32, 32) inferred', assumptions: ['input assumed (32, 3, 32, 32): conv takes 3 channels'],
  },
  {
    title: 'is in batches of another size where one is asked for',
    text: `${net}def test():\n    Net()(torch.randn(2, 3, 12, 12))\n`,
    options: { batch: 7 }, inputs: 'x (7, 3, 12, 12) text', assumptions: ['input from `test`, line 10'],
  },
];

describe('the input of a model that is called in a text only', () => {
  for (const { title, text, options, inputs, assumptions } of cases) {
    it(title, async () => {
      const ran = await RanFile.of(text, options);
      const traced = ran.trace(options?.model ?? null);
      assert.deepEqual(traced.diagnostics, []);
      assert.equal(traced.inputs, inputs);
      assert.deepEqual(traced.assumptions.filter((line) => line.includes('input')), assumptions);
    });
  }

  it('is that all the same where the model takes no other either: what stands against it is the file\'s', async () => {
    const text = `${torch}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.a, self.b = nn.Linear(4, 5), nn.Linear(6, 7)\n    def forward(self, x):\n        return self.b(self.a(x))\n`;
    const traced = (await RanFile.of(text, { path: 'net.py', files: { 'README.md': '```python\nimport torch\nfrom net import Net\nNet()(torch.ones(3, 4))\n```\n' } })).trace();
    assert.equal(traced.inputs, 'x (3, 4) text');
    assert.equal(traced.diagnostics.length, 1);
    assert.match(traced.diagnostics[0]!, /^shape net.py:8:15-32 /);
  });

  it('is the values that are written there', async () => {
    const traced = (await RanFile.of(`${torch}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.table = nn.Embedding(50, 4)\n    def forward(self, ids, mask=None, scale=1.0):\n        return self.table(ids) * mask * scale\n`
      + 'def test():\n    net = Net()\n    net(torch.tensor([[1, 2, 49]]), scale=0.5, mask=torch.ones(1, 3, 1))\n')).trace();
    assert.equal(traced.inputs, 'ids int64(1, 3) text, mask (1, 3, 1) text');
    assert.deepEqual(traced.model.trace!.plainInputs, [{ name: 'scale', value: '0.5', origin: 'text' }]);
  });
});
