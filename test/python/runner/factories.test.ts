import { itFinds, type ModelCase } from './modelCase.ts';

const torch = 'import torch\nimport torch.nn as nn\nimport torch.nn.functional as F\n';

const net = `class Net(nn.Module):
    def __init__(self, width=8):
        super().__init__()
        self.fc = nn.Linear(4, width)
    def forward(self, x):
        return F.relu(self.fc(x))
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

const cases: readonly ModelCase[] = [
  {
    title: 'makes a class that lacks what a function sets on it by that function',
    text: `${torch}class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 2)
    def forward(self, x):
        return self.last(x)
def plain():
    return Net()
def net(weights=None):
    model = Net()
    model.last = model.fc
    del model.fc
    return model
`,
    models: 'net (function), plain (function), Net (class)',
    rows: ['. Net → (32, 2)', '  last Linear → (32, 2)'],
    inputs: 'x (32, 4) inferred',
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
    title: 'offers the functions that are annotated to give a model, unless they are given one',
    text: `${torch}class Net(nn.Module):
    def __init__(self, cfg):
        super().__init__()
        self.fc = nn.Linear(3, len(cfg))
    def forward(self, x):
        return self.fc(x)
def make(make_class, *args) -> 'Net':
    return make_class(*args)
def six(pretrained=False) -> Net:
    kind = Net
    model = make(kind, 'abcdef')
    return model
def frozen(net: Net) -> Net:
    return net
`,
    models: 'six (function), make (function), Net (class)',
    rows: ['. Net → (32, 6)', '  fc Linear → (32, 6)'],
    inputs: 'x (32, 3) inferred',
  },
  {
    title: 'shows what a function of another file makes, where the file fails before it calls that, and no loss',
    text: `${torch}from nets import build, Loss, measure
criterion = Loss(nothing)
net = build('train', width)
print(measure(net))
`,
    options: { files: { 'nets.py': `${torch}class Net(nn.Module):\n    def __init__(self, phase, width):\n        super().__init__()\n        self.fc = nn.Linear(3, width)\n    def forward(self, x):\n        return self.fc(x)\nclass Loss(nn.Module):\n    def forward(self, x, y):\n        return (x - y).sum()\n`
      + 'def measure(net):\n    return 1\ndef build(phase, width=6):\n    return Net(phase, width)\n' } },
    diagnostics: ["python 5:17-24 NameError: name 'nothing' is not defined", "python 6:21-26 NameError: name 'width' is not defined", 'skipped 7:14-17 `net` was not defined because line 6 failed'],
    models: 'build (function)',
    rows: ['. Net → (32, 6)', '  fc Linear → (32, 6)'],
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
    title: 'falls back on functions that make a model',
    text: `${torch}def build_model(hidden):\n    return nn.Sequential(nn.Linear(6, hidden), nn.ReLU())\n`,
    models: 'build_model (function)',
    rows: ['. Sequential → (32, 64)', '  0 Linear → (32, 64)', '  1 ReLU → (32, 64)'],
    inputs: 'input (32, 6) inferred',
  },
];

describe('a function of a PyTorch file that makes a model', () => cases.forEach(itFinds));
