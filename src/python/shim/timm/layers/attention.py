"""Self-attention over tokens."""
import torch.nn.functional as F
from torch import nn

from .config import use_fused_attn


def maybe_add_mask(scores, attn_mask=None):
    return scores if attn_mask is None else scores + attn_mask


def attended(q, k, v, is_fused, scale, attn_mask=None, drop=None):
    """softmax(q kᵀ · scale) v, in one op or in its parts. `drop`: nn.Dropout of the attention, or None."""
    if is_fused:
        return F.scaled_dot_product_attention(q, k, v, attn_mask=attn_mask, dropout_p=drop.p if drop is not None and drop.training else 0.0)
    attention = maybe_add_mask((q * scale) @ k.transpose(-2, -1), attn_mask).softmax(dim=-1)
    return (attention if drop is None else drop(attention)) @ v


class Attention(nn.Module):
    def __init__(self, dim, num_heads=8, qkv_bias=False, qk_norm=False, scale_norm=False, proj_bias=True, attn_drop=0.0, proj_drop=0.0, norm_layer=None):
        super().__init__()
        assert dim % num_heads == 0, "dim should be divisible by num_heads"
        if qk_norm or scale_norm:
            assert norm_layer is not None, "norm_layer must be provided if qk_norm or scale_norm is True"
        self.num_heads, self.head_dim = num_heads, dim // num_heads
        self.scale = self.head_dim ** -0.5
        self.fused_attn = use_fused_attn()
        self.qkv = nn.Linear(dim, dim * 3, bias=qkv_bias)
        self.q_norm = norm_layer(self.head_dim) if qk_norm else nn.Identity()
        self.k_norm = norm_layer(self.head_dim) if qk_norm else nn.Identity()
        self.attn_drop = nn.Dropout(attn_drop)
        self.norm = norm_layer(dim) if scale_norm else nn.Identity()
        self.proj = nn.Linear(dim, dim, bias=proj_bias)
        self.proj_drop = nn.Dropout(proj_drop)

    def forward(self, x, attn_mask=None):
        batch, tokens, channels = x.shape
        q, k, v = self.qkv(x).reshape(batch, tokens, 3, self.num_heads, self.head_dim).permute(2, 0, 3, 1, 4).unbind(0)
        q, k = self.q_norm(q), self.k_norm(k)
        x = attended(q, k, v, self.fused_attn, self.scale, attn_mask, self.attn_drop)
        return self.proj_drop(self.proj(self.norm(x.transpose(1, 2).reshape(batch, tokens, channels))))
