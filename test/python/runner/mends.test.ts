// Small files with one error each: what is said, which edit is offered, and that the edit takes the error away.
import { strict as assert } from 'node:assert';
import type { Diagnostic } from '../../../src/protocol/report.ts';
import { applied } from './applied.ts';
import { RanFile } from './runFile.ts';

const imports = 'import torch\nimport torch.nn as nn\nimport torch.nn.functional as F\n';

/** A module whose `__init__` and `forward` are these lines. */
function net(init: readonly string[], forward: readonly string[], call: string): string {
  const lines = (all: readonly string[]) => all.map((line) => `        ${line}\n`).join('');
  return `class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n${lines(init)}    def forward(self, x):\n${lines(forward)}\nNet()(${call})\n`;
}

async function diagnosticsOf(text: string): Promise<readonly Diagnostic[]> {
  const ran = await RanFile.of(text);
  const traced = ran.run.listing.length > 0 ? ran.trace().model.diagnostics : [];
  return [...ran.run.diagnostics, ...traced];
}

interface Case {
  readonly title: string;
  readonly text: string;
  readonly message: string;
  readonly hint: string;
  /** Title of the fix; without it, none is offered. */
  readonly fix?: string;
  /** What the file has after it. */
  readonly mended?: string;
}

const image = 'torch.randn(2, 3, 8, 8)';
const cases: readonly Case[] = [
  {
    title: 'a Linear that is given more features', text: net(['self.conv = nn.Conv2d(3, 8, 3)', 'self.fc = nn.Linear(100, 10)'], ['return self.fc(self.conv(x).flatten(1))'], image),
    message: 'mat1 and mat2 shapes cannot be multiplied (2x288 and 100x10)', hint: '`in_features` should be 288: the layer before gives 288 features', fix: 'Change in_features to 288', mended: 'nn.Linear(288, 10)',
  },
  {
    title: 'a Linear whose argument is named', text: 'nn.Sequential(nn.Linear(6, 5), nn.Linear(in_features=4, out_features=3))(torch.randn(2, 6))\n',
    message: 'mat1 and mat2 shapes cannot be multiplied (2x5 and 4x3)', hint: '`in_features` should be 5: the layer before gives 5 features', fix: 'Change in_features to 5', mended: 'in_features=5, out',
  },
  {
    title: 'a Linear and a view whose sizes are products', text: net(['self.conv, self.fc = nn.Conv2d(3, 8, 3), nn.Linear(8 * 6 * 6, 10)'], ['return self.fc(self.conv(x).view(-1, 8 * 5 * 5))'], image),
    message: "shape '[-1, 200]' is invalid for input of size 576", hint: '200 should be 288: its 576 elements are 288 for each of 2 samples; `x.flatten(1)` follows them', fix: 'Change 200 to 288', mended: '.view(-1, 288)',
  },
  {
    title: 'a batch that was flattened too', text: net(['self.conv, self.fc = nn.Conv2d(3, 8, 3), nn.Linear(288, 10)'], ['return self.fc(torch.flatten(self.conv(x)))'], image),
    message: 'mat1 and mat2 shapes cannot be multiplied (1x576 and 288x10)', hint: 'its input has no axis for the batch: `torch.flatten(x, 1)`, `x.flatten(1)` and `nn.Flatten()` keep it',
  },
  {
    title: 'an image that is smaller than the kernel', text: 'nn.Conv2d(3, 8, 5)(torch.randn(1, 3, 4, 4))\n',
    message: "Calculated padded input size per channel: (4 x 4). Kernel size: (5 x 5). Kernel size can't be greater than actual input size",
    hint: 'no more than 4 × 4 is left by then: a larger image, fewer strides, a smaller kernel or padding leave more',
  },
  {
    title: 'an image that is smaller than what is pooled', text: 'nn.MaxPool2d(4)(torch.randn(1, 3, 2, 2))\n',
    message: 'Given input size: (3x2x2). Calculated output size: (3x0x0). Output size is too small', hint: 'no more than 3 × 2 × 2 is left by then: a larger image, fewer strides, a smaller kernel or padding leave more',
  },
  {
    title: 'a Linear whose argument is a variable', text: 'hidden = 4\nnn.Sequential(nn.Linear(6, 5), nn.Linear(hidden * 2, 3))(torch.randn(2, 6))\n',
    message: 'mat1 and mat2 shapes cannot be multiplied (2x5 and 8x3)', hint: '`in_features` should be 5 (here it is `hidden * 2`): the layer before gives 5 features',
  },
  {
    title: 'a Linear that another one of the same text is right with', text: net(['self.layers = nn.ModuleList([nn.Linear(4, 6) for _ in range(2)])'], ['for layer in self.layers:', '    x = layer(x)', 'return x'], 'torch.randn(2, 4)'),
    message: 'mat1 and mat2 shapes cannot be multiplied (2x6 and 4x6)', hint: '`in_features` should be 6: the layer before gives 6 features',
  },
  {
    title: 'no flatten in a Sequential', text: `nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU(), nn.Linear(144, 10))(${image})\n`,
    message: 'mat1 and mat2 shapes cannot be multiplied (48x6 and 144x10)', hint: 'its input has 4 axes: flatten all but the batch before it (`nn.Flatten()`, `x.flatten(1)`)', fix: 'Flatten the input', mended: 'nn.ReLU(), nn.Flatten(), nn.Linear(144, 10)',
  },
  {
    title: 'no flatten in forward, and another size', text: net(['self.conv = nn.Conv2d(3, 4, 3)', 'self.fc = nn.Linear(100, 10)'], ['return self.fc(F.relu(self.conv(x)))'], image),
    message: 'mat1 and mat2 shapes cannot be multiplied (48x6 and 100x10)', hint: '`in_features` should be 144: its input of shape (2, 4, 6, 6) has to be flattened before it (`nn.Flatten()`, `x.flatten(1)`)',
    fix: 'Flatten the input and change in_features to 144', mended: 'self.fc(F.relu(self.conv(x)).flatten(1))',
  },
  {
    title: 'a convolution that is given fewer channels', text: `nn.Sequential(nn.Conv2d(3, 8, 3), nn.Conv2d(16, 4, 3))(${image})\n`,
    message: 'Given groups=1, weight of size [4, 16, 3, 3], expected input[2, 8, 6, 6] to have 16 channels, but got 8 channels instead', hint: '`in_channels` should be 8: the layer before gives 8 channels',
    fix: 'Change in_channels to 8', mended: 'nn.Conv2d(8, 4, 3)',
  },
  {
    title: 'a transposed convolution', text: `nn.Sequential(nn.Conv2d(3, 8, 3), nn.ConvTranspose2d(16, 4, 3))(${image})\n`,
    message: 'Given transposed=1, weight of size [16, 4, 3, 3], expected input[2, 8, 6, 6] to have 16 channels, but got 8 channels instead', hint: '`in_channels` should be 8: the layer before gives 8 channels',
    fix: 'Change in_channels to 8', mended: 'nn.ConvTranspose2d(8, 4, 3)',
  },
  {
    title: 'an image with the channels last', text: 'images = torch.randn(2, 8, 8, 3)\nnn.Sequential(nn.Conv2d(3, 8, 3))(images)\n',
    message: 'Given groups=1, weight of size [8, 3, 3, 3], expected input[2, 8, 8, 3] to have 3 channels, but got 8 channels instead',
    hint: 'its input has the channels last: `x.permute(0, 3, 1, 2)` brings them before height and width', fix: 'Bring the channels to the front', mended: '(images.permute(0, 3, 1, 2))',
  },
  {
    title: 'a batch normalization', text: `nn.Sequential(nn.Conv2d(3, 8, 3), nn.BatchNorm2d(16))(${image})\n`,
    message: 'running_mean should contain 8 elements not 16', hint: '`num_features` should be 8: the layer before gives 8 channels', fix: 'Change num_features to 8', mended: 'nn.BatchNorm2d(8)',
  },
  {
    title: 'a batch normalization of another rank', text: 'nn.Sequential(nn.Linear(3, 8), nn.BatchNorm2d(8))(torch.randn(2, 3))\n',
    message: 'expected 4D input (got 2D input)', hint: 'its input has 2 axes: `BatchNorm1d`', fix: 'Change BatchNorm2d to BatchNorm1d', mended: 'nn.BatchNorm1d(8)',
  },
  {
    title: 'an instance normalization', text: `nn.Sequential(nn.Conv2d(3, 8, 3), nn.InstanceNorm2d(num_features=16, affine=True))(${image})\n`,
    message: "expected input's size at dim=1 to match num_features (16), but got: 8.", hint: '`num_features` should be 8: the layer before gives 8 channels', fix: 'Change num_features to 8', mended: 'num_features=8,',
  },
  {
    title: 'a layer normalization', text: 'nn.Sequential(nn.Linear(3, 8), nn.LayerNorm(16))(torch.randn(2, 3))\n',
    message: 'Given normalized_shape=[16], expected input with shape [*, 16], but got input of size[2, 8]', hint: '`normalized_shape` should be 8: the layer before gives shape (2, 8)',
    fix: 'Change normalized_shape to 8', mended: 'nn.LayerNorm(8)',
  },
  {
    title: 'a layer normalization over two axes', text: 'nn.Sequential(nn.Linear(3, 8), nn.LayerNorm([4, 16]))(torch.randn(2, 5, 3))\n',
    message: 'Given normalized_shape=[4, 16], expected input with shape [*, 4, 16], but got input of size[2, 5, 8]', hint: '`normalized_shape` should be (5, 8): the layer before gives shape (2, 5, 8)',
    fix: 'Change normalized_shape to (5, 8)', mended: 'nn.LayerNorm((5, 8))',
  },
  {
    title: 'groups that do not divide the channels', text: 'nn.GroupNorm(8, 12)\n',
    message: 'num_channels (12) must be divisible by num_groups (8)', hint: '`num_groups` should be 6: 6 divides 12', fix: 'Change num_groups to 6', mended: 'nn.GroupNorm(6, 12)',
  },
  {
    title: 'a group normalization that is given channels its groups do not divide', text: `nn.Sequential(nn.Conv2d(3, 12, 3), nn.GroupNorm(8, 16))(${image})\n`,
    message: 'Expected number of channels in input to be divisible by num_groups, but got input of shape [2, 12, 6, 6] and num_groups=8',
    hint: '`num_channels` should be 12 and `num_groups` should be 6: the layer before gives 12 channels', fix: 'Change num_channels to 12 and num_groups to 6', mended: 'nn.GroupNorm(6, 12)',
  },
  {
    title: 'a group normalization that is given more channels', text: `nn.Sequential(nn.Conv2d(3, 24, 3), nn.GroupNorm(8, 16))(${image})\n`,
    message: 'Expected weight to be a vector of size equal to the number of channels in input, but got weight of shape [16] and input of shape [2, 24, 6, 6]',
    hint: '`num_channels` should be 24: the layer before gives 24 channels', fix: 'Change num_channels to 24', mended: 'nn.GroupNorm(8, 24)',
  },
  {
    title: 'heads that do not divide the width', text: 'nn.MultiheadAttention(64, 6)\n',
    message: 'AssertionError: embed_dim must be divisible by num_heads', hint: '`num_heads` should be 4: 4 divides 64', fix: 'Change num_heads to 4', mended: '(64, 4)',
  },
  {
    title: 'heads of a Transformer layer', text: 'nn.TransformerEncoderLayer(d_model=64, nhead=6)\n',
    message: 'AssertionError: embed_dim must be divisible by num_heads', hint: '`nhead` should be 4: 4 divides 64', fix: 'Change nhead to 4', mended: 'nhead=4',
  },
  {
    title: 'attention over another width', text: 'x = torch.randn(5, 2, 32)\nnn.MultiheadAttention(64, 4)(x, x, x)\n',
    message: 'AssertionError: was expecting embedding dimension of 64, but got 32', hint: '`embed_dim` should be 32: its input has 32 features', fix: 'Change embed_dim to 32', mended: '(32, 4)',
  },
  ...(['RNN', 'LSTM', 'GRU'] as const).map((type): Case => ({
    title: `an ${type} over more features`, text: `nn.${type}(10, 20)(torch.randn(5, 2, 12))\n`,
    message: 'input.size(-1) must be equal to input_size. Expected 10, got 12', hint: '`input_size` should be 12: its input has 12 features', fix: 'Change input_size to 12', mended: `nn.${type}(12, 20)`,
  })),
  {
    title: 'a recurrent cell', text: 'nn.LSTMCell(input_size=10, hidden_size=20)(torch.randn(2, 12))\n',
    message: 'input has inconsistent input_size: got 12 expected 10', hint: '`input_size` should be 12: its input has 12 features', fix: 'Change input_size to 12', mended: 'input_size=12',
  },
  {
    title: 'a view of another size', text: net(['self.conv = nn.Conv2d(3, 8, 3)'], ['return self.conv(x).view(-1, 400)'], 'torch.randn(3, 3, 8, 8)'),
    message: "shape '[-1, 400]' is invalid for input of size 864", hint: '400 should be 288: its 864 elements are 288 for each of 3 samples; `x.flatten(1)` follows them', fix: 'Change 400 to 288', mended: '.view(-1, 288)',
  },
  {
    title: 'a view that keeps the batch by name', text: 'x = torch.randn(3, 8, 6, 6)\nx.view(x.size(0), 400)\n',
    message: "shape '[3, 400]' is invalid for input of size 864", hint: '400 should be 288: its 864 elements are 288 for each of 3 samples; `x.flatten(1)` follows them', fix: 'Change 400 to 288', mended: '(x.size(0), 288)',
  },
  {
    title: 'a reshape by function', text: 'x = torch.randn(3, 8, 6, 6)\ntorch.reshape(x, (3, 8, 40))\n',
    message: "shape '[3, 8, 40]' is invalid for input of size 864", hint: '40 should be 36: its 864 elements are 288 for each of 3 samples; `x.flatten(1)` follows them', fix: 'Change 40 to 36', mended: '(3, 8, 36)',
  },
  {
    title: 'tensors that fit along another axis', text: 'a, b = torch.randn(2, 3), torch.randn(2, 5)\ntorch.cat([a, b])\n',
    message: 'Sizes of tensors must match except in dimension 0. Expected size 3 but got size 5 for tensor number 1 in the list.', hint: '`dim` should be 1: along that axis they fit', fix: 'Join along dim=1', mended: '[a, b], dim=1)',
  },
  {
    title: 'an axis that there is not', text: 'a, b = torch.randn(2, 3), torch.randn(2, 5)\ntorch.cat((a, b), 2)\n',
    message: 'Dimension out of range (expected to be in range of [-2, 1], but got 2)', hint: '`dim` should be 1: along that axis they fit', fix: 'Join along dim=1', mended: '(a, b), 1)',
  },
  {
    title: 'tensors that cannot be stacked', text: 'a, b = torch.randn(2, 3), torch.randn(2, 5)\ntorch.stack((a, b))\n',
    message: 'stack expects each tensor to be equal size, but got [2, 3] at entry 0 and [2, 5] at entry 1', hint: 'they can be joined, not stacked: `torch.cat(…, dim=1)`',
  },
  {
    title: 'a division that leaves a float, of a layer', text: net(['self.pool = nn.MaxPool2d(4 / 2)'], ['return self.pool(x)'], image),
    message: "TypeError: max_pool2d(): argument 'kernel_size' (position 2) must be tuple of ints, not float",
    hint: 'it takes whole numbers: `//` divides without a remainder, `int(…)` drops what is behind the point', fix: 'Divide without a remainder', mended: 'nn.MaxPool2d(4 // 2)',
  },
  {
    title: 'a division that leaves a float, of a size', text: 'k = 5\nnn.Conv2d(3, 8, k, padding=(k-1)/2)(torch.randn(1, 3, 8, 8))\n',
    message: "TypeError: conv2d(): argument 'padding' (position 5) must be tuple of ints, but found element of type float at pos 0",
    hint: 'it takes whole numbers: `//` divides without a remainder, `int(…)` drops what is behind the point', fix: 'Divide without a remainder', mended: 'padding=(k-1)//2',
  },
  { title: 'another case of a layer', text: 'nn.Conv2D(3, 8, 3)\n', message: "AttributeError: module 'torch.nn' has no attribute 'Conv2D'", hint: 'did you mean `Conv2d`?', fix: 'Change Conv2D to Conv2d', mended: 'nn.Conv2d(' },
  { title: 'a function with a letter missing', text: 'F.sofmax(torch.randn(3), 0)\n', message: "AttributeError: module 'torch.nn.functional' has no attribute 'sofmax'", hint: 'did you mean `softmax`?', fix: 'Change sofmax to softmax', mended: 'F.softmax(' },
  { title: 'a method', text: 'torch.randn(3).mena()\n', message: "AttributeError: 'Tensor' object has no attribute 'mena'", hint: 'did you mean `mean`?', fix: 'Change mena to mean', mended: '.mean()' },
  {
    title: 'a layer of the module that has another name', text: net(['self.conv1 = nn.Conv2d(3, 8, 3)'], ['return self.cnov1(x)'], image),
    message: "AttributeError: 'Net' object has no attribute 'cnov1'", hint: 'did you mean `conv1`?', fix: 'Change cnov1 to conv1', mended: 'self.conv1(x)',
  },
  { title: 'a layer without its module', text: 'Linear(3, 8)\n', message: "NameError: name 'Linear' is not defined", hint: 'did you mean `nn.Linear`?', fix: 'Change Linear to nn.Linear', mended: 'nn.Linear(3, 8)' },
  { title: 'a function of the file', text: 'def helper(x): return x\nhelpr(3)\n', message: "NameError: name 'helpr' is not defined", hint: 'did you mean `helper`?', fix: 'Change helpr to helper', mended: '\nhelper(3)' },
  {
    title: 'an argument\'s name', text: 'nn.Conv2d(3, 8, kernal_size=(3, 3))\n', message: "TypeError: Conv2d.__init__() got an unexpected keyword argument 'kernal_size'. Did you mean 'kernel_size'?",
    hint: 'did you mean `kernel_size`?', fix: 'Change kernal_size to kernel_size', mended: 'kernel_size=(3, 3)',
  },
  {
    title: 'no super().__init__()', text: 'class Net(nn.Module):\n    def __init__(self):\n        """Doc."""\n        self.fc = nn.Linear(3, 2)\n    def forward(self, x):\n        return self.fc(x)\nNet()(torch.randn(1, 3))\n',
    message: 'AttributeError: cannot assign module before Module.__init__() call', hint: 'call `super().__init__()` first', fix: 'Call super().__init__() first', mended: '"""Doc."""\n        super().__init__()\n        self.fc',
  },
];

