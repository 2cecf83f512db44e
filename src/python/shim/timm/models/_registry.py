"""Models by name: timm's own that are here, and those that a file registers."""
import fnmatch
import sys

from _lens.door import UnsupportedError
from _lens.session import session

_OWN = {}    # name -> function, of this package
_of_run = {"of": None, "models": {}}


def _registered():
    """Those of the file that runs."""
    if _of_run["of"] is not session.main:
        _of_run.update(of=session.main, models={})
    return _of_run["models"]


def register_model(fn):
    module = sys.modules[fn.__module__]
    if hasattr(module, "__all__"):
        module.__all__.append(fn.__name__)
    else:
        module.__all__ = [fn.__name__]
    (_OWN if fn.__module__.startswith("timm.") else _registered())[fn.__name__] = fn
    return fn


def register_model_deprecations(module_name, deprecation_map):
    pass


def _load_own():
    from . import deit, vision_transformer  # noqa: F401


def _models():
    _load_own()
    return {**_OWN, **_registered()}


def split_model_name_tag(model_name, no_tag=""):
    name, dot, tag = model_name.partition(".")
    return name, tag if dot else no_tag


def is_model(model_name):
    return split_model_name_tag(model_name)[0] in _models()


def list_models(filter="", module="", pretrained=False, exclude_filters="", name_matches_cfg=False, include_tags=None):
    def fits(name, patterns):
        return any(fnmatch.fnmatch(name, pattern) for pattern in ([patterns] if isinstance(patterns, str) else patterns))

    names = [name for name, fn in _models().items() if not module or fn.__module__.endswith(f".{module}")]
    return sorted(name for name in names if (not filter or fits(name, filter)) and not (exclude_filters and fits(name, exclude_filters)))


def list_pretrained(filter="", exclude_filters=""):
    return list_models(filter, exclude_filters=exclude_filters)


def list_modules():
    return sorted({fn.__module__.rpartition(".")[2] for fn in _models().values()})


def is_model_pretrained(model_name):
    return False


def model_entrypoint(model_name, module_filter=None):
    name = split_model_name_tag(model_name)[0]
    models = _models()
    if name not in models:
        raise UnsupportedError(f"timm's model `{name}` is not here: of its models there are the plain vision transformers, and what the file registers")
    return models[name]


def get_pretrained_cfg(model_name, allow_unregistered=True):
    """What the module of a registered model says in its `default_cfgs`."""
    fn = _models().get(split_model_name_tag(model_name)[0])
    known = getattr(sys.modules.get(fn.__module__), "default_cfgs", {}) if fn is not None else {}
    return known.get(model_name)


def get_pretrained_cfg_value(model_name, cfg_key):
    return (get_pretrained_cfg(model_name) or {}).get(cfg_key)


def generate_default_cfgs(cfgs):
    """`name.tag` -> settings becomes name -> those of its first tag."""
    by_name = {}
    for name, cfg in cfgs.items():
        by_name.setdefault(split_model_name_tag(name)[0], cfg)
    return by_name
