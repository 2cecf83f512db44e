import { strict as assert } from 'node:assert';
import { RanFile, type RunOptions } from './runFile.ts';

const torch = 'import torch\nimport torch.nn as nn\nimport torch.nn.functional as F\n';

/** A class `Net` with these lines in `__init__` and `forward`. */
function classOf(layers: string, forward: string, before = ''): string {
  const indented = (text: string) => text.split('; ').map((line) => `        ${line}\n`).join('');
  return `${torch}${before}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n${indented(layers)}    def forward(self, x):\n${indented(forward)}`;
}

interface Case {
  readonly title: string;
  readonly text: string;
  readonly options?: RunOptions;
  readonly inputs: string;
  readonly output: string;
  readonly assumption?: string;
}

const twoPools = 'self.c1 = nn.Conv2d(1, 4, 3, padding=1); self.c2 = nn.Conv2d(4, 8, 3, padding=1); self.pool = nn.MaxPool2d(2); self.fc = nn.Linear(8 * 7 * 7, 10)';

const cases: readonly Case[] = [
  {
    title: 'a linear layer says how many features it takes',
    text: classOf('self.fc1 = nn.Linear(784, 256); self.fc2 = nn.Linear(256, 10)', 'return self.fc2(torch.relu(self.fc1(x)))'),
    inputs: 'x (32, 784) inferred', output: '(32, 10)', assumption: 'input assumed (32, 784): fc1 takes 784 features',
  },
  {
    title: 'arguments that are taken by name only are given by name',
    text: `${torch}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(4, 3)\n    def forward(self, *, query, key, mask=None):\n        return self.fc(query) + self.fc(key)\n`,
    inputs: 'query (32, 4) inferred, key (32, 4) inferred', output: '(32, 3)',
  },
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
    title: 'series with time marks are series, though the first layer that is made is of images',
    text: `${torch}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.seq_len, self.enc_in = 24, 7\n        self.conv, self.fc = nn.Conv2d(1, 1, 1), nn.Linear(7, 5)\n    def forward(self, x, x_mark):\n        batch, steps, variables = x.shape\n        return self.fc(self.conv(x.unsqueeze(1)).squeeze(1))\n`,
    inputs: 'x (32, 24, 7) inferred, x_mark (32, 24, 4) inferred', output: '(32, 24, 5)',
  },
  {
    title: 'a layer behind a flatten fixes height and width',
    text: classOf(twoPools, 'x = self.pool(F.relu(self.c1(x))); x = self.pool(F.relu(self.c2(x))); return self.fc(x.flatten(1))'),
    inputs: 'x (32, 1, 28, 28) inferred', output: '(32, 10)',
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
    title: 'a mask that may not be None is given, as large as the docstring says',
    text: `${torch}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(4, 3)\n    def forward(self, x, mask=None):\n        """x: [batch, steps, width]\n        mask: [steps, steps]"""\n        assert mask is not None\n        assert mask.shape[0] == mask.shape[1]\n        return self.fc(x) + mask.sum()\n`,
    inputs: 'x (32, 16, 4) inferred, mask bool(16, 16) inferred', output: '(32, 16, 3)',
  },
  {
    title: 'a forecast that takes any number of series is given a few, and what is known of the time to predict behind half of what was seen',
    text: `${torch}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.seq_len, self.pred_len = 24, 8\n        self.fc = nn.Linear(24, 8)\n    def forward(self, x_enc, x_mark_enc, x_dec, x_mark_dec):\n        return self.fc(x_enc.permute(0, 2, 1)).permute(0, 2, 1)\n`,
    inputs: 'x_enc (32, 24, 7) inferred, x_mark_enc (32, 24, 4) inferred, x_dec (32, 20, 7) inferred, x_mark_dec (32, 20, 4) inferred', output: '(32, 8, 7)',
  },
  {
    title: 'the first sizes of several say the rank, which is one more',
    text: classOf('self.fc = nn.Linear(12, 6)', 'steps, samples = x.shape[:2]; return torch.stack([self.fc(x[step]).view(samples, 6) for step in range(steps)])'),
    inputs: 'x (16, 32, 12) inferred', output: '(16, 32, 6)',
  },
  {
    title: 'of the sizes that a layer behind windows without padding allows, the one is taken at which no pixels are left over',
    text: classOf('self.c1 = nn.Conv2d(4, 8, 8, stride=4); self.c2 = nn.Conv2d(8, 8, 4, stride=2); self.c3 = nn.Conv2d(8, 8, 3); self.fc = nn.Linear(8 * 7 * 7, 6)',
      'return self.fc(self.c3(self.c2(self.c1(x))).flatten(1))'),
    inputs: 'x (18, 4, 84, 84) inferred', output: '(18, 6)',
  },
  {
    title: 'a normalization over a whole map fixes its height and width',
    text: classOf('self.c = nn.Conv2d(3, 4, 5, stride=2); self.norm = nn.LayerNorm((4, 20, 20))', 'return self.norm(self.c(x))'),
    inputs: 'x (32, 3, 43, 43) inferred', output: '(32, 4, 20, 20)',
  },
  {
    title: 'the pair of states that a recurrent layer carries, and whether an episode ended, come with the images of an agent',
    text: `${torch}class Agent(nn.Module):
    def __init__(self):
        super().__init__()
        self.network = nn.Sequential(nn.Conv2d(1, 4, 8, stride=4), nn.Conv2d(4, 4, 4, stride=2), nn.Conv2d(4, 4, 3), nn.Flatten(), nn.Linear(4 * 7 * 7, 16))
        self.lstm, self.actor = nn.LSTM(16, 8), nn.Linear(8, 3)
    def states(self, x, lstm_state, done):
        kept = (1.0 - done).view(1, -1, 1)
        out, lstm_state = self.lstm(self.network(x).unsqueeze(0), (kept * lstm_state[0], kept * lstm_state[1]))
        return out[0], lstm_state
    def act(self, x, lstm_state, done, action=None):
        hidden, lstm_state = self.states(x, lstm_state, done)
        return self.actor(hidden), lstm_state
`,
    inputs: 'x (18, 1, 84, 84) inferred, lstm_state[0] (1, 18, 8) inferred, lstm_state[1] (1, 18, 8) inferred, done int64(18) inferred',
    output: '(18, 3), (1, 18, 8), (1, 18, 8)',
  },
  {
    title: 'an argument that is seen as another shape is given in it',
    text: `${torch}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(20, 4)\n    def forward(self, x, kind):\n        return self.fc(x) + self.fc(kind.view(x.shape[0], 5, 1).repeat(1, 1, 4).flatten(1))\n`,
    inputs: 'x (32, 20) inferred, kind (32, 5, 1) inferred', output: '(32, 4)',
  },
  {
    title: 'sizes that a model takes apart say the rank and where the features are',
    text: classOf('self.fc = nn.Linear(6, 4)', 'steps, batch, dim = x.shape; return self.fc(x).reshape(steps * batch, 4).view(steps, batch, 4)'),
    inputs: 'x (16, 32, 6) inferred', output: '(16, 32, 4)',
  },
  {
    title: 'maps that an attention takes come with a mask, queries and positions',
    text: `${torch}class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.attention = nn.MultiheadAttention(8, 2)
    def forward(self, src, mask, query_embed, pos_embed):
        b, c, h, w = src.shape
        src = (src + pos_embed).flatten(2).permute(2, 0, 1)
        queries = query_embed.unsqueeze(1).repeat(1, b, 1)
        return self.attention(queries, src, src, key_padding_mask=mask.flatten(1))[0]
`,
    inputs: 'src (32, 8, 16, 16) inferred, mask bool(32, 16, 16) inferred, query_embed (16, 8) inferred, pos_embed (32, 8, 16, 16) inferred', output: '(16, 32, 8)',
  },
  {
    title: 'a module that is called by a method of its own takes what that takes',
    text: `${torch}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(6, 4)\n    def __call__(self, x):\n        return self.fc(x), None\n`,
    inputs: 'x (32, 6) inferred', output: '(32, 4)',
  },
  {
    title: 'an argument of a class of the file\'s that holds tensors is made of them',
    text: `${torch}class Padded:\n    def __init__(self, tensors, mask):\n        self.tensors, self.mask = tensors, mask\nclass Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.c = nn.Conv2d(3, 4, 3)\n    def forward(self, images: Padded):\n        assert images.mask is not None\n        return self.c(images.tensors * ~images.mask[:, None])\n`,
    inputs: 'images.tensors (32, 3, 32, 32) inferred, images.mask bool(32, 32, 32) inferred', output: '(32, 4, 30, 30)',
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
    title: 'a view that mixes batch and features is not taken for the right size',
    text: classOf('self.c = nn.Conv2d(3, 4, 3, padding=1); self.fc = nn.Linear(4 * 7 * 7, 10)', 'return self.fc(F.relu(self.c(x)).view(-1, 4 * 7 * 7))'),
    inputs: 'x (32, 3, 7, 7) inferred', output: '(32, 10)',
    assumption: 'input assumed (32, 3, 7, 7): c takes 3 channels, fc takes 196 features',
  },
  {
    title: 'convolutions without padding are followed to an odd size',
    text: classOf('self.c1 = nn.Conv2d(3, 6, 5); self.pool = nn.MaxPool2d(2); self.c2 = nn.Conv2d(6, 16, 5); self.fc = nn.Linear(16 * 9 * 9, 10)',
      'x = self.pool(F.relu(self.c1(x))); x = self.pool(F.relu(self.c2(x))); return self.fc(torch.flatten(x, 1))'),
    inputs: 'x (32, 3, 48, 48) inferred', output: '(32, 10)',
    assumption: 'input assumed (32, 3, 48, 48): c1 takes 3 channels, fc takes 1296 features',
  },
  {
    title: 'a network that halves its maps until a window is larger than they are takes larger images',
    text: classOf('self.body = nn.Sequential(*(nn.Conv2d(3 if n == 0 else 8, 8, 3, stride=2, padding=1) for n in range(6))); self.pool = nn.AdaptiveAvgPool2d(1)',
      'return self.pool(self.body(x)).flatten(1)'),
    inputs: 'x (4, 3, 128, 128) inferred', output: '(4, 8)',
  },
  {
    title: 'a network whose maps shrink keeps the size that its linear layer fixes',
    text: classOf('self.body = nn.Sequential(*(nn.Conv2d(3 if n == 0 else 8, 8, 3, stride=2, padding=1) for n in range(5))); self.fc = nn.Linear(8, 2)',
      'return self.fc(self.body(x).flatten(1))'),
    inputs: 'x (32, 3, 32, 32) inferred', output: '(32, 2)',
  },
  {
    title: 'a network that pools adaptively takes the usual size',
    text: classOf('self.c = nn.Conv2d(3, 8, 3); self.pool = nn.AdaptiveAvgPool2d(1); self.fc = nn.Linear(8, 2)', 'return self.fc(self.pool(self.c(x)).flatten(1))'),
    inputs: 'x (32, 3, 32, 32) inferred', output: '(32, 2)',
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
    title: 'lengths of sequences are those of the padded batch',
    text: 'import torch.nn as nn\nfrom torch.nn.utils.rnn import pack_padded_sequence\nclass Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.embed = nn.Embedding(100, 8); self.rnn = nn.GRU(8, 4, batch_first=True)\n    def forward(self, text, text_lengths):\n        return self.rnn(pack_padded_sequence(self.embed(text), text_lengths, batch_first=True))[1][-1]\n',
    inputs: 'text int64(32, 16) inferred, text_lengths int64(32) inferred', output: '(32, 4)',
    assumption: 'input assumed (32, 16) of integers below 100, (32,) of 16: embed takes tokens below 100',
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
  {
    title: 'several arguments are solved together',
    text: `${torch}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(4, 2)\n    def forward(self, left, right, mask=None):\n        return self.fc(left) + self.fc(right)\n`,
    inputs: 'left (32, 4) inferred, right (32, 4) inferred', output: '(32, 2)',
  },
  {
    title: 'a state that is joined to the input is found by its size',
    text: `${torch}class Cell(nn.Module):
    def __init__(self, hidden_size=5):
        super().__init__()
        self.hidden_size = hidden_size
        self.fc = nn.Linear(3 + hidden_size, hidden_size)
    def forward(self, x, hidden):
        return torch.tanh(self.fc(torch.cat((x, hidden), 1)))
`,
    inputs: 'x (32, 3) inferred, hidden (32, 5) inferred', output: '(32, 5)',
  },
  {
    title: 'a required mask is left out',
    text: `${torch}class Mix(nn.Module):
    def __init__(self):
        super().__init__()
        self.q = nn.Linear(6, 6)
    def forward(self, query, keys, mask):
        scores = torch.einsum("nqd,nkd->nqk", self.q(query), self.q(keys))
        if mask is not None:
            scores = scores + mask
        return torch.softmax(scores, dim=-1)
`,
    inputs: 'query (32, 16, 6) inferred, keys (32, 16, 6) inferred', output: '(32, 16, 16)',
  },
  {
    title: 'a joined path of a U-net keeps its size',
    text: `${torch}class UNet(nn.Module):
    def __init__(self, n_channels, n_classes):
        super().__init__()
        self.a = nn.Conv2d(n_channels, 4, 3, padding=1)
        self.down = nn.MaxPool2d(2)
        self.up = nn.ConvTranspose2d(4, 4, 2, stride=2)
        self.c = nn.Conv2d(8, n_classes, 1)
    def forward(self, x):
        s = F.relu(self.a(x))
        return self.c(torch.cat([s, self.up(self.down(s))], dim=1))
`,
    inputs: 'x (32, 3, 32, 32) inferred', output: '(32, 10, 32, 32)',
  },
  {
    title: 'a plain number is given for an argument that is annotated as one',
    text: `${torch}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.embed = nn.Embedding(50, 8)\n    def forward(self, tokens: torch.Tensor, start_pos: int, training: bool):\n        return self.embed(tokens[:, start_pos:])\n`,
    inputs: 'tokens int64(32, 16) inferred', output: '(32, 16, 8)',
    assumption: 'input assumed (32, 16) of integers below 50, start_pos = 0, training = False: embed takes tokens below 50',
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
    title: 'targets are given to a model that computes its own loss of them',
    text: `${torch}class GPT(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.embed, self.head = nn.Embedding(20, 8), nn.Linear(8, 20)\n    def forward(self, idx, targets=None):\n        logits = self.head(self.embed(idx))\n        if targets is None:\n            return logits[:, [-1]], None\n        return logits, F.cross_entropy(logits.view(-1, 20), targets.view(-1))\n`,
    inputs: 'idx int64(32, 16) inferred, targets int64(32, 16) inferred', output: '(32, 16, 20), ()',
  },
  {
    title: 'marks of time beside a series are as many as the layer for them takes',
    text: `${torch}class Series(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.value, self.time = nn.Conv1d(7, 8, 3, padding=1), nn.Linear(5, 8)\n    def forward(self, x_enc, x_mark_enc):\n        return self.value(x_enc.permute(0, 2, 1)).transpose(1, 2) + self.time(x_mark_enc)\n`,
    inputs: 'x_enc (32, 16, 7) inferred, x_mark_enc (32, 16, 5) inferred', output: '(32, 16, 8)',
  },
  {
    title: 'marks of time that are looked up are integers, and a decoder sees as many steps as the model keeps',
    text: `${torch}class Series(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.label_len, self.pred_len = 6, 4\n        self.value, self.month, self.hour = nn.Conv1d(7, 8, 3, padding=1, padding_mode="circular"), nn.Embedding(13, 8), nn.Embedding(24, 8)\n    def embed(self, x, mark):\n        mark = mark.long()\n        return self.value(x.permute(0, 2, 1)).transpose(1, 2) + self.month(mark[:, :, 0]) + self.hour(mark[:, :, 3])\n    def forward(self, x_enc, x_mark_enc, x_dec, x_mark_dec, mask=None):\n        return self.embed(x_enc, x_mark_enc).mean(1, keepdim=True) + self.embed(x_dec, x_mark_dec).view(-1, 10, 8)\n`,
    inputs: 'x_enc (32, 16, 7) inferred, x_mark_enc int64(32, 16, 4) inferred, x_dec (32, 10, 7) inferred, x_mark_dec int64(32, 10, 4) inferred', output: '(32, 10, 8)',
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
    title: 'features that are split into parts are as many as the parts',
    text: `${torch}class Field(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.point, self.color = nn.Linear(3, 8), nn.Linear(10, 4)\n    def forward(self, x):\n        points, views = torch.split(x, [3, 2], dim=-1)\n        return self.color(torch.cat([self.point(points), views], -1))\n`,
    inputs: 'x (32, 5) inferred', output: '(32, 4)',
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
    title: 'what is looked up for each of two arguments is one for each sample',
    text: classOf('self.users = nn.Embedding(9, 4); self.items = nn.Embedding(7, 4); self.out = nn.Linear(8, 1)', 'return self.out(torch.cat([self.users(user), self.items(item)], -1)).view(-1)').replace('(self, x)', '(self, user, item)'),
    inputs: 'user int64(32) inferred, item int64(32) inferred', output: '(32)',
  },
  {
    title: 'words of two texts are looked up in a row',
    text: classOf('self.a = nn.Embedding(9, 4); self.b = nn.Embedding(7, 4)', 'return self.a(text_a) + self.b(text_b)').replace('(self, x)', '(self, text_a, text_b)'),
    inputs: 'text_a int64(32, 16) inferred, text_b int64(32, 16) inferred', output: '(32, 16, 4)',
  },
  {
    title: 'patches that are unfolded are of an image',
    text: classOf('self.cut = nn.Unfold(4, stride=2); self.fc = nn.Linear(48, 8)', 'return self.fc(self.cut(x).transpose(1, 2)).mean(1)'),
    inputs: 'x (32, 3, 32, 32) inferred', output: '(32, 8)',
  },
  {
    title: 'a dictionary is taken apart by its keys',
    text: `${torch}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(4, 2)\n    def forward(self, batch):\n        return {"out": self.fc(batch["image"]) + self.fc(batch["other"])}\n`,
    inputs: "batch['image'] (32, 4) inferred, batch['other'] (32, 4) inferred", output: '(32, 2)',
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
    title: 'a generator unfolds one point of noise',
    text: classOf('self.first = nn.ConvTranspose2d(100, 8, 4, 1, 0, bias=False); self.second = nn.ConvTranspose2d(8, 3, 4, 2, 1)', 'return torch.tanh(self.second(torch.relu(self.first(x))))'),
    inputs: 'x (32, 100, 1, 1) inferred', output: '(32, 3, 8, 8)',
  },
  {
    title: 'images that are joined share the channels that the first layer takes',
    text: `${torch}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.conv = nn.Conv2d(6, 4, 3)\n    def forward(self, before, after):\n        return self.conv(torch.cat((before, after), 1))\n`,
    inputs: 'before (32, 3, 32, 32) inferred, after (32, 3, 32, 32) inferred', output: '(32, 4, 30, 30)',
  },
  {
    title: 'steps of a diffusion are one number for each sample',
    text: `${torch}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.conv, self.time = nn.Conv2d(3, 4, 3), nn.Linear(1, 4)\n    def forward(self, x, steps):\n        return self.conv(x) + self.time(steps[:, None].float())[..., None, None]\n`,
    inputs: 'x (32, 3, 32, 32) inferred, steps int64(32) inferred', output: '(32, 4, 30, 30)',
  },
];

