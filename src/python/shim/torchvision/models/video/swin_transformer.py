"""Video Swin Transformer (Liu et al., arXiv:2106.13230). Input (N, 3, T, H, W); tokens lie in grids (N, T, H, W, C)."""
import math
from functools import partial

import torch
from torch import nn

from .._api import register_models
from .._initialization import initialize, weight_by
from .._windows import padded, relative_positions, window_attention
from ..swin_transformer import PatchMerging, SwinTransformerBlock, WindowAttention, stages


def shifted_window_attention_3d(input, qkv_weight, proj_weight, relative_position_bias, window_size, num_heads, shift_size,
                                attention_dropout=0.0, dropout=0.0, qkv_bias=None, proj_bias=None, training=True):
    """Attention within windows of `input` (N, T, H, W, C), which is padded to whole windows."""
    x = window_attention(padded(input, window_size), window_size, shift_size, num_heads, qkv_weight, qkv_bias, proj_weight, proj_bias,
                         relative_position_bias, attention_dropout, dropout, training)
    frames, height, width = input.shape[1:4]
    return x[:, :frames, :height, :width, :].contiguous()


class ShiftedWindowAttention3d(WindowAttention):
    """`shifted_window_attention_3d` with a learned bias for each relative position; windows are no larger than the grid."""

    _rank = 3

    def define_relative_position_index(self):
        self.register_buffer("relative_position_index", relative_positions(self.window_size))

    def get_relative_position_bias(self, window_size):
        """(1, heads, T, T)"""
        tokens = math.prod(window_size)
        biases = self.relative_position_bias_table[self.relative_position_index[:tokens, :tokens].flatten()]
        return biases.view(tokens, tokens, -1).permute(2, 0, 1).contiguous().unsqueeze(0)

    def forward(self, x):
        fits = [size > side for size, side in zip(x.shape[1:4], self.window_size)]
        window = [side if fit else size for side, size, fit in zip(self.window_size, x.shape[1:4], fits)]
        shift = [amount if fit else 0 for amount, fit in zip(self.shift_size, fits)]
        return shifted_window_attention_3d(
            x, self.qkv.weight, self.proj.weight, self.get_relative_position_bias(window), window, self.num_heads, shift,
            self.attention_dropout, self.dropout, self.qkv.bias, self.proj.bias, self.training)


class PatchEmbed3d(nn.Module):
    """Videos (N, C, T, H, W) as a grid of embedded patches."""

    def __init__(self, patch_size, in_channels=3, embed_dim=96, norm_layer=None):
        super().__init__()
        self.tuple_patch_size = tuple(patch_size)
        self.proj = nn.Conv3d(in_channels, embed_dim, kernel_size=self.tuple_patch_size, stride=self.tuple_patch_size)
        self.norm = nn.Identity() if norm_layer is None else norm_layer(embed_dim)

    def forward(self, x):
        missing = [-size % side for size, side in zip(x.shape[2:], self.tuple_patch_size)]
        x = nn.functional.pad(x, [amount for last in reversed(missing) for amount in (0, last)])
        return self.norm(self.proj(x).permute(0, 2, 3, 4, 1))


class SwinTransformer3d(nn.Module):
    def __init__(self, patch_size, embed_dim, depths, num_heads, window_size, mlp_ratio=4.0, dropout=0.0, attention_dropout=0.0,
                 stochastic_depth_prob=0.1, num_classes=400, norm_layer=None, block=None, downsample_layer=PatchMerging, patch_embed=None):
        super().__init__()
        self.num_classes = num_classes
        norm_layer = norm_layer or partial(nn.LayerNorm, eps=1e-5)
        self.patch_embed = (patch_embed or PatchEmbed3d)(patch_size=patch_size, embed_dim=embed_dim, norm_layer=norm_layer)
        self.pos_drop = nn.Dropout(p=dropout)
        make = partial(block or SwinTransformerBlock, window_size=window_size, mlp_ratio=mlp_ratio, dropout=dropout,
                       attention_dropout=attention_dropout, norm_layer=norm_layer, attn_layer=ShiftedWindowAttention3d)
        self.features = nn.Sequential(*stages(make, partial(downsample_layer, norm_layer=norm_layer), embed_dim, depths, num_heads, window_size,
                                              stochastic_depth_prob))
        self.num_features = embed_dim * 2 ** (len(depths) - 1)
        self.norm = norm_layer(self.num_features)
        self.avgpool = nn.AdaptiveAvgPool3d(1)
        self.head = nn.Linear(self.num_features, num_classes)
        initialize(self, {nn.Linear: weight_by(partial(nn.init.trunc_normal_, std=0.02))})

    def forward(self, x):
        x = self.norm(self.features(self.pos_drop(self.patch_embed(x))))
        return self.head(torch.flatten(self.avgpool(x.permute(0, 4, 1, 2, 3)), 1))


_patches = {"patch_size": [2, 4, 4], "window_size": [8, 7, 7], "stochastic_depth_prob": 0.1}
register_models(globals(), SwinTransformer3d, {
    "swin3d_t": {**_patches, "embed_dim": 96, "depths": [2, 2, 6, 2], "num_heads": [3, 6, 12, 24]},
    "swin3d_s": {**_patches, "embed_dim": 96, "depths": [2, 2, 18, 2], "num_heads": [3, 6, 12, 24]},
    "swin3d_b": {**_patches, "embed_dim": 128, "depths": [2, 2, 18, 2], "num_heads": [4, 8, 16, 32]},
})
