"""Global pooling by name: `avg`, `max`, their mean `avgmax`, both side by side `catavgmax`; `fast…` as reductions."""
import torch
import torch.nn.functional as F
from torch import nn

from .format import get_channel_dim, get_spatial_dim


def adaptive_pool_feat_mult(pool_type="avg"):
    return 2 if pool_type.endswith("catavgmax") else 1


def adaptive_avgmax_pool2d(x, output_size=1):
    return 0.5 * (F.adaptive_avg_pool2d(x, output_size) + F.adaptive_max_pool2d(x, output_size))


def adaptive_catavgmax_pool2d(x, output_size=1):
    return torch.cat((F.adaptive_avg_pool2d(x, output_size), F.adaptive_max_pool2d(x, output_size)), 1)


_FUNCTIONS = {"avg": F.adaptive_avg_pool2d, "avgmax": adaptive_avgmax_pool2d, "catavgmax": adaptive_catavgmax_pool2d, "max": F.adaptive_max_pool2d}


def select_adaptive_pool2d(x, pool_type="avg", output_size=1):
    assert pool_type in _FUNCTIONS, f"Invalid pool type: {pool_type}"
    return _FUNCTIONS[pool_type](x, output_size)


class _FastPool(nn.Module):
    def __init__(self, flatten=False, input_fmt="NCHW"):
        super().__init__()
        self.flatten, self.dim = flatten, get_spatial_dim(input_fmt)
        self.dim_cat = 1 if flatten else get_channel_dim(input_fmt)

    def _average(self, x):
        return x.mean(self.dim, keepdim=not self.flatten)

    def _largest(self, x):
        return x.amax(self.dim, keepdim=not self.flatten)


class FastAdaptiveAvgPool(_FastPool):
    def forward(self, x):
        return self._average(x)


class FastAdaptiveMaxPool(_FastPool):
    def forward(self, x):
        return self._largest(x)


class FastAdaptiveAvgMaxPool(_FastPool):
    def forward(self, x):
        return 0.5 * self._average(x) + 0.5 * self._largest(x)


class FastAdaptiveCatAvgMaxPool(_FastPool):
    def forward(self, x):
        return torch.cat((self._average(x), self._largest(x)), self.dim_cat)


class AdaptiveAvgMaxPool2d(nn.Module):
    def __init__(self, output_size=1):
        super().__init__()
        self.output_size = output_size

    def forward(self, x):
        return adaptive_avgmax_pool2d(x, self.output_size)


class AdaptiveCatAvgMaxPool2d(nn.Module):
    def __init__(self, output_size=1):
        super().__init__()
        self.output_size = output_size

    def forward(self, x):
        return adaptive_catavgmax_pool2d(x, self.output_size)


# By the end of the name, the longest first.
_FAST = (("catavgmax", FastAdaptiveCatAvgMaxPool), ("avgmax", FastAdaptiveAvgMaxPool), ("max", FastAdaptiveMaxPool), ("avg", FastAdaptiveAvgPool),
         ("fast", FastAdaptiveAvgPool))
_LAYERS = {"avg": nn.AdaptiveAvgPool2d, "avgmax": AdaptiveAvgMaxPool2d, "catavgmax": AdaptiveCatAvgMaxPool2d, "max": nn.AdaptiveMaxPool2d}


class SelectAdaptivePool2d(nn.Module):
    """An empty name: no pooling."""

    def __init__(self, output_size=1, pool_type="fast", flatten=False, input_fmt="NCHW"):
        super().__init__()
        assert input_fmt in ("NCHW", "NHWC")
        self.pool_type = pool_type or ""
        name = pool_type.lower()
        is_fast = bool(name) and (name.startswith("fast") or input_fmt != "NCHW")
        if not name:
            self.pool = nn.Identity()
        elif is_fast:
            assert output_size == 1, "Fast pooling and non NCHW input formats require output_size == 1."
            layer = next((layer for end, layer in _FAST if name.endswith(end)), None)
            assert layer is not None, f"Invalid pool type: {name}"
            self.pool = layer(flatten, input_fmt=input_fmt)
        else:
            assert name in _LAYERS, f"Invalid pool type: {name}"
            self.pool = _LAYERS[name](output_size)
        self.flatten = nn.Flatten(1) if flatten and not is_fast else nn.Identity()

    def is_identity(self):
        return not self.pool_type

    def forward(self, x):
        return self.flatten(self.pool(x))

    def feat_mult(self):
        return adaptive_pool_feat_mult(self.pool_type)

    def __repr__(self):
        return f"{type(self).__name__}(pool_type={self.pool_type}, flatten={self.flatten})"
