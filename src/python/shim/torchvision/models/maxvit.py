"""MaxViT (Tu et al., arXiv:2204.01697): convolution, attention within windows, attention along a grid, in turn."""
import math
from collections import OrderedDict
from functools import partial

import torch
from torch import nn
from torch.nn import functional as F

from ..ops.misc import Conv2dNormActivation, SqueezeExcitation
from ..ops.stochastic_depth import StochasticDepth
from ._api import register_models
from ._initialization import initialize, weight_by
from ._windows import relative_positions


class MBConv(nn.Module):
    """Widening 1 × 1, depthwise 3 × 3, squeeze and excitation, narrowing 1 × 1, added to the (pooled, projected) input."""

    def __init__(self, in_channels, out_channels, expansion_ratio, squeeze_ratio, stride, activation_layer, norm_layer,
                 p_stochastic_dropout=0.0):
        super().__init__()
        self.proj = nn.Identity()
        if stride != 1 or in_channels != out_channels:
            projection = nn.Conv2d(in_channels, out_channels, kernel_size=1)
            self.proj = nn.Sequential(*[nn.AvgPool2d(kernel_size=3, stride=stride, padding=1)] * (stride == 2), projection)
        width = int(out_channels * expansion_ratio)
        self.stochastic_depth = StochasticDepth(p_stochastic_dropout, mode="row") if p_stochastic_dropout else nn.Identity()
        convolve = partial(Conv2dNormActivation, activation_layer=activation_layer, norm_layer=norm_layer, inplace=None)
        self.layers = nn.Sequential(OrderedDict(
            pre_norm=norm_layer(in_channels), conv_a=convolve(in_channels, width, kernel_size=1),
            conv_b=convolve(width, width, kernel_size=3, stride=stride, groups=width),
            squeeze_excitation=SqueezeExcitation(width, int(out_channels * squeeze_ratio), activation=nn.SiLU),
            conv_c=nn.Conv2d(width, out_channels, kernel_size=1)))

    def forward(self, x):
        projected = self.proj(x)
        return projected + self.stochastic_depth(self.layers(x))


class RelativePositionalMultiHeadAttention(nn.Module):
    """Attention over the third axis of (B, G, T, E), with a learned bias for each relative position in a square of T tokens."""

    def __init__(self, feat_dim, head_dim, max_seq_len):
        super().__init__()
        if feat_dim % head_dim != 0:
            raise ValueError(f"feat_dim: {feat_dim} must be divisible by head_dim: {head_dim}")
        self.n_heads, self.head_dim = feat_dim // head_dim, head_dim
        self.size, self.max_seq_len = math.isqrt(max_seq_len), max_seq_len
        self.to_qkv = nn.Linear(feat_dim, feat_dim * 3)
        self.scale_factor = feat_dim ** -0.5
        self.merge = nn.Linear(feat_dim, feat_dim)
        self.relative_position_bias_table = nn.Parameter(torch.empty((2 * self.size - 1) ** 2, self.n_heads))
        self.register_buffer("relative_position_index", relative_positions((self.size, self.size)))
        nn.init.trunc_normal_(self.relative_position_bias_table, std=0.02)

    def get_relative_positional_bias(self):
        biases = self.relative_position_bias_table[self.relative_position_index.view(-1)]
        return biases.view(self.max_seq_len, self.max_seq_len, -1).permute(2, 0, 1).contiguous().unsqueeze(0)

    def forward(self, x):
        query, key, value = (part.reshape(*x.shape[:3], self.n_heads, self.head_dim).permute(0, 1, 3, 2, 4)
                             for part in torch.chunk(self.to_qkv(x), 3, dim=-1))
        scores = query @ (key * self.scale_factor).transpose(-2, -1) + self.get_relative_positional_bias()
        return self.merge((F.softmax(scores, dim=-1) @ value).permute(0, 1, 3, 2, 4).reshape(x.shape))


class SwapAxes(nn.Module):
    def __init__(self, a, b):
        super().__init__()
        self.a, self.b = a, b

    def forward(self, x):
        return torch.swapaxes(x, self.a, self.b)


