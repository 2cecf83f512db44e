import assert from 'node:assert/strict';
import { applied } from './applied.ts';
import { RanFile } from './runFile.ts';

const torch = 'import torch\nfrom torch import nn\n';
const net = (signature: string, made: string, called: string) =>
  `${torch}class Net(nn.Module):\n    def __init__(self${signature}):\n        super().__init__()\n        ${made}\n    def forward(self, x):\n        ${called}\n`;

/** `severity line message` of what is said of the model of a text. */
async function said(text: string): Promise<string[]> {
  const ran = await RanFile.of(text);
  const { diagnostics } = ran.run.trace(null);
  return diagnostics.map(({ severity, range, message }) => `${severity} ${range?.line} ${message}`);
}

describe('an error that follows from what was assumed', () => {
  it('is a warning on the class where the input is no tensor', async () => {
    assert.deepEqual(await said(net('', 'self.fc = nn.Linear(4, 2)', 'return self.fc([part["image"] for part in x])')), [
      'warning 3 `Net` could not be called with what was assumed: IndexError: too many indices for tensor of dimension 1; say it with `# lens: input=(…)` above it',
    ]);
  });

  it('is a warning on the class where the input has other attributes', async () => {
    const [only, ...more] = await said(net('', 'self.fc = nn.Linear(4, 2)', 'return self.fc(x.tensors)'));
    assert.match(only!, /^warning 3 `Net` could not be called with what was assumed: AttributeError: 'Tensor' object has no attribute 'tensors'/);
    assert.deepEqual(more, []);
  });

  it('is a warning where the file itself refuses the input', async () => {
    const [only] = await said(net('', 'self.fc = nn.Linear(4, 2)', 'assert x.shape[0] == 7, "seven of them"; return self.fc(x)'));
    assert.match(only!, /^warning 3 .*AssertionError: seven of them; say it with/);
  });

  it('says the condition of an assertion that has no words of its own', async () => {
    const [only] = await said(net('', 'self.fc = nn.Linear(4, 2)', 'assert (x.shape[0]  %\n            7 == 0); return self.fc(x)'));
    assert.match(only!, /^warning 3 .*AssertionError: `x.shape\[0\] % 7 == 0` does not hold; say it with/);
    const [bare] = await said(net('', 'self.fc = nn.Linear(4, 2)', 'raise AssertionError'));
    assert.match(bare!, /AssertionError$/);
  });

  it('is a warning on the class where an assumed argument is not what it is made with', async () => {
    const [only] = await said(net(', hidden_size', 'self.fc = nn.Linear(4, len(hidden_size.sizes))', 'return self.fc(x)'));
    assert.match(only!, /^warning 3 `Net` was not constructed with assumed arguments: AttributeError: 'int' object has no attribute 'sizes'; say them with `# lens: args=\(…\)` above it$/);
  });
});

describe('what nobody wrote and nothing tells', () => {
  it('is a warning on the class that says how to give it: an argument', async () => {
    assert.deepEqual(await said(net(', quux', 'self.name, self.fc = f"{quux}", nn.Linear(4, 2)', 'return self.fc(x)')), [
      'warning 3 `Net` was not constructed: nothing is known of its argument `quux`; give it with `# lens: args=(quux=…)` above it',
    ]);
  });

  it('is a warning on the class that says how to give it: an argument of what the class takes', async () => {
    const part = 'class Part(nn.Module):\n    def __init__(self, quux):\n        super().__init__()\n        self.name = f"{quux}"\n';
    assert.deepEqual(await said(net(', part: Part', 'self.part, self.fc = part, nn.Linear(4, 2)', 'return self.fc(x)').replace(torch, `${torch}${part}`)), [
      'warning 7 `Net` was not constructed: nothing is known of its argument `quux`; give it with `# lens: args=(part=…)` above it',
    ]);
  });

  it('is a warning on the function that says how to give it: an input', async () => {
    assert.deepEqual(await said(`${torch}def gate(state):\n    return torch.sigmoid(state["a"]["b"].missing)\n`), [
      'warning 3 `gate`: no input was found that fits this model; write `# lens: input=(…)` above it',
    ]);
  });
});

