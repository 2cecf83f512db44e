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

  it('is trained by its loss though the moves before its first step would take longer than the file may run', async () => {
    const text = `${torch}class Player(nn.Module):
    def __init__(self):
        super().__init__()
        self.act = nn.Linear(6, 4)
    def choose(self, x):
        return torch.tanh(self.act(x))
if __name__ == "__main__":
    player = Player()
    optimizer = torch.optim.Adam(player.parameters())
    for turn in range(3):
        for move in range(10 ** 6):
            with torch.no_grad():
                seen = player.choose(torch.randn(1, 6))
        for epoch in range(2):
            loss = player.choose(torch.randn(5, 6)).pow(2).mean()
            loss.backward()
            optimizer.step()
`;
    const ran = await RanFile.of(text, { timeLimitSeconds: 2 });
    assert.equal(ran.diagnostics.length, 2, ran.diagnostics.join('\n'));
    assert.match(ran.diagnostics[0]!, /^skipped 14:20-34 the loop was left after \d+ turns: a step of training comes behind it$/);
    assert.match(ran.diagnostics[1]!, /^skipped 13:4-24 training is not run/);
    const traced = ran.trace();
    assert.deepEqual([traced.inputs, traced.model.trace!.ownLoss === undefined], ['x (5, 6) file', false]);
  });

  it('is the one that another file trains in a method, whose step a condition holds back', async () => {
    const agent = `${torch}class Player(nn.Module):
    def __init__(self):
        super().__init__()
        self.act, self.judge = nn.Linear(6, 4), nn.Linear(6, 1)
    def choose(self, x):
        return self.act(x), self.judge(x)
    def evaluate(self, x, action):
        return F.log_softmax(self.act(x), -1).gather(1, action[:, None]), self.judge(x)
class Agent:
    def __init__(self):
        self.new, self.old = Player(), Player()
        self.optimizer = torch.optim.Adam(self.new.parameters())
        self.seen = []
    def play(self, x):
        with torch.no_grad():
            self.seen.append(x)
            return self.old.choose(x)
    def update(self):
        chances, worth = self.new.evaluate(torch.cat(self.seen), torch.zeros(len(self.seen), dtype=torch.int64))
        self.optimizer.zero_grad()
        (worth.pow(2).mean() - chances.mean()).backward()
        self.optimizer.step()
`;
    const text = 'import torch\nfrom players import Agent\ndef train():\n    agent, step = Agent(), 0\n    while step < 10 ** 6:\n        step += 1\n        agent.play(torch.randn(1, 6))\n        if step % 4000 == 0:\n            agent.update()\ntrain()\n';
    const ran = await RanFile.of(text, { files: { 'players.py': agent } });
    const traced = ran.trace();
    assert.deepEqual([ran.diagnostics, traced.inputs, traced.model.trace!.ownLoss === undefined], [['skipped 5:4-24 training is not run: the loop was left after 64 turns'], 'x (65, 6) file, input_1 int64(65) file', false]);
  });

  it('of another file is given the number of its actions where that file calculates with it', async () => {
    const net = `${torch}class Net(nn.Module):\n    def __init__(self, action_space, atoms=5):\n        super().__init__()\n        self.fc = nn.Linear(6, action_space * atoms)\n    def forward(self, x):\n        return self.fc(x)\n`;
    const ran = await RanFile.of('from nets import Net\nclass Agent:\n    def __init__(self, env):\n        self.action_space = env.action_space()\n        self.net = Net(self.action_space)\n', { files: { 'nets.py': net } });
    assert.deepEqual(ran.trace().rows, ['. Net → (32, 20)', '  fc Linear → (32, 20)']);
  });
});