class WindowPartition(nn.Module):
    """(B, C, H, W) → (B, windows of p × p, p · p, C)"""

    def forward(self, x, p):
        batch, channels, height, width = x.shape
        x = x.reshape(batch, channels, height // p, p, width // p, p).permute(0, 2, 4, 3, 5, 1)
        return x.reshape(batch, (height // p) * (width // p), p * p, channels)


class WindowDepartition(nn.Module):
    """What undoes `WindowPartition`."""

    def forward(self, x, p, h_partitions, w_partitions):
        batch, _, _, channels = x.shape
        x = x.reshape(batch, h_partitions, w_partitions, p, p, channels).permute(0, 5, 1, 3, 2, 4)
        return x.reshape(batch, channels, h_partitions * p, w_partitions * p)


class PartitionAttentionLayer(nn.Module):
    """Attention and a perceptron within windows, or among the tokens that hold one place in all windows ("grid")."""

    def __init__(self, in_channels, head_dim, partition_size, partition_type, grid_size, mlp_ratio, activation_layer, norm_layer,
                 attention_dropout, mlp_dropout, p_stochastic_dropout):
        super().__init__()
        if partition_type not in ("grid", "window"):
            raise ValueError("partition_type must be either 'grid' or 'window'")
        self.n_heads, self.head_dim = in_channels // head_dim, head_dim
        self.n_partitions = grid_size[0] // partition_size
        self.partition_type, self.grid_size = partition_type, grid_size
        is_grid = partition_type == "grid"
        self.p, self.g = (self.n_partitions, partition_size) if is_grid else (partition_size, self.n_partitions)
        self.partition_op, self.departition_op = WindowPartition(), WindowDepartition()
        self.partition_swap = SwapAxes(-2, -3) if is_grid else nn.Identity()
        self.departition_swap = SwapAxes(-2, -3) if is_grid else nn.Identity()
        self.attn_layer = nn.Sequential(
            norm_layer(in_channels), RelativePositionalMultiHeadAttention(in_channels, head_dim, partition_size ** 2),
            nn.Dropout(attention_dropout))
        self.mlp_layer = nn.Sequential(
            nn.LayerNorm(in_channels), nn.Linear(in_channels, in_channels * mlp_ratio), activation_layer(),
            nn.Linear(in_channels * mlp_ratio, in_channels), nn.Dropout(mlp_dropout))
        self.stochastic_dropout = StochasticDepth(p_stochastic_dropout, mode="row")

    def forward(self, x):
        torch._assert(all(size % self.p == 0 for size in self.grid_size),
                      f"Grid size must be divisible by partition size. Got grid size of {self.grid_size} and partition size of {self.p}")
        x = self.partition_swap(self.partition_op(x, self.p))
        x = x + self.stochastic_dropout(self.attn_layer(x))
        x = x + self.stochastic_dropout(self.mlp_layer(x))
        return self.departition_op(self.departition_swap(x), self.p, *(size // self.p for size in self.grid_size))


class MaxVitLayer(nn.Module):
    def __init__(self, in_channels, out_channels, squeeze_ratio, expansion_ratio, stride, norm_layer, activation_layer, head_dim, mlp_ratio,
                 mlp_dropout, attention_dropout, p_stochastic_dropout, partition_size, grid_size):
        super().__init__()
        attend = partial(
            PartitionAttentionLayer, out_channels, head_dim, partition_size, grid_size=grid_size, mlp_ratio=mlp_ratio,
            activation_layer=activation_layer, norm_layer=nn.LayerNorm, attention_dropout=attention_dropout, mlp_dropout=mlp_dropout,
            p_stochastic_dropout=p_stochastic_dropout)
        self.layers = nn.Sequential(OrderedDict(
            MBconv=MBConv(in_channels, out_channels, expansion_ratio, squeeze_ratio, stride, activation_layer, norm_layer,
                          p_stochastic_dropout),
            window_attention=attend(partition_type="window"), grid_attention=attend(partition_type="grid")))

    def forward(self, x):
        return self.layers(x)


class MaxVitBlock(nn.Module):
    """Layers of one width, of which the first halves the image."""

    def __init__(self, in_channels, out_channels, squeeze_ratio, expansion_ratio, norm_layer, activation_layer, head_dim, mlp_ratio,
                 mlp_dropout, attention_dropout, partition_size, input_grid_size, n_layers, p_stochastic):
        super().__init__()
        if len(p_stochastic) != n_layers:
            raise ValueError(f"p_stochastic must have length n_layers={n_layers}, got p_stochastic={p_stochastic}.")
        self.layers = nn.ModuleList()
        self.grid_size = _halved(input_grid_size)
        for position, probability in enumerate(p_stochastic):
            self.layers.append(MaxVitLayer(
                out_channels if position else in_channels, out_channels, squeeze_ratio, expansion_ratio, 1 if position else 2, norm_layer,
                activation_layer, head_dim, mlp_ratio, mlp_dropout, attention_dropout, probability, partition_size, self.grid_size))

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return x


def _halved(size):
    """(H, W) after a 3 × 3 convolution of stride 2 and padding 1."""
    return tuple((length - 1) // 2 + 1 for length in size)


class MaxVit(nn.Module):
    def __init__(self, input_size, stem_channels, partition_size, block_channels, block_layers, head_dim, stochastic_depth_prob,
                 norm_layer=None, activation_layer=nn.GELU, squeeze_ratio=0.25, expansion_ratio=4, mlp_ratio=4, mlp_dropout=0.0,
                 attention_dropout=0.0, num_classes=1000):
        super().__init__()
        norm_layer = norm_layer or partial(nn.BatchNorm2d, eps=1e-3, momentum=0.01)
        self._check_sizes(input_size, partition_size, len(block_channels))
        self.stem = nn.Sequential(
            Conv2dNormActivation(3, stem_channels, 3, stride=2, norm_layer=norm_layer, activation_layer=activation_layer, bias=False,
                                 inplace=None),
            Conv2dNormActivation(stem_channels, stem_channels, 3, norm_layer=None, activation_layer=None, bias=True))
        self.partition_size = partition_size
        self.blocks = nn.ModuleList()
        size, position, step = _halved(input_size), 0, stochastic_depth_prob / max(sum(block_layers) - 1, 1)
        for before, width, layers in zip([stem_channels, *block_channels], block_channels, block_layers):
            probabilities = [step * number for number in range(position, position + layers)]
            self.blocks.append(MaxVitBlock(before, width, squeeze_ratio, expansion_ratio, norm_layer, activation_layer, head_dim, mlp_ratio,
                                           mlp_dropout, attention_dropout, partition_size, size, layers, probabilities))
            size, position = self.blocks[-1].grid_size, position + layers
        width = block_channels[-1]
        self.classifier = nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.LayerNorm(width), nn.Linear(width, width), nn.Tanh(),
                                        nn.Linear(width, num_classes, bias=False))
        self._init_weights()

    @staticmethod
    def _check_sizes(input_size, partition_size, count):
        sizes, size = [], _halved(input_size)
        for _ in range(count):
            size = _halved(size)
            sizes.append(size)
        for position, size in enumerate(sizes):
            if any(length % partition_size for length in size):
                raise ValueError(
                    f"Input size {size} of block {position} is not divisible by partition size {partition_size}. Consider changing the "
                    f"partition size or the input size.\nCurrent configuration yields the following block input sizes: {sizes}.")

    def forward(self, x):
        x = self.stem(x)
        for block in self.blocks:
            x = block(x)
        return self.classifier(x)

    def _init_weights(self):
        initialize(self, {(nn.Conv2d, nn.Linear): weight_by(partial(nn.init.normal_, std=0.02))})


register_models(globals(), MaxVit, {"maxvit_t": {
    "input_size": (224, 224), "stem_channels": 64, "block_channels": [64, 128, 256, 512], "block_layers": [2, 2, 5, 2], "head_dim": 32,
    "stochastic_depth_prob": 0.2, "partition_size": 7}})
