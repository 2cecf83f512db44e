"""A language model: a dataclass of options, rotary positions in complex numbers, grouped queries, gated units, tied embeddings."""
import inspect
import math
from dataclasses import dataclass, field
from typing import Optional, Tuple

import torch
import torch.nn as nn
from torch.nn import functional as F


@dataclass
class Options:
    width: int = 64
    depth: int = 3
    heads: int = 4
    shared_heads: Optional[int] = 2
    vocabulary: int = 97
    context: int = 64
    dropout: float = 0.0
    epsilon: float = 1e-5
    betas: Tuple[float, float] = field(default_factory=lambda: (0.9, 0.95))

    @property
    def head_width(self) -> int:
        return self.width // self.heads


class ScaleNorm(nn.Module):
    def __init__(self, width: int, epsilon: float):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))
        self.epsilon = epsilon

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        wide = x.float()
        return (wide * torch.rsqrt(wide.square().mean(dim=-1, keepdim=True) + self.epsilon)).type_as(x) * self.weight


def rotations(width: int, length: int) -> torch.Tensor:
    rates = 10_000.0 ** (-torch.arange(0, width, 2)[: width // 2].float() / width)
    angles = torch.outer(torch.arange(length), rates)
    return torch.polar(torch.ones_like(angles), angles)


def rotated(x: torch.Tensor, turns: torch.Tensor) -> torch.Tensor:
    pairs = torch.view_as_complex(x.float().unflatten(-1, (-1, 2)).contiguous())
    return torch.view_as_real(pairs * turns[None, :, None]).flatten(start_dim=3).to(x.dtype)


class SelfAttention(nn.Module):
    def __init__(self, options: Options, fused: bool):
        super().__init__()
        self.options = options
        self.shared = options.shared_heads or options.heads
        assert options.heads % self.shared == 0, "heads must divide evenly"
        self.query = nn.Linear(options.width, options.heads * options.head_width, bias=False)
        self.key_value = nn.Linear(options.width, 2 * self.shared * options.head_width, bias=False)
        self.out = nn.Linear(options.heads * options.head_width, options.width, bias=False)
        self.drop = nn.Dropout(options.dropout)
        self.fused = fused and hasattr(F, "scaled_dot_product_attention")
        if not self.fused:
            self.register_buffer("future", torch.ones(options.context, options.context, dtype=torch.bool).triu(1), persistent=False)

    def forward(self, x, turns):
        B, T, _ = x.size()
        o = self.options
        q = rotated(self.query(x).view(B, T, o.heads, o.head_width), turns)
        k, v = self.key_value(x).view(B, T, 2, self.shared, o.head_width).unbind(2)
        k = rotated(k, turns)
        if self.shared != o.heads:
            times = o.heads // self.shared
            k = k.repeat_interleave(times, dim=2)
            v = v[:, :, :, None].expand(-1, -1, -1, times, -1).reshape(B, T, o.heads, o.head_width)
        q, k, v = map(lambda t: t.transpose(1, 2), (q, k, v))
        if self.fused:
            y = F.scaled_dot_product_attention(q, k, v, dropout_p=o.dropout if self.training else 0.0, is_causal=True)
        else:
            scores = torch.matmul(q, k.transpose(-1, -2)).div_(math.sqrt(o.head_width))
            scores.masked_fill_(self.future[:T, :T], float("-inf"))
            y = self.drop(scores.softmax(-1)) @ v
        return self.out(y.transpose(1, 2).contiguous().view(B, T, -1))


class Gated(nn.Module):
    def __init__(self, width: int, multiple: int = 32):
        super().__init__()
        inner = -(-int(width * 8 / 3) // multiple) * multiple
        self.gate_up = nn.Linear(width, 2 * inner, bias=False)
        self.down = nn.Linear(inner, width, bias=False)

    def forward(self, x):
        gate, up = self.gate_up(x).tensor_split(2, dim=-1)
        return self.down(F.silu(gate) * up)


class Layer(nn.Module):
    def __init__(self, number: int, options: Options):
        super().__init__()
        self.attend = SelfAttention(options, fused=number % 2 == 0)
        self.feed = Gated(options.width)
        self.norms = nn.ModuleList([ScaleNorm(options.width, options.epsilon) for _ in range(2)])

    def forward(self, x, turns):
        x = x + self.attend(self.norms[0](x), turns)
        return x + self.feed(self.norms[1](x))


class LanguageModel(nn.Module):
    loss: Optional[torch.Tensor] = None

    def __init__(self, options: Options):
        super().__init__()
        self.options = options
        self.body = nn.ModuleDict(dict(tokens=nn.Embedding(options.vocabulary, options.width), drop=nn.Dropout(options.dropout),
                                       layers=nn.ModuleList([Layer(n, options) for n in range(options.depth)]),
                                       norm=ScaleNorm(options.width, options.epsilon)))
        self.head = nn.Linear(options.width, options.vocabulary, bias=False)
        self.body.tokens.weight = self.head.weight
        self.register_buffer("turns", rotations(options.head_width, options.context), persistent=False)
        self.apply(self.reset)
        for name, parameter in self.named_parameters():
            if name.endswith(("out.weight", "down.weight")):
                nn.init.normal_(parameter, std=0.02 / math.sqrt(2 * options.depth))

    @staticmethod
    def reset(module):
        if isinstance(module, (nn.Linear, nn.Embedding)):
            module.weight.data.normal_(mean=0.0, std=0.02)

    def forward(self, tokens: torch.Tensor, targets: Optional[torch.Tensor] = None) -> torch.Tensor:
        length = tokens.shape[1]
        assert length <= self.options.context, f"{length} tokens do not fit into a context of {self.options.context}"
        x = self.body.drop(self.body.tokens(tokens))
        for layer in self.body.layers:
            x = layer(x, self.turns[:length])
        x = self.body.norm(x)
        if targets is None:
            return self.head(x[:, [-1], :])
        logits = self.head(x)
        self.loss = F.cross_entropy(logits.view(-1, logits.size(-1)), targets.view(-1), ignore_index=-1)
        return logits

    def optimizer(self, decay, rate):
        trained = [p for p in self.parameters() if p.requires_grad]
        groups = [{"params": [p for p in trained if p.dim() > 1], "weight_decay": decay}, {"params": [p for p in trained if p.dim() < 2], "weight_decay": 0.0}]
        more = {"fused": True} if "fused" in inspect.signature(torch.optim.AdamW).parameters and torch.cuda.is_available() else {}
        return torch.optim.AdamW(groups, lr=rate, betas=self.options.betas, **more)
