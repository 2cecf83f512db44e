import { strict as assert } from 'node:assert';
import { classOf, itTakes, torch, type InputCase } from './inputCase.ts';
import { RanFile } from './runFile.ts';

const twoPools = 'self.c1 = nn.Conv2d(1, 4, 3, padding=1); self.c2 = nn.Conv2d(4, 8, 3, padding=1); self.pool = nn.MaxPool2d(2); self.fc = nn.Linear(8 * 7 * 7, 10)';
// Of maps with 14 cells, as 40 by 80 pixels give them.
const screens = 'self.c1 = nn.Conv2d(3, 8, 5, stride=2); self.c2 = nn.Conv2d(8, 16, 5, stride=2); self.c3 = nn.Conv2d(16, 32, 5, stride=2); self.fc = nn.Linear(448, 4)';

const cases: readonly InputCase[] = [
  {
    title: 'a layer behind a flatten fixes height and width',
    text: classOf(twoPools, 'x = self.pool(F.relu(self.c1(x))); x = self.pool(F.relu(self.c2(x))); return self.fc(x.flatten(1))'),
    inputs: 'x (32, 1, 28, 28) inferred', output: '(32, 10)',
  },
  {
    title: 'of the sizes that a layer behind windows without padding allows, the one is taken at which no pixels are left over',
    text: classOf('self.c1 = nn.Conv2d(4, 8, 8, stride=4); self.c2 = nn.Conv2d(8, 8, 4, stride=2); self.c3 = nn.Conv2d(8, 8, 3); self.fc = nn.Linear(8 * 7 * 7, 6)',
      'return self.fc(self.c3(self.c2(self.c1(x))).flatten(1))'),
    inputs: 'x (18, 4, 84, 84) inferred', output: '(18, 6)',
  },
  {
    title: 'a normalization over a whole map fixes its height and width',
    text: classOf('self.c = nn.Conv2d(3, 4, 5, stride=2); self.norm = nn.LayerNorm((4, 20, 20))', 'return self.norm(self.c(x))'),
    inputs: 'x (32, 3, 43, 43) inferred', output: '(32, 4, 20, 20)',
  },
  {
    title: 'a view that mixes batch and features is not taken for the right size',
    text: classOf('self.c = nn.Conv2d(3, 4, 3, padding=1); self.fc = nn.Linear(4 * 7 * 7, 10)', 'return self.fc(F.relu(self.c(x)).view(-1, 4 * 7 * 7))'),
    inputs: 'x (32, 3, 7, 7) inferred', output: '(32, 10)',
    assumption: 'input assumed (32, 3, 7, 7): c takes 3 channels, fc takes 196 features',
  },
  {
    title: 'convolutions without padding are followed to an odd size',
    text: classOf('self.c1 = nn.Conv2d(3, 6, 5); self.pool = nn.MaxPool2d(2); self.c2 = nn.Conv2d(6, 16, 5); self.fc = nn.Linear(16 * 9 * 9, 10)',
      'x = self.pool(F.relu(self.c1(x))); x = self.pool(F.relu(self.c2(x))); return self.fc(torch.flatten(x, 1))'),
    inputs: 'x (32, 3, 48, 48) inferred', output: '(32, 10)',
    assumption: 'input assumed (32, 3, 48, 48): c1 takes 3 channels, fc takes 1296 features',
  },
  {
    title: 'a network that halves its maps until a window is larger than they are takes larger images',
    text: classOf('self.body = nn.Sequential(*(nn.Conv2d(3 if n == 0 else 8, 8, 3, stride=2, padding=1) for n in range(6))); self.pool = nn.AdaptiveAvgPool2d(1)',
      'return self.pool(self.body(x)).flatten(1)'),
    inputs: 'x (4, 3, 128, 128) inferred', output: '(4, 8)',
  },
  {
    title: 'images are as high and as wide as the options say, and a text beside them is of integers',
    text: `${torch}import argparse\nclass Net(nn.Module):\n    def __init__(self, opt=argparse.Namespace(imgH=24, imgW=60)):\n        super().__init__()\n        self.opt, self.conv = opt, nn.Conv2d(1, 4, 3, padding=1)\n    def forward(self, input, text):\n        return self.conv(input)\n`,
    inputs: 'input (32, 1, 24, 60) inferred, text int64(32, 16) inferred', output: '(32, 4, 24, 60)',
  },
  {
    title: 'images are as large as the configuration says that a model was trained with',
    text: classOf('self.c = nn.Conv2d(3, 8, 3, padding=1); self.default_cfg = dict(input_size=(3, 48, 56), num_classes=5)', 'return self.c(x)'),
    inputs: 'x (32, 3, 48, 56) inferred', output: '(32, 8, 48, 56)',
  },
  {
    title: 'a layer behind a flatten that no square image fits fixes a height and a width',
    text: classOf(screens, 'return self.fc(self.c3(self.c2(self.c1(x))).flatten(1))'),
    inputs: 'x (32, 3, 37, 77) inferred', output: '(32, 4)',
    assumption: 'input assumed (32, 3, 37, 77): c1 takes 3 channels, fc takes 448 features',
  },
  {
    title: 'a view that mixes batch and features on every square image takes one that is not',
    text: classOf(screens, 'return self.fc(self.c3(self.c2(self.c1(x))).view(-1, 448))'),
    inputs: 'x (32, 3, 37, 77) inferred', output: '(32, 4)',
  },
  {
    title: 'images are as high and as wide as the file makes the model for',
    text: `${torch}class Net(nn.Module):\n    def __init__(self, h, w):\n        super().__init__()\n        self.conv, self.fc = nn.Conv2d(3, 4, 3, padding=1), nn.Linear(4 * h * w, 2)\n    def forward(self, x):\n        return self.fc(self.conv(x).flatten(1))\n\nscreen_height, screen_width = 20, 45\nnet = Net(screen_height, screen_width)\n`,
    inputs: 'x (32, 3, 20, 45) inferred', output: '(32, 2)',
  },
  {
    title: 'a height and a width that nobody gives are those of an image',
    text: `${torch}class Net(nn.Module):\n    def __init__(self, h, w):\n        super().__init__()\n        self.conv, self.fc = nn.Conv2d(3, 4, 3, padding=1), nn.Linear(4 * h * w, 2)\n    def forward(self, x):\n        return self.fc(self.conv(x).flatten(1))\n`,
    inputs: 'x (32, 3, 32, 32) inferred', output: '(32, 2)',
  },
  {
    title: 'images are as large as a section of the settings says',
    text: `${torch}class Net(nn.Module):\n    def __init__(self, cfg):\n        super().__init__()\n        self.c = nn.Conv2d(3, cfg.MODEL.WIDTH, 3, padding=1)\n    def forward(self, x):\n        return self.c(x)\n`,
    options: { files: { 'configs/small.yaml': 'MODEL:\n  WIDTH: 8\n  IMAGE_SIZE:\n    - 48\n    - 48\n' } },
    inputs: 'x (32, 3, 48, 48) inferred', output: '(32, 8, 48, 48)',
  },
  {
    title: 'a network whose maps shrink keeps the size that its linear layer fixes',
    text: classOf('self.body = nn.Sequential(*(nn.Conv2d(3 if n == 0 else 8, 8, 3, stride=2, padding=1) for n in range(5))); self.fc = nn.Linear(8, 2)',
      'return self.fc(self.body(x).flatten(1))'),
    inputs: 'x (32, 3, 32, 32) inferred', output: '(32, 2)',
  },
  {
    title: 'a network that pools adaptively takes the usual size',
    text: classOf('self.c = nn.Conv2d(3, 8, 3); self.pool = nn.AdaptiveAvgPool2d(1); self.fc = nn.Linear(8, 2)', 'return self.fc(self.pool(self.c(x)).flatten(1))'),
    inputs: 'x (32, 3, 32, 32) inferred', output: '(32, 2)',
  },
  {
    title: 'a joined path of a U-net keeps its size',
    text: `${torch}class UNet(nn.Module):
    def __init__(self, n_channels, n_classes):
        super().__init__()
        self.a = nn.Conv2d(n_channels, 4, 3, padding=1)
        self.down = nn.MaxPool2d(2)
        self.up = nn.ConvTranspose2d(4, 4, 2, stride=2)
        self.c = nn.Conv2d(8, n_classes, 1)
    def forward(self, x):
        s = F.relu(self.a(x))
        return self.c(torch.cat([s, self.up(self.down(s))], dim=1))
`,
    inputs: 'x (32, 3, 32, 32) inferred', output: '(32, 10, 32, 32)',
  },
  {
    title: 'features that are split into parts are as many as the parts',
    text: `${torch}class Field(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.point, self.color = nn.Linear(3, 8), nn.Linear(10, 4)\n    def forward(self, x):\n        points, views = torch.split(x, [3, 2], dim=-1)\n        return self.color(torch.cat([self.point(points), views], -1))\n`,
    inputs: 'x (32, 5) inferred', output: '(32, 4)',
  },
];

