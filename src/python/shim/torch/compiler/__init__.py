"""torch.compiler: nothing is compiled, every call is recorded as it is."""
import contextlib

from .. import _public_names

__all__ = ["allow_in_graph", "assume_constant_result", "compile", "cudagraph_mark_step_begin", "disable", "is_compiling", "is_dynamo_compiling", "is_exporting",
           "reset", "set_stance"]


def compile(model=None, **options):
    return model if model is not None else lambda function: function


def disable(fn=None, recursive=True, *, reason=None):
    """A decorator, also with arguments of its own."""
    return fn if fn is not None else lambda function: function


def allow_in_graph(fn):
    return fn


def assume_constant_result(fn):
    return fn


def is_compiling():
    return False


is_dynamo_compiling = is_exporting = is_compiling


def reset():
    """Nothing was compiled."""


def cudagraph_mark_step_begin():
    """There is no GPU."""


def set_stance(stance="default", **options):
    return contextlib.nullcontext()


def __getattr__(name):
    return _public_names.attribute("torch.compiler", name)
