"""torch.fx: what marks functions for its tracer; the tracer itself is not there, since every call is recorded anyway."""
from .. import _public_names

__all__ = ["wrap"]


def wrap(fn_or_name):
    return fn_or_name


def __getattr__(name):
    raise _public_names.missing("torch.fx", name)
