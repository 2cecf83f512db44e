"""Models from a class, arguments and settings; weights are drawn, since nothing is downloaded."""
from _lens import diagnostics
from _lens.recording import site
from _lens.door import UnsupportedError

from ._registry import get_pretrained_cfg


def note_missing(variant):
    """Says on the line that leads here that published weights are drawn instead of loaded."""
    diagnostics.report("skipped", "information", f"the published weights of `{variant}` are not here: they are drawn anew", site.here())


def load_pretrained(model, *args, **kwargs):
    note_missing(type(model).__name__)


def load_custom_pretrained(model, *args, **kwargs):
    note_missing(type(model).__name__)


def resolve_pretrained_cfg(variant, pretrained_cfg=None, pretrained_cfg_overlay=None):
    cfg = pretrained_cfg if isinstance(pretrained_cfg, dict) else get_pretrained_cfg(variant) or {}
    return {"architecture": variant, **cfg, **(pretrained_cfg_overlay or {})}


def build_model_with_cfg(model_cls, variant, pretrained, pretrained_cfg=None, pretrained_cfg_overlay=None, model_cfg=None, feature_cfg=None,
                         pretrained_strict=True, pretrained_filter_fn=None, cache_dir=None, kwargs_filter=None, **kwargs):
    """The settings give number of classes, channels and pooling where the arguments do not, and the image's size where it is fixed."""
    cfg = resolve_pretrained_cfg(variant, pretrained_cfg, pretrained_cfg_overlay)
    if kwargs.pop("features_only", False):
        raise UnsupportedError("timm's features_only=True is not supported")
    for name in ("pruned", "out_indices", "feature_cls"):
        kwargs.pop(name, None)
    size = cfg.get("input_size")
    defaults = {"num_classes": cfg.get("num_classes"), "global_pool": cfg.get("global_pool"), "in_chans": size[0] if size else None,
                "img_size": size[-2:] if size and cfg.get("fixed_input_size") else None}
    for name, value in defaults.items():
        if value is not None:
            kwargs.setdefault(name, value)
    for name in kwargs_filter or ():
        kwargs.pop(name, None)
    model = model_cls(**kwargs) if model_cfg is None else model_cls(cfg=model_cfg, **kwargs)
    model.pretrained_cfg = model.default_cfg = cfg
    if pretrained:
        note_missing(variant)
    return model
