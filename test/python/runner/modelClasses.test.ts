import { itFinds, type ModelCase } from './modelCase.ts';

const torch = 'import torch\nimport torch.nn as nn\nimport torch.nn.functional as F\n';

const net = `class Net(nn.Module):
    def __init__(self, width=8):
        super().__init__()
        self.fc = nn.Linear(4, width)
    def forward(self, x):
        return F.relu(self.fc(x))
`;

const cases: readonly ModelCase[] = [
  {
    title: 'puts a class that keeps buffers alone behind those that have layers',
    text: `${torch}class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 2)
    def forward(self, x):
        return self.fc(x)
class KMeans(nn.Module):
    def __init__(self, count=3):
        super().__init__()
        self.register_buffer("centres", torch.randn(int(count), 4))
    def forward(self, x):
        return torch.cdist(x, self.centres).argmin(1)
`,
    models: 'Net (class), KMeans (class)',
    rows: ['. Net → (32, 2)', '  fc Linear → (32, 2)'],
    inputs: 'x (32, 4) inferred',
  },
  {
    title: 'shows the classes of the files that a script imports, where it fails before it comes to a model of its own',
    text: 'from trainer import Trainer\ndef main(config):\n    lines = open("there/are/no/labels.txt").readlines()\n    Trainer(lines).run()\nmain(None)\n',
    options: {
      files: {
        'trainer.py': 'from nets import Whole\nclass Trainer:\n    def __init__(self, lines):\n        self.net = Whole()\n',
        'nets.py': `${torch}class Part(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(4, 4)\n    def forward(self, x):\n        return self.fc(x)\nclass Whole(nn.Module):
    def __init__(self):\n        super().__init__()\n        self.part, self.out = Part(), nn.Linear(4, 2)\n    def forward(self, x):\n        return self.out(self.part(x))\n`,
      },
    },
    diagnostics: ["python 3:12-43 FileNotFoundError: [Errno 44] No such file or directory: 'there/are/no/labels.txt'", "python 4:4-22 AttributeError: 'Trainer' object has no attribute 'run'"],
    models: 'Whole (class)',
    rows: ['. Whole → (32, 2)', '  part Part → (32, 4)', '    part.fc Linear → (32, 4)', '  out Linear → (32, 2)'],
    inputs: 'x (32, 4) inferred',
  },
  {
    title: 'shows first what the script itself would make of what it imports',
    text: 'from nets import *\nclass Trainer(Base):\n    def __init__(self):\n        self.net = Net(4)\nTrainer().run()\n',
    options: {
      files: {
        'nets.py': `${torch}class Base:\n    pass\nclass Norm(nn.BatchNorm1d):\n    def forward(self, x):\n        return super().forward(x)\ndef normed(width):\n    return Norm(width)\nclass Net(nn.Module):
    def __init__(self, width):\n        super().__init__()\n        self.fc = nn.Linear(width, 2)\n    def forward(self, x):\n        return self.fc(x)\n`,
      },
    },
    diagnostics: ["python 5:0-13 AttributeError: 'Trainer' object has no attribute 'run'"],
    models: 'Net (class), Norm (class)',
    rows: ['. Net → (32, 2)', '  fc Linear → (32, 2)'],
    inputs: 'x (32, 4) inferred',
  },
  {
    title: 'shows first the class whose arguments are named after two others, which are made for it',
    text: `${torch}class Encoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 3)
    def forward(self, x):
        return self.fc(x)
class Decoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(3, 2)
    def forward(self, x):
        return self.fc(x)
class Whole(nn.Module):
    def __init__(self, encoder, decoder):
        super().__init__()
        self.encoder, self.decoder = encoder, decoder
    def forward(self, x):
        return self.decoder(self.encoder(x))
`,
    models: 'Whole (class), Decoder (class), Encoder (class)',
    rows: ['. Whole → (32, 2)', '  encoder Encoder → (32, 3)', '    encoder.fc Linear → (32, 3)', '  decoder Decoder → (32, 2)', '    decoder.fc Linear → (32, 2)'],
    inputs: 'x (32, 4) inferred',
  },
  {
    title: 'shows a generator before the discriminators that it is trained against',
    text: `${torch}${net.replace('Net', 'Generator')}${net.replace('Net', 'ScaleDiscriminator')}${net.replace('Net', 'Critic')}`,
    models: 'Generator (class), Critic (class), ScaleDiscriminator (class)',
    rows: ['. Generator → (32, 8)', '  fc Linear → (32, 8)', '  . relu → (32, 8)'],
    inputs: 'x (32, 4) inferred',
  },
  {
    title: 'falls back on classes that no other class uses',
    text: `${torch}class Block(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.fc = nn.Linear(dim, dim)
    def forward(self, x):
        return x + F.gelu(self.fc(x))
class Tower(nn.Module):
    def __init__(self, hidden_size, num_layers):
        super().__init__()
        self.blocks = nn.ModuleList([Block(hidden_size) for _ in range(num_layers)])
    def forward(self, x):
        for block in self.blocks:
            x = block(x)
        return x
`,
    models: 'Tower (class)',
    rows: [
      '. Tower → (32, 64)', '  blocks.0 Block → (32, 64)', '    blocks.0.fc Linear → (32, 64)', '    blocks.0 gelu → (32, 64)',
      '  blocks.1 Block → (32, 64)', '    blocks.1.fc Linear → (32, 64)', '    blocks.1 gelu → (32, 64)',
    ],
    inputs: 'x (32, 64) inferred',
  },
  {
    title: 'constructs the file\'s own configuration class',
    text: `${torch}from dataclasses import dataclass
@dataclass
class Config:
    vocab: int = 50
    dim: int = 12
class Reader(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.embed = nn.Embedding(config.vocab, config.dim)
        self.head = nn.Linear(config.dim, config.vocab)
    def forward(self, tokens):
        return self.head(self.embed(tokens))
`,
    models: 'Reader (class)',
    rows: ['. Reader → (32, 16, 50)', '  embed Embedding → (32, 16, 12)', '  head Linear → (32, 16, 50)'],
    inputs: 'tokens int64(32, 16) inferred',
  },
  {
    title: 'reads the attributes of an unknown configuration by their names',
    text: `${torch}class Reader(nn.Module):
    def __init__(self, cfg):
        super().__init__()
        self.fc = nn.Linear(cfg.hidden_size, cfg.num_classes)
    def forward(self, x):
        return self.fc(x)
`,
    models: 'Reader (class)',
    rows: ['. Reader → (32, 10)', '  fc Linear → (32, 10)'],
    inputs: 'x (32, 64) inferred',
  },
  {
    title: 'takes a class for a part of another that gets it from a function',
    text: `${torch}${net.replace('nn.Linear(4, width)', 'normalization(4)')}class Normal(nn.LayerNorm):\n    pass\ndef normalization(width):\n    return Normal(width)\n`,
    models: 'Net (class)',
    rows: ['. Net → (32, 4)', '  fc Normal → (32, 4)', '    fc layer_norm → (32, 4)', '  . relu → (32, 4)'], inputs: 'x (32, 4) inferred',
  },
  {
    title: 'takes no model for a part of a class that only trains it, and its parts for parts still',
    text: `${torch}${net.replace('nn.Linear(4, width)', 'Block(4)')}class Block(nn.Sequential):\n    def __init__(self, width):\n        super().__init__(nn.Linear(width, 3))\nclass Trainer:\n    def begin(self):\n        self.net = Net(8)\n`,
    models: 'Net (class)',
    rows: ['. Net → (32, 3)', '  fc Block → (32, 3)', '    fc.0 Linear → (32, 3)', '  . relu → (32, 3)'], inputs: 'x (32, 4) inferred',
  },
  {
    title: 'shows the class that the file is named after first, also where another is derived from it',
    text: `${torch}${net}class Wider(Net):\n    def __init__(self):\n        super().__init__(16)\nclass Head(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(2, 2)\n    def forward(self, x):\n        return self.fc(x)\n`,
    options: { path: 'net.py' },
    models: 'Net (class), Head (class), Wider (class)',
    rows: ['. Net → (32, 8)', '  fc Linear → (32, 8)', '  . relu → (32, 8)'], inputs: 'x (32, 4) inferred',
  },
  {
    title: 'takes a class that hands parts to its base for one with layers',
    text: `${torch}class Base(nn.Module):\n    def __init__(self, body):\n        super().__init__()\n        self.body = body()\n    def forward(self, x):\n        return self.body(x)\nclass Stem(nn.Sequential):\n    def __init__(self):\n        super().__init__(nn.Linear(3, 3))\nclass Body(nn.Sequential):\n    def __init__(self):\n        super().__init__(nn.Linear(4, 2))\nclass Whole(Base):\n    def __init__(self, body=Body):\n        super().__init__(body)\n`,
    models: 'Whole (class), Stem (class)',
    rows: ['. Whole → (32, 2)', '  body Body → (32, 2)', '    body.0 Linear → (32, 2)'], inputs: 'x (32, 4) inferred',
  },
];

describe('a class of a PyTorch file', () => cases.forEach(itFinds));