describe('the input of a PyTorch model', () => {
  for (const { title, text, options, inputs, output, assumption } of cases) {
    it(title, async () => {
      const traced = (await RanFile.of(text, options)).trace();
      assert.deepEqual(traced.diagnostics, []);
      assert.equal(traced.inputs, inputs);
      assert.equal(traced.outputs, output);
      if (assumption !== undefined) assert.ok(traced.assumptions.includes(assumption), traced.assumptions.join('\n'));
    });
  }

  it('shows the layers before an error of shape, and the error at its call with a hint', async () => {
    const text = `${classOf('self.fc1 = nn.Linear(784, 256); self.fc2 = nn.Linear(250, 10)', 'h = F.relu(self.fc1(x)); return self.fc2(h)')}Net()(torch.randn(2, 784))\n`;
    const ran = await RanFile.of(text);
    assert.deepEqual(ran.diagnostics, ['shape 11:15-26 mat1 and mat2 shapes cannot be multiplied (2x256 and 250x10) [`in_features` should be 256: the layer before gives 256 features]']);
    const traced = ran.trace();
    assert.deepEqual(traced.rows, [
      '. Net ✗ mat1 and mat2 shapes cannot be multiplied (2x256 and 250x10)', '  fc1 Linear → (2, 256)', '  . relu → (2, 256)',
      '  fc2 Linear ✗ mat1 and mat2 shapes cannot be multiplied (2x256 and 250x10)',
    ]);
    assert.deepEqual(traced.diagnostics, []);
  });

  it('speaks of the input where the first layer is the one that fails', async () => {
    const ran = await RanFile.of(`${classOf('self.fc1 = nn.Linear(10, 3)', 'return self.fc1(x)')}Net()(torch.randn(2, 11))\n`);
    assert.deepEqual(ran.diagnostics, ['shape 9:15-26 mat1 and mat2 shapes cannot be multiplied (2x11 and 10x3) [`in_features` should be 11: its input has 11 features]']);
  });

  it('draws tokens that every embedding they reach has, whatever other tables are larger', async () => {
    const layers = 'self.tok = nn.Embedding(8, 16); self.kind = nn.Embedding(5, 16); self.pos = nn.Embedding(32, 16)';
    const inputOf = async (forward: string) => {
      const ran = await RanFile.of(classOf(layers, forward).replace('(self, x)', '(self, tokens)'));
      const traced = ran.trace();
      return [traced.diagnostics, traced.assumptions, Math.max(...traced.numbers(traced.model.trace!.inputs[0]!.value))];
    };
    assert.deepEqual(await inputOf('return self.tok(tokens) + self.pos(torch.arange(tokens.shape[1]))'),
      [[], ['input assumed (32, 16) of integers below 8: tok takes tokens below 8'], 7]);
    assert.deepEqual(await inputOf('return self.tok(tokens[:, 1:]) + self.kind(tokens[:, :-1]) + self.pos(torch.arange(15))'),
      [[], ['input assumed (32, 16) of integers below 5: kind takes tokens below 5'], 4]);
  });

  it('reports the same error for a model that is only a class', async () => {
    const traced = (await RanFile.of(classOf('self.fc1 = nn.Linear(784, 256); self.fc2 = nn.Linear(250, 10)', 'h = F.relu(self.fc1(x)); return self.fc2(h)'))).trace();
    assert.match(traced.diagnostics[0]!, /^shape 11:15-26 mat1 and mat2 shapes cannot be multiplied \(32x256 and 250x10\)/);
    assert.equal(traced.rows.length, 4);
  });

  it('is said to be assumed, and not to be unknown, where two layers of the file do not fit', async () => {
    for (const [layers, forward, assumption] of [
      ['self.a = nn.Linear(10, 20); self.b = nn.Linear(30, 5)', 'return self.b(self.a(x))', 'input assumed (32, 10): a takes 10 features'],
      ['self.a = nn.Conv2d(3, 16, 3); self.b = nn.Conv2d(8, 4, 3)', 'return self.b(self.a(x))', 'input assumed (32, 3, 32, 32): a takes 3 channels'],
      ['self.a = nn.Conv2d(3, 8, 3, padding=1); self.b = nn.Linear(8193, 4)', 'return self.b(self.a(x).flatten(1))', 'input assumed (32, 3, 32, 32): a takes 3 channels'],
    ] as const) {
      const traced = (await RanFile.of(classOf(layers, forward))).trace();
      assert.deepEqual([traced.diagnostics.length, traced.diagnostics[0]!.split(' ')[0]], [1, 'shape']);
      assert.deepEqual(traced.assumptions, [assumption]);
    }
  });

  it('is shown where it came furthest: beside the first argument, the second has the width of its own layer', async () => {
    const text = classOf('self.a = nn.Linear(10, 20); self.b = nn.Linear(8, 20); self.out = nn.Linear(30, 1)', 'return self.out(torch.cat([self.a(x), self.b(y)], 1))');
    const traced = (await RanFile.of(text.replace('(self, x)', '(self, x, y)'))).trace();
    assert.equal(traced.inputs, 'x (32, 10) inferred, y (32, 8) inferred');
  });

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
