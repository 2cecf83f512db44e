import { strict as assert } from 'node:assert';
import { RanFile } from './runFile.ts';

const torch = 'import torch\nimport torch.nn as nn\n';

/** The model of a file, the rest of which uses what is not here. */
const shown = async (text: string, model: string | null = null) => {
  const ran = await RanFile.of(text);
  const traced = ran.trace(model);
  return { said: [...ran.diagnostics, ...traced.diagnostics].filter((line) => !line.includes('what the file does with it has no effect')), models: ran.models, traced };
};

describe('a model whose sizes come of a package that is not here', () => {
  it('is made with sizes that are assumed in place of those of its empty data', async () => {
    const { said, models, traced } = await shown(`${torch}import corpora
text = corpora.load("data/")
letters = sorted({letter for letter in text})
class Speller(nn.Module):
    def __init__(self, width, vocab_size, dropout=0.0):
        super().__init__()
        self.letters = nn.Embedding(vocab_size, width)
        self.out = nn.Linear(width, vocab_size)
    def forward(self, x):
        return self.out(self.letters(x))
speller = Speller(24, len(letters), dropout=0)
`);
    assert.deepEqual([said, models], [[], 'Speller (instance)']);
    assert.deepEqual([traced.arguments, traced.outputs], ['width=24 (file), vocab_size=1000 (assumed), dropout=0 (file)', '(32, 16, 1000)']);
    assert.deepEqual(traced.assumptions.slice(0, 2), ['Speller: `vocab_size` is not given, assumed 1000', 'Speller: constructed as on line 13, without what is not known, since `corpora` is not here']);
  });

  it('has layers as large as the last name means that they take from it', async () => {
    const { said, traced } = await shown(`${torch}import arcade\ngame = arcade.make("maze")\nassert isinstance(game.action_space, int), "only numbers"\nnet = nn.Sequential(nn.Linear(6, 8), nn.Linear(8, game.action_space.n))\n`);
    assert.deepEqual(said, ['skipped 5:7-41 AssertionError: only numbers (`arcade` is not here)', 'skipped 6:37-70 the number `arcade.make(…).action_space.n` is assumed: 10']);
    assert.equal(traced.outputs, '(32, 10)');
  });

  it('is made with an environment that stands in for what only wraps one that is not here, with images as the file takes them apart', async () => {
    const { models, traced } = await shown(`${torch}import gymnasium as gym, arcade
class Counted(gym.Wrapper):
    pass
class Player(nn.Module):
    def __init__(self, envs):
        super().__init__()
        height, width, channels = envs.single_observation_space.shape
        self.see = nn.Sequential(nn.Conv2d(channels, 8, 8, stride=8), nn.Flatten(), nn.Linear(8 * 8 * 8, 16))
        self.act = nn.Linear(16, envs.single_action_space.n)
        self.judge = nn.Linear(16, 1)
    def choose(self, frames):
        seen = self.see(frames.permute(0, 3, 1, 2) / 255.0)
        return self.act(seen), self.judge(seen)
player = Player(Counted(arcade.make("maze")))
`);
    assert.equal(models, 'Player (instance)');
    assert.deepEqual([traced.inputs, traced.rows.at(-2), traced.diagnostics], ['frames (32, 64, 64, 3) inferred', '  act Linear → (32, 4)', []]);
  });

  it('is not shown where it only wraps what is not here', async () => {
    const { models } = await shown(`${torch}import shards\nnet = nn.DataParallel(shards.load())\nhead = nn.Linear(4, 2)\n`);
    assert.equal(models, 'head (instance)');
  });

  it('is told from an error of an array of objects', async () => {
    const { said } = await shown('import numpy as np\nimport arcade\nrows = np.array([np.ones((2, 2)), arcade.frames()], dtype=object)\nrows.transpose([1, 2, 0])\nprint(1 / 0)\n');
    assert.equal(said.length, 3, said.join('\n'));
    assert.match(said[1]!, /ZeroDivisionError: division by zero/);
  });

  it('is no error of the file where it raises one since what it asks for is of such a package', async () => {
    const { said } = await shown(`${torch}import arcade
def base(shape):
    if len(shape) == 3:
        return nn.Conv2d(shape[0], 4, 3)
    elif len(shape) == 1:
        return nn.Linear(shape[0], 4)
    else:
        raise NotImplementedError
def head(width):
    if width < 1:
        raise KeyError("no width")
base(arcade.make("maze").observation_space.shape)
head(0)
`);
    assert.deepEqual(said.slice(0, 2), ['skipped 10:8-33 NotImplementedError (`arcade` is not here)', "python 13:8-34 KeyError: 'no width'"]);
  });

  it('has the sizes that a small function gives whose name says what it does', async () => {
    const { traced } = await shown(`${torch}from vision.ops import make_divisible\nnet = nn.Linear(make_divisible(50 * 0.5, 8), 2)\n`);
    assert.equal(traced.inputs, 'input (32, 32) inferred');
  });

  it('is found where the package is imported by its name', async () => {
    const { said, traced } = await shown(`import importlib\n${torch}game = importlib.import_module("arcade.games").make()\nnet = nn.Linear(6, game.action_space.n)\n`);
    assert.deepEqual(said, ['skipped 5:6-39 the number `arcade.games.make(…).action_space.n` is assumed: 10']);
    assert.equal(traced.outputs, '(32, 10)');
  });
});

