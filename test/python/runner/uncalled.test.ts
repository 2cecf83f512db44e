import { strict as assert } from 'node:assert';
import { RanFile } from './runFile.ts';

const torch = 'import torch\nimport torch.nn as nn\nimport torch.nn.functional as F\n';
const rowsOf = async (body: string): Promise<readonly string[]> => (await RanFile.of(`${torch}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n${body}`)).trace().rows;

describe('layers that no call reaches', () => {
  it('stand behind those of the module that holds them, the outermost for all that it holds', async () => {
    assert.deepEqual(await rowsOf(`        self.body = nn.ModuleDict({"used": nn.Linear(4, 4), "unused": nn.Linear(4, 5)})
        self.head = nn.Sequential(nn.Linear(4, 4), nn.ReLU())
    def forward(self, x):
        return self.body["used"](x)
`), ['. Net → (32, 4)', '  body.used Linear → (32, 4)', '  body.unused Linear –', '  head Sequential –']);
  });

  it('are those behind a failure too', async () => {
    assert.deepEqual(await rowsOf(`        self.body = nn.Sequential(nn.Linear(4, 8), nn.Linear(9, 8), nn.Linear(8, 8))
        self.out = nn.Linear(8, 2)
    def forward(self, x):
        return self.out(self.body(x))
net = Net()
net(torch.ones(2, 4))
`), ['. Net ✗ mat1 and mat2 shapes cannot be multiplied (2x8 and 9x8)', '  body Sequential ✗ mat1 and mat2 shapes cannot be multiplied (2x8 and 9x8)', '    body.0 Linear → (2, 8)',
      '    body.1 Linear ✗ mat1 and mat2 shapes cannot be multiplied (2x8 and 9x8)', '    body.2 Linear –', '  out Linear –']);
  });

  it('are not those without parameters, those whose weights are read, nor parts of PyTorch\'s own layers', async () => {
    assert.deepEqual(await rowsOf(`        self.embed, self.tied, self.drop = nn.Embedding(10, 4), nn.Linear(4, 10, bias=False), nn.Dropout()
        self.attend = nn.MultiheadAttention(4, 2, batch_first=True)
    def forward(self, tokens):
        x = self.embed(tokens)
        return F.linear(self.attend(x, x, x)[0], self.tied.weight)
`), ['. Net → (32, 16, 10)', '  embed Embedding → (32, 16, 4)', '  attend MultiheadAttention → (32, 16, 4)', '  . linear → (32, 16, 10)']);
  });
});
