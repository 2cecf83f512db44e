"""timm.models: the registry, the builders, the plain vision transformers."""
import sys as _sys

from _lens.missing import lazy as _lazy

import timm.layers as _layers  # before it is looked up: a file may have taken modules away

# The older name of the same package.
layers = _sys.modules[f"{__name__}.layers"] = _layers

_NAMES = {
    "_builder": "build_model_with_cfg load_pretrained load_custom_pretrained resolve_pretrained_cfg", "_factory": "create_model",
    "_features": "feature_take_indices", "_helpers": "clean_state_dict load_state_dict load_checkpoint",
    "_manipulate": "named_apply checkpoint checkpoint_seq adapt_input_conv",
    "_registry": "register_model register_model_deprecations generate_default_cfgs split_model_name_tag is_model list_models list_pretrained list_modules "
                 "is_model_pretrained model_entrypoint get_pretrained_cfg get_pretrained_cfg_value",
    "deit": "VisionTransformerDistilled", "helpers": "", "registry": "", "vision_transformer": "VisionTransformer",
}
_MISSING = frozenset("""
    beit byobnet cait coat convit convmixer convnext crossvit cspnet davit densenet dla dpn edgenext efficientformer efficientnet efficientnet_blocks
    efficientnet_builder eva focalnet gcvit ghostnet hiera hrnet inception_resnet_v2 inception_v3 inception_v4 levit maxxvit metaformer mlp_mixer
    mobilenetv3 mobilevit mvitv2 nasnet nest nfnet pit pnasnet pvt_v2 regnet repvit res2net resnest resnet resnetv2 rexnet selecsls senet sequencer
    sknet swin_transformer swin_transformer_v2 swin_transformer_v2_cr tiny_vit tnt tresnet twins vgg visformer vision_transformer_hybrid
    vision_transformer_relpos vision_transformer_sam vitamin volo vovnet xception xcit features fx_features hub
""".split())

__getattr__ = _lazy.attributes(__name__, _NAMES, missing=_MISSING)
__all__ = [name for module, names in _NAMES.items() if module.startswith("_") for name in names.split()]
