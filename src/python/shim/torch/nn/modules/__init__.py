"""torch.nn.modules: every module class, gathered from the files that define them by family."""
import sys

from . import (
    activation, adaptive, attention, container, conv, dropout, linear, loss, normalization, pooling, rnn, shaping, sparse, transformer, utils)
from .module import Module

_FAMILIES = (activation, adaptive, attention, container, conv, dropout, linear, loss, normalization, pooling, rnn, shaping, sparse, transformer)

CLASSES = {"Module": Module}
for _family in _FAMILIES:
    for _name, _member in vars(_family).items():
        if isinstance(_member, type) and issubclass(_member, Module) and not _name.startswith("_"):
            CLASSES[_name] = _member
globals().update(CLASSES)

# PyTorch's own files, where these names are imported from them.
for _name, _family in {"batchnorm": normalization, "instancenorm": normalization, "flatten": shaping, "padding": shaping,
                       "pixelshuffle": shaping, "channelshuffle": shaping, "upsampling": shaping, "fold": shaping, "distance": loss}.items():
    sys.modules[f"{__name__}.{_name}"] = _family
    globals()[_name] = _family
activation.MultiheadAttention = attention.MultiheadAttention
__all__ = [name for name in CLASSES if name != "NonDynamicallyQuantizableLinear"]
del _family, _name, _member
