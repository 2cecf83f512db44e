"""Attention beside convolutions, by name."""
from functools import partial

from torch import nn

from _lens.door import UnsupportedError

from .cbam import CbamModule, LightCbamModule
from .eca import CecaModule, EcaModule
from .global_context import GlobalContext
from .squeeze_excite import EffectiveSEModule, SEModule

_BY_NAME = {
    "se": SEModule, "ese": EffectiveSEModule, "eca": EcaModule, "ecam": partial(EcaModule, use_mlp=True), "ceca": CecaModule,
    "gc": GlobalContext, "gca": partial(GlobalContext, fuse_add=True, fuse_scale=False), "cbam": CbamModule, "lcbam": LightCbamModule,
}
_NOT_HERE = frozenset({"ge", "sk", "splat", "lambda", "bottleneck", "halo", "nl", "bat"})


def get_attn(attn_type):
    if isinstance(attn_type, nn.Module):
        return attn_type
    if not attn_type:
        return None
    if attn_type is True:
        return SEModule
    if not isinstance(attn_type, str):
        return attn_type
    name = attn_type.lower()
    if name in _NOT_HERE:
        raise UnsupportedError(f"timm's attention '{name}' is not supported")
    assert name in _BY_NAME, f"Invalid attn module ({name})"
    return _BY_NAME[name]


def create_attn(attn_type, channels, **kwargs):
    layer = get_attn(attn_type)
    return None if layer is None else layer(channels, **kwargs)
