import { strict as assert } from 'node:assert';
import { itFinds, type ModelCase } from './modelCase.ts';
import { RanFile } from './runFile.ts';

const torch = 'import torch\nimport torch.nn as nn\nimport torch.nn.functional as F\n';

const net = `class Net(nn.Module):
    def __init__(self, width=8):
        super().__init__()
        self.fc = nn.Linear(4, width)
    def forward(self, x):
        return F.relu(self.fc(x))
`;

const pair = `class Maker(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(3, 16)
    def forward(self, z):
        return torch.tanh(self.fc(z))
class Judge(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(16, 1)
    def forward(self, x):
        return self.fc(x)
`;

const cases: readonly ModelCase[] = [
  {
    title: 'assumes an input where the file calls its model on data that is not here, and offers the models that it did not come to',
    text: `${torch}from sklearn.datasets import make_moons
X = torch.tensor(make_moons(512)[0])
deep = nn.Sequential(nn.Linear(2, 8), nn.ReLU(), nn.Linear(8, 8))
shallow = nn.Sequential(nn.Linear(2, 8), nn.ReLU())
for model in (deep, shallow):
    model(X.float())
`,
    diagnostics: ['skipped 4:0-39 `sklearn` is not here: what the file does with it has no effect',
      'skipped 9:4-20 mat1 and mat2 shapes cannot be multiplied (1x0 and 2x8) (there is no data, since `sklearn` is not here)'],
    models: 'deep (called), shallow (instance)',
    rows: ['. Sequential → (32, 8)', '  0 Linear → (32, 8)', '  1 ReLU → (32, 8)', '  2 Linear → (32, 8)'],
    inputs: 'input (32, 2) inferred',
  },
  {
    title: 'shows the model whose forward is called by its name, and not its layers',
    text: `${torch}class Part(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 4)
    def forward(self, x):
        return self.fc(x)
class Whole(nn.Module):
    def __init__(self):
        super().__init__()
        self.part, self.out = Part(), nn.Linear(4, 2)
        self.sizes = self.forward(torch.zeros(1, 4)).shape
    def forward(self, x):
        return self.out(self.part(x))
whole = Whole()
`,
    models: 'Whole (instance)',
    rows: ['. Whole → (32, 2)', '  part Part → (32, 4)', '    part.fc Linear → (32, 4)', '  out Linear → (32, 2)'],
    inputs: 'x (32, 4) inferred',
  },
  {
    title: 'shows what a distribution is made of, where a model gives one',
    text: `${torch}class Choice(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(6, 3)
    def forward(self, x):
        return torch.distributions.Bernoulli(logits=self.fc(x))
`,
    models: 'Choice (class)',
    rows: ['. Choice → (32, 3)', '  fc Linear → (32, 3)'],
    inputs: 'x (32, 6) inferred',
  },
  {
    title: 'shows the model that the file calls, on the values of that call',
    text: `${torch}${net}model = Net()\ny = model(torch.randn(5, 4))\n`,
    models: 'Net (called)',
    rows: ['. Net → (5, 8)', '  fc Linear → (5, 8)', '  . relu → (5, 8)'],
    inputs: 'x (5, 4) file',
    parameters: 'fc.weight (8, 4), fc.bias (8)',
  },
  {
    title: 'shows the one of equals that is trained: a student, and not its teacher',
    text: `${torch}def make():\n    return nn.Sequential(nn.Linear(4, 3))\nstudent, teacher = make(), make()\nfor p in teacher.parameters():\n    p.requires_grad = False\n`,
    models: 'student (instance), teacher (instance)',
    rows: ['. Sequential → (32, 3)', '  0 Linear → (32, 3)'],
    inputs: 'input (32, 4) inferred',
  },
  {
    title: 'names a container by the variable that holds it',
    text: `${torch}mlp = nn.Sequential(nn.Linear(4, 3), nn.ReLU())\nmlp(torch.ones(2, 4))\n`,
    models: 'mlp (called)',
    rows: ['. Sequential → (2, 3)', '  0 Linear → (2, 3)', '  1 ReLU → (2, 3)'],
    inputs: 'input (2, 4) file',
  },
  {
    title: 'offers each of several models that are called, the one with most parameters first',
    text: `${torch}${pair}maker, judge = Maker(), Judge()\nprint(judge(maker(torch.randn(2, 3))).shape)\n`,
    models: 'Maker (called), Judge (called)',
    rows: ['. Maker → (2, 16)', '  fc Linear → (2, 16)', '  . tanh → (2, 16)'],
    inputs: 'z (2, 3) file',
  },
  {
    title: 'shows a small whole before a large part of it, whichever way their classes call their base',
    text: `${torch}class Part(nn.Module):
    def __init__(self, width=4):
        super(Part, self).__init__()
        self.fc = nn.Linear(4, width)
    def forward(self, x):
        return self.fc(x)
class Whole(nn.Module):
    def __init__(self):
        super(Whole, self).__init__()
        self.part = Part(2)
    def forward(self, x):
        return self.part(x)
print(Part(64)(torch.ones(2, 4)), Whole()(torch.ones(2, 4)))
`,
    models: 'Whole (called), Part (called)',
    rows: ['. Whole → (2, 2)', '  part Part → (2, 2)', '    part.fc Linear → (2, 2)'],
    inputs: 'x (2, 4) file',
  },
  {
    title: 'finds models that live in a function only',
    text: `${torch}${net}def main():\n    model = Net(width=3)\n    return model(torch.zeros(1, 4))\nmain()\n`,
    models: 'Net (called)',
    rows: ['. Net → (1, 3)', '  fc Linear → (1, 3)', '  . relu → (1, 3)'],
    inputs: 'x (1, 4) file',
  },
  {
    title: 'shows one layer called alone as itself',
    text: `${torch}pool = nn.MaxPool2d(2)\ny = pool(torch.ones(1, 1, 4, 4))\n`,
    models: 'pool (called)',
    rows: ['. MaxPool2d → (1, 1, 2, 2)'],
    inputs: 'input (1, 1, 4, 4) file',
  },
  {
    title: 'leaves a softmax that is applied to a model out of it',
    text: `${torch}${net}model = Net()\nprobabilities = nn.Softmax(dim=1)(model(torch.randn(2, 4)))\n`,
    models: 'Net (called)',
    rows: ['. Net → (2, 8)', '  fc Linear → (2, 8)', '  . relu → (2, 8)'],
    inputs: 'x (2, 4) file',
  },
  {
    title: 'takes a model before a larger part of the file\'s models that is tried out too',
    text: `${torch}class Part(nn.Module):\n    def __init__(self, width=64):\n        super().__init__()\n        self.fc = nn.Linear(width, width)\n    def forward(self, x):\n        return self.fc(x)\nclass Whole(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.part = Part(3)\n    def forward(self, x):\n        return self.part(x)\nprint(Part()(torch.ones(2, 64)).shape)\nprint(Whole()(torch.ones(2, 3)).shape)\n`,
    models: 'Whole (called), Part (called)',
    rows: ['. Whole → (2, 3)', '  part Part → (2, 3)', '    part.fc Linear → (2, 3)'],
    inputs: 'x (2, 3) file',
  },
  {
    title: 'gives names that a snippet does not import or define their usual meaning',
    text: 'layer = nn.ReLU()\nout = layer(x)\nout = F.relu(x)\nout = torch.maximum(torch.tensor(0.0), x)\n',
    diagnostics: [
      'skipped 1:8-10 `nn` is not imported in this file: taken as `import torch.nn as nn`',
      'skipped 3:6-7 `F` is not imported in this file: taken as `import torch.nn.functional as F`',
      'skipped 4:6-11 `torch` is not imported in this file: taken as `import torch`',
      'skipped 2:12-13 `x` is not defined in this file: assumed standard normal numbers of shape (32, 10)',
    ],
    models: 'model (file)',
    rows: ['layer ReLU → (32, 10)', '. relu → (32, 10)', '. maximum → (32, 10)'],
    inputs: 'x (32, 10) file',
  },
  {
    title: 'falls back on instances bound to names',
    text: `${torch}relu = nn.ReLU()\nmodel = nn.Sequential(nn.Linear(10, 20), nn.ReLU(), nn.Linear(20, 1))\n`,
    models: 'model (instance), relu (instance)',
    rows: ['. Sequential → (32, 1)', '  0 Linear → (32, 20)', '  1 ReLU → (32, 20)', '  2 Linear → (32, 1)'],
    inputs: 'input (32, 10) inferred',
  },
  {
    title: 'takes no function for one of tensors whose arguments are a model, an optimizer, a loader or a path, or which returns nothing',
    text: `${torch}def norm_of(parameters, order=2.0):
    return torch.stack([torch.norm(p.detach(), order) for p in parameters]).sum()
def step(model, optimizer):
    return torch.zeros(3)
def error_of(val_loader, x):
    return x + 1
def kept(output_dir):
    return torch.zeros(3)
def told(is_first):
    if is_first:
        print("first")
def passed(x):
    return torch.relu(x)
`,
    models: 'passed (function)',
    rows: ['. relu → (32, 10)'],
    inputs: 'x (32, 10) assumed',
  },
  {
    title: 'falls back on functions of tensors',
    text: `${torch}def relu(x):\n    return torch.maximum(torch.tensor(0.0), x)\n`,
    models: 'relu (function)',
    rows: ['. maximum → (32, 10)'],
    inputs: 'x (32, 10) assumed',
  },
  {
    title: 'makes a class around a method that stands alone',
    text: 'def forward(self, x):\n    x = self.linear1(x)\n    x = torch.relu(x)\n    return self.linear2(x)\n',
    diagnostics: ['skipped 3:8-13 `torch` is not imported in this file: taken as `import torch`'],
    models: 'forward (function)',
    rows: ['. Fragment → (32, 64)', '  linear1 Linear → (32, 64)', '  . relu → (32, 64)', '  linear2 Linear → (32, 64)'],
    inputs: 'x (32, 64) inferred',
  },
  {
    title: 'reads a Lightning module as a PyTorch one',
    text: `import torch\nfrom torch import nn\nimport pytorch_lightning as pl\nclass Lit(pl.LightningModule):
    def __init__(self, width=3):
        super().__init__()
        self.save_hyperparameters()
        self.net = nn.Linear(5, self.hparams.width)
    def forward(self, x):
        return self.net(x)
pl.Trainer(max_epochs=2).fit(Lit())
`,
    diagnostics: ['skipped 11:0-35 `fit` has no data: the training step is not entered'],
    models: 'Lit (class)',
    rows: ['. Lit → (32, 3)', '  net Linear → (32, 3)'],
    inputs: 'x (32, 5) inferred',
  },
  {
    title: 'shows the model asked for by name, offered or not',
    text: `${torch}${pair}maker = Maker()\nmaker(torch.ones(1, 3))\n`,
    options: { model: 'Judge' },
    models: 'Maker (called)',
    rows: ['. Judge → (32, 1)', '  fc Linear → (32, 1)'],
    inputs: 'x (32, 16) inferred',
  },
  {
    title: 'shows what an expression makes',
    text: `${torch}${net}`,
    options: { call: 'Net(width=2)', inputs: ['3x4'] },
    models: 'Net (class)',
    rows: ['. Net → (3, 2)', '  fc Linear → (3, 2)', '  . relu → (3, 2)'],
    inputs: 'x (3, 4) option',
  },
];

