import { itFinds, type ModelCase } from './modelCase.ts';

const torch = 'import torch\nimport torch.nn as nn\nimport torch.nn.functional as F\n';

const net = `class Net(nn.Module):
    def __init__(self, width=8):
        super().__init__()
        self.fc = nn.Linear(4, width)
    def forward(self, x):
        return F.relu(self.fc(x))
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
    title: 'does not take a loss for a model',
    text: `${torch}${net}model = Net()\ncriterion = nn.MSELoss()\nloss = criterion(model(torch.randn(2, 4)), torch.zeros(2, 8))\n`,
    models: 'Net (called)',
    rows: ['. Net → (2, 8)', '  fc Linear → (2, 8)', '  . relu → (2, 8)'],
    inputs: 'x (2, 4) file',
  },
];

describe('a loss of a PyTorch file', () => cases.forEach(itFinds));
