"""A conditional generator and its critic: norms by class, spectral norms, weights drawn anew by the class's name."""
import torch
import torch.nn as nn
from torch.nn.utils import spectral_norm


def draw_anew(module):
    kind = module.__class__.__name__
    if "Conv" in kind and "weight" in module._parameters:
        nn.init.normal_(module.weight.data, 0.0, 0.02)
    elif kind.startswith("BatchNorm") and module.affine:
        module.weight.data.normal_(1.0, 0.02)
        module.bias.data.fill_(0)


class ClassNorm(nn.Module):
    def __init__(self, channels, classes):
        super().__init__()
        self.norm = nn.BatchNorm2d(channels, affine=False)
        self.table = nn.Embedding(classes, 2 * channels)
        self.table.weight.data[:, :channels].fill_(1.0)
        self.table.weight.data[:, channels:].zero_()

    def forward(self, x, label):
        scale, shift = self.table(label).view(len(x), 2, -1, 1, 1).unbind(1)
        return torch.addcmul(shift, scale, self.norm(x))


class Generator(nn.Module):
    def __init__(self, noise=16, width=8, classes=5):
        super().__init__()
        self.grow = nn.ModuleList([nn.ConvTranspose2d(noise, 4 * width, 4, bias=False), nn.ConvTranspose2d(4 * width, 2 * width, 4, 2, 1, bias=False)])
        self.norms = nn.ModuleList([ClassNorm(4 * width, classes), ClassNorm(2 * width, classes)])
        self.refine = nn.Sequential(nn.Conv2d(2 * width, 4 * width, 3, 1, 1), nn.PixelShuffle(2), nn.PReLU(width), nn.BatchNorm2d(width))
        self.paint = nn.Sequential(nn.ReflectionPad2d(1), nn.Conv2d(width, 3, 3), nn.Upsample(scale_factor=2, mode="bilinear", align_corners=True), nn.Tanh())
        self.apply(draw_anew)

    def forward(self, noise, label):
        x = noise.unsqueeze(-1).unsqueeze(-1)
        for grow, norm in zip(self.grow, self.norms):
            x = torch.relu_(norm(grow(x), label))
        return self.paint(self.refine(x))


class Variety(nn.Module):
    """How much the samples of a batch differ, as one more channel."""

    def forward(self, x):
        return torch.cat([x, x.std(0, unbiased=False).mean().expand_as(x[:, :1])], dim=1)


class Critic(nn.Module):
    def __init__(self, width=8, classes=5):
        super().__init__()
        widths = [3, width, 2 * width, 4 * width]
        layers = []
        for before, after in zip(widths, widths[1:]):
            layers += [spectral_norm(nn.Conv2d(before, after, 4, 2, 1)), nn.LeakyReLU(0.2, inplace=True)]
            if before != 3:
                layers.insert(-1, nn.InstanceNorm2d(after, affine=True))
        self.body = nn.Sequential(*layers, Variety())
        self.score = spectral_norm(nn.Linear(4 * width + 1, 1))
        self.table = nn.Embedding(classes, 4 * width + 1)
        nn.init.orthogonal_(self.table.weight)

    def forward(self, images, label):
        features = self.body(images).sum([2, 3])
        return self.score(features) + torch.sum(self.table(label) * features, dim=1, keepdim=True)
