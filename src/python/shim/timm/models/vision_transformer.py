"""Vision transformers (Dosovitskiy et al. 2021): tokens of patches, a class token, blocks with the norm in front, a linear head."""
import math

import torch
from torch import nn

from ..data.constants import IMAGENET_DEFAULT_MEAN, IMAGENET_DEFAULT_STD, IMAGENET_INCEPTION_MEAN, IMAGENET_INCEPTION_STD  # noqa: F401
from ..layers import (  # noqa: F401
    Attention, AttentionPoolLatent, DropPath, LayerNorm, Mlp, PatchDropout, PatchEmbed, SwiGLUPacked, get_act_layer, get_norm_layer, global_pool_nlc,
    lecun_normal_, maybe_add_mask, resample_abs_pos_embed, resample_patch_embed, trunc_normal_, use_fused_attn)
from ..layers.layer_scale import LayerScale
from ._builder import build_model_with_cfg
from ._features import feature_take_indices
from ._helpers import load_checkpoint
from ._manipulate import checkpoint_seq, named_apply
from ._registry import register_model
from ._vit_init import (  # noqa: F401
    get_init_weights_vit, init_weights_vit_jax, init_weights_vit_moco, init_weights_vit_timm)

_POOLS = ("", "avg", "avgmax", "max", "token", "map")


def _drop_path(rate):
    return DropPath(rate) if rate > 0.0 else nn.Identity()


class Block(nn.Module):
    def __init__(self, dim, num_heads, mlp_ratio=4.0, qkv_bias=False, qk_norm=False, scale_attn_norm=False, scale_mlp_norm=False, proj_bias=True,
                 proj_drop=0.0, attn_drop=0.0, init_values=None, drop_path=0.0, act_layer=nn.GELU, norm_layer=LayerNorm, mlp_layer=Mlp, qk_scale=None, drop=0.0):
        """`qk_scale` and `drop` are of versions before 0.6."""
        super().__init__()
        proj_drop = proj_drop or drop
        self.norm1 = norm_layer(dim)
        self.attn = Attention(dim, num_heads=num_heads, qkv_bias=qkv_bias, qk_norm=qk_norm, scale_norm=scale_attn_norm, proj_bias=proj_bias,
                              attn_drop=attn_drop, proj_drop=proj_drop, norm_layer=norm_layer)
        self.attn.scale = qk_scale or self.attn.scale
        self.ls1 = LayerScale(dim, init_values=init_values) if init_values else nn.Identity()
        self.drop_path1 = _drop_path(drop_path)
        self.norm2 = norm_layer(dim)
        self.mlp = mlp_layer(in_features=dim, hidden_features=int(dim * mlp_ratio), act_layer=act_layer,
                             norm_layer=norm_layer if scale_mlp_norm else None, bias=proj_bias, drop=proj_drop)
        self.ls2 = LayerScale(dim, init_values=init_values) if init_values else nn.Identity()
        self.drop_path2 = _drop_path(drop_path)

    def forward(self, x, attn_mask=None):
        x = x + self.drop_path1(self.ls1(self.attn(self.norm1(x), attn_mask=attn_mask)))
        return x + self.drop_path2(self.ls2(self.mlp(self.norm2(x))))


class ResPostBlock(nn.Module):
    """The norms at the end of the branches."""

    def __init__(self, dim, num_heads, mlp_ratio=4.0, qkv_bias=False, qk_norm=False, scale_attn_norm=False, scale_mlp_norm=False, proj_bias=True,
                 proj_drop=0.0, attn_drop=0.0, init_values=None, drop_path=0.0, act_layer=nn.GELU, norm_layer=LayerNorm, mlp_layer=Mlp):
        super().__init__()
        self.init_values = init_values
        self.attn = Attention(dim, num_heads=num_heads, qkv_bias=qkv_bias, qk_norm=qk_norm, scale_norm=scale_attn_norm, proj_bias=proj_bias,
                              attn_drop=attn_drop, proj_drop=proj_drop, norm_layer=norm_layer)
        self.norm1 = norm_layer(dim)
        self.drop_path1 = _drop_path(drop_path)
        self.mlp = mlp_layer(in_features=dim, hidden_features=int(dim * mlp_ratio), act_layer=act_layer,
                             norm_layer=norm_layer if scale_mlp_norm else None, bias=proj_bias, drop=proj_drop)
        self.norm2 = norm_layer(dim)
        self.drop_path2 = _drop_path(drop_path)
        self.init_weights()

    def init_weights(self):
        if self.init_values is not None:
            for norm in (self.norm1, self.norm2):
                nn.init.constant_(norm.weight, self.init_values)

    def forward(self, x, attn_mask=None):
        x = x + self.drop_path1(self.norm1(self.attn(x, attn_mask=attn_mask)))
        return x + self.drop_path2(self.norm2(self.mlp(x)))


