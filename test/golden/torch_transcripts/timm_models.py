"""timm's vision transformers, registry and older names."""
from functools import partial

import timm
import torch
from timm.data import IMAGENET_DEFAULT_MEAN, IMAGENET_DEFAULT_STD, OPENAI_CLIP_MEAN
from timm.layers import DropPath, SwiGLUPacked
from timm.loss import LabelSmoothingCrossEntropy, SoftTargetCrossEntropy
from timm.models import create_model, is_model, list_models, named_apply, register_model
from timm.models.deit import VisionTransformerDistilled
from timm.models.helpers import build_model_with_cfg, checkpoint_seq, load_pretrained  # noqa: F401
from timm.models.layers import DropPath as OlderDropPath, to_2tuple
from timm.models.registry import register_model as older_register_model
from timm.models.vision_transformer import Attention, Block, Mlp, PatchEmbed, VisionTransformer, _cfg, resize_pos_embed
from torch import nn

print(DropPath is OlderDropPath, to_2tuple(1), register_model is older_register_model, IMAGENET_DEFAULT_MEAN, IMAGENET_DEFAULT_STD, OPENAI_CLIP_MEAN)
print(_cfg(url="u", input_size=(3, 384, 384)))


def show(name, make, size=32):
    torch.manual_seed(3)
    model = make()
    print(f"{name}: {type(model).__name__} {sum(p.numel() for p in model.parameters())}")
    for key, value in model.state_dict().items():
        print("  ", key, list(value.shape), f"{value.double().sum().item():.8g} {value.double().square().sum().item():.8g}")
    model.eval()
    x = torch.linspace(-3, 3, 2 * 3 * size * size).sin().reshape(2, 3, size, size)
    y = model(x)
    print("  ", list(y.shape), y.detach().reshape(-1)[:5].tolist())
    y.square().mean().backward()
    print("  ", [f"{p.grad.norm().item():.5g}" for p in model.parameters() if p.grad is not None])
    return model


small = dict(img_size=32, patch_size=8, embed_dim=16, depth=2, num_heads=2, num_classes=5)
model = show("plain", partial(VisionTransformer, **small))
print(model)
show("averaged", partial(VisionTransformer, **small, global_pool="avg", class_token=False, init_values=1e-2, drop_path_rate=0.2))
show("with registers", partial(VisionTransformer, **small, reg_tokens=2, no_embed_class=True, pre_norm=True, qk_norm=True, norm_layer="rmsnorm", act_layer="relu"))
show("of any size", partial(VisionTransformer, **small, dynamic_img_size=True, mlp_layer=SwiGLUPacked, weight_init="jax"), 40)
show("pooled by attention", partial(VisionTransformer, **small, global_pool="map", weight_init="moco", fix_init=True))
show("older blocks", partial(VisionTransformer, **small, norm_layer=partial(nn.LayerNorm, eps=1e-6), qkv_bias=True, block_fn=Block, embed_layer=PatchEmbed))
distilled = show("distilled", partial(VisionTransformerDistilled, **small))
print([head.out_features for head in distilled.get_classifier()])
features, intermediates = model.forward_intermediates(torch.ones(1, 3, 32, 32), indices=[-1])
print(list(features.shape), [list(tensor.shape) for tensor in intermediates], [list(t.shape) for t in model.get_intermediate_layers(torch.ones(1, 3, 32, 32), 2)])
print(list(model.forward_head(model.forward_features(torch.ones(1, 3, 32, 32)), pre_logits=True).shape), sorted(model.no_weight_decay()))
model.set_input_size(img_size=48)
print(list(model(torch.ones(1, 3, 48, 48)).shape), list(model.pos_embed.shape), model.pos_embed.sum().item())
model.reset_classifier(3)
print(model.head, list(resize_pos_embed(torch.ones(1, 17, 4), torch.ones(1, 26, 4)).shape))
print(Block(8, 2, drop_path=0.1, init_values=1e-5), Attention(8, 2), Mlp(8))


class Net(nn.Module):
    def __init__(self, num_classes=10, in_chans=3, width=4, **kwargs):
        super().__init__()
        self.fc = nn.Linear(in_chans * width, num_classes)
        self.kwargs = kwargs


default_cfgs = {"net_of_mine": _cfg(num_classes=7, input_size=(1, 8, 8), fixed_input_size=False)}


@register_model
def net_of_mine(pretrained=False, **kwargs):
    kwargs = {name: value for name, value in kwargs.items() if not name.startswith("pretrained") and name != "cache_dir"}
    return Net(**kwargs)


print(net_of_mine.__name__, is_model("net_of_mine"), is_model("net_of_yours"), list_models("net_of*"), "vit_tiny_patch16_224" in timm.list_models("vit_tiny*"))
print(create_model("net_of_mine", width=2, drop_rate=None).fc, create_model("net_of_mine", num_classes=2).kwargs)
tiny = timm.create_model("vit_tiny_patch16_224", pretrained=False, num_classes=4)
print(sum(p.numel() for p in tiny.parameters()), tiny.head, tiny.default_cfg["input_size"] if isinstance(tiny.default_cfg, dict) else (3, 224, 224))
print(timm.create_model("deit_tiny_distilled_patch16_224").head_dist)
names = []
named_apply(lambda module, name: names.append(name), nn.Sequential(nn.Linear(1, 1), nn.Sequential(nn.ReLU())), include_root=True)
print(names, checkpoint_seq(nn.Sequential(nn.Identity()), torch.ones(1)))
logits, target = torch.linspace(-1, 1, 12).reshape(3, 4), torch.tensor([1, 0, 3])
print(LabelSmoothingCrossEntropy(0.2)(logits, target), SoftTargetCrossEntropy()(logits, torch.softmax(logits.flip(1), 1)))