describe('an error that holds for any argument', () => {
  it('stays an error on its line: a name that is not there', async () => {
    assert.deepEqual(await said(net(', num_classes', 'self.fc = nn.Linear(4, num_classes + seven)', 'return self.fc(x)')), ["error 6 NameError: name 'seven' is not defined"]);
    assert.deepEqual(await said(net(', num_classes', 'self.fc = nn.Linear(4, num_classes)', 'return self.fc(x) + seven')), ["error 8 NameError: name 'seven' is not defined"]);
  });

  it('stays an error on its line: layers of the file that do not fit', async () => {
    const [only] = await said(net(', num_classes', 'self.a, self.b = nn.Linear(4, 32), nn.Linear(17, num_classes)', 'return self.b(self.a(x))'));
    assert.equal(only, 'error 8 mat1 and mat2 shapes cannot be multiplied (32x32 and 17x10)');
  });

  it('stays an error on its line: an attention of the file that is not as wide as the layer before it', async () => {
    const [only] = await said(net(', num_classes', 'self.a, self.b = nn.Linear(4, 32), nn.MultiheadAttention(16, 2)', 'x = self.a(x); return self.b(x, x, x)[0]'));
    assert.equal(only, 'error 8 AssertionError: was expecting embedding dimension of 16, but got 32');
  });

  it('stays an error on its line: computed sizes that fit for no input', async () => {
    const [only] = await said(net('', 'width = 4 * 8; self.a, self.b = nn.Conv2d(3, width, 3), nn.Conv2d(width // 2, 8, 3)', 'return self.b(self.a(x))'));
    assert.match(only!, /^error 8 .*to have 16 channels, but got 32 channels instead$/);
  });

  it('stays an error on its line: a call without an argument that the layer needs, and a misspelt method', async () => {
    assert.match((await said(net('', 'self.fc = nn.Linear(4, 2)', 'return self.fc()')))[0]!, /^error 8 TypeError/);
    assert.match((await said(net('', 'self.fc = nn.Linear(4, 2)', 'return self.fc(x.flaten(1))')))[0]!, /^error 8 AttributeError/);
    assert.match((await said(net('', 'self.fc = nn.Linear(4, 2)', 'return self.fcc(x)')))[0]!, /^error 8 AttributeError/);
  });
});

describe('the fix that writes the assumed arguments above a class', () => {
  const timed = 'class Timed(nn.Module):\n    def __init__(self, dim):\n        super().__init__()\n        self.fc = nn.Linear(dim, dim)\n    def forward(self, x, t):\n        return self.fc(x)\n';
  const refusing = (signature: string, made: string, called: string) => net(signature, `${made}; self.width = len(hidden_size.sizes)`, called).replace(torch, `${torch}${timed}`);

  async function warned(text: string) {
    const { diagnostics } = (await RanFile.of(text)).run.trace('Net');
    return diagnostics.find(({ severity }) => severity === 'warning')!;
  }

  for (const { title, text, line } of [
    { title: 'writes a model by the call that makes it', text: refusing(', model, hidden_size', 'self.model = model', 'return self.model(x, 1)'), line: '# lens: args=(model=Timed(dim=64), hidden_size=64)' },
    { title: 'writes a stand-in by its layers', text: refusing(', model, hidden_size', 'self.model = model', 'return self.model(x, 1, 2)'), line: '# lens: args=(model=nn.Sequential(nn.Flatten(start_dim=1), nn.LazyLinear(out_features=10)), hidden_size=64)' },
    { title: 'writes a class by its name in the file', text: refusing(', norm_layer, hidden_size', 'self.norm = norm_layer(4)', 'return self.norm(x)'), line: '# lens: args=(norm_layer=nn.BatchNorm2d, hidden_size=64)' },
    { title: 'writes a configuration', text: refusing(', config, hidden_size', 'self.fc = nn.Linear(config.n_embd, config.act)', 'return self.fc(x)'), line: "# lens: args=(config=Namespace(n_embd=64, act='relu'), hidden_size=64)" },
  ]) {
    it(title, async () => {
      const { message, fixes } = await warned(text);
      const mended = applied(text, fixes![0]!);
      assert.equal(mended.split('\n').find((each) => each.startsWith('# lens:')), line);
      assert.ok((await RanFile.of(mended)).run.trace('Net').diagnostics[0]!.message.includes(/\w+Error: ([^;]*)/.exec(message)![1]!));
    });
  }

  it('is not offered where no text gives what was assumed, which is said', async () => {
    const { hint, fixes } = await warned(refusing(', model, hidden_size', 'self.model, self.features = model, model.num_features', 'return self.model(x, 1, 2)'));
    assert.equal(fixes, undefined);
    assert.equal(hint, 'what was assumed for `model` cannot be written into the file: a `Sequential`');
  });
});