class VisionTransformer(nn.Module):
    def __init__(self, img_size=224, patch_size=16, in_chans=3, num_classes=1000, global_pool="token", embed_dim=768, depth=12, num_heads=12,
                 mlp_ratio=4.0, qkv_bias=True, qk_norm=False, scale_attn_norm=False, scale_mlp_norm=False, proj_bias=True, init_values=None,
                 class_token=True, pos_embed="learn", no_embed_class=False, reg_tokens=0, pre_norm=False, final_norm=True, fc_norm=None,
                 pool_include_prefix=False, dynamic_img_size=False, dynamic_img_pad=False, drop_rate=0.0, pos_drop_rate=0.0, patch_drop_rate=0.0,
                 proj_drop_rate=0.0, attn_drop_rate=0.0, drop_path_rate=0.0, weight_init="", fix_init=False, embed_layer=PatchEmbed,
                 embed_norm_layer=None, norm_layer=None, act_layer=None, block_fn=Block, mlp_layer=Mlp):
        super().__init__()
        assert global_pool in _POOLS
        assert class_token or global_pool != "token"
        assert pos_embed in ("", "none", "learn")
        norm_layer, act_layer = get_norm_layer(norm_layer) or LayerNorm, get_act_layer(act_layer) or nn.GELU
        norm_after_pool = global_pool in ("avg", "avgmax", "max") if fc_norm is None else fc_norm
        self.num_classes, self.global_pool = num_classes, global_pool
        self.num_features = self.head_hidden_size = self.embed_dim = embed_dim
        self.has_class_token, self.num_reg_tokens = class_token, reg_tokens
        self.num_prefix_tokens = (1 if class_token else 0) + reg_tokens
        self.no_embed_class, self.pool_include_prefix, self.dynamic_img_size = no_embed_class, pool_include_prefix, dynamic_img_size
        self.grad_checkpointing = False

        embedding = {"strict_img_size": False, "output_fmt": "NHWC"} if dynamic_img_size else {}
        if embed_norm_layer is not None:
            embedding["norm_layer"] = get_norm_layer(embed_norm_layer)
        self.patch_embed = embed_layer(img_size=img_size, patch_size=patch_size, in_chans=in_chans, embed_dim=embed_dim, bias=not pre_norm,
                                       dynamic_img_pad=dynamic_img_pad, **embedding)
        patches = self.patch_embed.num_patches
        reduction = self.patch_embed.feat_ratio() if hasattr(self.patch_embed, "feat_ratio") else patch_size
        self.cls_token = nn.Parameter(torch.zeros(1, 1, embed_dim)) if class_token else None
        self.reg_token = nn.Parameter(torch.zeros(1, reg_tokens, embed_dim)) if reg_tokens else None
        places = patches if no_embed_class else patches + self.num_prefix_tokens
        self.pos_embed = nn.Parameter(torch.randn(1, places, embed_dim) * 0.02) if pos_embed == "learn" else None
        self.pos_drop = nn.Dropout(p=pos_drop_rate)
        self.patch_drop = PatchDropout(patch_drop_rate, num_prefix_tokens=self.num_prefix_tokens) if patch_drop_rate > 0 else nn.Identity()
        self.norm_pre = norm_layer(embed_dim) if pre_norm else nn.Identity()

        # stochastic depth: the deeper, the more often a branch is left out
        rates = [rate.item() for rate in torch.linspace(0, drop_path_rate, depth)] if drop_path_rate else [0.0] * depth
        self.blocks = nn.Sequential(*(
            block_fn(dim=embed_dim, num_heads=num_heads, mlp_ratio=mlp_ratio, qkv_bias=qkv_bias, qk_norm=qk_norm, scale_attn_norm=scale_attn_norm,
                     scale_mlp_norm=scale_mlp_norm, proj_bias=proj_bias, init_values=init_values, proj_drop=proj_drop_rate, attn_drop=attn_drop_rate,
                     drop_path=rate, norm_layer=norm_layer, act_layer=act_layer, mlp_layer=mlp_layer) for rate in rates))
        self.feature_info = [{"module": f"blocks.{index}", "num_chs": embed_dim, "reduction": reduction} for index in range(depth)]
        self.norm = norm_layer(embed_dim) if final_norm and not norm_after_pool else nn.Identity()

        self.attn_pool = AttentionPoolLatent(
            embed_dim, num_heads=num_heads, mlp_ratio=mlp_ratio, norm_layer=norm_layer, act_layer=act_layer) if global_pool == "map" else None
        self.fc_norm = norm_layer(embed_dim) if final_norm and norm_after_pool else nn.Identity()
        self.head_drop = nn.Dropout(drop_rate)
        self.head = nn.Linear(embed_dim, num_classes) if num_classes > 0 else nn.Identity()
        if weight_init != "skip":
            self.init_weights(weight_init)
        if fix_init:
            self.fix_init_weight()

    def fix_init_weight(self):
        """The deeper a block, the smaller the weights at the end of its branches."""
        for position, block in enumerate(self.blocks, start=1):
            for layer in (block.attn.proj, block.mlp.fc2):
                layer.weight.data.div_(math.sqrt(2.0 * position))

    def init_weights(self, mode=""):
        assert mode in ("jax", "jax_nlhb", "moco", "")
        if self.pos_embed is not None:
            trunc_normal_(self.pos_embed, std=0.02)
        for token in (self.cls_token, self.reg_token):
            if token is not None:
                nn.init.normal_(token, std=1e-6)
        named_apply(get_init_weights_vit(mode, -math.log(self.num_classes) if "nlhb" in mode else 0.0), self)

    def _init_weights(self, m):
        init_weights_vit_timm(m)

    def load_pretrained(self, checkpoint_path, prefix=""):
        load_checkpoint(self, checkpoint_path)

    def no_weight_decay(self):
        return {"pos_embed", "cls_token", "dist_token"}

    def group_matcher(self, coarse=False):
        return {"stem": r"^cls_token|pos_embed|patch_embed", "blocks": [(r"^blocks\.(\d+)", None), (r"^norm", (99999,))]}

    def set_grad_checkpointing(self, enable=True):
        self.grad_checkpointing = enable
        if hasattr(self.patch_embed, "set_grad_checkpointing"):
            self.patch_embed.set_grad_checkpointing(enable)

    def get_classifier(self):
        return self.head

    def reset_classifier(self, num_classes, global_pool=None):
        self.num_classes = num_classes
        if global_pool is not None:
            assert global_pool in _POOLS
            assert global_pool != "map" or self.attn_pool is not None, "Cannot currently add attention pooling in reset_classifier()."
            if global_pool != "map":
                self.attn_pool = None
            self.global_pool = global_pool
        self.head = nn.Linear(self.embed_dim, num_classes) if num_classes > 0 else nn.Identity()

    def set_input_size(self, img_size=None, patch_size=None):
        old_grid = self.patch_embed.grid_size
        self.patch_embed.set_input_size(img_size=img_size, patch_size=patch_size)
        if self.pos_embed is None:
            return
        prefix = 0 if self.no_embed_class else self.num_prefix_tokens
        if self.patch_embed.num_patches + prefix != self.pos_embed.shape[1]:
            self.pos_embed = nn.Parameter(resample_abs_pos_embed(
                self.pos_embed, new_size=self.patch_embed.grid_size, old_size=old_grid, num_prefix_tokens=prefix))

    def _front_tokens(self):
        return self.cls_token, self.reg_token

    def _pos_embed(self, x):
        """Position embeddings, and the tokens in front. `no_embed_class`: those in front have no place."""
        if self.pos_embed is None:
            return x.view(x.shape[0], -1, x.shape[-1])
        places = self.pos_embed
        if self.dynamic_img_size:
            batch, height, width, channels = x.shape
            places = resample_abs_pos_embed(places, new_size=(height, width), old_size=self.patch_embed.grid_size,
                                            num_prefix_tokens=0 if self.no_embed_class else self.num_prefix_tokens)
            x = x.view(batch, -1, channels)
        front = [token.expand(x.shape[0], -1, -1) for token in self._front_tokens() if token is not None]
        if self.no_embed_class:
            x = x + places
        if front:
            x = torch.cat([*front, x], dim=1)
        return self.pos_drop(x if self.no_embed_class else x + places)

    def _embedded(self, x):
        return self.norm_pre(self.patch_drop(self._pos_embed(self.patch_embed(x))))

    def forward_intermediates(self, x, indices=None, return_prefix_tokens=False, norm=False, stop_early=False, output_fmt="NCHW",
                              intermediates_only=False, output_dict=False, attn_mask=None):
        """(tokens of the last block, [tokens of the blocks asked for])."""
        assert output_fmt in ("NCHW", "NLC"), "Output format must be one of NCHW or NLC."
        taken, last = feature_take_indices(len(self.blocks), indices)
        batch, _, height, width = x.shape
        x, found = self._embedded(x), []
        for position, block in enumerate(self.blocks[:last + 1] if stop_early else self.blocks):
            x = block(x) if attn_mask is None else block(x, attn_mask=attn_mask)
            if position in taken:
                found.append(self.norm(x) if norm else x)
        prefixes = [tokens[:, :self.num_prefix_tokens] for tokens in found] if self.num_prefix_tokens else None
        found = [tokens[:, self.num_prefix_tokens:] for tokens in found] if self.num_prefix_tokens else found
        if output_fmt == "NCHW":
            rows, columns = self.patch_embed.dynamic_feat_size((height, width))
            found = [tokens.reshape(batch, rows, columns, -1).permute(0, 3, 1, 2).contiguous() for tokens in found]
        if output_dict:
            result = {"image_intermediates": found}
            if prefixes is not None and return_prefix_tokens:
                result["image_intermediates_prefix"] = prefixes
            return result if intermediates_only else {**result, "image_features": self.norm(x)}
        if return_prefix_tokens and prefixes is not None:
            found = list(zip(found, prefixes))
        return found if intermediates_only else (self.norm(x), found)

    def prune_intermediate_layers(self, indices=1, prune_norm=False, prune_head=True):
        taken, last = feature_take_indices(len(self.blocks), indices)
        self.blocks = self.blocks[:last + 1]
        if prune_norm:
            self.norm = nn.Identity()
        if prune_head:
            self.fc_norm = nn.Identity()
            self.reset_classifier(0, "")
        return taken

    def get_intermediate_layers(self, x, n=1, reshape=False, return_prefix_tokens=False, norm=False, attn_mask=None):
        return self.forward_intermediates(x, n, return_prefix_tokens=return_prefix_tokens, norm=norm, output_fmt="NCHW" if reshape else "NLC",
                                          intermediates_only=True, attn_mask=attn_mask)

    def forward_features(self, x, attn_mask=None):
        x = self._embedded(x)
        if attn_mask is not None:
            for block in self.blocks:
                x = block(x, attn_mask=attn_mask)
        else:
            x = checkpoint_seq(self.blocks, x) if self.grad_checkpointing else self.blocks(x)
        return self.norm(x)

    def pool(self, x, pool_type=None):
        if self.attn_pool is not None:
            return self.attn_pool(x if self.pool_include_prefix else x[:, self.num_prefix_tokens:])
        return global_pool_nlc(x, pool_type=self.global_pool if pool_type is None else pool_type, num_prefix_tokens=self.num_prefix_tokens,
                               reduce_include_prefix=self.pool_include_prefix)

    def forward_head(self, x, pre_logits=False):
        x = self.head_drop(self.fc_norm(self.pool(x)))
        return x if pre_logits else self.head(x)

    def forward(self, x, attn_mask=None):
        # Subclasses written before there was a mask take none.
        return self.forward_head(self.forward_features(x) if attn_mask is None else self.forward_features(x, attn_mask=attn_mask))


