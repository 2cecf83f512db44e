"""Swin Transformer (Liu et al., arXiv:2103.14030) and Swin Transformer V2 (arXiv:2111.09883). Tokens lie in grids (…, H, W, C)."""
import math
from functools import partial

import torch
from torch import nn

from ..ops.misc import MLP, Permute
from ..ops.stochastic_depth import StochasticDepth
from ._api import register_models
from ._initialization import initialize, weight_by
from ._windows import padded, relative_positions, window_attention


class PatchMerging(nn.Module):
    """Each 2 × 2 tokens as one of twice the width."""

    def __init__(self, dim, norm_layer=nn.LayerNorm):
        super().__init__()
        self.dim = dim
        self.reduction = nn.Linear(4 * dim, 2 * dim, bias=False)
        self.norm = norm_layer(4 * dim)

    def forward(self, x):
        return self.reduction(self.norm(_patch_merging_pad(x)))


class PatchMergingV2(nn.Module):
    """The same, normalized after the reduction."""

    def __init__(self, dim, norm_layer=nn.LayerNorm):
        super().__init__()
        self.dim = dim
        self.reduction = nn.Linear(4 * dim, 2 * dim, bias=False)
        self.norm = norm_layer(2 * dim)

    def forward(self, x):
        return self.norm(self.reduction(_patch_merging_pad(x)))


def _patch_merging_pad(x):
    """(…, H, W, C) → (…, ⌈H/2⌉, ⌈W/2⌉, 4C): odd sizes are padded; of the four, rows vary first."""
    height, width, _ = x.shape[-3:]
    x = nn.functional.pad(x, (0, 0, 0, width % 2, 0, height % 2))
    return torch.cat([x[..., row::2, column::2, :] for column in (0, 1) for row in (0, 1)], -1)


def shifted_window_attention(input, qkv_weight, proj_weight, relative_position_bias, window_size, num_heads, shift_size,
                             attention_dropout=0.0, dropout=0.0, qkv_bias=None, proj_bias=None, logit_scale=None, training=True):
    """Attention within windows of `input` (B, H, W, C), which is padded to whole windows; without a shift where there is one window only."""
    x = padded(input, window_size)
    shift = [0 if side >= size else amount for side, size, amount in zip(window_size, x.shape[1:3], shift_size)]
    if logit_scale is not None and qkv_bias is not None:  # keys have no bias
        query_bias, key_bias, value_bias = qkv_bias.chunk(3)
        qkv_bias = torch.cat([query_bias, torch.zeros_like(key_bias), value_bias])
    x = window_attention(x, window_size, shift, num_heads, qkv_weight, qkv_bias, proj_weight, proj_bias, relative_position_bias,
                         attention_dropout, dropout, training, logit_scale)
    return x[:, :input.shape[1], :input.shape[2], :].contiguous()


class WindowAttention(nn.Module):
    """Layers, and a learned bias for each relative position, of attention within windows of `_rank` axes."""

    _rank = 2

    def __init__(self, dim, window_size, shift_size, num_heads, qkv_bias=True, proj_bias=True, attention_dropout=0.0, dropout=0.0):
        super().__init__()
        if len(window_size) != self._rank or len(shift_size) != self._rank:
            raise ValueError("window_size and shift_size must be of length 2")
        self.window_size, self.shift_size, self.num_heads = window_size, shift_size, num_heads
        self.attention_dropout, self.dropout = attention_dropout, dropout
        self.qkv = nn.Linear(dim, dim * 3, bias=qkv_bias)
        self.proj = nn.Linear(dim, dim, bias=proj_bias)
        self.define_relative_position_bias_table()
        self.define_relative_position_index()

    def define_relative_position_bias_table(self):
        positions = math.prod(2 * size - 1 for size in self.window_size)
        self.relative_position_bias_table = nn.Parameter(torch.zeros(positions, self.num_heads))
        nn.init.trunc_normal_(self.relative_position_bias_table, std=0.02)


class ShiftedWindowAttention(WindowAttention):
    """`shifted_window_attention` with a learned bias for each relative position."""

    def define_relative_position_index(self):
        self.register_buffer("relative_position_index", relative_positions(self.window_size).flatten())

    def _bias_of(self, table):
        """A table (relative positions, heads) looked up for each pair of tokens: (1, heads, T, T)."""
        tokens = math.prod(self.window_size)
        return table[self.relative_position_index].view(tokens, tokens, -1).permute(2, 0, 1).contiguous().unsqueeze(0)

    def get_relative_position_bias(self):
        return self._bias_of(self.relative_position_bias_table)

    def forward(self, x):
        return shifted_window_attention(
            x, self.qkv.weight, self.proj.weight, self.get_relative_position_bias(), self.window_size, self.num_heads, self.shift_size,
            self.attention_dropout, self.dropout, self.qkv.bias, self.proj.bias, getattr(self, "logit_scale", None), self.training)


class ShiftedWindowAttentionV2(ShiftedWindowAttention):
    """Cosine attention; the bias is what a small network makes of the logarithm of the relative position."""

    def __init__(self, dim, window_size, shift_size, num_heads, qkv_bias=True, proj_bias=True, attention_dropout=0.0, dropout=0.0):
        super().__init__(dim, window_size, shift_size, num_heads, qkv_bias, proj_bias, attention_dropout, dropout)
        self.logit_scale = nn.Parameter(torch.log(10 * torch.ones((num_heads, 1, 1))))
        self.cpb_mlp = nn.Sequential(nn.Linear(2, 512), nn.ReLU(inplace=True), nn.Linear(512, num_heads, bias=False))
        if qkv_bias:
            with torch.no_grad():
                self.qkv.bias[dim:2 * dim].zero_()

    def define_relative_position_bias_table(self):
        axes = [torch.arange(1.0 - size, size) / (size - 1) * 8 for size in self.window_size]
        offsets = torch.stack(torch.meshgrid(axes, indexing="ij"), dim=-1).unsqueeze(0)
        self.register_buffer("relative_coords_table", torch.sign(offsets) * torch.log2(torch.abs(offsets) + 1.0) / 3.0)

    def get_relative_position_bias(self):
        return 16 * torch.sigmoid(self._bias_of(self.cpb_mlp(self.relative_coords_table).view(-1, self.num_heads)))


