import { classOf, itTakes, torch, type InputCase } from './inputCase.ts';

const cases: readonly InputCase[] = [
  {
    title: 'a spectrogram beside a text has its bands before its frames, and is as long as its frames are many',
    text: `${torch}class Speech(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.n_mel_channels, self.look = 20, nn.Embedding(40, 8)\n        self.fc = nn.Linear(20, 8)\n    def forward(self, inputs):\n        text, text_lengths, mels, mel_lengths = inputs\n`
      + '        seen = self.fc(mels.transpose(1, 2)) + self.look(text).mean(1, keepdim=True)\n        mask = torch.arange(int(mel_lengths.max())).expand(len(mels), -1) < mel_lengths[:, None]\n        return seen * mask[:, :, None]\n',
    inputs: 'text int64(32, 16) inferred, text_lengths int64(32) inferred, mels (32, 20, 32) inferred, mel_lengths int64(32) inferred', output: '(32, 32, 8)',
  },
  {
    title: 'who is beside whom in a graph is not below zero, the same either way, and each row sums to one',
    text: `${torch}class GCN(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(12, 4)\n    def forward(self, x, adj):\n        assert bool((adj >= 0).all()) and torch.equal(adj > 0, adj.transpose(-1, -2) > 0)\n`
      + '        assert torch.allclose(adj.sum(-1), torch.ones(adj.shape[:-1])) and 2 < (adj > 0).float().sum(-1).mean() < 9\n        return adj @ self.fc(x)\n',
    inputs: 'x (32, 12) inferred, adj (32, 32) inferred', output: '(32, 4)',
    assumption: 'input assumed (32, 12), (32, 32) of neighbours in a graph, each row divided by its sum: fc takes 12 features',
  },
  {
    title: 'arguments that are taken by name only are given by name',
    text: `${torch}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(4, 3)\n    def forward(self, *, query, key, mask=None):\n        return self.fc(query) + self.fc(key)\n`,
    inputs: 'query (32, 4) inferred, key (32, 4) inferred', output: '(32, 3)',
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
    title: 'lengths of sequences are those of the padded batch',
    text: 'import torch.nn as nn\nfrom torch.nn.utils.rnn import pack_padded_sequence\nclass Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.embed = nn.Embedding(100, 8); self.rnn = nn.GRU(8, 4, batch_first=True)\n    def forward(self, text, text_lengths):\n        return self.rnn(pack_padded_sequence(self.embed(text), text_lengths, batch_first=True))[1][-1]\n',
    inputs: 'text int64(32, 16) inferred, text_lengths int64(32) inferred', output: '(32, 4)',
    assumption: 'input assumed (32, 16) of integers below 100, (32,) of 16: embed takes tokens below 100',
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
    title: 'a plain number is given for an argument that is annotated as one',
    text: `${torch}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.embed = nn.Embedding(50, 8)\n    def forward(self, tokens: torch.Tensor, start_pos: int, training: bool):\n        return self.embed(tokens[:, start_pos:])\n`,
    inputs: 'tokens int64(32, 16) inferred', output: '(32, 16, 8)',
    assumption: 'input assumed (32, 16) of integers below 50, start_pos = 0, training = False: embed takes tokens below 50',
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
    title: 'a dictionary is taken apart by its keys',
    text: `${torch}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(4, 2)\n    def forward(self, batch):\n        return {"out": self.fc(batch["image"]) + self.fc(batch["other"])}\n`,
    inputs: "batch['image'] (32, 4) inferred, batch['other'] (32, 4) inferred", output: '(32, 2)',
  },
  {
    title: 'images that are joined share the channels that the first layer takes',
    text: `${torch}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.conv = nn.Conv2d(6, 4, 3)\n    def forward(self, before, after):\n        return self.conv(torch.cat((before, after), 1))\n`,
    inputs: 'before (32, 3, 32, 32) inferred, after (32, 3, 32, 32) inferred', output: '(32, 4, 30, 30)',
  },
  {
    title: 'labels that are joined to what a generator gets are one number for each class that it keeps',
    text: `${torch}class Net(nn.Module):\n    def __init__(self, class_num=10):\n        super().__init__()\n        self.class_num = class_num\n        self.fc = nn.Sequential(nn.Linear(30 + class_num, 8), nn.BatchNorm1d(8))\n    def forward(self, input, label):\n        return self.fc(torch.cat([input, label], 1))\n`,
    inputs: 'input (32, 30) inferred, label (32, 10) inferred', output: '(32, 8)',
  },
  {
    title: 'labels that are looked up stay whole numbers beside that',
    text: `${torch}class Net(nn.Module):\n    def __init__(self, n_classes=10):\n        super().__init__()\n        self.n_classes, self.look = n_classes, nn.Embedding(n_classes, 6)\n        self.fc = nn.Linear(30 + 6, 8)\n    def forward(self, noise, labels):\n        return self.fc(torch.cat((self.look(labels), noise), -1))\n`,
    inputs: 'noise (32, 30) inferred, labels int64(32) inferred', output: '(32, 8)',
  },
  {
    title: 'steps of a diffusion are one number for each sample',
    text: `${torch}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.conv, self.time = nn.Conv2d(3, 4, 3), nn.Linear(1, 4)\n    def forward(self, x, steps):\n        return self.conv(x) + self.time(steps[:, None].float())[..., None, None]\n`,
    inputs: 'x (32, 3, 32, 32) inferred, steps int64(32) inferred', output: '(32, 4, 30, 30)',
  },
];

describe('the inputs of a PyTorch model beside the first', () => cases.forEach(itTakes));
