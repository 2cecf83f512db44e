"""The package `timm`: its layers, its vision transformers, its registry. What else it has is a ghost where a file asks for it."""
from _lens.missing import lazy as _lazy

__version__ = "1.0.20"

__getattr__ = _lazy.attributes(__name__, {
    "data": "", "layers": "is_scriptable is_exportable set_scriptable set_exportable", "loss": "",
    "models": "create_model list_models list_pretrained is_model list_modules model_entrypoint is_model_pretrained get_pretrained_cfg"},
    missing=("optim", "scheduler", "task", "utils"))