describe('the models of a PyTorch file', () => {
  cases.forEach(itFinds);

  it('says which models there are when the name asked for is none of them', async () => {
    const ran = await RanFile.of(`${torch}${net}`);
    const traced = ran.trace('Nett');
    assert.equal(traced.model.trace, null);
    assert.deepEqual(traced.diagnostics, ['skipped the file has no model `Nett`; it has: Net']);
  });

  it('says that a file has no model', async () => {
    const traced = (await RanFile.of('print("nothing here")\n')).trace();
    assert.equal(traced.model.trace, null);
    assert.match(traced.diagnostics.join(), /^skipped no model was found in this file/);
  });

  it('says what could not be assumed to construct a class', async () => {
    const traced = (await RanFile.of(`${torch}class Odd(nn.Module):\n    def __init__(self, quux):\n        super().__init__()\n        self.name = f'{quux}'\n    def forward(self, x):\n        return x\n`)).trace();
    assert.deepEqual(traced.diagnostics, ['skipped 4:6-9 `Odd` was not constructed: nothing is known of its argument `quux`; give it with `# lens: args=(quux=…)` above it']);
  });
});

describe('a class without parameters that takes no input', () => {
  it('gives place to the next that can be shown', async () => {
    const text = `${torch}class Body(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(4, 2)\n    def forward(self, x):\n        return self.fc(x)\n`
      + 'class Shell(nn.Module):\n    def __init__(self, model=None):\n        super().__init__()\n        self.model = nn.Sequential(*model) if model is not None else None\n    def forward(self, x):\n        return [layer(x) for layer in self.model]\n';
    const ran = await RanFile.of(text);
    const traced = ran.trace();
    assert.deepEqual([traced.outputs, traced.diagnostics.at(-1)], ['(32, 2)', 'skipped 4:6-10 `Body` is shown in the place of `Shell`']);
  });
});
