import { strict as assert } from 'node:assert';
import { RanFile, type RunOptions } from './runFile.ts';

const net = `import torch
import torch.nn as nn
class Net(nn.Module):
    def __init__(self, take, give=3, *, depth=1):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(take, take) for _ in range(depth)])
        self.head = nn.Linear(take, give)
    def forward(self, x, scale=None, mask=None):
        for layer in self.layers:
            x = layer(x)
        return self.head(x if mask is None else x * mask)
`;

/** What `net` under a comment is made with and called on. */
async function shown(comment: string, options?: RunOptions): Promise<string[]> {
  const ran = await RanFile.of(net.replace('class Net', `${comment}\nclass Net`), options);
  const traced = ran.trace();
  return [...ran.diagnostics, ...traced.diagnostics, ...(traced.model.trace ? [traced.arguments, traced.inputs, traced.outputs] : [])];
}

describe('a `# lens:` comment', () => {
  it('gives arguments by place and by name, and leaves the others to their defaults', async () => {
    assert.deepEqual(await shown('# lens: args=(6, depth=2)'), ['take=6 (comment), give=3 (default), depth=2 (comment)', 'x (32, 6) inferred', '(32, 3)']);
  });

  it('gives arguments as a dictionary', async () => {
    const expected = ['take=6 (comment), give=4 (comment), depth=1 (default)', 'x (32, 6) inferred', '(32, 4)'];
    assert.deepEqual(await shown('# lens: args=dict(take=6, give=2 * 2)').then((lines) => [lines[0]!.replace('2 * 2', '4'), ...lines.slice(1)]), expected);
    assert.deepEqual(await shown('# lens: args={"take": 6, "give": 4}'), expected);
  });

  it('leaves what it does not give, and what is required, to be assumed', async () => {
    const ran = await RanFile.of(net.replaceAll('take', 'in_features').replace('class Net', '# lens: args=(give=2)\nclass Net'));
    assert.equal(ran.trace().arguments, 'in_features=64 (assumed), give=2 (comment), depth=1 (default)');
  });

  it('names the argument that an input is for', async () => {
    assert.deepEqual(await shown('# lens: args=(6), input=(x=2x6, mask=(2, 6))').then((lines) => lines.slice(1)), ['x (2, 6) comment, mask (2, 6) comment', '(2, 3)']);
  });

  it('gives None and numbers in place of tensors', async () => {
    assert.deepEqual(await shown('# lens: args=(6) input=2x6, 0.5, None').then((lines) => lines.slice(1)), ['x (2, 6) comment', '(2, 3)']);
  });

  it('names an argument that there is not', async () => {
    assert.deepEqual(await shown('# lens: args=(6), input=(x=2x6, y=2x6)'), ['skipped the model has no argument `y`; it has: x, scale, mask']);
  });

  it('says on its line that it is not understood', async () => {
    assert.match((await shown('# lens: input=two rows')).join('\n'), /^skipped 3:0-22 this comment is not followed: `two` is not an input/);
    assert.match((await shown('# lens: 2x6')).join('\n'), /^skipped 3:0-11 this comment is not followed: `2x6` says neither `input=/);
  });

  it('says what its arguments raise', async () => {
    assert.deepEqual(await shown('# lens: args=(6, width=2)'), ["skipped 4:6-9 `# lens: args=(6, width=2)` for `Net`: TypeError: got an unexpected keyword argument 'width'"]);
  });

  it('is gone before by what is asked of the model by its name', async () => {
    const options = { lens: { Net: 'args=(4), input=3x4' } };
    assert.deepEqual(await shown('# lens: args=(6)', options), ['take=4 (option), give=3 (default), depth=1 (default)', 'x (3, 4) option', '(3, 3)']);
    assert.deepEqual(await shown('', { lens: { Net: 'input=what' } }), ['skipped `what` is not an input: write `2x3x32x32` or `int:2x128:0..65`']);
  });
});

describe('the arguments that a model is made with', () => {
  it('are Python text, with where they come from', async () => {
    const text = `import torch.nn as nn
from dataclasses import dataclass
@dataclass
class Config:
    width: int = 8
class Block(nn.Module):
    def __init__(self, config: Config, sizes, hidden_size, act=nn.ReLU):
        super().__init__()
        self.fc = nn.Linear(config.width, hidden_size)
    def forward(self, x):
        return self.fc(x)
class Other(nn.Module):
    def __init__(self, opt):
        super().__init__()
        self.fc = nn.Linear(opt.hidden_size, opt["num_classes"])
    def forward(self, x):
        return self.fc(x)
`;
    const ran = await RanFile.of(text);
    assert.equal(ran.trace('Block').arguments, 'config=Config(width=8) (assumed), sizes=[64] * 2 (assumed), hidden_size=64 (assumed), act=nn.ReLU (default)');
  });

  it('of a configuration whose class is not known say what the model read of it', async () => {
    const traced = (await RanFile.of(`import torch.nn as nn
class Other(nn.Module):
    def __init__(self, opt):
        super().__init__()
        self.fc = nn.Linear(opt.hidden_size, opt["num_classes"])
        self.flag = getattr(opt, "weird_word", None)
    def forward(self, x):
        return self.fc(x)
`)).trace();
    assert.equal(traced.arguments, 'opt=Namespace(hidden_size=64, num_classes=10) (assumed)');
    assert.ok(traced.assumptions.includes('`opt` is not given, assumed hidden_size = 64, num_classes = 10'), traced.assumptions.join('\n'));
  });

  it('are those of the call in the file', async () => {
    const traced = (await RanFile.of(`${net}width = 5\ndef main():\n    model = Net(width, depth=width - 3)\n`)).trace();
    assert.equal(traced.arguments, 'take=width (file), give=3 (default), depth=width - 3 (file)');
  });
});
