"""torch.jit: scripting and tracing give back what they were given, which is recorded anyway."""
from typing import Final  # noqa: F401


def script(obj, optimize=None, _frames_up=0, _rcb=None, example_inputs=None):
    return obj


def trace(func, example_inputs=None, *args, **kwargs):
    return func


def _same(function, *args, **kwargs):
    return function


export = ignore = unused = freeze = optimize_for_inference = script_if_tracing = _same


def is_scripting():
    return False


def is_tracing():
    return False