describe('what mends an error', () => {
  for (const { title, text, message, hint, fix, mended } of cases) {
    it(title, async () => {
      const whole = imports + text;
      const found = (await diagnosticsOf(whole)).find((diagnostic) => diagnostic.severity === 'error');
      assert.deepEqual([found?.message, found?.hint, found?.fixes?.map((one) => one.title)], [message, hint, fix && [fix]]);
      if (!found?.fixes) return;
      const after = applied(whole, found.fixes[0]!);
      assert.ok(after.includes(mended!), after);
      assert.deepEqual((await diagnosticsOf(after)).filter(({ severity }) => severity === 'error').map((diagnostic) => diagnostic.message), []);
    });
  }

  it('is an import, where a usual name has none', async () => {
    const text = '"""Doc."""\nimport torch\n\nnet = nn.Linear(3, 2)\nnet(torch.randn(1, 3))\n';
    const [found] = await diagnosticsOf(text);
    assert.equal(found!.message, '`nn` is not imported in this file: taken as `import torch.nn as nn`');
    const after = applied(text, found!.fixes![0]!);
    assert.ok(after.startsWith('"""Doc."""\nimport torch\nimport torch.nn as nn\n\nnet'), after);
    assert.deepEqual(await diagnosticsOf(after), []);
  });
  it('stands above a file that imports nothing', async () => {
    const text = '# A comment.\n@torch.no_grad()\ndef f(x):\n    return x + 1\nf(torch.ones(2))\n';
    const [found] = await diagnosticsOf(text);
    assert.ok(applied(text, found!.fixes![0]!).startsWith('# A comment.\nimport torch\n@torch.no_grad()\n'));
  });
  it('is a comment that says the arguments, where a class cannot be made with what was assumed', async () => {
    const text = `${imports}class Net(nn.Module):\n    def __init__(self, n_heads, width):\n        super().__init__()\n        if {3: 1}.get(n_heads) is None: raise ValueError("heads")\n        self.fc = nn.Linear(width, 2)\n    def forward(self, x):\n        return self.fc(x)\n`;
    const [found] = await diagnosticsOf(text);
    assert.equal(found!.message, '`Net` was not constructed with assumed arguments: ValueError: heads; say them with `# lens: args=(…)` above it');
    const after = applied(text, found!.fixes![0]!);
    assert.ok(after.includes('\n# lens: args=(n_heads=4, width=32)\nclass Net'), after);
    assert.deepEqual(await diagnosticsOf(after.replace('n_heads=4', 'n_heads=3')), []);
  });
  it('is made in the file that has the layer', async () => {
    const parts = 'import torch.nn as nn\n\nclass Head(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(4, 2)\n    def forward(self, x):\n        return self.fc(x)\n';
    const ran = await RanFile.of('import torch\nfrom parts import Head\nHead()(torch.randn(2, 3))\n', { files: { 'parts.py': parts } });
    const [edit] = ran.run.diagnostics.find(({ fixes }) => fixes)!.fixes![0]!.edits;
    assert.deepEqual([edit!.range, edit!.newText], [{ file: '/workspace/parts.py', line: 6, column: 28, endLine: 6, endColumn: 29 }, '3']);
  });
  it('knows the columns of lines with other letters', async () => {
    const text = `${imports}é = nn.Sequential(nn.Linear(6, 5), nn.Linear(4, 3)); é(torch.randn(2, 6))\n`;
    const found = (await diagnosticsOf(text)).find(({ severity }) => severity === 'error');
    assert.ok(applied(text, found!.fixes![0]!).includes('é = nn.Sequential(nn.Linear(6, 5), nn.Linear(5, 3))'));
  });
});

