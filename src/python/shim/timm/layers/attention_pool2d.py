"""Attention in place of global pooling (Radford et al. 2021)."""
import torch
from torch import nn

from .attention import attended
from .config import use_fused_attn
from .helpers import to_2tuple
from .pos_embed import resample_abs_pos_embed
from .weight_init import trunc_normal_


class AttentionPool2d(nn.Module):
    """N C H W -> N C: what a token before all places attends to. Without `pool_type`, the places."""

    def __init__(self, in_features, feat_size=7, out_features=None, embed_dim=None, head_dim=64, num_heads=None, qkv_bias=True, qkv_separate=False,
                 pool_type="token", class_token=False, drop_rate=0.0):
        super().__init__()
        assert pool_type in ("", "token")
        self.embed_dim = embed_dim = embed_dim or in_features
        self.in_features, self.out_features = in_features, out_features or in_features
        assert embed_dim % (num_heads or head_dim) == 0
        self.num_heads, self.head_dim = (num_heads, embed_dim // num_heads) if num_heads is not None else (embed_dim // head_dim, head_dim)
        self.feat_size = to_2tuple(feat_size)
        self.seq_len = self.feat_size[0] * self.feat_size[1]
        self.pool_type, self.scale, self.fused_attn = pool_type, self.head_dim ** -0.5, use_fused_attn()
        self.cls_token = nn.Parameter(torch.zeros(1, embed_dim)) if class_token else None
        self.q = self.k = self.v = self.qkv = None
        if qkv_separate:
            self.q, self.k, self.v = (nn.Linear(in_features, embed_dim, bias=qkv_bias) for _ in range(3))
        else:
            self.qkv = nn.Linear(in_features, embed_dim * 3, bias=qkv_bias)
        self.drop = nn.Dropout(drop_rate)
        self.proj = nn.Linear(embed_dim, self.out_features)
        self.pos_embed = nn.Parameter(torch.zeros(self.seq_len + 1, in_features))
        self.init_weights()

    def init_weights(self, zero_init_last=False):
        std = self.in_features ** -0.5
        for layer in (self.q, self.k, self.v) if self.qkv is None else (self.qkv,):
            trunc_normal_(layer.weight, std=std)
            nn.init.zeros_(layer.bias)
        trunc_normal_(self.pos_embed, std=std)

    def reset(self, num_classes=None, pool_type=None):
        if pool_type is not None:
            assert pool_type in ("", "token")
            self.pool_type = pool_type
        if num_classes is not None:
            self.proj = nn.Linear(self.in_features, num_classes) if num_classes > 0 else nn.Identity()
            self.out_features = num_classes if num_classes > 0 else self.embed_dim

    def _heads(self, x):
        batch, tokens, _ = x.shape
        if self.qkv is None:
            return [layer(x).reshape(batch, tokens, self.num_heads, self.head_dim).transpose(1, 2) for layer in (self.q, self.k, self.v)]
        return self.qkv(x).reshape(batch, -1, 3, self.num_heads, self.head_dim).permute(2, 0, 3, 1, 4).unbind(0)

    def _pool(self, x, height, width):
        return x[:, 0] if self.pool_type == "token" else x[:, 1:].reshape(x.shape[0], height, width, -1).permute(0, 3, 1, 2)

    def forward(self, x, pre_logits=False):
        batch, _, height, width = x.shape
        x = x.flatten(2).transpose(1, 2)
        token = x.mean(1, keepdim=True) if self.cls_token is None else self.cls_token.expand(batch, -1, -1)
        x = torch.cat([token, x], dim=1) + resample_abs_pos_embed(self.pos_embed.unsqueeze(0), (height, width), num_prefix_tokens=1)
        q, k, v = self._heads(x)
        x = attended(q, k, v, self.fused_attn, self.scale).transpose(1, 2).reshape(batch, height * width + 1, -1)
        x = self.drop(x)
        return self._pool(x if pre_logits else self.proj(x), height, width)
