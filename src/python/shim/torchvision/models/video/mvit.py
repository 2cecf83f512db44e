"""Multiscale Vision Transformers (Fan et al., arXiv:2104.11227), and their second version (Li et al., arXiv:2112.01526). Input (N, 3, T, H, W).

Tokens are (N, 1 + T · H · W, C), a class token first; beside them goes the size (T, H, W) of the grid that the others lie in.
"""
import math
from dataclasses import dataclass
from functools import partial

import torch
from torch import nn
from torch.nn import functional as F

from ...ops.misc import MLP
from ...ops.stochastic_depth import StochasticDepth
from .._api import register_models
from .._initialization import initialize, weight_by


@dataclass
class MSBlockConfig:
    """One block; kernels and strides are of (T, H, W), and [] where queries are not pooled."""

    num_heads: int
    input_channels: int
    output_channels: int
    kernel_q: list
    kernel_kv: list
    stride_q: list
    stride_kv: list


class Pool(nn.Module):
    """A pooling of the tokens of a grid, (N, heads, 1 + T · H · W, C) or without heads; the class token passes by. Returns the new size too."""

    def __init__(self, pool, norm, activation=None, norm_before_pool=False):
        super().__init__()
        self.pool = pool
        layers = [layer for layer in (norm, activation) if layer is not None]
        self.norm_act = nn.Sequential(*layers) if layers else None
        self.norm_before_pool = norm_before_pool

    def forward(self, x, thw):
        has_heads = x.dim() == 4
        if not has_heads and x.dim() != 3:
            raise ValueError(f"Unsupported input dimension {x.shape}")
        x = x if has_heads else x.unsqueeze(1)
        class_token, x = torch.tensor_split(x, (1,), dim=2)
        batch, heads, _, channels = x.shape
        x = x.transpose(2, 3).reshape((batch * heads, channels, *thw)).contiguous()
        if self.norm_before_pool and self.norm_act is not None:
            x = self.norm_act(x)
        x = self.pool(x)
        size = tuple(x.shape[2:])
        x = torch.cat((class_token, x.reshape(batch, heads, channels, -1).transpose(2, 3)), dim=2)
        if not self.norm_before_pool and self.norm_act is not None:
            x = self.norm_act(x)
        return (x if has_heads else x.squeeze(1)), size


def _positions(embedding, queries, keys):
    """(queries, keys, C): for each pair along one axis the embedding (positions, C) of their distance, in steps of the finer of both grids."""
    count = 2 * max(queries, keys) - 1
    if embedding.shape[0] != count:
        embedding = F.interpolate(embedding.permute(1, 0).unsqueeze(0), size=count, mode="linear").squeeze(0).permute(1, 0)
    query_step, key_step = max(keys / queries, 1.0), max(queries / keys, 1.0)
    return embedding[torch.tensor([[int(query * query_step - (key + 1.0 - keys) * key_step) for key in range(keys)] for query in range(queries)])]


def _relative_bias(query, query_size, key_size, embeddings):
    """(N, heads, 1 + queries, 1 + keys): the products of queries with the embeddings of distances in T, H and W; 0 for class tokens."""
    batch, heads, _, channels = query.shape
    grid = query[:, :, 1:].reshape(batch, heads, *query_size, channels)
    total = 0
    for axis, embedding in enumerate(embeddings):
        place = axis + 2
        moved = grid.transpose(place, 3)  # right before the rows of the product
        table = _positions(embedding, query_size[axis], key_size[axis])
        products = (moved @ table.transpose(1, 2)).transpose(place, 3)
        shape = [1, 1, 1]
        shape[axis] = key_size[axis]
        total = total + products.reshape(*products.shape[:5], *shape)
    return F.pad(total.reshape(batch, heads, math.prod(query_size), math.prod(key_size)), (1, 0, 1, 0))


