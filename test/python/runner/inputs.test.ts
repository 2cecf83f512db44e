import { strict as assert } from 'node:assert';
import { classOf, itTakes, torch, type InputCase } from './inputCase.ts';
import { RanFile } from './runFile.ts';

const cases: readonly InputCase[] = [
  {
    title: 'of a module without a forward, the method is shown that calls most of its layers',
    text: `${torch}class Agent(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.actor, self.critic = nn.Linear(8, 2), nn.Linear(8, 1)\n    def value(self, x):\n        return self.critic(x)\n    def act(self, x, action=None):\n        return self.actor(x), self.critic(x)\n`,
    inputs: 'x (32, 8) inferred', output: '(32, 2), (32, 1)',
  },
  {
    title: 'of a forward that only refuses, the method is shown that calls most of its layers',
    text: `${torch}class Policy(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.actor = nn.Linear(8, 2)\n    def forward(self, x):\n        raise NotImplementedError\n    def act(self, x):\n        return self.actor(x)\n`,
    inputs: 'x (32, 8) inferred', output: '(32, 2)',
  },
  {
    title: 'the batch of an assumed input can be chosen',
    text: classOf('self.fc = nn.Linear(4, 2)', 'return self.fc(x)'),
    options: { batch: 7 }, inputs: 'x (7, 4) inferred', output: '(7, 2)',
  },
  {
    title: 'a comment above the class is followed',
    text: classOf('self.fc = nn.Linear(4, 2)', 'return self.fc(x)', '# lens: input=(5, 9, 4)\n'),
    inputs: 'x (5, 9, 4) comment', output: '(5, 9, 2)',
  },
  {
    title: 'a comment can ask for integers',
    text: classOf('self.embed = nn.Embedding(100, 8)', 'return self.embed(x)', '# lens: input=int:2x12:0..50\n'),
    inputs: 'x int64(2, 12) comment', output: '(2, 12, 8)',
  },
  {
    title: 'a comment can say the arguments of the class',
    text: `${torch}# lens: args=(6, 3) input=(2, 6)\nclass Net(nn.Module):\n    def __init__(self, a, b):\n        super().__init__()\n        self.fc = nn.Linear(a, b)\n    def forward(self, x):\n        return self.fc(x)\n`,
    inputs: 'x (2, 6) comment', output: '(2, 3)',
  },
  {
    title: 'an option comes before the call in the file',
    text: `${classOf('self.fc = nn.Linear(4, 2)', 'return self.fc(x)')}Net()(torch.ones(3, 4))\n`,
    options: { inputs: ['6x4'] }, inputs: 'x (6, 4) option', output: '(6, 2)',
  },
];

describe('the input of a PyTorch model', () => {
  cases.forEach(itTakes);

  it('refuses a specification that is none', async () => {
    const traced = (await RanFile.of(classOf('self.fc = nn.Linear(4, 2)', 'return self.fc(x)'), { inputs: ['4 by 4'] })).trace();
    assert.deepEqual(traced.diagnostics, ['skipped `4 by 4` is not an input: write `2x3x32x32` or `int:2x128:0..65`']);
  });

  it('that the file gives is another where one is asked for, and the model stays the file\'s', async () => {
    const text = `${classOf('self.fc = nn.Linear(4, 2)', 'return self.fc(x)')}net = Net()\nnet(torch.randn(8, 4))\n`;
    const ofComment = (await RanFile.of(text.replace('class Net', '# lens: input=2x4\nclass Net'))).trace();
    assert.deepEqual([ofComment.inputs, ofComment.outputs, ofComment.diagnostics], ['x (2, 4) comment', '(2, 2)', []]);
    const ofOption = (await RanFile.of(text, { lens: { Net: 'input=(x=3x4)' } })).trace();
    assert.deepEqual([ofOption.inputs, ofOption.outputs], ['x (3, 4) option', '(3, 2)']);
  });

  it('goes by name: what lies between keeps its default, and the others fit it', async () => {
    const text = classOf('self.emb = nn.Embedding(10, 4); self.fc = nn.Linear(4, 3)',
      'h = self.fc(self.emb(x).mean(1)); return {"out": h, "loss": F.cross_entropy(h, labels)} if labels is not None else h').replace('(self, x)', '(self, x, mask=None, labels=None)');
    const shown = async (lens?: string) => {
      const traced = (await RanFile.of(text, lens === undefined ? {} : { lens: { Net: lens } })).trace();
      return [traced.inputs, traced.model.trace!.plainInputs.map(({ name, value, origin }) => `${name}=${value} ${origin}`).join(', '), ...traced.diagnostics];
    };
    assert.deepEqual(await shown(), ['x int64(32, 16) inferred, labels int64(32) inferred', 'mask=None default']);
    assert.deepEqual(await shown('input=(x=int:8x20:0..10)'), ['x int64(8, 20) option, labels int64(8) inferred', 'mask=None default']);
    assert.deepEqual(await shown('input=(mask=4x5)'), ['x int64(4, 16) inferred, mask (4, 5) option, labels int64(4) inferred', '']);
    assert.deepEqual(await shown('input=(labels=None)'), ['x int64(32, 16) inferred', 'mask=None default, labels=None option']);
  });

  it('of a call with keywords has the names that the file gives, and those beside a changed one follow its batch', async () => {
    const text = `${classOf('self.fc = nn.Linear(4, 2)', 'return self.fc(x) * scale').replace('(self, x)', '(self, x, mask=None, scale=None)')}Net()(torch.randn(8, 4), scale=torch.ones(8, 1))\n`;
    assert.equal((await RanFile.of(text)).trace().inputs, 'x (8, 4) file, scale (8, 1) file');
    const changed = (await RanFile.of(text, { lens: { Net: 'input=(x=3x4)' } })).trace();
    assert.deepEqual([changed.inputs, changed.outputs, changed.model.trace!.plainInputs], ['x (3, 4) option, scale (3, 1) file', '(3, 2)', [{ name: 'mask', value: 'None', origin: 'default' }]]);
  });

  it('is not taken where the file\'s own statements are the model, which is said', async () => {
    const text = `${torch}a = nn.Linear(4, 3)\nb = nn.Linear(3, 2)\nx = torch.randn(5, 4)\n# lens: input=2x4\ny = b(torch.relu(a(x)))\n`;
    const ran = await RanFile.of(text);
    assert.match(ran.models, /\(file\)$/);
    assert.deepEqual(ran.trace().diagnostics, ['skipped the input that is given was not taken: here the file\'s own statements are the model, and its input is what they make it']);
  });
});
