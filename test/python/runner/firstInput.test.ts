import { classOf, itTakes, torch, type InputCase } from './inputCase.ts';

const cases: readonly InputCase[] = [
  {
    title: 'a linear layer says how many features it takes',
    text: classOf('self.fc1 = nn.Linear(784, 256); self.fc2 = nn.Linear(256, 10)', 'return self.fc2(torch.relu(self.fc1(x)))'),
    inputs: 'x (32, 784) inferred', output: '(32, 10)', assumption: 'input assumed (32, 784): fc1 takes 784 features',
  },
  {
    title: 'series with time marks are series, though the first layer that is made is of images',
    text: `${torch}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.seq_len, self.enc_in = 24, 7\n        self.conv, self.fc = nn.Conv2d(1, 1, 1), nn.Linear(7, 5)\n    def forward(self, x, x_mark):\n        batch, steps, variables = x.shape\n        return self.fc(self.conv(x.unsqueeze(1)).squeeze(1))\n`,
    inputs: 'x (32, 24, 7) inferred, x_mark (32, 24, 4) inferred', output: '(32, 24, 5)',
  },
  {
    title: 'images have their channels last where the model brings them to the front',
    text: classOf('self.c1 = nn.Conv2d(6, 8, 3); self.fc = nn.Linear(8 * 38 * 38, 6)', 'return self.fc(self.c1(x.permute(0, 3, 1, 2)).flatten(1))'),
    inputs: 'x (32, 40, 40, 6) inferred', output: '(32, 6)',
  },
  {
    title: 'a docstring says where the batch is, and sizes by the names that the model keeps them under',
    text: classOf('self.seq_len = 24; self.gate = nn.Parameter(torch.ones(24, 1, 1)); self.fc = nn.Linear(12, 6)', '"""`x` has shape `[seq_len, batch_size, d_model]`"""; return self.fc(x) * self.gate[:x.shape[0]]'),
    inputs: 'x (24, 32, 12) inferred', output: '(24, 32, 6)',
  },
  {
    title: 'a comment says that tokens have their batch behind the steps',
    text: classOf('self.emb = nn.Embedding(50, 8)', '# x: (T, B); return self.emb(x)'),
    inputs: 'x int64(16, 32) inferred', output: '(16, 32, 8)',
  },
  {
    title: 'what is known of another argument is joined to the channels of the first',
    text: `${torch}class Net(nn.Module):\n    def __init__(self, conv_dim=8, c_dim=5):\n        super().__init__()\n        self.conv = nn.Conv2d(3 + c_dim, conv_dim, 3)\n    def forward(self, x, c):\n        c = c.view(c.size(0), c.size(1), 1, 1).repeat(1, 1, x.size(2), x.size(3))\n        return self.conv(torch.cat([x, c], dim=1))\n`,
    inputs: 'x (32, 3, 32, 32) inferred, c (32, 5) inferred', output: '(32, 8, 30, 30)',
  },
  {
    title: 'a sequence in time is as long as signals are',
    text: classOf('self.conv = nn.Conv1d(4, 8, 3)', 'return self.conv(x)'),
    inputs: 'x (32, 4, 64) inferred', output: '(32, 8, 62)',
  },
  {
    title: 'the first sizes of several say the rank, which is one more',
    text: classOf('self.fc = nn.Linear(12, 6)', 'steps, samples = x.shape[:2]; return torch.stack([self.fc(x[step]).view(samples, 6) for step in range(steps)])'),
    inputs: 'x (16, 32, 12) inferred', output: '(16, 32, 6)',
  },
  {
    title: 'sizes that a model takes apart say the rank and where the features are',
    text: classOf('self.fc = nn.Linear(6, 4)', 'steps, batch, dim = x.shape; return self.fc(x).reshape(steps * batch, 4).view(steps, batch, 4)'),
    inputs: 'x (16, 32, 6) inferred', output: '(16, 32, 4)',
  },
  {
    title: 'what images are conditioned on is as wide as the layer that takes it',
    text: `${torch}class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv, self.key = nn.Conv2d(3, 8, 3, padding=1), nn.Linear(2, 8)
    def forward(self, x, cond):
        maps = self.conv(x)
        scores = torch.einsum("bnc,bmc->bnm", maps.flatten(2).transpose(1, 2), self.key(cond))
        return scores.softmax(-1)
`,
    inputs: 'x (32, 3, 32, 32) inferred, cond (32, 16, 2) inferred', output: '(32, 1024, 16)',
  },
  {
    title: 'one-dimensional convolutions take sequences of samples',
    text: classOf('self.c = nn.Conv1d(2, 4, 3); self.fc = nn.Linear(4 * 48, 5)', 'return self.fc(self.c(x).flatten(1))'),
    inputs: 'x (32, 2, 50) inferred', output: '(32, 5)',
  },
  {
    title: 'a recurrent layer takes steps of features',
    text: classOf('self.rnn = nn.LSTM(6, 8, batch_first=True); self.fc = nn.Linear(8, 3)', 'out, state = self.rnn(x); return self.fc(out[:, -1])'),
    inputs: 'x (32, 16, 6) inferred', output: '(32, 3)',
  },
  {
    title: 'an embedding takes integers below its size',
    text: classOf('self.embed = nn.Embedding(100, 8); self.fc = nn.Linear(8, 2)', 'return self.fc(self.embed(x).mean(1))'),
    inputs: 'x int64(32, 16) inferred', output: '(32, 2)', assumption: 'input assumed (32, 16) of integers below 100: embed takes tokens below 100',
  },
  {
    title: 'tokens are those of the token embedding, however many positions there are',
    text: classOf('self.tok = nn.Embedding(8, 16); self.pos = nn.Embedding(32, 16)', 'return self.tok(x) + self.pos(torch.arange(x.size(1)))'),
    inputs: 'x int64(32, 16) inferred', output: '(32, 16, 16)', assumption: 'input assumed (32, 16) of integers below 8: tok takes tokens below 8',
  },
  {
    title: 'nodes of a graph come with the matrix of who is beside whom, and layers of the file\'s own say how wide they are',
    text: `${torch}class GCN(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.weight = nn.Parameter(torch.randn(12, 4))\n    def forward(self, x, adj):\n        return adj @ (x @ self.weight)\n`,
    inputs: 'x (32, 12) inferred, adj (32, 32) inferred', output: '(32, 4)',
  },
  {
    title: 'edges of a graph are pairs of its nodes',
    text: `${torch}class Graph(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(12, 4)\n    def forward(self, x, edge_index, edge_weight):\n        h = self.fc(x)\n        return torch.zeros_like(h).index_add(0, edge_index[1], h[edge_index[0]])\n`,
    inputs: 'x (32, 12) inferred, edge_index int64(2, 128) inferred', output: '(32, 4)',
  },
  {
    title: 'a model that makes one row of all that it is given takes one token at a time, with the state of its recurrent layer',
    text: `${torch}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.encoder, self.gru, self.decoder = nn.Embedding(20, 8), nn.GRU(8, 8), nn.Linear(16, 20)\n    def forward(self, input, hidden):\n`
      + '        row = self.encoder(input.view(1, -1)).view(1, 1, -1)\n        output, hidden = self.gru(row, hidden)\n        return self.decoder(torch.cat((output[0], hidden[0]), 1)), hidden\n',
    inputs: 'input int64(1) inferred', output: '(1, 20), (1, 1, 8)', assumption: 'input assumed (1,) of integers below 20: encoder takes tokens below 20',
  },
  {
    title: 'the state of a recurrent layer that must be given is as it gives it',
    text: `${torch}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.embedding, self.attention, self.gru = nn.Embedding(20, 8), nn.Linear(16, 8), nn.GRU(8, 8)\n    def forward(self, input, hidden):\n`
      + '        row = self.embedding(input).view(1, 1, -1)\n        row = self.attention(torch.cat((row[0], hidden[0]), 1)).unsqueeze(0)\n        return self.gru(row, hidden)\n',
    inputs: 'input int64(1) inferred, hidden (1, 1, 8) inferred', output: '(1, 1, 8), (1, 1, 8)',
  },
  {
    title: 'steps of a diffusion are integers',
    text: `${torch}class Unet(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.conv, self.time = nn.Conv2d(3, 8, 3, padding=1), nn.Embedding(1000, 8)\n    def forward(self, x, t):\n        return self.conv(x) + self.time(t)[:, :, None, None]\n`,
    inputs: 'x (32, 3, 32, 32) inferred, t int64(32) inferred', output: '(32, 8, 32, 32)',
  },
  {
    title: 'a sequence is no longer than the model\'s positions',
    text: `${torch}class GPT(nn.Module):\n    def __init__(self, block_size=6):\n        super().__init__()\n        self.block_size = block_size\n        self.wte, self.wpe = nn.Embedding(20, 8), nn.Embedding(block_size, 8)\n    def forward(self, idx):\n        assert idx.shape[1] <= self.block_size\n        return self.wte(idx) + self.wpe(torch.arange(idx.shape[1]))\n`,
    inputs: 'idx int64(32, 6) inferred', output: '(32, 6, 8)',
  },
  {
    title: 'a layer along time says how many steps there are',
    text: `${torch}class Linear(nn.Module):\n    def __init__(self, seq_len=24, pred_len=12, enc_in=7):\n        super().__init__()\n        self.seq_len, self.enc_in = seq_len, enc_in\n        self.fc = nn.Linear(seq_len, pred_len)\n    def forward(self, x):\n        return self.fc((x - x[:, -1:]).permute(0, 2, 1)).permute(0, 2, 1) + torch.zeros(1, 12, 7)\n`,
    inputs: 'x (32, 24, 7) inferred', output: '(32, 12, 7)',
  },
  {
    title: 'patches that are cut by a pattern are of an image',
    text: `${torch}from einops.layers.torch import Rearrange\nclass ViT(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.embed = nn.Sequential(Rearrange("b c (h p1) (w p2) -> b (h w) (p1 p2 c)", p1=8, p2=8), nn.LayerNorm(64), nn.Linear(64, 16))\n    def forward(self, img):\n        return self.embed(img)\n`,
    inputs: 'img (32, 1, 32, 32) inferred', output: '(32, 16, 16)',
  },
  {
    title: 'images are as large as the model keeps',
    text: classOf('self.size = 300; self.c = nn.Conv2d(3, 4, 3, stride=2)', 'assert x.shape[2] > 30; return self.c(x)'),
    inputs: 'x (2, 3, 300, 300) inferred', output: '(2, 4, 149, 149)',
  },
  {
    title: 'points have places, and normals where they are taken apart',
    text: `${torch}class Cloud(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.c = nn.Conv2d(6, 4, 1)\n    def forward(self, xyz):\n        B, _, _ = xyz.shape\n        places, normals = xyz[:, :3], xyz[:, 3:]\n        return self.c(torch.cat([places, normals], 1)[..., None])\n`,
    inputs: 'xyz (2, 6, 1024) inferred', output: '(2, 4, 1024, 1)',
  },
  {
    title: 'a network of videos takes frames that are wider than there are of them',
    text: classOf('self.conv = nn.Conv3d(3, 4, 3, stride=(1, 4, 4), padding=1); self.pool = nn.MaxPool3d((2, 4, 4)); self.fc = nn.Linear(4 * 8 * 7 * 7, 5)',
      'x = self.pool(self.conv(x)); assert x.shape[2:] == (8, 7, 7), "maps"; return self.fc(x.flatten(1))'),
    inputs: 'x (2, 3, 16, 112, 112) inferred', output: '(2, 5)',
  },
  {
    title: 'images are as large as a list of one says that the model is made with',
    text: `${torch}class Net(nn.Module):\n    def __init__(self, img_size=[96]):\n        super().__init__()\n        self.proj = nn.Conv2d(3, 4, 16, 16)\n    def forward(self, x):\n        return self.proj(x).flatten(1)\n`,
    inputs: 'x (14, 3, 96, 96) inferred', output: '(14, 144)',
  },
  {
    title: 'images are as high and wide as a part of the model keeps',
    text: classOf('self.proj = nn.Conv2d(3, 4, 16, 16); self.proj.img_size = (64, 32)', 'return self.proj(x).flatten(1)'),
    inputs: 'x (32, 3, 64, 32) inferred', output: '(32, 32)',
  },
  {
    title: 'patches that are unfolded are of an image',
    text: classOf('self.cut = nn.Unfold(4, stride=2); self.fc = nn.Linear(48, 8)', 'return self.fc(self.cut(x).transpose(1, 2)).mean(1)'),
    inputs: 'x (32, 3, 32, 32) inferred', output: '(32, 8)',
  },
  {
    title: 'the part that the first argument goes into says it, though another was made before, through a method of the model too',
    text: `${torch}class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.head = nn.Sequential(nn.Linear(8, 16), nn.ReLU(), nn.Linear(16, 5))
        self.body = nn.Conv2d(3, 8, 3, padding=1)
    def features(self, image):
        return self.body(image).mean((2, 3))
    def forward(self, samples):
        if isinstance(samples, list):
            samples = torch.stack(samples)
        return self.head(self.features(samples))
`,
    inputs: 'samples (32, 3, 32, 32) inferred', output: '(32, 5)', assumption: 'input assumed (32, 3, 32, 32): body takes 3 channels',
  },
  {
    title: 'a sequence of images is one where the model says the order of five axes',
    text: classOf('self.c, self.fc = nn.Conv2d(6, 8, 3), nn.Linear(8, 5)', 'x = x.permute(1, 0, 2, 3, 4); return self.fc(torch.stack([self.c(image).mean((2, 3)) for image in x]))'),
    inputs: 'x (4, 8, 6, 32, 32) inferred', output: '(8, 4, 5)',
  },
  {
    title: 'a sequence of images has its channels where the model names them, and they are as wide as it keeps',
    text: classOf('self.input_dim = 2; self.c = nn.Conv2d(2 + 4, 8, 3, padding=1)', 'b, t, c, h, w = x.size(); state = x.new_zeros(b, 4, h, w); return self.c(torch.cat([x[:, 0], state], 1)).flatten(1)'),
    inputs: 'x (4, 8, 2, 32, 32) inferred', output: '(4, 8192)',
  },
  {
    title: 'a generator unfolds one point of noise',
    text: classOf('self.first = nn.ConvTranspose2d(100, 8, 4, 1, 0, bias=False); self.second = nn.ConvTranspose2d(8, 3, 4, 2, 1)', 'return torch.tanh(self.second(torch.relu(self.first(x))))'),
    inputs: 'x (32, 100, 1, 1) inferred', output: '(32, 3, 8, 8)',
  },
];

describe('the first input of a PyTorch model', () => cases.forEach(itTakes));
