"""torch.fx: what marks functions for its tracer; the tracer itself is not there, since every call is recorded anyway."""
from .. import _public_names

__all__ = ["wrap"]


def wrap(fn_or_name):
    return fn_or_name


def __getattr__(name):
    return _public_names.attribute("torch.fx", name)