class MultiscaleAttention(nn.Module):
    """Attention of which queries, keys and values are pooled first."""

    def __init__(self, input_size, embed_dim, output_dim, num_heads, kernel_q, kernel_kv, stride_q, stride_kv, residual_pool,
                 residual_with_cls_embed, rel_pos_embed, dropout=0.0, norm_layer=nn.LayerNorm):
        super().__init__()
        self.embed_dim, self.output_dim, self.num_heads = embed_dim, output_dim, num_heads
        self.head_dim = output_dim // num_heads
        self.scaler = 1.0 / math.sqrt(self.head_dim)
        self.residual_pool, self.residual_with_cls_embed = residual_pool, residual_with_cls_embed
        self.qkv = nn.Linear(embed_dim, 3 * output_dim)
        self.project = nn.Sequential(nn.Linear(output_dim, output_dim), *([nn.Dropout(dropout, inplace=True)] if dropout > 0.0 else []))
        for name, kernel, stride in (("q", kernel_q, stride_q), ("k", kernel_kv, stride_kv), ("v", kernel_kv, stride_kv)):
            setattr(self, f"pool_{name}", self._pool(kernel, stride, norm_layer) if math.prod(kernel) > 1 or math.prod(stride) > 1 else None)
        self.rel_pos_h = self.rel_pos_w = self.rel_pos_t = None
        if rel_pos_embed:
            size = max(input_size[1:])
            finest = max(size // stride[1] if stride else size for stride in (stride_q, stride_kv))
            for axis, length in (("h", finest), ("w", finest), ("t", input_size[0])):
                setattr(self, f"rel_pos_{axis}", nn.Parameter(torch.zeros(2 * length - 1, self.head_dim)))
            for embedding in (self.rel_pos_h, self.rel_pos_w, self.rel_pos_t):
                nn.init.trunc_normal_(embedding, std=0.02)

    def _pool(self, kernel, stride, norm_layer):
        """A depthwise convolution, normalized."""
        convolution = nn.Conv3d(self.head_dim, self.head_dim, kernel, stride=stride, padding=[size // 2 for size in kernel],
                                groups=self.head_dim, bias=False)
        return Pool(convolution, norm_layer(self.head_dim))

    def forward(self, x, thw):
        batch, tokens, _ = x.shape
        q, k, v = self.qkv(x).reshape(batch, tokens, 3, self.num_heads, self.head_dim).transpose(1, 3).unbind(dim=2)
        key_size = thw
        if self.pool_k is not None:
            k, key_size = self.pool_k(k, thw)
        if self.pool_v is not None:
            v, _ = self.pool_v(v, thw)
        if self.pool_q is not None:
            q, thw = self.pool_q(q, thw)
        scores = torch.matmul(self.scaler * q, k.transpose(2, 3))
        if self.rel_pos_t is not None:
            scores = scores + _relative_bias(q, thw, key_size, (self.rel_pos_t, self.rel_pos_h, self.rel_pos_w))
        x = torch.matmul(scores.softmax(dim=-1), v)
        if self.residual_pool:
            x = x + (q if self.residual_with_cls_embed else F.pad(q[:, :, 1:], (0, 0, 1, 0)))
        return self.project(x.transpose(1, 2).reshape(batch, -1, self.output_dim)), thw


class MultiscaleBlock(nn.Module):
    """Attention and a perceptron; the width changes in one of the two, the grid in the first."""

    def __init__(self, input_size, cnf, residual_pool, residual_with_cls_embed, rel_pos_embed, proj_after_attn, dropout=0.0,
                 stochastic_depth_prob=0.0, norm_layer=nn.LayerNorm):
        super().__init__()
        self.proj_after_attn = proj_after_attn
        self.pool_skip = None
        if math.prod(cnf.stride_q) > 1:
            kernel = [stride + 1 if stride > 1 else stride for stride in cnf.stride_q]
            self.pool_skip = Pool(nn.MaxPool3d(kernel, stride=cnf.stride_q, padding=[size // 2 for size in kernel]), None)
        width = cnf.output_channels if proj_after_attn else cnf.input_channels
        self.norm1, self.norm2 = norm_layer(cnf.input_channels), norm_layer(width)
        self.needs_transposal = isinstance(self.norm1, nn.BatchNorm1d)
        self.attn = MultiscaleAttention(
            input_size, cnf.input_channels, width, cnf.num_heads, cnf.kernel_q, cnf.kernel_kv, cnf.stride_q, cnf.stride_kv, residual_pool,
            residual_with_cls_embed, rel_pos_embed, dropout, norm_layer)
        self.mlp = MLP(width, [4 * width, cnf.output_channels], activation_layer=nn.GELU, dropout=dropout)
        self.stochastic_depth = StochasticDepth(stochastic_depth_prob, "row")
        self.project = nn.Linear(cnf.input_channels, cnf.output_channels) if cnf.input_channels != cnf.output_channels else None

    def _normalized(self, norm, x):
        return norm(x.transpose(1, 2)).transpose(1, 2) if self.needs_transposal else norm(x)

    def forward(self, x, thw):
        normalized = self._normalized(self.norm1, x)
        attended, size = self.attn(normalized, thw)
        skipped = self.project(normalized) if self.project is not None and self.proj_after_attn else x
        skipped = skipped if self.pool_skip is None else self.pool_skip(skipped, thw)[0]
        x = skipped + self.stochastic_depth(attended)
        normalized = self._normalized(self.norm2, x)
        skipped = self.project(normalized) if self.project is not None and not self.proj_after_attn else x
        return skipped + self.stochastic_depth(self.mlp(normalized)), size


class PositionalEncoding(nn.Module):
    """A class token, and embeddings of places and times where there are no relative ones."""

    def __init__(self, embed_size, spatial_size, temporal_size, rel_pos_embed):
        super().__init__()
        self.spatial_size, self.temporal_size = spatial_size, temporal_size
        self.class_token = nn.Parameter(torch.zeros(embed_size))
        self.spatial_pos = self.temporal_pos = self.class_pos = None
        if not rel_pos_embed:
            self.spatial_pos = nn.Parameter(torch.zeros(math.prod(spatial_size), embed_size))
            self.temporal_pos = nn.Parameter(torch.zeros(temporal_size, embed_size))
            self.class_pos = nn.Parameter(torch.zeros(embed_size))

    def forward(self, x):
        x = torch.cat((self.class_token.expand(x.size(0), -1).unsqueeze(1), x), dim=1)
        if self.class_pos is None:
            return x
        places = (self.temporal_pos.unsqueeze(1) + self.spatial_pos.unsqueeze(0)).reshape(-1, x.size(2))
        return x + torch.cat((self.class_pos.unsqueeze(0), places), dim=0).unsqueeze(0)


class MViT(nn.Module):
    def __init__(self, spatial_size, temporal_size, block_setting, residual_pool, residual_with_cls_embed, rel_pos_embed, proj_after_attn,
                 dropout=0.5, attention_dropout=0.0, stochastic_depth_prob=0.0, num_classes=400, block=None, norm_layer=None,
                 patch_embed_kernel=(3, 7, 7), patch_embed_stride=(2, 4, 4), patch_embed_padding=(1, 3, 3)):
        super().__init__()
        if not block_setting:
            raise ValueError("The configuration parameter can't be empty.")
        block, norm_layer = block or MultiscaleBlock, norm_layer or partial(nn.LayerNorm, eps=1e-6)
        width = block_setting[0].input_channels
        self.conv_proj = nn.Conv3d(3, width, patch_embed_kernel, patch_embed_stride, patch_embed_padding)
        size = [length // stride for length, stride in zip((temporal_size, *spatial_size), self.conv_proj.stride)]
        self.pos_encoding = PositionalEncoding(width, tuple(size[1:]), size[0], rel_pos_embed)
        self.blocks = nn.ModuleList()
        for position, cnf in enumerate(block_setting):
            self.blocks.append(block(
                input_size=size, cnf=cnf, residual_pool=residual_pool, residual_with_cls_embed=residual_with_cls_embed,
                rel_pos_embed=rel_pos_embed, proj_after_attn=proj_after_attn, dropout=attention_dropout,
                stochastic_depth_prob=stochastic_depth_prob * position / (len(block_setting) - 1.0), norm_layer=norm_layer))
            size = [length // stride for length, stride in zip(size, cnf.stride_q or (1, 1, 1))]
        width = block_setting[-1].output_channels
        self.norm = norm_layer(width)
        self.head = nn.Sequential(nn.Dropout(dropout, inplace=True), nn.Linear(width, num_classes))
        initialize(self, {nn.Linear: weight_by(partial(nn.init.trunc_normal_, std=0.02)), PositionalEncoding: _fill_positions})

    def forward(self, x):
        x = x.unsqueeze(2) if x.dim() == 4 else x
        x = self.pos_encoding(self.conv_proj(x).flatten(2).transpose(1, 2))
        thw = (self.pos_encoding.temporal_size, *self.pos_encoding.spatial_size)
        for block in self.blocks:
            x, thw = block(x, thw)
        return self.head(self.norm(x)[:, 0])


def _fill_positions(encoding):
    for embedding in encoding.parameters():
        nn.init.trunc_normal_(embedding, std=0.02)


# Widths of the blocks: of their inputs in the first version, of their outputs in the second. Where they grow, so do heads, and queries are pooled.
_WIDTHS = [96, 192, 192, *[384] * 11, 768, 768]
_POOLED = (1, 3, 14)
_KEY_STRIDES = [8, 4, 4, *[2] * 11, 1, 1]


def _blocks(inputs, outputs, pooled_everywhere):
    for position, widths in enumerate(zip(inputs, outputs)):
        is_pooled = position in _POOLED
        stride = [1, 2, 2] if is_pooled else [1, 1, 1]
        queries = ([3, 3, 3], stride) if is_pooled or pooled_everywhere else ([], [])
        keys = _KEY_STRIDES[position]
        yield MSBlockConfig(_WIDTHS[position] // 96, *widths, queries[0], [3, 3, 3], queries[1], [1, keys, keys])


_sizes = {"spatial_size": (224, 224), "temporal_size": 16, "residual_with_cls_embed": False, "stochastic_depth_prob": 0.2}
register_models(globals(), MViT, {
    "mvit_v1_b": {**_sizes, "block_setting": list(_blocks(_WIDTHS, [*_WIDTHS[1:], 768], False)), "residual_pool": False, "rel_pos_embed": False,
                  "proj_after_attn": False},
    "mvit_v2_s": {**_sizes, "block_setting": list(_blocks([96, *_WIDTHS[:-1]], _WIDTHS, True)), "residual_pool": True, "rel_pos_embed": True,
                  "proj_after_attn": True},
})
