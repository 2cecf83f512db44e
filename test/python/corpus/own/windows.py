"""Attention in shifted windows: a table of relative positions, `roll`, regions masked, patches merged; einops and timm at hand."""
from collections.abc import Iterable
from itertools import chain, pairwise, product

import torch
import torch.nn as nn
from einops import rearrange, repeat
from einops.layers.torch import Rearrange, Reduce
from timm.layers import DropPath, Mlp, trunc_normal_


def pair(value):
    return tuple(value) if isinstance(value, Iterable) else (value, value)


def relative_index(height, width):
    """Row of the table for each pair of places of a window, (places, places)"""
    places = torch.stack(torch.meshgrid(torch.arange(height), torch.arange(width), indexing="ij"), dim=-1).view(-1, 2)
    offsets = places[:, None] - places[None]
    offsets[..., 0] += height - 1
    offsets[..., 1] += width - 1
    offsets[..., 0] *= 2 * width - 1
    return offsets.sum(dim=-1)


def regions_apart(resolution, window, shift):
    """-100 between places that were not neighbours before the shift, (windows, places, places)"""
    regions = torch.zeros(1, *resolution, 1)
    bands = [(0, -window), (-window, -shift), (-shift, None)]
    for number, ((top, bottom), (left, right)) in enumerate(product(bands, bands)):
        regions[:, top:bottom, left:right] = number
    flat = rearrange(regions, "1 (h p) (w q) 1 -> (h w) (p q)", p=window, q=window)
    apart = flat.unsqueeze(1) != flat.unsqueeze(2)
    return torch.zeros(apart.shape).masked_fill_(apart, -100.0)


class InWindows(nn.Module):
    def __init__(self, width, heads, window, resolution, shifted):
        super().__init__()
        self.heads, self.window = heads, pair(window)
        self.shift = window // 2 if shifted else 0
        self.table = nn.Parameter(torch.empty((2 * self.window[0] - 1) * (2 * self.window[1] - 1), heads))
        self.register_buffer("index", relative_index(*self.window))
        self.register_buffer("apart", regions_apart(resolution, window, self.shift) if shifted else None)
        self.to_qkv = nn.Linear(width, 3 * width)
        self.out = nn.Sequential(nn.Linear(width, width), nn.Dropout(0.0))
        trunc_normal_(self.table, std=0.02)

    def forward(self, x):
        height, width = x.shape[1:3]
        if self.shift:
            x = x.roll((-self.shift,) * 2, dims=(1, 2))
        windows = rearrange(x, "b (h p) (w q) c -> (b h w) (p q) c", p=self.window[0], q=self.window[1])
        q, k, v = rearrange(self.to_qkv(windows), "n t (three heads d) -> three n heads t d", three=3, heads=self.heads)
        scores = torch.einsum("nhid,nhjd->nhij", q * q.shape[-1] ** -0.5, k)
        scores = scores + rearrange(self.table[self.index], "i j heads -> 1 heads i j")
        if self.apart is not None:
            count = len(self.apart)
            scores = (scores.unflatten(0, (-1, count)) + self.apart[:, None]).flatten(0, 1)
        y = self.out(rearrange(scores.softmax(dim=-1) @ v, "n heads t d -> n t (heads d)"))
        y = rearrange(y, "(b h w) (p q) c -> b (h p) (w q) c", h=height // self.window[0], w=width // self.window[1], p=self.window[0])
        return torch.roll(y, (self.shift, self.shift), (1, 2)) if self.shift else y


class Pair(nn.Module):
    """A plain and a shifted layer."""

    def __init__(self, width, heads, window, resolution, rates):
        super().__init__()
        self.attend = nn.ModuleList(InWindows(width, heads, window, resolution, shifted) for shifted in (False, True))
        self.feed = nn.ModuleList(Mlp(width, hidden_features=2 * width, act_layer=nn.GELU) for _ in range(2))
        self.norms = nn.ModuleList(map(nn.LayerNorm, (width,) * 4))
        self.paths = nn.ModuleList(DropPath(rate) if rate > 0 else nn.Identity() for rate in rates)

    def forward(self, x):
        for step in range(2):
            x = x + self.paths[step](self.attend[step](self.norms[2 * step](x)))
            x = x + self.paths[step](self.feed[step](self.norms[2 * step + 1](x)))
        return x


class Merge(nn.Sequential):
    def __init__(self, width):
        super().__init__(nn.LayerNorm(4 * width), nn.Linear(4 * width, 2 * width, bias=False))

    def forward(self, x):
        corners = [x[:, row::2, column::2] for row, column in ((0, 0), (1, 0), (0, 1), (1, 1))]
        return super().forward(torch.cat(corners, dim=-1))


class WindowTransformer(nn.Module):
    def __init__(self, image_size=32, patch=2, num_classes=10, widths=(24, 48), heads=(2, 4), window=4, drop_path=0.1):
        super().__init__()
        side = image_size // patch
        rates = torch.linspace(0, drop_path, 2 * len(widths)).split(2)
        self.embed = nn.Sequential(nn.Conv2d(3, widths[0], patch, stride=patch), Rearrange("b c h w -> b h w c"), nn.LayerNorm(widths[0]))
        stages = [Pair(width, heads[level], window, pair(side >> level), rates[level].tolist()) for level, width in enumerate(widths)]
        merges = [Merge(before) for before, after in pairwise(widths)]
        self.stages = nn.Sequential(*[module for module in chain(*zip(stages, [*merges, None])) if module is not None])
        self.summary = nn.Parameter(torch.zeros(1, widths[-1]))
        self.head = nn.Sequential(nn.LayerNorm(widths[-1]), Reduce("b h w c -> b c", "mean"))
        self.classify = nn.Linear(2 * widths[-1], num_classes)
        self.apply(self._init_weights)

    def _init_weights(self, module):
        if isinstance(module, nn.Linear):
            trunc_normal_(module.weight, std=0.02)
            if module.bias is not None:
                nn.init.constant_(module.bias, 0)

    @torch.jit.ignore
    def no_weight_decay(self):
        return {"summary"}

    def forward(self, images):
        x = self.head(self.stages(self.embed(images)))
        return self.classify(torch.cat([x, repeat(self.summary, "1 c -> b c", b=x.shape[0])], dim=1))
