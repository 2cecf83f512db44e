import { strict as assert } from 'node:assert';
import { itFinds, type ModelCase } from './modelCase.ts';
import { RanFile } from './runFile.ts';

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
    models: 'Player (called)',
    rows: ['. Player → (5, 4)', '  see Sequential → (5, 8)', '    see.0 Linear → (5, 8)', '    see.1 Tanh → (5, 8)', '  act Linear → (5, 4)', '  judge Linear → (5, 1)'],
    inputs: 'x (5, 6) file',
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
    title: 'is shown as another one calls it that keeps it',
    text: `${torch}class Player(nn.Module):
    def __init__(self):
        super().__init__()
        self.see, self.act = nn.Linear(6, 8), nn.Linear(8, 4)
    def forward(self):
        raise NotImplementedError
    def choose(self, x):
        return self.act(self.see(x))
class Game:
    def __init__(self):
        self.player = Player()
    def play(self, x):
        return self.player.choose(x)
game = Game()
player = game.player
chosen = game.play(torch.randn(5, 6))
`,
    models: 'Player (called)',
    rows: ['. Player → (5, 4)', '  see Linear → (5, 8)', '  act Linear → (5, 4)'],
    inputs: 'x (5, 6) file',
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

describe('an agent of a PyTorch file', () => {
  cases.forEach(itFinds);

  it('is trained by the loss that the file makes of what its method gives', async () => {
    const text = `${torch}class Player(nn.Module):
    def __init__(self):
        super().__init__()
        self.act, self.judge = nn.Linear(6, 4), nn.Linear(6, 1)
    def choose(self, x):
        return self.act(x), self.judge(x)
player = Player()
optimizer = torch.optim.Adam(player.parameters())
with torch.no_grad():
    player.choose(torch.randn(1, 6))
scores, worth = player.choose(torch.randn(5, 6))
loss = -F.log_softmax(scores, -1)[:, 0].mean() + worth.pow(2).mean()
loss.backward()
optimizer.step()
`;
    const traced = (await RanFile.of(text)).trace();
    assert.deepEqual([traced.inputs, traced.model.trace!.ownLoss?.targets, traced.model.trace!.ownLoss === undefined], ['x (5, 6) file', 'file', false]);
  });

  it('of another file is given the number of its actions where that file calculates with it', async () => {
    const net = `${torch}class Net(nn.Module):\n    def __init__(self, action_space, atoms=5):\n        super().__init__()\n        self.fc = nn.Linear(6, action_space * atoms)\n    def forward(self, x):\n        return self.fc(x)\n`;
    const ran = await RanFile.of('from nets import Net\nclass Agent:\n    def __init__(self, env):\n        self.action_space = env.action_space()\n        self.net = Net(self.action_space)\n', { files: { 'nets.py': net } });
    assert.deepEqual(ran.trace().rows, ['. Net → (32, 20)', '  fc Linear → (32, 20)']);
  });
});
