"""From sequence to sequence: packed sequences, additive attention, a decoder that goes step by step and is told the truth at times."""
import torch
import torch.nn.functional as F
from torch import nn
from torch.nn.utils import rnn

PADDING = 0


class Reader(nn.Module):
    def __init__(self, vocabulary, embedding, hidden):
        super().__init__()
        self.embed = nn.Embedding(vocabulary, embedding, padding_idx=PADDING)
        self.gru = nn.GRU(embedding, hidden, num_layers=2, bidirectional=True, dropout=0.1, batch_first=True)
        self.bridge = nn.Linear(2 * hidden, hidden)

    def forward(self, tokens):
        lengths = tokens.ne(PADDING).sum(1).clamp_(min=1)
        packed = rnn.pack_padded_sequence(self.embed(tokens), lengths.cpu(), batch_first=True, enforce_sorted=False)
        states, last = self.gru(packed)
        states, _ = rnn.pad_packed_sequence(states, batch_first=True, total_length=tokens.size(1))
        forwards, backwards = last.view(2, 2, len(tokens), -1)[-1]
        return states, self.bridge(torch.cat([forwards, backwards], dim=-1)).tanh()


class Additive(nn.Module):
    """v · tanh(W h + U s)"""

    def __init__(self, hidden):
        super().__init__()
        self.of_state = nn.Linear(hidden, hidden, bias=False)
        self.of_memory = nn.Linear(2 * hidden, hidden)
        self.v = nn.Parameter(torch.empty(hidden).uniform_(-0.1, 0.1))

    def forward(self, state, memory, readable):
        energy = torch.tanh(self.of_state(state)[:, None] + self.of_memory(memory))
        scores = (energy @ self.v).masked_fill(~readable, -1e10)
        weights = F.softmax(scores, dim=1)
        return torch.bmm(weights[:, None], memory).squeeze(1), weights


class Writer(nn.Module):
    def __init__(self, vocabulary, embedding, hidden):
        super().__init__()
        self.embed = nn.Embedding(vocabulary, embedding)
        self.attend = Additive(hidden)
        self.cell = nn.LSTMCell(2 * hidden + embedding, hidden)
        self.out = nn.Linear(3 * hidden, vocabulary)

    def forward(self, token, state, memory, readable):
        context, _ = self.attend(state[0], memory, readable)
        state = self.cell(torch.cat([self.embed(token), context], 1), state)
        return self.out(torch.cat([state[0], context], 1)), state


class Translator(nn.Module):
    def __init__(self, read=29, written=31, embedding=12, hidden=16):
        super().__init__()
        self.reader, self.writer = Reader(read, embedding, hidden), Writer(written, embedding, hidden)
        for name, parameter in self.named_parameters():
            if parameter.dim() == 1:
                parameter.data.zero_() if "bias" in name else None
            elif "gru" in name or ".cell." in name:
                nn.init.orthogonal_(parameter)

    def forward(self, source, target, told=True):
        memory, hidden = self.reader(source)
        state = hidden, torch.zeros_like(hidden)
        logits = hidden.new_zeros(*target.shape, self.writer.out.out_features)
        token = target[:, 0]
        for step in range(1, target.size(1)):
            logits[:, step], state = self.writer(token, state, memory, source != PADDING)
            token = target[:, step] if told else logits[:, step].argmax(-1)
        return logits
