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

const madeByPlan = `${torch}class Net(nn.Module):
    def __init__(self, plan):
        super().__init__()
        self.fc = nn.Linear(plan["take"], plan["give"])
    def forward(self, x):
        return self.fc(x)
def small():
    plan = {"take": 6, "give": 3}
    return Net(plan)
`;

const loss = (name: string) => `class ${name}(nn.Module):
    def __init__(self, gamma=2.0):
        super().__init__()
        self.gamma = gamma
    def forward(self, output, target):
        return ((output - target).abs() ** self.gamma).mean()
`;

const cases: readonly ModelCase[] = [
  {
    title: 'shows a loss where it is all that the file has',
    text: `${torch}${loss('FocalLoss')}`,
    models: 'FocalLoss (class)',
    rows: ['. FocalLoss → ()'],
    inputs: 'output (32, 10) assumed, target (32, 10) assumed',
  },
  {
    title: 'shows a model rather than a loss, whose name has the word as its last, or as its first where it compares',
    text: `${torch}${net}${loss('LossOfPairs')}${loss('PairLoss')}`,
    models: 'Net (class)',
    rows: ['. Net → (32, 8)', '  fc Linear → (32, 8)', '  . relu → (32, 8)'],
    inputs: 'x (32, 4) inferred',
  },
  {
    title: 'takes no model for a loss that has the word within its name, or compares nothing',
    text: `${torch}${net.replace('Net', 'CriterionFree')}${net.replace('Net', 'LossyNet')}`,
    models: 'LossyNet (class), CriterionFree (class)',
    rows: ['. LossyNet → (32, 8)', '  fc Linear → (32, 8)', '  . relu → (32, 8)'],
    inputs: 'x (32, 4) inferred',
  },
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
    title: 'shows the agent whose methods call its layers, however often the file calls those',
    text: `${torch}class Player(nn.Module):
    def __init__(self):
        super().__init__()
        self.see = nn.Sequential(nn.Linear(6, 8), nn.Tanh())
        self.act = nn.Linear(8, 4)
        self.judge = nn.Linear(8, 1)
    def value(self, x):
        return self.judge(self.see(x))
    def choose(self, x):
        seen = self.see(x)
        return self.act(seen), self.judge(seen)
player = Player()
for step in range(3):
    chosen, worth = player.choose(torch.randn(5, 6))
    later = player.value(torch.randn(5, 6))
`,
    models: 'Player (instance)',
    rows: ['. Player → (32, 4)', '  see Sequential → (32, 8)', '    see.0 Linear → (32, 8)', '    see.1 Tanh → (32, 8)', '  act Linear → (32, 4)', '  judge Linear → (32, 1)'],
    inputs: 'x (32, 6) inferred',
  },
  {
    title: 'names the parts of an agent that the file calls apart by where they are',
    text: `${torch}class Player(nn.Module):
    def __init__(self):
        super().__init__()
        self.act = nn.Sequential(nn.Linear(6, 8), nn.Tanh())
        self.judge = nn.Sequential(nn.Linear(6, 1), nn.Tanh())
player = Player()
x = torch.randn(5, 6)
chosen, worth = player.act(x), player.judge(x)
`,
    models: 'player.act (called), player.judge (called)',
    rows: ['. Sequential → (5, 8)', '  0 Linear → (5, 8)', '  1 Tanh → (5, 8)'],
    inputs: 'input (5, 6) file',
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
    title: 'shows the classes of the files that a script imports, where it fails before it comes to a model of its own',
    text: 'from trainer import Trainer\ndef main(config):\n    lines = open("there/are/no/labels.txt").readlines()\n    Trainer(lines).run()\nmain(None)\n',
    options: {
      files: {
        'trainer.py': 'from nets import Whole\nclass Trainer:\n    def __init__(self, lines):\n        self.net = Whole()\n',
        'nets.py': `${torch}class Part(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(4, 4)\n    def forward(self, x):\n        return self.fc(x)\nclass Whole(nn.Module):
    def __init__(self):\n        super().__init__()\n        self.part, self.out = Part(), nn.Linear(4, 2)\n    def forward(self, x):\n        return self.out(self.part(x))\n`,
      },
    },
    diagnostics: ["python 3:12-43 FileNotFoundError: [Errno 44] No such file or directory: 'there/are/no/labels.txt'", "python 4:4-22 AttributeError: 'Trainer' object has no attribute 'run'"],
    models: 'Whole (class)',
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
    title: 'makes a class as a function of the file makes it, whose arguments no name would tell',
    text: madeByPlan,
    models: 'small (function), Net (class)',
    rows: ['. Net → (32, 3)', '  fc Linear → (32, 3)'],
    inputs: 'x (32, 6) inferred',
  },
  {
    title: 'makes that class, when it is asked for, as the function makes it',
    text: madeByPlan,
    options: { model: 'Net' },
    models: 'small (function), Net (class)',
    rows: ['. Net → (32, 3)', '  fc Linear → (32, 3)'],
    inputs: 'x (32, 6) inferred',
  },
  {
    title: 'offers the functions that make models beside the class, the first of a family before it',
    text: `${torch}__all__ = ["net4", "net8"]
def register(function):
    return function
class Block(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.fc = linear3(width)
    def forward(self, x):
        return self.fc(x)
def linear3(width):
    return nn.Sequential(nn.Linear(3, width))
class Net(nn.Module):
    def __init__(self, block, width):
        super().__init__()
        self.block = block(width)
    def forward(self, x):
        return self.block(x)
def _net(block, width, **kwargs):
    model = Net(block, width, **kwargs)
    return model
@register
def net4(pretrained=False, **kwargs):
    return _net(Block, 4, **kwargs)
@register
def net8(pretrained=False, **kwargs):
    model = _net(Block, 8, **kwargs)
    if pretrained:
        model.load_state_dict({})
    return model
def evaluate(model, data):
    return model(data)
`,
    models: 'net4 (function), net8 (function), Net (class)',
    rows: ['. Net → (32, 4)', '  block Block → (32, 4)', '    block.fc Sequential → (32, 4)', '      block.fc.0 Linear → (32, 4)'],
    inputs: 'x (32, 3) inferred',
  },
  {
    title: 'keeps a class with defaults before the functions that make it otherwise',
    text: `${torch}${net}def wide():
    return Net(32)
def both(device):
    net = Net(16).to(device)
    return net, torch.optim.SGD(net.parameters(), lr=0.1)
`,
    models: 'Net (class), wide (function), both (function)',
    rows: ['. Net → (32, 8)', '  fc Linear → (32, 8)', '  . relu → (32, 8)'],
    inputs: 'x (32, 4) inferred',
  },
  {
    title: 'takes the model of a function that gives an optimizer too',
    text: `${torch}${net}def both(device):
    net = Net(16).to(device)
    return net, torch.optim.SGD(net.parameters(), lr=0.1)
`,
    options: { model: 'both' },
    models: 'Net (class), both (function)',
    rows: ['. Net → (32, 16)', '  fc Linear → (32, 16)', '  . relu → (32, 16)'],
    inputs: 'x (32, 4) inferred',
  },
  {
    title: 'makes the class itself where the file calls it outside of a function that makes models',
    text: `${torch}class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.fc = nn.Linear(4, width)
    def forward(self, x):
        return self.fc(x)
def tiny():
    return Net(2)
def main():
    model = Net(7)
    print(model)
`,
    models: 'Net (class), tiny (function)',
    rows: ['. Net → (32, 7)', '  fc Linear → (32, 7)'],
    inputs: 'x (32, 4) inferred',
  },
  {
    title: 'makes a class of which all is known rather than calls a function that needs what nobody has',
    text: `${torch}class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.fc = nn.Linear(4, width)
    def forward(self, x):
        return self.fc(x)
def build_model(state_dict):
    return Net(state_dict["fc.weight"].shape[0])
`,
    models: 'Net (class), build_model (function)',
    rows: ['. Net → (32, 32)', '  fc Linear → (32, 32)'],
    inputs: 'x (32, 4) inferred',
  },
  {
    title: 'takes a class that functions hand to a builder for the model, and none that is imported',
    text: `${torch}from parts import Attention
from builder import build
${net}def _create(name, **kwargs):
    return build(Net, name, **kwargs)
def tiny(**kwargs):
    return _create("tiny", **kwargs)
`,
    options: { files: { 'builder.py': 'def build(cls, name, **kwargs):\n    return cls(**kwargs)\n', 'parts.py': `${torch}class Attention(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.qkv = nn.Linear(2, 2)\n    def forward(self, x):\n        return self.qkv(x)\n` } },
    models: 'Net (class), tiny (function)',
    rows: ['. Net → (32, 8)', '  fc Linear → (32, 8)', '  . relu → (32, 8)'],
    inputs: 'x (32, 4) inferred',
  },
  {
    title: 'takes no plain function beside a model for one',
    text: `${torch}${net}def f(a):\n    return a + 1\ndef scaled(x, y):\n    return x * y\n`,
    models: 'Net (class)',
    rows: ['. Net → (32, 8)', '  fc Linear → (32, 8)', '  . relu → (32, 8)'],
    inputs: 'x (32, 4) inferred',
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
    title: 'finds models that live in a function only',
    text: `${torch}${net}def main():\n    model = Net(width=3)\n    return model(torch.zeros(1, 4))\nmain()\n`,
    models: 'Net (called)',
    rows: ['. Net → (1, 3)', '  fc Linear → (1, 3)', '  . relu → (1, 3)'],
    inputs: 'x (1, 4) file',
  },
  {
    title: 'does not take a loss for a model',
    text: `${torch}${net}model = Net()\ncriterion = nn.MSELoss()\nloss = criterion(model(torch.randn(2, 4)), torch.zeros(2, 8))\n`,
    models: 'Net (called)',
    rows: ['. Net → (2, 8)', '  fc Linear → (2, 8)', '  . relu → (2, 8)'],
    inputs: 'x (2, 4) file',
  },
  {
    title: 'shows single layers that are called by hand as one model, the file',
    text: `${torch}linear = nn.Linear(10, 5)\nactivation = nn.ReLU()\ndata = torch.randn(1, 10)\nhidden = linear(data)\nout = activation(hidden)\n`,
    models: 'model (file)',
    rows: ['linear Linear → (1, 5)', 'activation ReLU → (1, 5)'],
    inputs: 'data (1, 10) file',
    parameters: 'linear.weight (5, 10), linear.bias (5)',
  },
  {
    title: 'shows a single layer with its function as the file',
    text: `${torch}layer = nn.Linear(3, 2)\nx = torch.ones(4, 3)\ny = F.relu(layer(x))\n`,
    models: 'model (file)',
    rows: ['layer Linear → (4, 2)', '. relu → (4, 2)'],
    inputs: 'x (4, 3) file',
  },
  {
    title: 'shows one layer called alone as itself',
    text: `${torch}pool = nn.MaxPool2d(2)\ny = pool(torch.ones(1, 1, 4, 4))\n`,
    models: 'pool (called)',
    rows: ['. MaxPool2d → (1, 1, 2, 2)'],
    inputs: 'input (1, 1, 4, 4) file',
  },
  {
    title: 'joins a model and a bare head that are called in a chain',
    text: `${torch}encoder = nn.Sequential(nn.Linear(6, 4), nn.Tanh())\nhead = nn.Linear(4, 2)\nfor i in range(3):\n    batch = torch.randn(5, 6)\n    logits = head(encoder(batch))\n`,
    models: 'model (file)',
    rows: ['encoder Sequential → (5, 4)', '  encoder.0 Linear → (5, 4)', '  encoder.1 Tanh → (5, 4)', 'head Linear → (5, 2)'],
    inputs: 'input (5, 6) file',
  },
  {
    title: 'leaves a softmax that is applied to a model out of it',
    text: `${torch}${net}model = Net()\nprobabilities = nn.Softmax(dim=1)(model(torch.randn(2, 4)))\n`,
    models: 'Net (called)',
    rows: ['. Net → (2, 8)', '  fc Linear → (2, 8)', '  . relu → (2, 8)'],
    inputs: 'x (2, 4) file',
  },
  {
    title: 'shows functions on tensors as the file, weights by their names',
    text: `${torch}weights = torch.randn(10)\nbias = torch.tensor(-100.0)\nx = torch.randn(10)\nlinear_output = x @ weights + bias\nactivated = torch.relu(linear_output)\n`,
    models: 'model (file)',
    rows: ['. matmul → ()', '. relu → ()'],
    inputs: 'x (10) file',
    parameters: 'weights (10), bias ()',
  },
  {
    title: 'takes the one tensor that requires a gradient for the input',
    text: `${torch}x = torch.tensor([5.0], requires_grad=True)\ny = torch.relu(x)\ny.backward()\nprint(x.grad)\n`,
    models: 'model (file)',
    rows: ['. relu → (1)'],
    inputs: 'x (1) file',
    parameters: '',
  },
  {
    title: 'keeps a chain that a loop makes, and drops what it repeats on other data',
    text: `${torch}x = torch.randn(3)\nfor _ in range(4):\n    x = torch.sigmoid(x)\n`,
    models: 'model (file)',
    rows: ['. sigmoid → (3)', '. sigmoid → (3)', '. sigmoid → (3)', '. sigmoid → (3)'],
    inputs: 'input (3) file',
  },
  {
    title: 'shows only the first turn of a training loop that is written by hand',
    text: `${torch}w = torch.zeros(2, 1, requires_grad=True)\nx = torch.ones(4, 2)\nfor step in range(1000):\n    loss = (torch.sigmoid(x @ w) ** 2).mean()\n    loss.backward()\n    with torch.no_grad():\n        w -= 0.1 * w.grad\n        w.grad.zero_()\n`,
    diagnostics: ['skipped 6:0-23 training is not run: the loop was left after 10 turns'],
    models: 'model (file)',
    rows: ['. matmul → (4, 1)', '. sigmoid → (4, 1)'],
    inputs: 'x (4, 2) file',
  },
  {
    title: 'takes a model before a larger part of the file\'s models that is tried out too',
    text: `${torch}class Part(nn.Module):\n    def __init__(self, width=64):\n        super().__init__()\n        self.fc = nn.Linear(width, width)\n    def forward(self, x):\n        return self.fc(x)\nclass Whole(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.part = Part(3)\n    def forward(self, x):\n        return self.part(x)\nprint(Part()(torch.ones(2, 64)).shape)\nprint(Whole()(torch.ones(2, 3)).shape)\n`,
    models: 'Whole (called), Part (called)',
    rows: ['. Whole → (2, 3)', '  part Part → (2, 3)', '    part.fc Linear → (2, 3)'],
    inputs: 'x (2, 3) file',
  },
  {
    title: 'leaves a loop by hand each time that a function with it is called',
    text: `${torch}w = torch.ones(2, 1, requires_grad=True)\nx = torch.ones(4, 2)\nseen = []\ndef attack():\n    for i in range(1000):\n        loss = (torch.sigmoid(x @ w) ** 2).mean()\n        loss.backward()\n    seen.append(i)\nfor epsilon in (0, 1, 2):\n    attack()\nassert seen == [10, 10, 10], seen\n`,
    diagnostics: ['skipped 8:4-24 training is not run: the loop was left after 10 turns'],
    models: 'model (file)',
    rows: ['. matmul → (4, 1)', '. sigmoid → (4, 1)'],
    inputs: 'x (4, 2) file',
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
    title: 'falls back on classes that no other class uses',
    text: `${torch}class Block(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.fc = nn.Linear(dim, dim)
    def forward(self, x):
        return x + F.gelu(self.fc(x))
class Tower(nn.Module):
    def __init__(self, hidden_size, num_layers):
        super().__init__()
        self.blocks = nn.ModuleList([Block(hidden_size) for _ in range(num_layers)])
    def forward(self, x):
        for block in self.blocks:
            x = block(x)
        return x
`,
    models: 'Tower (class)',
    rows: [
      '. Tower → (32, 64)', '  blocks.0 Block → (32, 64)', '    blocks.0.fc Linear → (32, 64)', '    blocks.0 gelu → (32, 64)',
      '  blocks.1 Block → (32, 64)', '    blocks.1.fc Linear → (32, 64)', '    blocks.1 gelu → (32, 64)',
    ],
    inputs: 'x (32, 64) inferred',
  },
  {
    title: 'constructs a class as an uncalled function of the file does',
    text: `${torch}class Stack(nn.Module):
    def __init__(self, block, widths):
        super().__init__()
        self.layers = nn.Sequential(*[block(a, b) for a, b in zip(widths, widths[1:])])
    def forward(self, x):
        return self.layers(x)
def small():
    return Stack(nn.Linear, [7, 5, 3])
`,
    models: 'small (function), Stack (class)',
    rows: ['. Stack → (32, 3)', '  layers Sequential → (32, 3)', '    layers.0 Linear → (32, 5)', '    layers.1 Linear → (32, 3)'],
    inputs: 'x (32, 7) inferred',
  },
  {
    title: 'constructs the file\'s own configuration class',
    text: `${torch}from dataclasses import dataclass
@dataclass
class Config:
    vocab: int = 50
    dim: int = 12
class Reader(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.embed = nn.Embedding(config.vocab, config.dim)
        self.head = nn.Linear(config.dim, config.vocab)
    def forward(self, tokens):
        return self.head(self.embed(tokens))
`,
    models: 'Reader (class)',
    rows: ['. Reader → (32, 16, 50)', '  embed Embedding → (32, 16, 12)', '  head Linear → (32, 16, 50)'],
    inputs: 'tokens int64(32, 16) inferred',
  },
  {
    title: 'reads the attributes of an unknown configuration by their names',
    text: `${torch}class Reader(nn.Module):
    def __init__(self, cfg):
        super().__init__()
        self.fc = nn.Linear(cfg.hidden_size, cfg.num_classes)
    def forward(self, x):
        return self.fc(x)
`,
    models: 'Reader (class)',
    rows: ['. Reader → (32, 10)', '  fc Linear → (32, 10)'],
    inputs: 'x (32, 64) inferred',
  },
  {
    title: 'takes a class for a part of another that gets it from a function',
    text: `${torch}${net.replace('nn.Linear(4, width)', 'normalization(4)')}class Normal(nn.LayerNorm):\n    pass\ndef normalization(width):\n    return Normal(width)\n`,
    models: 'Net (class)',
    rows: ['. Net → (32, 4)', '  fc Normal → (32, 4)', '    fc layer_norm → (32, 4)', '  . relu → (32, 4)'], inputs: 'x (32, 4) inferred',
  },
  {
    title: 'takes no model for a part of a class that only trains it, and its parts for parts still',
    text: `${torch}${net.replace('nn.Linear(4, width)', 'Block(4)')}class Block(nn.Sequential):\n    def __init__(self, width):\n        super().__init__(nn.Linear(width, 3))\nclass Trainer:\n    def begin(self):\n        self.net = Net(8)\n`,
    models: 'Net (class)',
    rows: ['. Net → (32, 3)', '  fc Block → (32, 3)', '    fc.0 Linear → (32, 3)', '  . relu → (32, 3)'], inputs: 'x (32, 4) inferred',
  },
  {
    title: 'shows the class that the file is named after first, also where another is derived from it',
    text: `${torch}${net}class Wider(Net):\n    def __init__(self):\n        super().__init__(16)\nclass Head(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(2, 2)\n    def forward(self, x):\n        return self.fc(x)\n`,
    options: { path: 'net.py' },
    models: 'Net (class), Head (class), Wider (class)',
    rows: ['. Net → (32, 8)', '  fc Linear → (32, 8)', '  . relu → (32, 8)'], inputs: 'x (32, 4) inferred',
  },
  {
    title: 'takes a class that hands parts to its base for one with layers',
    text: `${torch}class Base(nn.Module):\n    def __init__(self, body):\n        super().__init__()\n        self.body = body()\n    def forward(self, x):\n        return self.body(x)\nclass Stem(nn.Sequential):\n    def __init__(self):\n        super().__init__(nn.Linear(3, 3))\nclass Body(nn.Sequential):\n    def __init__(self):\n        super().__init__(nn.Linear(4, 2))\nclass Whole(Base):\n    def __init__(self, body=Body):\n        super().__init__(body)\n`,
    models: 'Whole (class), Stem (class)',
    rows: ['. Whole → (32, 2)', '  body Body → (32, 2)', '    body.0 Linear → (32, 2)'], inputs: 'x (32, 4) inferred',
  },
  {
    title: 'falls back on functions that make a model',
    text: `${torch}def build_model(hidden):\n    return nn.Sequential(nn.Linear(6, hidden), nn.ReLU())\n`,
    models: 'build_model (function)',
    rows: ['. Sequential → (32, 64)', '  0 Linear → (32, 64)', '  1 ReLU → (32, 64)'],
    inputs: 'input (32, 6) inferred',
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
    title: 'lets random images stand in for a data set of torchvision',
    text: `${torch}from torchvision import datasets, transforms
from torch.utils.data import DataLoader
steps = transforms.Compose([transforms.Resize((16, 16)), transforms.ToTensor(), transforms.Lambda(lambda x: x.view(-1))])
loader = DataLoader(datasets.MNIST("data", train=True, download=True, transform=steps), batch_size=8, shuffle=True)
model = nn.Sequential(nn.Linear(256, 10))
optimizer = torch.optim.Adam(model.parameters())
for images, labels in loader:
    loss = F.cross_entropy(model(images), labels)
    loss.backward()
    optimizer.step()
`,
    diagnostics: [
      'skipped 7:20-86 `MNIST` is not here: 512 random images of its shape (1×28×28) stand in for it',
      'skipped 10:0-28 training is not run: the loop was left after its first step',
    ],
    models: 'model (called)',
    rows: ['. Sequential → (8, 10)', '  0 Linear → (8, 10)'],
    inputs: 'input (8, 256) file',
  },
  {
    title: 'splits made-up images into the parts of the real data set',
    text: `${torch}from torchvision.datasets import MNIST
from torch.utils.data import random_split
first, second = random_split(MNIST("data"), [55000, 5000])
print(len(first), len(second))
model = nn.Linear(3, 2)
`,
    diagnostics: [
      'skipped 6:29-42 `MNIST` is not here: 512 random images of its shape (1×28×28) stand in for it',
    ],
    models: 'model (instance)',
    rows: ['. Linear → (32, 2)'],
    inputs: 'input (32, 3) inferred',
  },
  {
    title: 'gives made-up images the size that the file says',
    text: `${torch}from torchvision.datasets import FakeData
from torchvision.transforms import ToTensor
from torch.utils.data import DataLoader
model = nn.Sequential(nn.Flatten(), nn.Linear(192, 10))
for images, labels in DataLoader(FakeData(100, image_size=(3, 8, 8), transform=ToTensor()), batch_size=4):
    model(images)
    break
`,
    diagnostics: [
      'skipped 8:33-90 `FakeData` is not here: 512 random images of its shape (3×8×8) stand in for it',
    ],
    models: 'model (called)',
    rows: ['. Sequential → (4, 10)', '  0 Flatten → (4, 192)', '  1 Linear → (4, 10)'],
    inputs: 'input (4, 3, 8, 8) file',
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
