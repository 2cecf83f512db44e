"""torch.overrides: functions of torch and of torch.nn.functional ask what stands for a tensor (a `Proxy` of torch.fx) what they do with it."""
import functools
import types

_active = [False]  # whether there is any such thing: until then nothing is looked for


def activate(is_active=True):
    _active[0] = is_active


def _flat(things):
    for thing in things:
        if isinstance(thing, (tuple, list)):
            yield from _flat(thing)
        elif isinstance(thing, dict):
            yield from _flat(thing.values())
        elif isinstance(thing, slice):
            yield from (thing.start, thing.stop, thing.step)
        else:
            yield thing


def overriding(things):
    """The first among the things (in lists too) that takes functions over, or None."""
    return next((thing for thing in _flat(things) if hasattr(type(thing), "__torch_function__")), None) if _active[0] else None


def overridable(function):
    """The function, which asks its arguments first."""
    @functools.wraps(function)
    def asking(*args, **kwargs):
        if not _active[0]:
            return function(*args, **kwargs)
        taker = overriding((*args, *kwargs.values()))
        return function(*args, **kwargs) if taker is None else type(taker).__torch_function__(asking, (type(taker),), args, kwargs)
    return asking


def make_overridable(namespace):
    """All public functions of a module."""
    for name, thing in list(namespace.items()):
        if isinstance(thing, types.FunctionType) and not name.startswith("_"):
            namespace[name] = overridable(thing)
            namespace[name].__name__ = name  # of one with several names, this


def has_torch_function(relevant_args):
    return overriding(relevant_args) is not None


def has_torch_function_unary(obj):
    return overriding((obj,)) is not None


def has_torch_function_variadic(*args):
    return overriding(args) is not None


def handle_torch_function(public_api, relevant_args, *args, **kwargs):
    taker = overriding(relevant_args)
    return public_api(*args, **kwargs) if taker is None else type(taker).__torch_function__(public_api, (type(taker),), args, kwargs)


def is_tensor_like(inp):
    from ._tensor import Tensor
    return isinstance(inp, Tensor) or hasattr(type(inp), "__torch_function__")


def wrap_torch_function(dispatcher):
    return lambda function: function


def get_overridable_functions():
    return {}


def get_ignored_functions():
    return set()


class TorchFunctionMode:
    """A context in which functions of torch are what they are."""

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return None
