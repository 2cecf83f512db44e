"""torchvision.ops: operations and blocks of networks that look at images."""
from _lens import lazy as _lazy

_NAMES = {
    "misc": "FrozenBatchNorm2d Conv2dNormActivation Conv3dNormActivation SqueezeExcitation MLP Permute",
    "stochastic_depth": "stochastic_depth StochasticDepth",
}

__getattr__ = _lazy.attributes(__name__, _NAMES)
__all__ = [name for names in _NAMES.values() for name in names.split()]
