"""Initial weights of vision transformers: timm's own, JAX's and MoCo v3's."""
import math
from functools import partial

from torch import nn

from ..layers.weight_init import init_weight_jax, trunc_normal_


def _own(module):
    if hasattr(module, "init_weights"):
        module.init_weights()


def init_weights_vit_timm(module, name=""):
    if not isinstance(module, nn.Linear):
        return _own(module)
    trunc_normal_(module.weight, std=0.02)
    if module.bias is not None:
        nn.init.zeros_(module.bias)


def init_weights_vit_jax(module, name="", head_bias=0.0):
    init_weight_jax(module, name, head_bias)


def init_weights_vit_moco(module, name=""):
    if not isinstance(module, nn.Linear):
        return _own(module)
    if "qkv" in name:  # three layers in one
        bound = math.sqrt(6.0 / float(module.weight.shape[0] // 3 + module.weight.shape[1]))
        nn.init.uniform_(module.weight, -bound, bound)
    else:
        nn.init.xavier_uniform_(module.weight)
    if module.bias is not None:
        nn.init.zeros_(module.bias)


def get_init_weights_vit(mode="jax", head_bias=0.0):
    if "jax" in mode:
        return partial(init_weights_vit_jax, head_bias=head_bias)
    return init_weights_vit_moco if "moco" in mode else init_weights_vit_timm
