"""What the two Inception networks share: their convolution, their initialization, and what published weights change."""
import warnings

import torch
from torch import nn
from torch.nn import functional as F

from ._initialization import initialize, weight_by

# Mean and standard deviation of ImageNet's channels: an image that was normalized by them is put between -1 and 1.
_STATISTICS = ((0.485, 0.229), (0.456, 0.224), (0.406, 0.225))


class BasicConv2d(nn.Module):
    def __init__(self, in_channels, out_channels, **kwargs):
        super().__init__()
        self.conv = nn.Conv2d(in_channels, out_channels, bias=False, **kwargs)
        self.bn = nn.BatchNorm2d(out_channels, eps=0.001)

    def forward(self, x):
        return F.relu(self.bn(self.conv(x)), inplace=True)


def transformed(x):
    """The input between -1 and 1, channel by channel."""
    return torch.cat([x[:, channel].unsqueeze(1) * (deviation / 0.5) + (mean - 0.5) / 0.5
                      for channel, (mean, deviation) in enumerate(_STATISTICS)], 1)


def initialize_if(asked, model, name, deviation):
    """Truncated normal weights of `deviation(layer)`, unless they are not asked for; not saying so (None) is warned of."""
    if asked is None:
        warnings.warn(f"The default weight initialization of {name} will be changed in future releases of torchvision. If you wish to keep the old "
                      "behavior (which leads to long initialization times due to scipy/scipy#11299), please set init_weights=True.", FutureWarning, stacklevel=3)
    if asked is not False:
        initialize(model, {
            (nn.Conv2d, nn.Linear): lambda layer: nn.init.trunc_normal_(layer.weight, mean=0.0, std=deviation(layer), a=-2, b=2),
            nn.BatchNorm2d: weight_by(nn.init.ones_)})


def built(make, auxiliary, has_auxiliary, weights, kwargs):
    """A network for published weights: with its input transformed, and without auxiliary classifiers (attributes) unless they are asked for."""
    if weights is None:
        return make(**kwargs)
    keeps = kwargs.pop("aux_logits", has_auxiliary)
    model = make(**{"transform_input": True, **kwargs, "aux_logits": True, "init_weights": False})
    if not keeps:
        model.aux_logits = False
        for name in auxiliary:
            setattr(model, name, None)
    return model
