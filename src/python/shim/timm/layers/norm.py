"""Norms that all take the number of channels first. `2d`: of N C H W, over C. `Fp32`: computed in float32."""
import torch
import torch.nn.functional as F
from torch import nn

from .fast_norm import rms_norm2d, simple_norm


class GroupNorm(nn.GroupNorm):
    def __init__(self, num_channels, num_groups=32, eps=1e-5, affine=True, **kwargs):
        super().__init__(num_groups, num_channels, eps=eps, affine=affine, **kwargs)


class GroupNorm1(nn.GroupNorm):
    def __init__(self, num_channels, **kwargs):
        super().__init__(1, num_channels, **kwargs)


def channels_last(normalize):
    """A norm over the last axis, of N C H W."""
    return lambda self, x: normalize(self, x.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)


def in_float32(function, *parameters):
    """A norm that is computed in float32 and given back in the input's type."""
    return lambda self, x: function(
        x.float(), self.normalized_shape, *(None if (p := getattr(self, name)) is None else p.float() for name in parameters), self.eps).to(x.dtype)


class LayerNorm(nn.LayerNorm):
    def __init__(self, num_channels, eps=1e-6, affine=True, **kwargs):
        nn.LayerNorm.__init__(self, num_channels, eps=eps, elementwise_affine=affine, **kwargs)


def _layer_norm(name, forward):
    return type(name, (nn.LayerNorm,), {"__module__": __name__, "__init__": LayerNorm.__init__, "forward": forward})


_layer_norm_fp32 = in_float32(F.layer_norm, "weight", "bias")
LayerNorm2d = _layer_norm("LayerNorm2d", channels_last(nn.LayerNorm.forward))
LayerNormFp32 = _layer_norm("LayerNormFp32", _layer_norm_fp32)
LayerNorm2dFp32 = _layer_norm("LayerNorm2dFp32", channels_last(_layer_norm_fp32))


class _Scaling(nn.Module):
    """A norm with a weight and no bias."""

    def __init__(self, channels, eps=1e-6, affine=True, device=None, dtype=None):
        nn.Module.__init__(self)
        self.normalized_shape = (channels,) if isinstance(channels, int) else tuple(channels)
        self.eps, self.elementwise_affine = eps, affine
        self.weight = nn.Parameter(torch.empty(self.normalized_shape, device=device, dtype=dtype)) if affine else None
        self.reset_parameters()

    def reset_parameters(self):
        if self.elementwise_affine:
            nn.init.ones_(self.weight)


def _scaling_norm(name, forward):
    return type(name, (_Scaling,), {"__module__": __name__, "forward": forward})


def _by(function):
    return lambda self, x: function(x, self.normalized_shape, self.weight, self.eps)


_simple, _simple_fp32 = _by(simple_norm), in_float32(simple_norm, "weight")
RmsNorm = _scaling_norm("RmsNorm", _by(F.rms_norm))
RmsNorm2d = _scaling_norm("RmsNorm2d", _by(rms_norm2d))
RmsNormFp32 = _scaling_norm("RmsNormFp32", in_float32(F.rms_norm, "weight"))
RmsNorm2dFp32 = _scaling_norm("RmsNorm2dFp32", in_float32(rms_norm2d, "weight"))
SimpleNorm = _scaling_norm("SimpleNorm", _simple)
SimpleNorm2d = _scaling_norm("SimpleNorm2d", channels_last(_simple))
SimpleNormFp32 = _scaling_norm("SimpleNormFp32", _simple_fp32)
SimpleNorm2dFp32 = _scaling_norm("SimpleNorm2dFp32", channels_last(_simple_fp32))