def resize_pos_embed(posemb, posemb_new, num_prefix_tokens=1, gs_new=(), interpolation="bicubic", antialias=False):
    """The embeddings `posemb` for as many places as `posemb_new` has."""
    places = posemb_new.shape[1] - num_prefix_tokens
    return resample_abs_pos_embed(posemb, gs_new or [int(math.sqrt(places))] * 2, num_prefix_tokens=num_prefix_tokens, interpolation=interpolation,
                                  antialias=antialias)


def _cfg(url="", **kwargs):
    return {
        "url": url, "num_classes": 1000, "input_size": (3, 224, 224), "pool_size": None, "crop_pct": 0.9, "interpolation": "bicubic",
        "fixed_input_size": True, "mean": IMAGENET_INCEPTION_MEAN, "std": IMAGENET_INCEPTION_STD, "first_conv": "patch_embed.proj", "classifier": "head",
        **kwargs,
    }


def _create_vision_transformer(variant, pretrained=False, use_naflex=None, **kwargs):
    return build_model_with_cfg(VisionTransformer, variant, pretrained, **kwargs)


# Size of the transformer -> width, depth, heads.
SIZES = {"tiny": (192, 12, 3), "small": (384, 12, 6), "base": (768, 12, 12), "large": (1024, 24, 16)}
# Size, patch and image of each model.
_VARIANTS = (
    ("tiny", 16, 224), ("tiny", 16, 384), ("small", 32, 224), ("small", 32, 384), ("small", 16, 224), ("small", 16, 384), ("small", 8, 224),
    ("base", 32, 224), ("base", 32, 384), ("base", 16, 224), ("base", 16, 384), ("base", 8, 224), ("large", 32, 224), ("large", 32, 384),
    ("large", 16, 224), ("large", 16, 384))
default_cfgs = {}


def _publish(size, patch, image):
    width, depth, heads = SIZES[size]
    name = f"vit_{size}_patch{patch}_{image}"

    def build(pretrained=False, **kwargs):
        arguments = {"patch_size": patch, "embed_dim": width, "depth": depth, "num_heads": heads}
        return _create_vision_transformer(name, pretrained=pretrained, **{**arguments, **kwargs})

    build.__name__ = build.__qualname__ = name
    default_cfgs[name] = _cfg(input_size=(3, image, image))
    globals()[name] = register_model(build)


for _variant in _VARIANTS:
    _publish(*_variant)
