"""Norms by name, without an activation."""
import functools
import types

from torch import nn

from . import norm

_NORMS = {
    "batchnorm": nn.BatchNorm2d, "batchnorm2d": nn.BatchNorm2d, "batchnorm1d": nn.BatchNorm1d,
    **{name.lower(): getattr(norm, name) for name in (
        "GroupNorm", "GroupNorm1", "LayerNorm", "LayerNorm2d", "LayerNormFp32", "LayerNorm2dFp32", "RmsNorm", "RmsNorm2d", "RmsNormFp32",
        "RmsNorm2dFp32", "SimpleNorm", "SimpleNorm2d", "SimpleNormFp32", "SimpleNorm2dFp32")},
}


def get_norm_layer(norm_layer):
    if norm_layer is None:
        return None
    assert isinstance(norm_layer, (type, str, types.FunctionType, functools.partial))
    arguments = {}
    if isinstance(norm_layer, functools.partial):
        norm_layer, arguments = norm_layer.func, norm_layer.keywords
    if isinstance(norm_layer, str):
        if not norm_layer:
            return None
        norm_layer = _NORMS[norm_layer.replace("_", "").lower()]
    return functools.partial(norm_layer, **arguments) if arguments else norm_layer


def create_norm_layer(layer_name, num_features, **kwargs):
    return get_norm_layer(layer_name)(num_features, **kwargs)
