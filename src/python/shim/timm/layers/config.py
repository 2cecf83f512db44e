"""Settings that a file may make for all layers. They hold for the file that makes them."""
from _lens.session import session

_DEFAULTS = {"scriptable": False, "exportable": False, "no_jit": False, "fused_attn": 1, "fast_norm": False, "reentrant_ckpt": False}
_settings = {}


def settings():
    """Name -> value, anew for each run of a file."""
    if _settings.get("of") is not session.main:
        _settings.update(_DEFAULTS, of=session.main)
    return _settings


class set_layer_config:
    """Changes settings at once, and puts them back as a context manager's end. None: as it is."""

    def __init__(self, scriptable=None, exportable=None, no_jit=None, no_activation_jit=None):
        self.prev = dict(settings())
        changes = {"scriptable": scriptable, "exportable": exportable, "no_jit": no_jit}
        settings().update({name: value for name, value in changes.items() if value is not None})

    def __enter__(self):
        return None

    def __exit__(self, *error):
        settings().update(self.prev)
        return False


def set_scriptable(mode):
    return set_layer_config(scriptable=mode)


def set_exportable(mode):
    return set_layer_config(exportable=mode)


def set_no_jit(mode):
    return set_layer_config(no_jit=mode)


def is_scriptable():
    return settings()["scriptable"]


def is_exportable():
    return settings()["exportable"]


def is_no_jit():
    return settings()["no_jit"]


def use_fused_attn(experimental=False):
    """Whether attention is `F.scaled_dot_product_attention`."""
    return not is_exportable() and settings()["fused_attn"] > (1 if experimental else 0)


def set_fused_attn(enable=True, experimental=False):
    settings()["fused_attn"] = (2 if experimental else 1) if enable else 0


def use_reentrant_ckpt():
    return settings()["reentrant_ckpt"]


def set_reentrant_ckpt(enable=True):
    settings()["reentrant_ckpt"] = enable
