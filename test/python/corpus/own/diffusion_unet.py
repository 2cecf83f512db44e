"""The denoiser of a diffusion model: time as sines and cosines, scale and shift, linear attention, a stack of skip connections."""
import math

import torch
import torch.nn.functional as F
from torch import nn


def time_features(steps, width, longest=10_000):
    rates = torch.exp(-math.log(longest) * torch.arange(start=0, end=width // 2, dtype=torch.float32) / (width // 2))
    angles = steps[:, None].float() * rates[None].to(steps.device)
    features = torch.cat([torch.cos(angles), torch.sin(angles)], dim=-1)
    return F.pad(features, (0, 1)) if width % 2 else features


class StandardizedConv2d(nn.Conv2d):
    """Weights of mean 0 and variance 1 per output channel."""

    def forward(self, x):
        flat = self.weight.flatten(1)
        var, mean = torch.var_mean(flat, dim=1, keepdim=True, unbiased=False)
        weight = ((flat - mean) * torch.rsqrt(var + 1e-5)).view_as(self.weight)
        return self._conv_forward(x, weight, self.bias)


class Modulated(nn.Module):
    def __init__(self, before, after, time_width, groups=4):
        super().__init__()
        self.time = nn.Sequential(nn.SiLU(), nn.Linear(time_width, 2 * after))
        self.first, self.second = StandardizedConv2d(before, after, 3, padding=1), StandardizedConv2d(after, after, 3, padding="same")
        self.norms = nn.ModuleList(nn.GroupNorm(groups, after) for _ in range(2))
        self.shortcut = nn.Conv2d(before, after, 1) if before != after else nn.Identity()

    def forward(self, x, time):
        scale, shift = self.time(time)[..., None, None].chunk(2, dim=1)
        y = F.silu(self.norms[0](self.first(x)) * (1 + scale) + shift)
        return F.silu(self.norms[1](self.second(y))) + self.shortcut(x)


class LinearAttention(nn.Module):
    """Attention whose cost is linear in the number of pixels."""

    def __init__(self, channels, heads=2, width=8):
        super().__init__()
        self.heads, self.width = heads, width
        self.norm = nn.InstanceNorm2d(channels, affine=True)
        self.project = nn.Conv2d(channels, 3 * heads * width, kernel_size=1, bias=False)
        self.out = nn.Conv2d(heads * width, channels, 1)

    def forward(self, x):
        batch, _, height, width = x.shape
        query, key, value = self.project(self.norm(x)).view(batch, 3, self.heads, self.width, height * width).unbind(dim=1)
        query = torch.softmax(query, -2) / math.sqrt(self.width)
        summary = torch.einsum("bhdn,bhen->bhde", key.softmax(-1), value / (height * width))
        mixed = torch.einsum("bhde, bhdn -> bhen", summary, query)
        return x + self.out(mixed.reshape(batch, -1, height, width))


class Denoiser(nn.Module):
    def __init__(self, width, multiples=(1, 2, 4), channels=3, self_condition=False):
        super().__init__()
        self.width, self.self_condition = width, self_condition
        self.enter = nn.Conv2d(channels * (1 + self_condition), width, kernel_size=7, padding=3)
        time_width = 4 * width
        self.embed = nn.Sequential(nn.Linear(width, time_width), nn.GELU(approximate="tanh"), nn.Linear(time_width, time_width))
        widths = [width] + [width * multiple for multiple in multiples]
        self.down, self.up = nn.ModuleList(), nn.ModuleList()
        for level, (before, after) in enumerate(zip(widths, widths[1:])):
            last = level == len(multiples) - 1
            self.down.append(nn.ModuleDict({
                "block": Modulated(before, before, time_width), "attend": LinearAttention(before),
                "shrink": nn.Conv2d(before, after, 3, padding=1) if last else nn.Conv2d(before, after, 4, stride=2, padding=1),
            }))
            self.up.insert(0, nn.ModuleDict({
                "block": Modulated(after + before, before, time_width),
                "grow": nn.Identity() if level == 0 else nn.Upsample(scale_factor=2, mode="nearest"),
            }))
        self.middle = Modulated(widths[-1], widths[-1], time_width)
        self.leave = nn.Conv2d(2 * width, channels, 1)

    def forward(self, x, steps, estimate=None):
        if self.self_condition:
            x = torch.cat((torch.zeros_like(x) if estimate is None else estimate, x), dim=1)
        time = self.embed(time_features(steps, self.width))
        x = entered = self.enter(x)
        skips = []
        for level in self.down:
            x = level["attend"](level["block"](x, time))
            skips.append(x)
            x = level["shrink"](x)
        x = self.middle(x, time)
        for level in self.up:
            skip = skips.pop()
            missing = [size - own for size, own in zip(skip.shape[2:], x.shape[2:])]
            if any(missing):
                x = F.pad(x, [missing[1] // 2, missing[1] - missing[1] // 2, missing[0] // 2, missing[0] - missing[0] // 2], mode="replicate")
            x = level["grow"](level["block"](torch.cat([x, skip], 1), time))
        x = F.interpolate(x, size=entered.shape[-2:], mode="bilinear", align_corners=False)
        return self.leave(torch.cat([x, entered], dim=1))
