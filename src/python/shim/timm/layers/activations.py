"""Activations that take `inplace` whether they can work in place or not."""
import torch
import torch.nn.functional as F
from torch import nn

__all__ = [
    "F", "GELU", "GELUTanh", "HardMish", "HardSigmoid", "HardSwish", "Mish", "PReLU", "QuickGELU", "Sigmoid", "Swish", "Tanh", "gelu", "gelu_tanh",
    "hard_mish", "hard_sigmoid", "hard_swish", "mish", "nn", "quick_gelu", "sigmoid", "swish", "tanh", "torch"]


def swish(x, inplace=False):
    return x.mul_(x.sigmoid()) if inplace else x.mul(x.sigmoid())


def mish(x, inplace=False):
    return x.mul(F.softplus(x).tanh())


def sigmoid(x, inplace=False):
    return x.sigmoid_() if inplace else x.sigmoid()


def tanh(x, inplace=False):
    return x.tanh_() if inplace else x.tanh()


def hard_swish(x, inplace=False):
    gate = F.relu6(x + 3.0).div_(6.0)
    return x.mul_(gate) if inplace else x.mul(gate)


def hard_sigmoid(x, inplace=False):
    return x.add_(3.0).clamp_(0.0, 6.0).div_(6.0) if inplace else F.relu6(x + 3.0) / 6.0


def hard_mish(x, inplace=False):
    return x.mul_(0.5 * (x + 2).clamp(min=0, max=2)) if inplace else 0.5 * x * (x + 2).clamp(min=0, max=2)


def gelu(x, inplace=False):
    return F.gelu(x)


def gelu_tanh(x, inplace=False):
    return F.gelu(x, approximate="tanh")


def quick_gelu(x, inplace=False):
    return x * torch.sigmoid(1.702 * x)


def _layer(name, function):
    def __init__(self, inplace=False):
        nn.Module.__init__(self)
        self.inplace = inplace

    return type(name, (nn.Module,), {"__module__": __name__, "__init__": __init__, "forward": lambda self, x: function(x, self.inplace)})


Swish, Mish, Sigmoid, Tanh = _layer("Swish", swish), _layer("Mish", mish), _layer("Sigmoid", sigmoid), _layer("Tanh", tanh)
HardSwish, HardSigmoid, HardMish = _layer("HardSwish", hard_swish), _layer("HardSigmoid", hard_sigmoid), _layer("HardMish", hard_mish)
GELU, GELUTanh, QuickGELU = _layer("GELU", gelu), _layer("GELUTanh", gelu_tanh), _layer("QuickGELU", quick_gelu)
# What a name gives: the same function, whose backward pass keeps less.
HardMishMe = _layer("HardMishMe", hard_mish)


class PReLU(nn.PReLU):
    def __init__(self, num_parameters=1, init=0.25, inplace=False):
        super().__init__(num_parameters=num_parameters, init=init)
