"""Data-efficient image transformers (Touvron et al. 2021); distilled ones have a second token and a second head."""
import torch
from torch import nn

from ..data.constants import IMAGENET_DEFAULT_MEAN, IMAGENET_DEFAULT_STD
from ..layers.weight_init import trunc_normal_
from ._builder import build_model_with_cfg
from ._registry import register_model
from .vision_transformer import SIZES, VisionTransformer, _cfg


class VisionTransformerDistilled(VisionTransformer):
    def __init__(self, *args, **kwargs):
        weight_init = kwargs.pop("weight_init", "")
        super().__init__(*args, **kwargs, weight_init="skip")
        assert self.global_pool in ("token",)
        self.num_prefix_tokens = 2
        self.dist_token = nn.Parameter(torch.zeros(1, 1, self.embed_dim))
        self.pos_embed = nn.Parameter(torch.zeros(1, self.patch_embed.num_patches + self.num_prefix_tokens, self.embed_dim))
        self.head_dist = nn.Linear(self.embed_dim, self.num_classes) if self.num_classes > 0 else nn.Identity()
        self.distilled_training = False
        self.init_weights(weight_init)

    def init_weights(self, mode=""):
        trunc_normal_(self.dist_token, std=0.02)
        super().init_weights(mode=mode)

    def get_classifier(self):
        return self.head, self.head_dist

    def reset_classifier(self, num_classes, global_pool=None):
        self.num_classes = num_classes
        self.head, self.head_dist = (nn.Linear(self.embed_dim, num_classes) if num_classes > 0 else nn.Identity() for _ in range(2))

    def set_distilled_training(self, enable=True):
        self.distilled_training = enable

    def _front_tokens(self):
        return self.cls_token, self.dist_token

    def forward_head(self, x, pre_logits=False):
        """The mean of both heads; while training to distill, both."""
        of_class, of_teacher = x[:, 0], x[:, 1]
        if pre_logits:
            return (of_class + of_teacher) / 2
        of_class, of_teacher = self.head(of_class), self.head_dist(of_teacher)
        if self.distilled_training and self.training:
            return of_class, of_teacher
        return (of_class + of_teacher) / 2


default_cfgs = {}


def _publish(size, distilled, image=224):
    width, depth, heads = SIZES[size]
    name = f"deit_{size}_{'distilled_' if distilled else ''}patch16_{image}"

    def build(pretrained=False, **kwargs):
        arguments = {"patch_size": 16, "embed_dim": width, "depth": depth, "num_heads": heads}
        return build_model_with_cfg(VisionTransformerDistilled if distilled else VisionTransformer, name, pretrained, **{**arguments, **kwargs})

    build.__name__ = build.__qualname__ = name
    default_cfgs[name] = _cfg(input_size=(3, image, image), mean=IMAGENET_DEFAULT_MEAN, std=IMAGENET_DEFAULT_STD)
    globals()[name] = register_model(build)


for _size in ("tiny", "small", "base"):
    for _distilled in (False, True):
        _publish(_size, _distilled)
_publish("base", False, 384)
_publish("base", True, 384)
