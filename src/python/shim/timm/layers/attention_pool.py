"""Pooling of tokens by attention of learned queries (Lee et al. 2019)."""
import torch
from torch import nn

from .attention import attended
from .config import use_fused_attn
from .mlp import Mlp
from .weight_init import trunc_normal_tf_


class AttentionPoolLatent(nn.Module):
    def __init__(self, in_features, out_features=None, embed_dim=None, num_heads=8, feat_size=None, mlp_ratio=4.0, qkv_bias=True, qk_norm=False,
                 latent_len=1, latent_dim=None, pos_embed="", pool_type="token", norm_layer=None, act_layer=nn.GELU, drop=0.0):
        super().__init__()
        embed_dim, out_features = embed_dim or in_features, out_features or in_features
        assert embed_dim % num_heads == 0
        self.num_heads, self.head_dim, self.feat_size = num_heads, embed_dim // num_heads, feat_size
        self.scale, self.pool, self.fused_attn = self.head_dim ** -0.5, pool_type, use_fused_attn()
        self.pos_embed = None
        if pos_embed == "abs":
            assert feat_size is not None
            self.pos_embed = nn.Parameter(torch.zeros(feat_size, in_features))
        self.latent_dim, self.latent_len = latent_dim or embed_dim, latent_len
        self.latent = nn.Parameter(torch.zeros(1, latent_len, embed_dim))
        self.q = nn.Linear(embed_dim, embed_dim, bias=qkv_bias)
        self.kv = nn.Linear(embed_dim, embed_dim * 2, bias=qkv_bias)
        self.q_norm = (norm_layer or nn.LayerNorm)(self.head_dim) if qk_norm else nn.Identity()
        self.k_norm = (norm_layer or nn.LayerNorm)(self.head_dim) if qk_norm else nn.Identity()
        self.proj = nn.Linear(embed_dim, embed_dim)
        self.proj_drop = nn.Dropout(drop)
        self.norm = norm_layer(out_features) if norm_layer is not None else nn.Identity()
        self.mlp = Mlp(embed_dim, int(embed_dim * mlp_ratio), act_layer=act_layer)
        self.init_weights()

    def init_weights(self):
        if self.pos_embed is not None:
            trunc_normal_tf_(self.pos_embed, std=self.pos_embed.shape[1] ** -0.5)
        trunc_normal_tf_(self.latent, std=self.latent_dim ** -0.5)

    def forward(self, x, attn_mask=None):
        batch, tokens, channels = x.shape
        if self.pos_embed is not None:
            x = x + self.pos_embed.unsqueeze(0).to(x.dtype)
        q = self.q(self.latent.expand(batch, -1, -1)).reshape(batch, self.latent_len, self.num_heads, self.head_dim).transpose(1, 2)
        k, v = self.kv(x).reshape(batch, tokens, 2, self.num_heads, self.head_dim).permute(2, 0, 3, 1, 4).unbind(0)
        x = attended(self.q_norm(q), self.k_norm(k), v, self.fused_attn, self.scale, attn_mask)
        x = self.proj_drop(self.proj(x.transpose(1, 2).reshape(batch, self.latent_len, channels)))
        x = x + self.mlp(self.norm(x))
        if self.pool == "token":
            return x[:, 0]
        return x.mean(1) if self.pool == "avg" else x
