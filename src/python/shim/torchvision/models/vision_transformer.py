"""Vision Transformer (Dosovitskiy et al., arXiv:2010.11929); with a stem of convolutions, Xiao et al., arXiv:2106.14881."""
import math
from collections import OrderedDict
from functools import partial
from typing import Callable, NamedTuple

import torch
from torch import nn

from ..ops.misc import MLP, Conv2dNormActivation
from ._api import register_models
from ._initialization import initialize, weight_by

_norm = partial(nn.LayerNorm, eps=1e-6)


class ConvStemConfig(NamedTuple):
    out_channels: int
    kernel_size: int
    stride: int
    norm_layer: Callable[..., nn.Module] = nn.BatchNorm2d
    activation_layer: Callable[..., nn.Module] = nn.ReLU


class MLPBlock(MLP):
    def __init__(self, in_dim, mlp_dim, dropout):
        super().__init__(in_dim, [mlp_dim, in_dim], activation_layer=nn.GELU, dropout=dropout)
        initialize(self, {nn.Linear: weight_by(nn.init.xavier_uniform_, bias=partial(nn.init.normal_, std=1e-6))})


class EncoderBlock(nn.Module):
    """Attention and a perceptron, each of the normalized input and added to it."""

    def __init__(self, num_heads, hidden_dim, mlp_dim, dropout, attention_dropout, norm_layer=_norm):
        super().__init__()
        self.num_heads = num_heads
        self.ln_1 = norm_layer(hidden_dim)
        self.self_attention = nn.MultiheadAttention(hidden_dim, num_heads, dropout=attention_dropout, batch_first=True)
        self.dropout = nn.Dropout(dropout)
        self.ln_2 = norm_layer(hidden_dim)
        self.mlp = MLPBlock(hidden_dim, mlp_dim, dropout)

    def forward(self, input):
        _check_sequence(input)
        tokens = self.ln_1(input)
        attended, _ = self.self_attention(tokens, tokens, tokens, need_weights=False)
        x = self.dropout(attended) + input
        return x + self.mlp(self.ln_2(x))


class Encoder(nn.Module):
    """Position embeddings and blocks over (N, T, E)."""

    def __init__(self, seq_length, num_layers, num_heads, hidden_dim, mlp_dim, dropout, attention_dropout, norm_layer=_norm):
        super().__init__()
        self.pos_embedding = nn.Parameter(torch.empty(1, seq_length, hidden_dim).normal_(std=0.02))
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.Sequential(OrderedDict(
            (f"encoder_layer_{position}", EncoderBlock(num_heads, hidden_dim, mlp_dim, dropout, attention_dropout, norm_layer))
            for position in range(num_layers)))
        self.ln = norm_layer(hidden_dim)

    def forward(self, input):
        _check_sequence(input)
        return self.ln(self.layers(self.dropout(input + self.pos_embedding)))


def _check_sequence(input):
    torch._assert(input.dim() == 3, f"Expected (batch_size, seq_length, hidden_dim) got {input.shape}")


