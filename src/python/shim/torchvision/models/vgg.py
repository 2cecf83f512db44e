"""VGG (Simonyan & Zisserman 2014): configurations A, B, D and E, each also with batch normalization."""
from functools import partial

import torch
from torch import nn

from ._api import register_models
from ._initialization import initialize, weight_by

# Output channels of the 3 × 3 convolutions; "M": a maximum over 2 × 2.
cfgs = {
    "A": [64, "M", 128, "M", 256, 256, "M", 512, 512, "M", 512, 512, "M"],
    "B": [64, 64, "M", 128, 128, "M", 256, 256, "M", 512, 512, "M", 512, 512, "M"],
    "D": [64, 64, "M", 128, 128, "M", 256, 256, 256, "M", 512, 512, 512, "M", 512, 512, 512, "M"],
    "E": [64, 64, "M", 128, 128, "M", 256, 256, 256, 256, "M", 512, 512, 512, 512, "M", 512, 512, 512, 512, "M"],
}


def make_layers(cfg, batch_norm=False):
    layers, channels = [], 3
    for width in cfg:
        if width == "M":
            layers.append(nn.MaxPool2d(2, 2))
        else:
            norm = [nn.BatchNorm2d(width)] if batch_norm else []
            layers += [nn.Conv2d(channels, width, 3, padding=1), *norm, nn.ReLU(inplace=True)]
            channels = width
    return nn.Sequential(*layers)


class VGG(nn.Module):
    def __init__(self, features, num_classes=1000, init_weights=True, dropout=0.5):
        super().__init__()
        self.features = features
        self.avgpool = nn.AdaptiveAvgPool2d((7, 7))
        self.classifier = nn.Sequential(
            nn.Linear(512 * 7 * 7, 4096), nn.ReLU(True), nn.Dropout(dropout),
            nn.Linear(4096, 4096), nn.ReLU(True), nn.Dropout(dropout), nn.Linear(4096, num_classes))
        if init_weights:
            self._initialize()

    def _initialize(self, generator=None):
        initialize(self, {
            nn.Conv2d: weight_by(partial(nn.init.kaiming_normal_, mode="fan_out", nonlinearity="relu", generator=generator)),
            nn.BatchNorm2d: weight_by(nn.init.ones_),
            nn.Linear: weight_by(partial(nn.init.normal_, std=0.01, generator=generator)),
        })

    def forward(self, x):
        return self.classifier(torch.flatten(self.avgpool(self.features(x)), 1))


def _vgg(cfg, batch_norm, weights, **kwargs):
    """Published weights are loaded over numbers of PyTorch's own scheme, in which signals fade away: ours are of VGG's, by a generator beside the file's."""
    if weights is None:
        return VGG(make_layers(cfgs[cfg], batch_norm), **kwargs)
    model = VGG(make_layers(cfgs[cfg], batch_norm), **{**kwargs, "init_weights": False})
    model._initialize(torch.Generator())
    return model


register_models(globals(), _vgg, {
    f"vgg{layers}{suffix}": {"cfg": cfg, "batch_norm": bool(suffix)}
    for layers, cfg in {11: "A", 13: "B", 16: "D", 19: "E"}.items() for suffix in ("", "_bn")
})
