"""A selective state space: causal convolutions, steps that depend on the input, a scan over time, parameters drawn by formula."""
from __future__ import annotations

import math
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from einops import einsum, rearrange, repeat
from torch import nn


@dataclass
class Config:
    width: int
    depth: int
    vocabulary: int
    states: int = 8
    inner: int | None = None
    rank: int | str = "auto"
    reach: int = 4

    def __post_init__(self):
        self.inner = self.inner or 2 * self.width
        self.rank = math.ceil(self.width / 16) if self.rank == "auto" else self.rank
        self.vocabulary += -self.vocabulary % 8


class Selective(nn.Module):
    def __init__(self, config: Config):
        super().__init__()
        self.sizes = (config.rank, config.states, config.states)
        self.enter = nn.Linear(config.width, 2 * config.inner, bias=False)
        self.convolve = nn.Conv1d(config.inner, config.inner, config.reach, padding=config.reach - 1, groups=config.inner)
        self.select = nn.Linear(config.inner, sum(self.sizes), bias=False)
        self.step = nn.Linear(config.rank, config.inner)
        # Steps between 0.001 and 0.1, through the inverse of softplus.
        steps = torch.empty(config.inner).uniform_(math.log(1e-3), math.log(1e-1)).exp()
        with torch.no_grad():
            self.step.bias.copy_(steps + torch.log(-torch.expm1(-steps)))
        self.log_decay = nn.Parameter(repeat(torch.arange(1, config.states + 1, dtype=torch.float32), "n -> d n", d=config.inner).log())
        self.direct = nn.Parameter(torch.ones(config.inner))
        self.direct.no_weight_decay = True
        self.leave = nn.Linear(config.inner, config.width)

    def forward(self, x):
        length = x.shape[1]
        x, gate = rearrange(self.enter(x), "b l (two d) -> two b l d", two=2)
        x = rearrange(self.convolve(rearrange(x, "b l d -> b d l"))[..., :length], "b d l -> b l d")
        x = F.silu(x)
        return self.leave(self.scan(x) * F.silu(gate))

    def scan(self, x):
        step, into, out_of = torch.split(self.select(x), self.sizes, dim=-1)
        step = F.softplus(self.step(step))
        decay = torch.exp(-einsum(step, self.log_decay.exp(), "b l d, d n -> b l d n"))
        given = einsum(step, into, x, "b l d, b l n, b l d -> b l d n")
        state, outputs = x.new_zeros(decay[:, 0].shape), []
        for kept, added, read in zip(decay.unbind(1), given.unbind(1), out_of.unbind(1)):
            state = torch.addcmul(added, kept, state)
            outputs.append(einsum(state, read, "b d n, b n -> b d"))
        return torch.stack(outputs, 1) + x * self.direct


class StateSpaceModel(nn.Module):
    def __init__(self, config: Config):
        super().__init__()
        self.tokens = nn.Embedding(config.vocabulary, config.width)
        self.layers = nn.ModuleList(nn.ModuleList([nn.RMSNorm(config.width, eps=1e-5), Selective(config)]) for _ in range(config.depth))
        self.norm = nn.RMSNorm(config.width)
        self.head = nn.Linear(config.width, config.vocabulary, bias=False)
        self.head.weight = self.tokens.weight

    def forward(self, tokens):
        x = self.tokens(tokens)
        for norm, mix in self.layers:
            x = x + mix(norm(x))
        return self.head(self.norm(x))