class VisionTransformer(nn.Module):
    def __init__(self, image_size, patch_size, num_layers, num_heads, hidden_dim, mlp_dim, dropout=0.0, attention_dropout=0.0,
                 num_classes=1000, representation_size=None, norm_layer=_norm, conv_stem_configs=None):
        super().__init__()
        torch._assert(image_size % patch_size == 0, "Input shape indivisible by patch size!")
        self.image_size, self.patch_size, self.hidden_dim, self.mlp_dim = image_size, patch_size, hidden_dim, mlp_dim
        self.attention_dropout, self.dropout, self.num_classes = attention_dropout, dropout, num_classes
        self.representation_size, self.norm_layer = representation_size, norm_layer
        self.conv_proj = (nn.Conv2d(3, hidden_dim, kernel_size=patch_size, stride=patch_size) if conv_stem_configs is None else
                          _stem(conv_stem_configs, hidden_dim))
        self.class_token = nn.Parameter(torch.zeros(1, 1, hidden_dim))
        self.seq_length = (image_size // patch_size) ** 2 + 1
        self.encoder = Encoder(self.seq_length, num_layers, num_heads, hidden_dim, mlp_dim, dropout, attention_dropout, norm_layer)
        if representation_size is None:
            heads = {"head": nn.Linear(hidden_dim, num_classes)}
        else:
            heads = {"pre_logits": nn.Linear(hidden_dim, representation_size), "act": nn.Tanh(),
                     "head": nn.Linear(representation_size, num_classes)}
        self.heads = nn.Sequential(OrderedDict(heads))
        self._fill()

    def _fill(self):
        """The projection of patches, then the layer before the head, from normal numbers; the head is zero."""
        if isinstance(self.conv_proj, nn.Conv2d):
            fan_in = self.conv_proj.in_channels * math.prod(self.conv_proj.kernel_size)
            weight_by(partial(nn.init.trunc_normal_, std=math.sqrt(1 / fan_in)))(self.conv_proj)
        else:
            last = self.conv_proj.conv_last
            weight_by(partial(nn.init.normal_, mean=0.0, std=math.sqrt(2.0 / last.out_channels)))(last)
        if self.representation_size is not None:
            weight_by(partial(nn.init.trunc_normal_, std=math.sqrt(1 / self.heads.pre_logits.in_features)))(self.heads.pre_logits)
        weight_by(nn.init.zeros_)(self.heads.head)

    def _process_input(self, x):
        """Images (N, 3, H, W) as projected patches (N, T, E)."""
        for size, word in zip(x.shape[2:], ("height", "width")):
            torch._assert(size == self.image_size, f"Wrong image {word}! Expected {self.image_size} but got {size}!")
        patches = (x.shape[2] // self.patch_size) * (x.shape[3] // self.patch_size)
        return self.conv_proj(x).reshape(x.shape[0], self.hidden_dim, patches).permute(0, 2, 1)

    def forward(self, x):
        x = self._process_input(x)
        x = self.encoder(torch.cat([self.class_token.expand(x.shape[0], -1, -1), x], dim=1))
        return self.heads(x[:, 0])


def _stem(configs, hidden_dim):
    stem, width = nn.Sequential(), 3
    for position, config in enumerate(configs):
        stem.add_module(f"conv_bn_relu_{position}", Conv2dNormActivation(
            width, config.out_channels, config.kernel_size, config.stride, norm_layer=config.norm_layer, activation_layer=config.activation_layer))
        width = config.out_channels
    stem.add_module("conv_last", nn.Conv2d(width, hidden_dim, kernel_size=1))
    return stem


def _build(weights=None, **kwargs):
    """Positions of published weights are those of one size of images."""
    return VisionTransformer(kwargs.pop("image_size", weights.meta["min_size"][0] if weights else 224), **kwargs)


_base = {"num_layers": 12, "num_heads": 12, "hidden_dim": 768, "mlp_dim": 3072}
_large = {"num_layers": 24, "num_heads": 16, "hidden_dim": 1024, "mlp_dim": 4096}
_huge = {"num_layers": 32, "num_heads": 16, "hidden_dim": 1280, "mlp_dim": 5120}

register_models(globals(), _build, {
    "vit_b_16": {**_base, "patch_size": 16}, "vit_b_32": {**_base, "patch_size": 32}, "vit_l_16": {**_large, "patch_size": 16},
    "vit_l_32": {**_large, "patch_size": 32}, "vit_h_14": {**_huge, "patch_size": 14},
})


def interpolate_embeddings(image_size, patch_size, model_state, interpolation_mode="bicubic", reset_heads=False):
    """A state of which the position embeddings are resized to another size of images, in place unless the heads are left out too."""
    key = "encoder.pos_embedding"
    embedding = model_state[key]
    rows, length, width = embedding.shape
    if rows != 1:
        raise ValueError(f"Unexpected position embedding shape: {embedding.shape}")
    side = image_size // patch_size
    if side ** 2 + 1 == length:
        return model_state
    known = math.isqrt(length - 1)
    if known ** 2 != length - 1:
        raise ValueError(f"seq_length is not a perfect square! Instead got seq_length_1d * seq_length_1d = {known ** 2} and seq_length = "
                         f"{length - 1}")
    grid = embedding[:, 1:].permute(0, 2, 1).reshape(1, width, known, known)
    resized = nn.functional.interpolate(grid, size=side, mode=interpolation_mode, align_corners=True)
    model_state[key] = torch.cat([embedding[:, :1], resized.reshape(1, width, side ** 2).permute(0, 2, 1)], dim=1)
    return OrderedDict((name, tensor) for name, tensor in model_state.items() if not name.startswith("heads")) if reset_heads else model_state