describe('a number of classes of labels that are not here', () => {
  const read = (classes: string) => `${torch}def load():\n    return open("no/such/labels.txt").read()\nlabels, features = load()\nclass Net(nn.Module):\n    def __init__(self, nclass):\n        super().__init__()\n        self.fc = nn.Linear(6, nclass)\n    def forward(self, x):\n        return self.fc(x)\nclasses = ${classes}\nmodel = Net(classes)\n`;

  for (const classes of ['int(labels.max()) + 1', 'labels.max() + 1', 'labels.max().item() + 1', 'len(set(labels))', 'len(labels.unique())', 'labels.unique().size(0)', 'len(labels.classes)']) {
    it(`is assumed: ${classes}`, async () => {
      assert.equal((await RanFile.of(read(classes))).trace().outputs, '(32, 10)');
    });
  }
});

describe('what a package that is not here would have given', () => {
  it('is told from what the file would have read', async () => {
    const { said, traced } = await shown(`${torch}import tables\ntext = tables.read("words")\npairs, words = open("no/such/pairs.txt").read().split()\nfor pair in pairs:\n    pass\nfor word in text:\n    pass\n`
      + 'class Net(nn.Module):\n    def __init__(self, width, vocab_size):\n        super().__init__()\n        self.embed = nn.Embedding(vocab_size, width)\n    def forward(self, x):\n        return self.embed(x)\nnet = Net(4, len(words))\n');
    assert.deepEqual(said.length, 1);
    assert.equal(traced.assumptions[1], 'Net: constructed as on line 16, without what is not known, since `tables` is not here and `pairs`, `words` were not read');
  });

  it('is the cause where a file is opened at its path', async () => {
    const { said } = await shown('import torch, places\nopen(places.folder() / "words.txt")\ntorch.load(places.download("weights"))\n');
    assert.deepEqual(said.slice(0, 2).map((line) => line.replace(/^skipped [\d:-]+ /, '').replace(/No such file.*/, '…')), ['FileNotFoundError: [Errno 44] …', 'EOFError: Ran out of input (`places` is not here)']);
  });

  it('passes on what it is called on where it would be a layer, which is said', async () => {
    const { traced, said } = await shown(`${torch}from scans import Scan\nclass Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.scan, self.fc = Scan(8), nn.Linear(4, 2)\n    def forward(self, x):\n        return self.fc(self.scan(x))\n`);
    assert.equal(traced.outputs, '(32, 2)');
    assert.deepEqual(said, ['skipped 9:23-35 `scans.Scan` is not here: what this layer is called on is passed on as it is']);
  });

  it('is PyTorch\'s own layer where it computes the same, and one process where a launcher would say', async () => {
    const { traced, said } = await shown(`${torch}import shards
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = shards.VocabParallelEmbedding(-1, 8 // shards.get_model_parallel_world_size() // shards.MPI.COMM_WORLD.Get_size(), init_method=lambda x: x)
        self.norm, self.fc = shards.FusedRMSNorm(8, eps=1e-6), shards.ColumnParallelLinear(8, 2, bias=False, gather_output=True)
    def forward(self, x):
        return self.fc(self.norm(self.embed(x)))
`);
    assert.deepEqual(traced.rows, ['. Net → (32, 16, 2)', '  embed Embedding → (32, 16, 8)', '  norm RMSNorm → (32, 16, 8)', '  fc Linear → (32, 16, 2)']);
    assert.deepEqual(said.map((line) => line.replace(/^skipped [\d:-]+ /, '')), ['`shards.VocabParallelEmbedding` is not here: `nn.Embedding(1000, 8)` stands for it, its size assumed',
      '`shards.FusedRMSNorm` is not here: `nn.RMSNorm(8)` stands for it', '`shards.ColumnParallelLinear` is not here: `nn.Linear(8, 2)` stands for it']);
  });

  it('counts as a number where a layer is made as large as it, also of the tokens that are drawn for the layer', async () => {
    const { traced } = await shown(`${torch}from corpora import words\nclass Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.embed = nn.Embedding(words.n_words, 8)\n    def forward(self, tokens):\n        return self.embed(tokens)\n`);
    assert.deepEqual([traced.inputs, traced.outputs, traced.assumptions[0]], ['tokens int64(32, 16) inferred', '(32, 16, 8)', 'input assumed (32, 16) of integers below 1000: embed takes tokens below 1000']);
  });

  it('hands back what training over several devices is prepared with, and takes its gradients', async () => {
    const { said } = await shown(`${torch}from accelerate import Accelerator\nfrom apex import amp
net = nn.Linear(4, 2)
optimizer = torch.optim.SGD(net.parameters(), 0.1)
accelerator = Accelerator()
net, optimizer = accelerator.prepare(net, optimizer)
net, optimizer = amp.initialize(net, optimizer)
for _ in range(3):
    loss = net(torch.ones(8, 4)).pow(2).mean()
    with amp.scale_loss(loss, optimizer) as scaled:
        accelerator.backward(scaled)
    optimizer.step()
`);
    assert.deepEqual(said, ['skipped 10:0-17 training is not run: the loop was left after its first step']);
  });

  it('is nobody\'s layer where the name only ends like one of PyTorch\'s', async () => {
    const { traced } = await shown(`${torch}from clocks import TimestepEmbedding\nclass Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.time, self.fc = TimestepEmbedding(4, 8), nn.Linear(4, 2)\n    def forward(self, x):\n        return self.fc(self.time(x))\n`);
    assert.equal(traced.outputs, '(32, 2)');
  });

  it('keeps no model back that a function of an imported file makes, where the script fails before', async () => {
    const files = {
      'nets.py': `${torch}class Net(nn.Module):\n    def __init__(self, wibble):\n        super().__init__()\n        self.fc = nn.Linear(wibble, 2)\n    def forward(self, x):\n        return self.fc(x)\n`,
      'work.py': 'from nets import Net\ndef run(path):\n    text = open(path).read()\n    return Net(wibble=12), text\n',
    };
    const ran = await RanFile.of('from work import run\ndef main():\n    net, text = run("no/such/words.txt")\nmain()\n', { files });
    const traced = ran.trace();
    assert.deepEqual([ran.models, traced.inputs, traced.assumptions[0]], ['Net (class)', 'x (32, 12) inferred', 'Net: constructed as on line 4 of work.py']);
  });
});

