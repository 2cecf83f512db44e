// What `inspect` answers around the figures: files that go wrong in each way, options, imports of the workspace, and that
// the same question has the same answer.
import { strict as assert } from 'node:assert';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LayerReport } from '../../src/protocol/report.ts';
import type { SourceRange } from '../../src/protocol/source.ts';
import { RuntimeUnderTest } from './runtimeUnderTest.ts';

const imports = 'import torch\nimport torch.nn as nn\nimport torch.nn.functional as F\n';
const classifier = `${imports}
class Net(nn.Module):
    def __init__(self, width=32):
        super().__init__()
        self.fc1 = nn.Linear(20, width)
        self.drop = nn.Dropout(0.5)
        self.fc2 = nn.Linear(width, 3)

    def forward(self, x):
        return self.fc2(self.drop(F.relu(self.fc1(x))))
`;

/** The text that a range covers, and its line. */
function textAt(text: string, range: SourceRange | null): string {
  assert.ok(range);
  assert.equal(range.line, range.endLine);
  return text.split('\n')[range.line - 1]!.slice(range.column, range.endColumn);
}

const shapes = (layers: readonly LayerReport[]) => layers.map(({ path, outputShape }) => `${path} ${outputShape ? `(${outputShape.join(', ')})` : 'failed'}`);