describe('the layers before an error', () => {
  const failing = [
    ['within nested modules', 'class Block(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.a, self.b = nn.Linear(4, 5), nn.Linear(6, 5)\n    def forward(self, x):\n        return self.b(self.a(x))\n'
      + net(['self.first, self.block = nn.Linear(3, 4), Block()'], ['return self.block(self.first(x))'], 'torch.randn(2, 3)'), ['first Linear → (2, 4)', 'block Block ✗', 'block.a Linear → (2, 5)', 'block.b Linear ✗']],
    ['in a loop over a ModuleList', net(['self.layers = nn.ModuleList([nn.Linear(n, 4) for n in (3, 4, 5)])'], ['for layer in self.layers:', '    x = layer(x)', 'return x'], 'torch.randn(2, 3)'),
      ['layers.0 Linear → (2, 4)', 'layers.1 Linear → (2, 4)', 'layers.2 Linear ✗']],
    ['in a function that forward calls', `def head(x):\n    return F.relu(x).view(-1, 7)\n${net(['self.fc = nn.Linear(3, 4)'], ['return head(self.fc(x))'], 'torch.randn(2, 3)')}`, ['fc Linear → (2, 4)', '. relu → (2, 4)']],
    ['of joined branches', net(['self.a, self.b = nn.Linear(3, 4), nn.Linear(3, 5)'], ['return torch.cat((self.a(x), self.b(x)), 0)'], 'torch.randn(2, 3)'), ['a Linear → (2, 4)', 'b Linear → (2, 5)', '. cat ✗']],
    ['of a sum', net(['self.a, self.b = nn.Linear(3, 4), nn.Linear(3, 5)'], ['return self.a(x) + self.b(x)'], 'torch.randn(2, 3)'), ['a Linear → (2, 4)', 'b Linear → (2, 5)']],
    ['of Python itself', net(['self.a = nn.Linear(3, 4)'], ['return self.a(x).mena()'], 'torch.randn(2, 3)'), ['a Linear → (2, 4)']],
  ] as const;
  for (const [title, text, rows] of failing) {
    it(`stay: ${title}`, async () => {
      const traced = (await RanFile.of(imports + text)).trace();
      assert.deepEqual(traced.rows.slice(1).map((row) => row.trim().replace(/✗ .*/, '✗')), rows);
    });
  }
});