describe('data that are empty', () => {
  it('are no mistake of the file, whatever it is that has nothing in it', async () => {
    const { said, models } = await shown(`${torch}import pickle, tarfile, zipfile
from torch.utils.data import DataLoader
open("data.bin", "wb").write(b"")
archive = tarfile.open("data.bin")
packed = zipfile.ZipFile("data.bin")
kept = pickle.load(open("data.bin", "rb"))
loader = DataLoader([], batch_size=4, shuffle=True)
batch = next(iter(DataLoader([], batch_size=4)))
net = nn.Linear(4, 2)
for x in loader:
    net(x)
for x in packed.namelist():
    net(x)
`);
    assert.deepEqual(said.map((line) => line.replace(/\n[^]*(?= \()/, '')), [
      'skipped 6:10-34 ReadError: file could not be opened successfully: (there is no data: the archive is empty, or none)',
      'skipped 7:9-36 BadZipFile: File is not a zip file (there is no data: the archive is empty, or none)',
      'skipped 8:7-42 EOFError: Ran out of input (there is no data: the file is empty)',
      'skipped 9:9-51 ValueError: num_samples should be a positive integer value, but got num_samples=0 (there is no data: the data set is empty)',
      'skipped 10:8-48 StopIteration (there is no data: what is asked for its next one has none)',
    ]);
    assert.equal(models, 'net (instance)');
  });

  it('leave what a model without parameters says of them an error', async () => {
    const { said } = await shown(`${torch}net = nn.Sequential(nn.ReLU())\ndevice = next(net.parameters()).device\n`);
    assert.deepEqual(said, ['python 4:9-31 StopIteration']);
  });

  it('are said by the name of what was not read, also within a batch', async () => {
    const { said } = await shown(`${torch}from torch.utils.data import DataLoader, Dataset
with open("data.txt") as file:
    text = torch.tensor([int(word) for word in file.read().split()])
class Texts(Dataset):
    def __len__(self):
        return 8
    def __getitem__(self, index):
        return text[index]
for x in DataLoader(Texts(), batch_size=4):
    print(x)
net = nn.Linear(4, 2)
`);
    assert.deepEqual(said.filter((line) => !line.includes('FileNotFoundError')), [
      "skipped 11:9-42 TypeError: default_collate: batch must contain tensors, numpy arrays, numbers, dicts or lists; found <class 'text'> (there is no data, since `text` was not read)",
    ]);
  });
});