describe('the size of an input that a PyTorch model takes', () => {
  cases.forEach(itTakes);

  it('shows the layers before an error of shape, and the error at its call with a hint', async () => {
    const text = `${classOf('self.fc1 = nn.Linear(784, 256); self.fc2 = nn.Linear(250, 10)', 'h = F.relu(self.fc1(x)); return self.fc2(h)')}Net()(torch.randn(2, 784))\n`;
    const ran = await RanFile.of(text);
    assert.deepEqual(ran.diagnostics, ['shape 11:15-26 mat1 and mat2 shapes cannot be multiplied (2x256 and 250x10) [`in_features` should be 256: the layer before gives 256 features]']);
    const traced = ran.trace();
    assert.deepEqual(traced.rows, [
      '. Net ✗ mat1 and mat2 shapes cannot be multiplied (2x256 and 250x10)', '  fc1 Linear → (2, 256)', '  . relu → (2, 256)',
      '  fc2 Linear ✗ mat1 and mat2 shapes cannot be multiplied (2x256 and 250x10)',
    ]);
    assert.deepEqual(traced.diagnostics, []);
  });

  it('speaks of the input where the first layer is the one that fails', async () => {
    const ran = await RanFile.of(`${classOf('self.fc1 = nn.Linear(10, 3)', 'return self.fc1(x)')}Net()(torch.randn(2, 11))\n`);
    assert.deepEqual(ran.diagnostics, ['shape 9:15-26 mat1 and mat2 shapes cannot be multiplied (2x11 and 10x3) [`in_features` should be 11: its input has 11 features]']);
  });

  it('draws tokens that every embedding they reach has, whatever other tables are larger', async () => {
    const layers = 'self.tok = nn.Embedding(8, 16); self.kind = nn.Embedding(5, 16); self.pos = nn.Embedding(32, 16)';
    const inputOf = async (forward: string) => {
      const ran = await RanFile.of(classOf(layers, forward).replace('(self, x)', '(self, tokens)'));
      const traced = ran.trace();
      return [traced.diagnostics, traced.assumptions, Math.max(...traced.numbers(traced.model.trace!.inputs[0]!.value))];
    };
    assert.deepEqual(await inputOf('return self.tok(tokens) + self.pos(torch.arange(tokens.shape[1]))'),
      [[], ['input assumed (32, 16) of integers below 8: tok takes tokens below 8'], 7]);
    assert.deepEqual(await inputOf('return self.tok(tokens[:, 1:]) + self.kind(tokens[:, :-1]) + self.pos(torch.arange(15))'),
      [[], ['input assumed (32, 16) of integers below 5: kind takes tokens below 5'], 4]);
  });

  it('reports the same error for a model that is only a class', async () => {
    const traced = (await RanFile.of(classOf('self.fc1 = nn.Linear(784, 256); self.fc2 = nn.Linear(250, 10)', 'h = F.relu(self.fc1(x)); return self.fc2(h)'))).trace();
    assert.match(traced.diagnostics[0]!, /^shape 11:15-26 mat1 and mat2 shapes cannot be multiplied \(32x256 and 250x10\)/);
    assert.equal(traced.rows.length, 4);
  });

  it('is said to be assumed, and not to be unknown, where two layers of the file do not fit', async () => {
    for (const [layers, forward, assumption] of [
      ['self.a = nn.Linear(10, 20); self.b = nn.Linear(30, 5)', 'return self.b(self.a(x))', 'input assumed (32, 10): a takes 10 features'],
      ['self.a = nn.Conv2d(3, 16, 3); self.b = nn.Conv2d(8, 4, 3)', 'return self.b(self.a(x))', 'input assumed (32, 3, 32, 32): a takes 3 channels'],
      ['self.a = nn.Conv2d(3, 8, 3, padding=1); self.b = nn.Linear(8193, 4)', 'return self.b(self.a(x).flatten(1))', 'input assumed (32, 3, 32, 32): a takes 3 channels'],
    ] as const) {
      const traced = (await RanFile.of(classOf(layers, forward))).trace();
      assert.deepEqual([traced.diagnostics.length, traced.diagnostics[0]!.split(' ')[0]], [1, 'shape']);
      assert.deepEqual(traced.assumptions, [assumption]);
    }
  });

  it('has the channels that a layer behind asks for which gets those of the input itself', async () => {
    const traced = (await RanFile.of(classOf('self.last = nn.Conv2d(2, 1, 3, padding=1); self.gate = nn.Linear(48, 48)',
      'x = x * self.gate(x.mean((2, 3)))[:, :, None, None]; return self.last(torch.stack([x.mean(1), x.amax(1)], 1))'))).trace();
    assert.deepEqual([traced.inputs, traced.assumptions, traced.diagnostics], ['x (32, 48, 32, 32) inferred', ['input assumed (32, 48, 32, 32): gate takes 48 features'], []]);
  });

  it('is one token of each sample for a decoder that takes one step, beside what an encoder gave of all', async () => {
    const traced = (await RanFile.of(`import torch
from torch import nn
class Step(nn.Module):
    def __init__(self):
        super().__init__()
        self.table, self.cell, self.out = nn.Embedding(50, 8), nn.GRU(8 + 12, 12), nn.Linear(12, 50)
    def forward(self, input, hidden, encoder_outputs):
        seen = (hidden[-1] * encoder_outputs).mean(0, keepdim=True)
        output, hidden = self.cell(torch.cat((self.table(input).unsqueeze(0), seen), 2), hidden)
        return self.out(output[0]), hidden
`)).trace();
    assert.equal(traced.inputs, 'input int64(32) inferred, hidden (1, 32, 12) inferred, encoder_outputs (16, 32, 12) inferred');
  });

  it('is an image one pixel larger than strides divide where the model asserts so', async () => {
    const traced = (await RanFile.of(classOf('self.a = nn.Conv2d(3, 4, 3, stride=8, padding=1)', 'assert (x.size(2) - 1) % 8 == 0; return self.a(x)'))).trace();
    assert.deepEqual([traced.inputs, traced.diagnostics], ['x (31, 3, 65, 65) inferred', []]);
  });

  it('is as large as the docstring of the method says in numbers', async () => {
    const traced = (await RanFile.of(`from torch import nn
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Conv2d(3, 4, 3)
    def forward(self, image):
        """:param image: images, a tensor of dimensions (N, 3, 60, 40)"""
        return self.a(image)
`)).trace();
    assert.deepEqual([traced.inputs, traced.assumptions], ['image (32, 3, 60, 40) inferred', ['input assumed (32, 3, 60, 40): a takes 3 channels']]);
  });

  it('is noise without places where a generator gives it places itself', async () => {
    const traced = (await RanFile.of(`from torch import nn
class Generator(nn.Module):
    def __init__(self):
        super().__init__()
        self.grow = nn.ConvTranspose2d(16, 3, 4)
    def forward(self, noise):
        return self.grow(noise.unsqueeze(-1).unsqueeze(-1))
`)).trace();
    assert.deepEqual([traced.inputs, traced.outputs], ['noise (32, 16) inferred', '(32, 3, 4, 4)']);
  });

  it('is multiplied by masks of its own length where it is a signal', async () => {
    const traced = (await RanFile.of(`from torch import nn
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a, self.b = nn.Conv1d(6, 6, 3, padding=1), nn.Conv1d(6, 6, 1)
    def forward(self, x, x_mask, h, h_mask):
        return self.a(x * x_mask) * x_mask + (self.b(h) * h_mask).mean(2, keepdim=True)
`)).trace();
    assert.deepEqual(traced.assumptions, ['input assumed (32, 6, 64), (32, 1, 64) of 1, (32, 6, 64), (32, 1, 64) of 1: a takes 6 channels']);
  });

  it('is shown where it came furthest: beside the first argument, the second has the width of its own layer', async () => {
    const text = classOf('self.a = nn.Linear(10, 20); self.b = nn.Linear(8, 20); self.out = nn.Linear(30, 1)', 'return self.out(torch.cat([self.a(x), self.b(y)], 1))');
    const traced = (await RanFile.of(text.replace('(self, x)', '(self, x, y)'))).trace();
    assert.equal(traced.inputs, 'x (32, 10) inferred, y (32, 8) inferred');
  });
});
