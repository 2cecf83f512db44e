"""torch._jit_internal: marks for the TorchScript compiler, which change nothing here."""
from typing import Any, Dict, Final, List, Optional, Tuple, Union  # noqa: F401

from .jit import _overload, _overload_method, export, ignore, is_scripting, unused  # noqa: F401

BroadcastingList1 = BroadcastingList2 = BroadcastingList3 = List


def boolean_dispatch(arg_name, arg_index, default, if_true, if_false, module_name=None, func_name=None):
    """A function that calls one of two by the argument of that name or place."""
    def function(*args, **kwargs):
        chosen = kwargs[arg_name] if arg_name in kwargs else args[arg_index] if arg_index < len(args) else default
        return (if_true if chosen else if_false)(*args, **kwargs)
    return function


def _copy_to_script_wrapper(fn):
    return fn
