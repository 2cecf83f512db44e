"""Norms with an activation, by the name of the norm or its class."""
import functools
import types

from . import norm_act

_NORM_ACTS = {
    "batchnorm": norm_act.BatchNormAct2d, "batchnorm2d": norm_act.BatchNormAct2d, "groupnorm": norm_act.GroupNormAct,
    "groupnorm1": norm_act.GroupNorm1Act, "layernorm": norm_act.LayerNormAct, "layernorm2d": norm_act.LayerNormAct2d,
    "layernormfp32": norm_act.LayerNormActFp32, "layernorm2dfp32": norm_act.LayerNormAct2dFp32, "rmsnorm": norm_act.RmsNormAct,
    "rmsnorm2d": norm_act.RmsNormAct2d, "rmsnormfp32": norm_act.RmsNormActFp32, "rmsnorm2dfp32": norm_act.RmsNormAct2dFp32,
}
_CLASSES = frozenset(_NORM_ACTS.values())


def get_norm_act_layer(norm_layer, act_layer=None):
    if norm_layer is None:
        return None
    assert isinstance(norm_layer, (type, str, types.FunctionType, functools.partial))
    assert act_layer is None or isinstance(act_layer, (type, str, types.FunctionType, functools.partial))
    arguments = {}
    if isinstance(norm_layer, functools.partial):
        norm_layer, arguments = norm_layer.func, dict(norm_layer.keywords)
    if isinstance(norm_layer, str):
        if not norm_layer:
            return None
        layer = _NORM_ACTS[norm_layer.replace("_", "").lower().split("-")[0]]
    elif norm_layer in _CLASSES or isinstance(norm_layer, types.FunctionType):
        layer = norm_layer
    else:
        layer = _NORM_ACTS.get(norm_layer.__name__.lower())
        assert layer is not None, f"No equivalent norm_act layer for {norm_layer.__name__.lower()}"
    if layer in _CLASSES:
        arguments.setdefault("act_layer", act_layer)
    return functools.partial(layer, **arguments) if arguments else layer


def create_norm_act_layer(layer_name, num_features, act_layer=None, apply_act=True, jit=False, **kwargs):
    return get_norm_act_layer(layer_name, act_layer=act_layer)(num_features, apply_act=apply_act, **kwargs)