class SwinTransformerBlock(nn.Module):
    """Attention and a perceptron, each of the normalized input and added to it."""

    def __init__(self, dim, num_heads, window_size, shift_size, mlp_ratio=4.0, dropout=0.0, attention_dropout=0.0,
                 stochastic_depth_prob=0.0, norm_layer=nn.LayerNorm, attn_layer=ShiftedWindowAttention):
        super().__init__()
        self.norm1 = norm_layer(dim)
        self.attn = attn_layer(dim, window_size, shift_size, num_heads, attention_dropout=attention_dropout, dropout=dropout)
        self.stochastic_depth = StochasticDepth(stochastic_depth_prob, "row")
        self.norm2 = norm_layer(dim)
        self.mlp = MLP(dim, [int(dim * mlp_ratio), dim], activation_layer=nn.GELU, dropout=dropout)
        initialize(self.mlp, {nn.Linear: weight_by(nn.init.xavier_uniform_, bias=partial(nn.init.normal_, std=1e-6))})

    def forward(self, x):
        x = x + self.stochastic_depth(self.attn(self.norm1(x)))
        return x + self.stochastic_depth(self.mlp(self.norm2(x)))


class SwinTransformerBlockV2(SwinTransformerBlock):
    """The same, normalized after attention and after the perceptron."""

    def __init__(self, dim, num_heads, window_size, shift_size, mlp_ratio=4.0, dropout=0.0, attention_dropout=0.0,
                 stochastic_depth_prob=0.0, norm_layer=nn.LayerNorm, attn_layer=ShiftedWindowAttentionV2):
        super().__init__(dim, num_heads, window_size, shift_size, mlp_ratio, dropout, attention_dropout, stochastic_depth_prob, norm_layer,
                         attn_layer)

    def forward(self, x):
        x = x + self.stochastic_depth(self.norm1(self.attn(x)))
        return x + self.stochastic_depth(self.norm2(self.mlp(x)))


def stages(block, downsample, width, depths, heads, window_size, stochastic_depth_prob):
    """Blocks, every second with shifted windows, and between stages a layer after which tokens are twice as wide."""
    total, position = sum(depths), 0
    for stage, (depth, stage_heads) in enumerate(zip(depths, heads)):
        stage_width, blocks = width * 2 ** stage, []
        for number in range(depth):
            blocks.append(block(stage_width, stage_heads, shift_size=[side // 2 if number % 2 else 0 for side in window_size],
                                stochastic_depth_prob=stochastic_depth_prob * float(position) / (total - 1)))
            position += 1
        yield nn.Sequential(*blocks)
        if stage < len(depths) - 1:
            yield downsample(stage_width)


class SwinTransformer(nn.Module):
    def __init__(self, patch_size, embed_dim, depths, num_heads, window_size, mlp_ratio=4.0, dropout=0.0, attention_dropout=0.0,
                 stochastic_depth_prob=0.1, num_classes=1000, norm_layer=None, block=None, downsample_layer=PatchMerging):
        super().__init__()
        self.num_classes = num_classes
        block, norm_layer = block or SwinTransformerBlock, norm_layer or partial(nn.LayerNorm, eps=1e-5)
        patch_size = tuple(patch_size)
        layers = [nn.Sequential(nn.Conv2d(3, embed_dim, kernel_size=patch_size, stride=patch_size), Permute([0, 2, 3, 1]),
                                norm_layer(embed_dim))]
        make = partial(block, window_size=window_size, mlp_ratio=mlp_ratio, dropout=dropout, attention_dropout=attention_dropout,
                       norm_layer=norm_layer)
        layers += stages(make, partial(downsample_layer, norm_layer=norm_layer), embed_dim, depths, num_heads, window_size, stochastic_depth_prob)
        width = embed_dim * 2 ** (len(depths) - 1)
        self.features = nn.Sequential(*layers)
        self.norm = norm_layer(width)
        self.permute = Permute([0, 3, 1, 2])
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        self.flatten = nn.Flatten(1)
        self.head = nn.Linear(width, num_classes)
        initialize(self, {nn.Linear: weight_by(partial(nn.init.trunc_normal_, std=0.02))})

    def forward(self, x):
        return self.head(self.flatten(self.avgpool(self.permute(self.norm(self.features(x))))))


_versions = {"": {"window_size": [7, 7]},
             "v2_": {"window_size": [8, 8], "block": SwinTransformerBlockV2, "downsample_layer": PatchMergingV2}}
_sizes = {
    "t": {"embed_dim": 96, "depths": [2, 2, 6, 2], "num_heads": [3, 6, 12, 24], "stochastic_depth_prob": 0.2},
    "s": {"embed_dim": 96, "depths": [2, 2, 18, 2], "num_heads": [3, 6, 12, 24], "stochastic_depth_prob": 0.3},
    "b": {"embed_dim": 128, "depths": [2, 2, 18, 2], "num_heads": [4, 8, 16, 32], "stochastic_depth_prob": 0.5},
}
register_models(globals(), SwinTransformer, {f"swin_{version}{size}": {"patch_size": [4, 4], **of_size, **of_version}
                                             for version, of_version in _versions.items() for size, of_size in _sizes.items()})
