"""Activations by name."""
import torch.nn.functional as F
from torch import nn

from . import activations as own

# name -> (function, layer)
_ACTIVATIONS = {
    "silu": (F.silu, nn.SiLU), "swish": (F.silu, nn.SiLU), "mish": (F.mish, nn.Mish), "relu": (F.relu, nn.ReLU), "relu6": (F.relu6, nn.ReLU6),
    "leaky_relu": (F.leaky_relu, nn.LeakyReLU), "elu": (F.elu, nn.ELU), "prelu": (None, own.PReLU), "celu": (F.celu, nn.CELU), "selu": (F.selu, nn.SELU),
    "gelu": (own.gelu, own.GELU), "gelu_tanh": (own.gelu_tanh, own.GELUTanh), "quick_gelu": (own.quick_gelu, own.QuickGELU),
    "sigmoid": (own.sigmoid, own.Sigmoid), "tanh": (own.tanh, own.Tanh), "hard_sigmoid": (F.hardsigmoid, nn.Hardsigmoid),
    "hard_swish": (F.hardswish, nn.Hardswish), "hard_mish": (own.hard_mish, own.HardMishMe), "identity": (None, nn.Identity),
    "hardsigmoid": (F.hardsigmoid, nn.Hardsigmoid), "hardswish": (F.hardswish, nn.Hardswish),
}
_FUNCTIONS = {name: function for name, (function, _) in _ACTIVATIONS.items() if function is not None}
_LAYERS = {name: layer for name, (_, layer) in _ACTIVATIONS.items()}


def get_act_fn(name="relu"):
    if not name:
        return None
    return name if callable(name) else _FUNCTIONS[name.lower()]


def get_act_layer(name="relu"):
    if not isinstance(name, str):
        return name
    return _LAYERS[name.lower()] if name else None


def create_act_layer(name, inplace=None, **kwargs):
    """With `inplace` where the layer takes it."""
    layer = get_act_layer(name)
    if layer is None:
        return None
    if inplace is not None:
        try:
            return layer(inplace=inplace, **kwargs)
        except TypeError:
            pass
    return layer(**kwargs)
