import { itFinds, type ModelCase } from './modelCase.ts';

const torch = 'import torch\nimport torch.nn as nn\nimport torch.nn.functional as F\n';

const cases: readonly ModelCase[] = [
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
    title: 'is given the number of its actions where it calculates with it',
    text: `${torch}class DQN(nn.Module):
    def __init__(self, action_space, atoms=5):
        super().__init__()
        self.fc = nn.Linear(6, action_space * atoms)
    def forward(self, x):
        return self.fc(x)
`,
    models: 'DQN (class)',
    rows: ['. DQN → (32, 20)', '  fc Linear → (32, 20)'],
    inputs: 'x (32, 6) inferred',
  },
];

describe('an agent of a PyTorch file', () => cases.forEach(itFinds));
