"""`create_model`."""
from ..layers.config import set_layer_config
from ._helpers import load_checkpoint
from ._registry import model_entrypoint, split_model_name_tag


def create_model(model_name, pretrained=False, pretrained_cfg=None, pretrained_cfg_overlay=None, checkpoint_path=None, cache_dir=None, scriptable=None,
                 exportable=None, no_jit=None, **kwargs):
    """Arguments that are None are left to the model."""
    name, tag = split_model_name_tag(model_name)
    build = model_entrypoint(name)
    arguments = {"pretrained": pretrained, **{key: value for key, value in kwargs.items() if value is not None}}
    extras = {"pretrained_cfg": pretrained_cfg or tag or None, "pretrained_cfg_overlay": pretrained_cfg_overlay, "cache_dir": cache_dir}
    with set_layer_config(scriptable=scriptable, exportable=exportable, no_jit=no_jit):
        model = build(**arguments, **extras)
    if checkpoint_path:
        load_checkpoint(model, checkpoint_path)
    return model
