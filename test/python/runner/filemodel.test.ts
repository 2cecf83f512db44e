import { itFinds, type ModelCase } from './modelCase.ts';

const torch = 'import torch\nimport torch.nn as nn\nimport torch.nn.functional as F\n';

const cases: readonly ModelCase[] = [
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
    title: 'joins a model and a bare head that are called in a chain',
    text: `${torch}encoder = nn.Sequential(nn.Linear(6, 4), nn.Tanh())\nhead = nn.Linear(4, 2)\nfor i in range(3):\n    batch = torch.randn(5, 6)\n    logits = head(encoder(batch))\n`,
    models: 'model (file)',
    rows: ['encoder Sequential → (5, 4)', '  encoder.0 Linear → (5, 4)', '  encoder.1 Tanh → (5, 4)', 'head Linear → (5, 2)'],
    inputs: 'input (5, 6) file',
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
    title: 'leaves a loop by hand each time that a function with it is called',
    text: `${torch}w = torch.ones(2, 1, requires_grad=True)\nx = torch.ones(4, 2)\nseen = []\ndef attack():\n    for i in range(1000):\n        loss = (torch.sigmoid(x @ w) ** 2).mean()\n        loss.backward()\n    seen.append(i)\nfor epsilon in (0, 1, 2):\n    attack()\nassert seen == [10, 10, 10], seen\n`,
    diagnostics: ['skipped 8:4-24 training is not run: the loop was left after 10 turns'],
    models: 'model (file)',
    rows: ['. matmul → (4, 1)', '. sigmoid → (4, 1)'],
    inputs: 'x (4, 2) file',
  },
];

describe('a PyTorch file whose statements are the model', () => cases.forEach(itFinds));
