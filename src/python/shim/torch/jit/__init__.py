"""torch.jit: scripting and tracing give back what they were given, which is recorded anyway."""
from typing import Final  # noqa: F401


def script(obj, optimize=None, _frames_up=0, _rcb=None, example_inputs=None):
    return obj


def trace(func, example_inputs=None, *args, **kwargs):
    return func


def ignore(drop=False, **kwargs):
    """A decorator, also with arguments of its own: `@ignore`, `@ignore()`, `@ignore(drop=True)`."""
    if callable(drop):
        return drop
    if not isinstance(drop, bool):
        raise RuntimeError(f"Argument to @torch.jit.ignore must be a bool or a function but got {drop}")
    return lambda function: function


def unused(fn):
    return fn


export = script_if_tracing = interface = unused


def freeze(mod, preserved_attrs=None, optimize_numerics=True):
    return mod


def optimize_for_inference(mod, other_methods=None):
    return mod


def is_scripting():
    return False


def is_tracing():
    return False
