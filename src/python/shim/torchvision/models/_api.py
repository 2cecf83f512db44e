"""Models by name: builders are registered here, and get the enums of their weights from the table `_published`.

A family registers its builders with `register_models` (a class and the arguments that differ), or one with `register_model`. `weights=` and
`pretrained=` are taken and checked; since nothing is downloaded, the weights are drawn anew, which is said on the call's line.
"""
import enum
import fnmatch
import functools
import importlib
import inspect

from _lens import diagnostics
from _lens.recording import site
from _lens.door import UnsupportedError

from . import _published

_BUILDERS = {}  # name -> function


class Weights:
    """What is known of published weights."""

    def __init__(self, url, transforms, meta):
        self.url, self.transforms, self.meta = url, transforms, meta


class WeightsEnum(enum.Enum):
    @classmethod
    def verify(cls, obj):
        if isinstance(obj, str):
            return cls[obj.replace(f"{cls.__name__}.", "")]
        if obj is not None and not isinstance(obj, cls):
            raise TypeError(f"Invalid Weight class provided; expected {cls.__name__} but received {type(obj).__name__}.")
        return obj

    def get_state_dict(self, *args, **kwargs):
        raise UnsupportedError(f"the weights {self!r} are not here: nothing is downloaded")

    def __repr__(self):
        return f"{type(self).__name__}.{self._name_}"

    url = property(lambda self: self.value.url)
    transforms = property(lambda self: self.value.transforms)
    meta = property(lambda self: self.value.meta)


@functools.cache
def weights_of(builder):
    """The enum of a builder's weights."""
    members = _published.members(builder)
    found = {member.name: Weights(f"{builder}.{member.name}", _Transforms(member), _meta(member)) for member in members}
    default = found[next((member for member in members if member.is_default), members[0]).name]
    return WeightsEnum(_published.ENUMS[builder], {**found, "DEFAULT": default}, module=f"torchvision.models.{_published.MODULES[builder]}")


class _Transforms:
    """`weights.transforms`: called, it makes what prepares an image for the model."""

    def __init__(self, member):
        self._member = member

    def __call__(self, **changes):
        from ..transforms import _presets
        return _presets.of_member(self._member, changes)


def _meta(member):
    """Of the classes there are only the numbers here."""
    is_whole = member.name != "IMAGENET1K_FEATURES"
    size = {"min_size": (member.crop, member.crop)} if member.module in _published.FIXED_SIZE else {}
    return {"categories": _categories(member.classes) if is_whole else None, **size}


@functools.cache
def _categories(count):
    return [f"class {index}" for index in range(count)]


def register_model(build):
    """Publishes `build(**kwargs)` under its name. One that has a parameter `weights` is given the member of the enum that was asked for, or None."""
    return _registered(build.__name__, build.__globals__, build, build)


def register_models(namespace, make, rows):
    """Publishes in a module's `namespace` a builder for each of `rows`: name -> the arguments that `make` gets besides the caller's."""
    for name, arguments in rows.items():
        namespace[name] = _registered(name, namespace, make, _given(make, arguments))


def _given(make, arguments):
    return lambda **kwargs: make(**{**arguments, **kwargs})


def _registered(name, namespace, make, build):
    """The builder: `build` is called for it, and `make` tells whether it takes `weights`. The enum is put beside it."""
    takes_weights = "weights" in inspect.signature(make).parameters
    namespace[_published.ENUMS[name]] = weights_of(name)

    def builder(*args, **kwargs):
        weights = _weights_asked_for(name, args, kwargs)
        if weights is not None:
            if weights.meta["categories"] is not None:
                _settle(kwargs, "num_classes", len(weights.meta["categories"]))
            note_missing(weights)
        kwargs.pop("progress", None)
        return build(weights=weights, **kwargs) if takes_weights else build(**kwargs)

    builder.__name__ = builder.__qualname__ = name
    builder.__module__ = namespace["__name__"]
    _BUILDERS[name] = builder
    return builder


def _weights_asked_for(name, args, kwargs):
    """The member of the enum, from `weights=`, the first argument, or the older `pretrained=`."""
    asked = args[0] if args else kwargs.pop("pretrained", kwargs.pop("weights", None))
    kwargs.pop("weights", None)
    if isinstance(asked, bool):
        asked = next(iter(weights_of(name))) if asked else None
    return weights_of(name).verify(asked)


def _settle(kwargs, name, value):
    if kwargs.setdefault(name, value) != value:
        raise ValueError(f"The parameter '{name}' expected value {value} but got {kwargs[name]} instead.")


def note_missing(weights):
    """Says on the line that leads here that these weights are drawn instead of loaded."""
    diagnostics.report("skipped", "information", f"the weights of {_published.data_set(weights.name)[0]} are not here: they are drawn anew", site.here())


# By name

def list_models(module=None, include=None, exclude=None):
    names = [name for name, where in _published.MODULES.items() if module is None or module.__name__ == f"torchvision.models.{where}".rpartition(".")[0]]
    if include is not None:
        names = [name for name in names if any(fnmatch.fnmatch(name, pattern) for pattern in _listed(include))]
    if exclude is not None:
        names = [name for name in names if not any(fnmatch.fnmatch(name, pattern) for pattern in _listed(exclude))]
    return sorted(names)


def _listed(patterns):
    return [patterns] if isinstance(patterns, str) else patterns


def get_model_builder(name):
    name = name.lower()
    if name not in _published.MODULES:
        raise ValueError(f"Unknown model {name}")
    if name not in _BUILDERS:
        importlib.import_module(f"torchvision.models.{_published.MODULES[name]}")
    return _BUILDERS[name]


def get_model(name, **config):
    return get_model_builder(name)(**config)


def get_model_weights(name):
    return weights_of(name.lower() if isinstance(name, str) else name.__name__)


def get_weight(name):
    enum_name, dot, member = name.partition(".")
    if not dot:
        raise ValueError(f"Invalid weight name provided: '{name}'.")
    builder = enum_name.removesuffix("_Weights").lower()
    if _published.ENUMS.get(builder) != enum_name:
        raise ValueError(f"The weight enum '{enum_name}' for the specific method couldn't be retrieved.")
    return weights_of(builder)[member]