describe('inspect', () => {
  let runtime: RuntimeUnderTest;
  let root: string;
  before(async () => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'workspace-')));
    mkdirSync(join(root, 'nets', 'parts'), { recursive: true });
    writeFileSync(join(root, 'nets', '__init__.py'), '');
    writeFileSync(join(root, 'nets', 'sizes.py'), 'WIDTH = 12\n');
    writeFileSync(join(root, 'nets', 'parts', '__init__.py'), 'from .block import Block\n');
    writeFileSync(join(root, 'nets', 'parts', 'block.py'), 'import torch.nn as nn\nfrom ..sizes import WIDTH\n\nclass Block(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(4, WIDTH)\n    def forward(self, x):\n        return self.fc(x).relu()\n');
    runtime = await RuntimeUnderTest.start({ roots: [root] });
  });
  after(() => {
    runtime.connection.dispose();
    rmSync(root, { recursive: true });
  });

  describe('of a file that goes wrong', () => {
    it('shows the layers before a shape error with figures, and names the exact call in PyTorch\'s words', async () => {
      const text = `${imports}
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(784, 64)
        self.fc2 = nn.Linear(60, 10)

    def forward(self, x):
        h = F.relu(self.fc1(x))
        return F.log_softmax(self.fc2(h), dim=1)

net = Net()
net(torch.randn(32, 784))
`;
      const { report } = await runtime.inspect(text);
      const [problem, ...others] = report.diagnostics;
      assert.deepEqual(others, []);
      assert.deepEqual([problem!.kind, problem!.severity], ['shape', 'error']);
      assert.equal(problem!.message, 'mat1 and mat2 shapes cannot be multiplied (32x64 and 60x10)');
      assert.equal(textAt(text, problem!.range), 'self.fc2(h)');
      assert.equal(problem!.hint, '`in_features` should be 64: the layer before gives 64 features');
      assert.deepEqual(problem!.fixes!.map(({ title, edits }) => [title, edits.map(({ range, newText }) => `${textAt(text, range)} → ${newText}`)]), [['Change in_features to 64', ['60 → 64']]]);
      const { layers } = report.models[0]!;
      assert.deepEqual(shapes(layers), ['fc1 (32, 64)', 'relu() (32, 64)', 'fc2 failed']);
      assert.ok(layers[0]!.output!.std > 0.1 && layers[0]!.preActivation!.min < 0 && layers[1]!.output!.min === 0);
      assert.equal(layers[2]!.failure, problem!.message);
    });

    it('runs twelve of many models, and those that are wanted beside them', async () => {
      const names = Array.from({ length: 14 }, (_, i) => `net${i}`);
      const text = imports + names.map((name) => `${name} = nn.Sequential(nn.Linear(2, 3))\n`).join('');
      const shown = async (also?: readonly string[]) => (await runtime.inspect(text, { model: '*', structureOnly: true, ...(also && { also }) })).report.models.map((model) => model.name);
      const first = await shown();
      const left = names.filter((name) => !first.includes(name));
      assert.deepEqual([first.length, left.length], [12, 2]);
      assert.deepEqual(await shown([left[1]!, 'gone']), [...first, left[1]]);
    });

    it('runs three of many functions that make models, and those that are wanted beside them', async () => {
      const text = `${imports}class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.fc = nn.Linear(2, width)
    def forward(self, x):
        return self.fc(x)
${[1, 2, 3, 4, 5].map((n) => `def net${n}(**kwargs):\n    return Net(${n})\n`).join('')}`;
      const { listing } = await runtime.inspect(text, { model: '*', structureOnly: true });
      const run = async (also?: readonly string[]) => (await runtime.inspect(text, { model: '*', structureOnly: true, ...(also && { also }) })).report.models.map(({ layers }) => layers[0]!.outputShape![1]);
      assert.deepEqual(listing.map(({ name }) => name), ['net1', 'net2', 'net3', 'net4', 'net5', 'Net']);
      assert.deepEqual((await run()).slice(0, 3), [1, 2, 3]);
      assert.deepEqual([(await run()).length, (await run(['net5'])).length], [4, 5]);
    });

    it('says how large an embedding\'s table should be, once the numbers show that it is too small', async () => {
      const text = `${imports}class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.words, self.places = nn.Embedding(10, 4), nn.Embedding(num_embeddings=3, embedding_dim=4)
    def forward(self, x):
        return self.words(x) + self.places(torch.arange(x.shape[1]))
Net()(torch.tensor([[1, 2, 3, 4, 5]]))
`;
      const { report } = await runtime.inspect(text);
      const [problem] = report.diagnostics;
      assert.deepEqual([problem!.message, problem!.hint], ['`places`: index out of range in self', '`num_embeddings` should be 5: its largest index is 4']);
      assert.equal(textAt(text, problem!.fixes![0]!.edits[0]!.range), '3');
      assert.deepEqual((await runtime.inspect(text.replace('num_embeddings=3', 'num_embeddings=5'))).report.diagnostics, []);
    });

    it('gives a convolution\'s error in PyTorch\'s words', async () => {
      const text = `${imports}net = nn.Sequential(nn.Conv2d(3, 8, 3), nn.Conv2d(4, 16, 3))\nnet(torch.randn(2, 3, 16, 16))\n`;
      const { report } = await runtime.inspect(text);
      assert.deepEqual(report.diagnostics.map(({ kind, message, range }) => [kind, message, textAt(text, range)]), [
        ['shape', 'Given groups=1, weight of size [16, 4, 3, 3], expected input[2, 8, 14, 14] to have 4 channels, but got 8 channels instead', 'net(torch.randn(2, 3, 16, 16))'],
      ]);
      assert.deepEqual(shapes(report.models[0]!.layers), ['0 (2, 8, 14, 14)', '1 failed']);
    });

    it('has nothing but the place of a syntax error', async () => {
      const { report, listing } = await runtime.inspect(`${imports}net = nn.Linear(3, 2\nprint(net)\n`);
      assert.deepEqual([report.models, listing], [[], []]);
      assert.deepEqual(report.diagnostics.map(({ kind, severity, message, range }) => [kind, severity, message, range!.line, range!.column]), [['syntax', 'error', "'(' was never closed", 4, 15]]);
    });

    it('names what is not supported on its line, and shows all else', async () => {
      const text = `${imports}net = nn.Linear(4, 2)\nspectrum = torch.lobpcg(torch.randn(4, 4))\nout = net(torch.randn(8, 4))\nprint(out.shape)\n`;
      const { report, output } = await runtime.inspect(text);
      assert.deepEqual(report.diagnostics.map(({ kind, range }) => [kind, range!.line]), [['unsupported', 5]]);
      assert.match(report.diagnostics[0]!.message, /^torch\.lobpcg.* is not supported yet$/);
      assert.deepEqual([shapes(report.models[0]!.layers).length, report.models[0]!.output!.shape, output], [1, [8, 2], 'torch.Size([8, 2])\n']);
    });

    it('goes on without a package that is not here, and says so', async () => {
      const { report } = await runtime.inspect(`${imports}import wandb\nfrom my_lab.plots import draw\nwandb.init(project="p")\nnet = nn.Linear(3, 2)\nwandb.log({"loss": draw(net(torch.randn(5, 3)))})\n`);
      assert.deepEqual(report.diagnostics.map(({ kind, severity, message, range }) => [kind, severity, message.split(' ')[0], range!.line]), [
        ['skipped', 'information', '`wandb`', 4], ['skipped', 'information', '`my_lab`', 5],
      ]);
      assert.deepEqual(report.models[0]!.output!.shape, [5, 2]);
    });

    it('counts a complex parameter as one number each, as PyTorch does, and differentiates through its parts', async () => {
      const text = `${imports}class Filter(nn.Module):\n    def __init__(self):\n        super().__init__()\n`
        + '        self.weight = nn.Parameter(torch.randn(3, 5, dtype=torch.cfloat))\n\n'
        + '    def forward(self, x):\n        return torch.fft.irfft(torch.fft.rfft(x) * self.weight, n=8)\n\nnet = Filter()\nnet(torch.randn(2, 3, 8))\n';
      const { report } = await runtime.inspect(text);
      const [model] = report.models;
      assert.deepEqual([report.diagnostics, model!.parameterCount, model!.output!.shape], [[], 15, [2, 3, 8]]);
      assert.ok(model!.layers[0]!.parameters[0]!.gradient!.std > 0);
    });

    it('names the layer that needs more memory than the limit, at its line', async () => {
      const text = `${imports}net = nn.Sequential(\n    nn.Linear(10, 1000),\n    nn.ReLU(),\n    nn.Linear(1000, 20000),\n)\nnet(torch.randn(4, 10))\n`;
      const { report } = await runtime.inspect(text, { memoryLimitMiB: 32 });
      const [problem, ...others] = report.diagnostics;
      assert.deepEqual(others, []);
      assert.deepEqual([problem!.kind, problem!.severity, textAt(text, problem!.range)], ['limit', 'error', 'nn.Linear(1000, 20000)']);
      assert.match(problem!.message, /^`2\.weight` needs 76\.\d MiB .*the limit is 32\.0 MiB$/);
      const { layers } = report.models[0]!;
      assert.deepEqual(shapes(layers), ['0 (4, 1000)', '1 (4, 1000)', '2 (4, 20000)']);
      assert.ok(layers[0]!.parameters[0]!.value!.std > 0 && layers[1]!.output!.std > 0);
    });
  });

  describe('with options', () => {
    it('draws the inputs that `inputs` asks for', async () => {
      const { report } = await runtime.inspect(classifier, { inputs: ['7x20'] });
      assert.deepEqual(report.models[0]!.inputs, [{ name: 'x', shape: [7, 20], dtype: 'float32', range: null, origin: 'option' }]);
      assert.deepEqual(report.models[0]!.output!.shape, [7, 3]);
      const tokens = await runtime.inspect(`${imports}table = nn.Embedding(65, 16)\n`, { inputs: ['int:2x128:0..65'] });
      assert.deepEqual([tokens.report.models[0]!.inputs[0]!.dtype, tokens.report.models[0]!.output!.shape], ['int64', [2, 128, 16]]);
    });

    it('makes the model that `call` says', async () => {
      const { report } = await runtime.inspect(classifier, { call: 'Net(width=5)' });
      assert.deepEqual([report.models[0]!.parameterCount, shapes(report.models[0]!.layers)[0]], [20 * 5 + 5 + 5 * 3 + 3, 'fc1 (32, 5)']);
    });

    it('drops units in train mode and none in eval mode', async () => {
      const zeros = async (mode: 'train' | 'eval') => {
        const { layers } = (await runtime.inspect(classifier, { mode })).report.models[0]!;
        return layers.find(({ path }) => path === 'drop')!.output!.zeroFraction - layers.find(({ path }) => path === 'relu()')!.output!.zeroFraction;
      };
      assert.equal(await zeros('eval'), 0);
      assert.ok(await zeros('train') > 0.15);
    });

    it('draws other weights and inputs with another seed', async () => {
      const mean = async (seed: number) => (await runtime.inspect(classifier, { seed })).report.models[0]!.layers.map(({ output }) => output!.mean);
      const [zero, one] = [await mean(0), await mean(1)];
      zero.forEach((value, index) => assert.notEqual(value, one[index]));
    });

    it('takes the loss that `loss` names', async () => {
      const sum = (await runtime.inspect(classifier, { loss: 'sum' })).report;
      const last = sum.models[0]!.layers.at(-1)!;
      assert.deepEqual([sum.loss!.kind, last.gradient!.min, last.gradient!.max], ['sum', 1, 1]);
      assert.ok(Math.abs(sum.loss!.value - last.output!.mean * last.output!.count) < 1e-3);
    });

    it('takes an input from a comment', async () => {
      const { report } = await runtime.inspect(`${imports}# lens: input=(9, 4, 6)\nnet = nn.Linear(6, 2)\n`);
      assert.deepEqual(report.models[0]!.inputs.map(({ shape, origin }) => [shape, origin]), [[[9, 4, 6], 'comment']]);
      assert.deepEqual(report.models[0]!.output!.shape, [9, 4, 2]);
    });

    it('shows a model that computes long fewer samples than 32, and says so', async () => {
      const text = 'from torch import nn\nwide = nn.Linear(4096, 4096)\ndeep = nn.Sequential(*[wide] * 80)\n';
      const { report: { models: [model] } } = await runtime.inspect(text, { model: 'deep', figureLimitSeconds: 0.2 });
      // How many depends on how fast this machine's engine is.
      const [samples] = model!.inputs[0]!.shape;
      assert.ok(samples >= 1 && samples < 32, `${samples} samples`);
      assert.equal(model!.assumptions.at(-1), `${samples} sample${samples === 1 ? '' : 's'} instead of 32, for which the forward pass alone would take 85.9 GFLOPs`);
      const asked = await runtime.inspect(text, { model: 'deep', batch: 32, structureOnly: true });
      assert.deepEqual(asked.report.models[0]!.inputs[0]!.shape, [32, 4096]);
    });

    it('shows fewer samples than the file calls a model on where no figures would be computed in their time, and says so', async () => {
      const text = 'import torch\nfrom torch import nn\nwide = nn.Linear(4096, 4096)\ndeep = nn.Sequential(*[wide] * 80)\nloss = nn.functional.cross_entropy(deep(torch.randn(512, 4096)), torch.zeros(512, dtype=torch.long))\nloss.backward()\n';
      const { report: { models: [model] } } = await runtime.inspect(text, { figureLimitSeconds: 1 });
      const [samples] = model!.inputs[0]!.shape;
      assert.ok(samples >= 1 && samples < 512, `${samples} samples`);
      assert.ok(model!.assumptions.includes(`${samples} sample${samples === 1 ? '' : 's'} instead of the file's 512, for which the forward pass alone would take 1.37 TFLOPs`), model!.assumptions.join('\n'));
      const unlimited = await runtime.inspect(text, { structureOnly: true });
      assert.deepEqual(unlimited.report.models[0]!.inputs[0]!.shape, [512, 4096]);
    });

    it('shows fewer samples of a model whose values would not find room, and says so', async () => {
      const text = 'import torch\nfrom torch import nn\nclass Pairs(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(512, 1)\n'
        + '    def forward(self, x):\n        return self.fc(torch.exp(x.unsqueeze(-1) * x.unsqueeze(-2)))\n';
      const { report: { models: [model] } } = await runtime.inspect(text, { memoryLimitMiB: 16 });
      assert.deepEqual([model!.inputs[0]!.shape, model!.assumptions.at(-1)], [[7, 512], '7 samples instead of 32, for which the forward pass alone would make 64.1 MiB']);
      assert.notEqual(model!.output, undefined);
    });

    it('says what stands against the main model also where another one is shown with fewer samples', async () => {
      const text = 'from torch import nn\nclass Deep(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(4096, 4096)\n'
        + '    def forward(self, x):\n        for _ in range(80):\n            x = self.fc(x)\n        return x\n'
        + 'class Main(nn.Module):\n    def __init__(self, depth):\n        super().__init__()\n        self.fc = nn.Linear(depth["a"], 2)\n';
      const { report } = await runtime.inspect(text, { figureLimitSeconds: 0.2 });
      assert.match(report.models[0]!.assumptions.at(-1)!, /instead of 32/);
      assert.deepEqual(report.diagnostics.map(({ message }) => message).slice(0, 2).map((message) => message.slice(0, 55)),
        ['`Main` was not constructed with assumed arguments: Type', '`Deep` is shown in the place of `Main`']);
    });

    it('shows one sample of a model that computes longer still, and two where it takes statistics of the batch', async () => {
      for (const [layer, samples] of [['nn.Identity()', 1], ['nn.BatchNorm1d(8192)', 2]] as const) {
        const text = `from torch import nn\nwide = nn.Linear(8192, 8192)\ndeep = nn.Sequential(${layer}, *[wide] * 600)\n`;
        const { report: { models: [model] } } = await runtime.inspect(text, { model: 'deep', figureLimitSeconds: 0.2 });
        assert.deepEqual(model!.inputs[0]!.shape, [samples, 8192]);
      }
    });

    it('reports the structure alone, without any arithmetic, of a model that no memory would hold', async () => {
      const giant = `${imports}net = nn.Sequential(*[nn.Linear(30000, 30000) for _ in range(20)])\n`;
      const { report } = await runtime.inspect(giant, { structureOnly: true, memoryLimitMiB: 64 });
      assert.deepEqual(report.diagnostics, []);
      const [model] = report.models;
      assert.equal(model!.parameterCount, 20 * (30000 * 30000 + 30000));
      assert.deepEqual(model!.layers.map(({ output, gradient, parameters }) => [output, gradient, parameters[0]!.value]), Array.from({ length: 20 }, () => [null, null, null]));
      assert.deepEqual([model!.loss, model!.output], [null, { shape: [32, 30000], mean: null, std: null }]);
    });

    it('says when the file has no model of the name that was asked for', async () => {
      const { report } = await runtime.inspect(classifier, { model: 'Missing' });
      assert.deepEqual(report.diagnostics.map(({ message }) => message), ['the file has no model `Missing`; it has: Net']);
    });
  });

  describe('of a file in a workspace', () => {
    const text = 'import torch\nfrom nets.parts import Block\nblock = Block()\nblock(torch.randn(6, 4))\n';
    const source = () => ({ path: join(root, 'main.py'), text });

    it('follows its imports, relative ones too, and names their files', async () => {
      const { report } = await runtime.inspect(text, {}, { root, source: source() });
      assert.deepEqual(report.diagnostics, []);
      const { layers } = report.models[0]!;
      assert.deepEqual(shapes(layers), ['fc (6, 12)', 'relu() (6, 12)']);
      assert.match(layers[0]!.definition!.file, /nets[/\\]parts[/\\]block\.py$/);
      assert.equal(layers[0]!.definition!.line, 7);
    });

    it('knows the package that the file itself lies in', async () => {
      const block = 'import torch.nn as nn\nfrom ..sizes import WIDTH\nlayer = nn.Linear(4, WIDTH)\n';
      const { report } = await runtime.inspect(block, {}, { root, source: { path: join(root, 'nets', 'parts', 'block.py'), text: block } });
      assert.deepEqual(report.diagnostics, []);
      assert.deepEqual(report.models[0]!.output!.shape, [32, 12]);
    });

    it('reads an unsaved editor in place of its file', async () => {
      const overlays = [{ path: join(root, 'nets', 'sizes.py'), text: 'WIDTH = 5\n' }];
      const { report } = await runtime.inspect(text, {}, { root, overlays, source: source() });
      assert.deepEqual(shapes(report.models[0]!.layers), ['fc (6, 5)', 'relu() (6, 5)']);
      const saved = await runtime.inspect(text, {}, { root, source: source() });
      assert.deepEqual(shapes(saved.report.models[0]!.layers), ['fc (6, 12)', 'relu() (6, 12)']);
    });

    it('reports an error of an imported file there, and at the import', async () => {
      const overlays = [{ path: join(root, 'nets', 'sizes.py'), text: 'WIDTH = 1 / 0\n' }];
      const { report } = await runtime.inspect(text, {}, { root, overlays, source: source() });
      const places = report.diagnostics.map(({ range }) => range && `${range.file.split(/[/\\]/).at(-1)}:${range.line}`);
      assert.ok(places.includes('sizes.py:1'), places.join());
      assert.ok(places.includes('main.py:2'), places.join());
    });
  });

  it('answers the same question twice with the same figures, whatever ran between', async () => {
    const first = await runtime.inspect(classifier);
    await runtime.inspect(`${imports}torch.manual_seed(99)\nnet = nn.Linear(5, 5)\nnet(torch.randn(2, 5))\n`);
    const second = await runtime.inspect(classifier);
    assert.deepEqual(second.report, first.report);
  });

  it('answers for an untitled file, in which ranges name what they were given', async () => {
    const { report } = await runtime.inspect(classifier, {}, { source: { path: 'untitled:Untitled-1', text: classifier } });
    assert.equal(report.file, 'untitled:Untitled-1');
    assert.equal(report.models[0]!.layers[0]!.definition!.file, 'untitled:Untitled-1');
    assert.equal(textAt(classifier, report.models[0]!.layers[0]!.definition), 'nn.Linear(20, width)');
    assert.equal(textAt(classifier, report.models[0]!.layers[0]!.call), 'self.fc1(x)');
  });
});
