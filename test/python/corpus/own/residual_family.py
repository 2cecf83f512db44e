"""A family of residual networks: a registry of factories, squeeze and excitation, stochastic depth, initialization over `modules()`."""
from functools import partial
from typing import Any, Callable, Dict, NamedTuple, Optional, Sequence

import torch
import torch.nn as nn
from torch import Tensor

Norm = Callable[[int], nn.Module]
FAMILY: Dict[str, Callable[..., nn.Module]] = {}


def member(build):
    FAMILY[build.__name__] = build
    return build


class Shape(NamedTuple):
    width: int
    bottleneck: int = 1
    groups: int = 1
    squeeze: Optional[int] = None


class Squeeze(nn.Module):
    def __init__(self, channels: int, reduction: int) -> None:
        super().__init__()
        inner = max(channels // reduction, 4)
        self.gate = nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Conv2d(channels, inner, 1), nn.ReLU(inplace=True), nn.Conv2d(inner, channels, 1),
                                  nn.Hardsigmoid())

    def forward(self, x: Tensor) -> Tensor:
        return x * self.gate(x)


class RandomSkip(nn.Module):
    """Leaves the branch out for some samples of a batch."""

    def __init__(self, rate: float) -> None:
        super().__init__()
        self.rate = rate

    def forward(self, branch: Tensor) -> Tensor:
        if self.rate == 0.0 or not self.training:
            return branch
        kept = branch.new_empty((len(branch),) + (1,) * (branch.ndim - 1)).bernoulli_(1 - self.rate)
        return branch * kept.div_(1 - self.rate)

    def extra_repr(self) -> str:
        return f"rate={self.rate}"


class Residual(nn.Module):
    __constants__ = ["stride"]

    def __init__(self, before: int, shape: Shape, stride: int, norm: Norm, rate: float) -> None:
        super().__init__()
        inner, after = shape.width, shape.width * shape.bottleneck
        sizes = [(before, inner, 3, stride), (inner, after, 3, 1)] if shape.bottleneck == 1 else \
            [(before, inner, 1, 1), (inner, inner, 3, stride), (inner, after, 1, 1)]
        for number, (i, o, k, s) in enumerate(sizes, 1):
            groups = shape.groups if k == 3 and shape.bottleneck > 1 else 1
            self.add_module(f"conv{number}", nn.Conv2d(i, o, k, s, k // 2, groups=groups, bias=False))
            self.add_module(f"norm{number}", norm(o))
        self.count = len(sizes)
        self.squeeze = Squeeze(after, shape.squeeze) if shape.squeeze else None
        self.skip = RandomSkip(rate)
        self.shortcut = nn.Identity() if (before, stride) == (after, 1) else nn.Sequential(nn.Conv2d(before, after, 1, stride, bias=False), norm(after))
        self.act = nn.ReLU(inplace=True)

    def forward(self, x: Tensor) -> Tensor:
        y = x
        for number in range(1, self.count + 1):
            y = getattr(self, f"norm{number}")(getattr(self, f"conv{number}")(y))
            if number < self.count:
                y = self.act(y)
        if self.squeeze is not None:
            y = self.squeeze(y)
        y = self.skip(y)
        y += self.shortcut(x)
        return self.act(y)


class ResidualNetwork(nn.Module):
    def __init__(self, shapes: Sequence[Shape], depths: Sequence[int], num_classes: int = 100, in_channels: int = 3, skip_rate: float = 0.0,
                 norm: Optional[Norm] = None, zero_last: bool = False) -> None:
        super().__init__()
        norm = nn.BatchNorm2d if norm is None else norm
        rates = iter(torch.linspace(0, skip_rate, sum(depths)).tolist())
        channels = shapes[0].width
        self.stem = nn.Sequential(nn.Conv2d(in_channels, channels, 7, stride=2, padding=3, bias=False), norm(channels), nn.ReLU(True), nn.MaxPool2d(3, 2, 1))
        stages = []
        for number, (shape, depth) in enumerate(zip(shapes, depths)):
            blocks = []
            for position in range(depth):
                blocks.append(Residual(channels, shape, 2 if number > 0 and position == 0 else 1, norm, next(rates)))
                channels = shape.width * shape.bottleneck
            stages.append(nn.Sequential(*blocks))
        self.stages = nn.ModuleList(stages)
        self.pool = nn.AdaptiveAvgPool2d((1, 1))
        self.classifier = nn.Linear(channels, num_classes)
        self.reset(zero_last)

    @torch.no_grad()
    def reset(self, zero_last: bool) -> None:
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(module.weight, mode="fan_out", nonlinearity="relu")
            elif isinstance(module, (nn.BatchNorm2d, nn.GroupNorm)):
                module.weight.fill_(1.0)
                module.bias.zero_()
            elif isinstance(module, Residual) and zero_last:
                nn.init.zeros_(getattr(module, f"norm{module.count}").weight)

    def forward(self, images: Tensor) -> Tensor:
        x = self.stem(images)
        for stage in self.stages:
            x = stage(x)
        return self.classifier(torch.flatten(self.pool(x), 1))


@member
def shallow(**options: Any) -> ResidualNetwork:
    return ResidualNetwork([Shape(16), Shape(32), Shape(64)], (2, 2, 2), **options)


@member
def squeezed(pretrained: bool = False, **options: Any) -> ResidualNetwork:
    shapes = [Shape(width, bottleneck=4, groups=4, squeeze=8) for width in (16, 32, 64)]
    return ResidualNetwork(shapes, (2, 2, 2), skip_rate=0.2, norm=partial(nn.GroupNorm, 4), **options)


def create(name: str, **options: Any) -> nn.Module:
    return FAMILY[name](**options)
