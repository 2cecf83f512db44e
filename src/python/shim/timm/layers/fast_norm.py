"""Norms that stay in half precision under autocast: here, the same as PyTorch's."""
import torch
import torch.nn.functional as F

from .config import settings


def is_fast_norm():
    return settings()["fast_norm"]


def set_fast_norm(enable=True):
    settings()["fast_norm"] = enable


def fast_group_norm(x, num_groups, weight=None, bias=None, eps=1e-5):
    return F.group_norm(x, num_groups, weight, bias, eps)


def fast_layer_norm(x, normalized_shape, weight=None, bias=None, eps=1e-5):
    return F.layer_norm(x, normalized_shape, weight, bias, eps)


def fast_rms_norm(x, normalized_shape, weight=None, eps=1e-5):
    return F.rms_norm(x, normalized_shape, weight, eps)


def _scaled(x, divisor_square, weight):
    x = x * torch.rsqrt(divisor_square)
    return x if weight is None else x * weight


def rms_norm(x, normalized_shape, weight=None, eps=1e-5):
    return _scaled(x, x.pow(2).mean(_last(normalized_shape), keepdim=True) + eps, weight)


def rms_norm2d(x, normalized_shape, weight=None, eps=1e-5):
    """Over the channels of N C H W."""
    return _scaled(x, x.pow(2).mean(1, keepdim=True) + eps, None if weight is None else weight.reshape(1, -1, 1, 1))


def simple_norm(x, normalized_shape, weight=None, eps=1e-5):
    """Divided by the deviation; the mean stays."""
    return _scaled(x, x.var(_last(normalized_shape), keepdim=True) + eps, weight)


fast_rms_norm2d, fast_simple_norm = rms_norm2d, simple_norm


def _last(shape):
    return tuple(range(-1, -len(shape) - 1, -1))
