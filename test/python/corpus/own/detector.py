"""A detector in one stage: inverted residuals, a pyramid of features, shared heads, anchors made for the image; a dict of outputs."""
from collections import OrderedDict, namedtuple

import torch
import torch.nn as nn
import torch.nn.functional as F

Stage = namedtuple("Stage", "expand width repeats stride")


def to_multiple(value, of=8):
    rounded = max(of, int(value + of / 2) // of * of)
    return rounded if rounded >= 0.9 * value else rounded + of


class Unit(nn.Sequential):
    def __init__(self, before, after, kernel=3, stride=1, groups=1, act=nn.Hardswish):
        super().__init__(OrderedDict(conv=nn.Conv2d(before, after, kernel, stride, kernel // 2, groups=groups, bias=False),
                                     norm=nn.BatchNorm2d(after, eps=1e-3, momentum=0.01), **({} if act is None else {"act": act(inplace=True)})))


class Inverted(nn.Module):
    def __init__(self, before, after, stride, expand):
        super().__init__()
        inner = before * expand
        self.body = nn.Sequential(*([Unit(before, inner, 1)] if expand > 1 else []), Unit(inner, inner, 3, stride, groups=inner), Unit(inner, after, 1, act=None))
        self.residual = (before, stride) == (after, 1)

    def forward(self, x):
        y = self.body(x)
        return y.add(x) if self.residual else y


class Pyramid(nn.Module):
    def __init__(self, widths, width):
        super().__init__()
        self.lateral = nn.ModuleDict({name: nn.Conv2d(before, width, 1) for name, before in widths.items()})
        self.smooth = nn.ModuleDict((name, nn.Conv2d(width, width, 3, padding=1)) for name in widths)
        for conv in filter(lambda module: isinstance(module, nn.Conv2d), self.modules()):
            nn.init.kaiming_uniform_(conv.weight, a=1)
            nn.init.constant_(conv.bias, 0)

    def forward(self, maps):
        top, found = None, OrderedDict()
        for name in reversed(list(maps)):
            x = self.lateral[name](maps[name])
            top = x if top is None else x + F.interpolate(top, size=x.shape[-2:], mode="nearest")
            found[name] = self.smooth[name](top)
            found.move_to_end(name, last=False)
        return found


class Detector(nn.Module):
    def __init__(self, classes=4, stages=(Stage(1, 16, 1, 1), Stage(4, 24, 2, 2), Stage(4, 40, 2, 2), Stage(6, 80, 1, 2)), scale=0.5):
        super().__init__()
        width = to_multiple(32 * scale)
        self.stem, self.body, widths = Unit(3, width, stride=2), nn.ModuleDict(), OrderedDict()
        for number, stage in enumerate(stages):
            after = to_multiple(stage.width * scale)
            self.body[f"stage{number}"] = nn.Sequential(
                *[Inverted(after if n else width, after, 1 if n else stage.stride, stage.expand) for n in range(stage.repeats)])
            width = widths[f"stage{number}"] = after
        widths.popitem(last=False)
        self.pyramid = Pyramid(widths, 24)
        self.register_buffer("sizes", torch.tensor([[0.5, 1.0], [1.0, 1.0], [1.0, 0.5]]) * 32)
        self.heads = nn.ModuleDict({name: nn.Sequential(nn.Conv2d(24, 24, 3, padding=1), nn.ReLU(), nn.Conv2d(24, len(self.sizes) * each, 1))
                                    for name, each in (("logits", classes), ("boxes", 4))})
        nn.init.constant_(self.heads["logits"][-1].bias, -4.6)

    def anchors(self, maps, images):
        """(left, top, right, bottom) of each place's boxes"""
        found = []
        for height, width in (x.shape[-2:] for x in maps):
            step = images.shape[-1] // width
            rows, columns = torch.meshgrid(torch.arange(height) * step, torch.arange(width) * step, indexing="ij")
            centers = torch.stack([columns, rows], -1).reshape(-1, 1, 2) + step / 2
            found.append(torch.cat([centers - self.sizes / 2, centers + self.sizes / 2], dim=-1).view(-1, 4))
        return torch.vstack(found)

    def forward(self, images):
        x, maps = self.stem(images), OrderedDict()
        for name, stage in self.body.items():
            x = maps[name] = stage(x)
        del maps["stage0"]
        maps = self.pyramid(maps).values()
        flat = {name: torch.cat([head(x).permute(0, 2, 3, 1).reshape(len(x), -1, 4) for x in maps], 1) for name, head in self.heads.items()}
        left_top, right_bottom = self.anchors(maps, images).split(2, dim=-1)
        size = right_bottom - left_top
        center = left_top + size * (0.5 + flat["boxes"][..., :2])
        half = size * flat["boxes"][..., 2:].clamp(max=4.0).exp() / 2
        return {"boxes": torch.cat((center - half, center + half), dim=-1), "logits": flat["logits"]}
