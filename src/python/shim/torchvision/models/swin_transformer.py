"""Swin Transformer (Liu et al., arXiv:2103.14030) and Swin Transformer V2 (arXiv:2111.09883). Tokens lie in grids (…, H, W, C)."""
import math
from functools import partial

import torch
from torch import nn
from torch.nn import functional as F

from ..ops.misc import MLP, Permute
from ..ops.stochastic_depth import StochasticDepth
from ._api import register_models
from ._initialization import initialize, weight_by
from ._windows import relative_positions, window_regions


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
    x = F.pad(x, (0, 0, 0, width % 2, 0, height % 2))
    return torch.cat([x[..., row::2, column::2, :] for column in (0, 1) for row in (0, 1)], -1)


def _into_windows(x, window):
    """(B, H, W, C) → (B · windows, tokens of a window, C)"""
    batch, height, width, channels = x.shape
    x = x.view(batch, height // window[0], window[0], width // window[1], window[1], channels)
    return x.permute(0, 1, 3, 2, 4, 5).reshape(-1, window[0] * window[1], channels)


def _out_of_windows(x, window, height, width):
    """(B · windows, tokens of a window, C) → (B, H, W, C)"""
    x = x.view(-1, height // window[0], width // window[1], window[0], window[1], x.shape[-1])
    return x.permute(0, 1, 3, 2, 4, 5).reshape(x.shape[0], height, width, x.shape[-1])


def shifted_window_attention(input, qkv_weight, proj_weight, relative_position_bias, window_size, num_heads, shift_size,
                             attention_dropout=0.0, dropout=0.0, qkv_bias=None, proj_bias=None, logit_scale=None, training=True):
    """Attention within windows of `input` (B, H, W, C), which is padded to whole windows and rolled by the shift; of cosines if `logit_scale`."""
    _, height, width, channels = input.shape
    x = F.pad(input, (0, 0, 0, -width % window_size[1], 0, -height % window_size[0]))
    padded = x.shape[1:3]
    shift = [0 if window >= size else amount for window, size, amount in zip(window_size, padded, shift_size)]
    if any(shift):
        x = torch.roll(x, shifts=[-amount for amount in shift], dims=(1, 2))
    x = _into_windows(x, window_size)
    if logit_scale is not None and qkv_bias is not None:  # keys have no bias: it would not change a cosine's rank
        query_bias, key_bias, value_bias = qkv_bias.chunk(3)
        qkv_bias = torch.cat([query_bias, torch.zeros_like(key_bias), value_bias])
    qkv = F.linear(x, qkv_weight, qkv_bias)
    query, key, value = qkv.reshape(*x.shape[:2], 3, num_heads, channels // num_heads).permute(2, 0, 3, 1, 4)
    if logit_scale is None:
        scores = (query * (channels // num_heads) ** -0.5).matmul(key.transpose(-2, -1))
    else:
        cosines = F.normalize(query, dim=-1) @ F.normalize(key, dim=-1).transpose(-2, -1)
        scores = cosines * torch.clamp(logit_scale, max=math.log(100.0)).exp()
    scores = scores + relative_position_bias
    if any(shift):
        scores = _masked(scores, window_regions(*padded, *window_size, *shift))
    weights = F.dropout(F.softmax(scores, dim=-1), p=attention_dropout, training=training)
    x = F.linear(weights.matmul(value).transpose(1, 2).reshape(x.shape), proj_weight, proj_bias)
    x = _out_of_windows(F.dropout(x, p=dropout, training=training), window_size, *padded)
    if any(shift):
        x = torch.roll(x, shifts=shift, dims=(1, 2))
    return x[:, :height, :width, :].contiguous()


def _masked(scores, regions):
    """-100 between tokens that the roll brought together. `scores` (B · windows, heads, T, T), `regions`: numbers (windows, T)."""
    regions = torch.tensor(regions)
    mask = (regions.unsqueeze(1) != regions.unsqueeze(2)).to(scores.dtype) * -100.0
    windows, tokens = regions.shape
    by_image = scores.view(-1, windows, scores.shape[1], tokens, tokens)
    return (by_image + mask.unsqueeze(1).unsqueeze(0)).view(scores.shape)


class ShiftedWindowAttention(nn.Module):
    """`shifted_window_attention` with a learned bias for each relative position."""

    def __init__(self, dim, window_size, shift_size, num_heads, qkv_bias=True, proj_bias=True, attention_dropout=0.0, dropout=0.0):
        super().__init__()
        if len(window_size) != 2 or len(shift_size) != 2:
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

    def define_relative_position_index(self):
        self.register_buffer("relative_position_index", torch.tensor(relative_positions(*self.window_size)))

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


class SwinTransformer(nn.Module):
    def __init__(self, patch_size, embed_dim, depths, num_heads, window_size, mlp_ratio=4.0, dropout=0.0, attention_dropout=0.0,
                 stochastic_depth_prob=0.1, num_classes=1000, norm_layer=None, block=None, downsample_layer=PatchMerging):
        super().__init__()
        self.num_classes = num_classes
        block, norm_layer = block or SwinTransformerBlock, norm_layer or partial(nn.LayerNorm, eps=1e-5)
        patch_size = tuple(patch_size)
        layers = [nn.Sequential(nn.Conv2d(3, embed_dim, kernel_size=patch_size, stride=patch_size), Permute([0, 2, 3, 1]),
                                norm_layer(embed_dim))]
        total, position = sum(depths), 0
        for stage, (depth, heads) in enumerate(zip(depths, num_heads)):
            width, blocks = embed_dim * 2 ** stage, []
            for number in range(depth):
                blocks.append(block(
                    width, heads, window_size=window_size, shift_size=[size // 2 if number % 2 else 0 for size in window_size],
                    mlp_ratio=mlp_ratio, dropout=dropout, attention_dropout=attention_dropout,
                    stochastic_depth_prob=stochastic_depth_prob * float(position) / (total - 1), norm_layer=norm_layer))
                position += 1
            layers.append(nn.Sequential(*blocks))
            if stage < len(depths) - 1:
                layers.append(downsample_layer(width, norm_layer))
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
