"""`out=` of functions that do not read it themselves: the result is written there."""
import functools

from ._apply import finish
from ._registry import FUNCTIONS

_WRITTEN = ("addcdiv addcmul addmv angle baddbmm bitwise_not chain_matmul clamp_max clamp_min column_stack conj_physical diag diff dstack float_power frac "
            "hardshrink hstack index_add index_copy kron lerp logspace mvlgamma nan_to_num nanmean nonzero renorm row_stack scatter scatter_add scatter_reduce "
            "take_along_dim vstack").split()


def _writing(function):
    @functools.wraps(function)
    def wrapper(*args, out=None, **kwargs):
        result = function(*args, **kwargs)
        return result if out is None else finish(result, out)
    return wrapper


def add_out():
    for name in _WRITTEN:
        if name in FUNCTIONS:
            FUNCTIONS[name] = _writing(FUNCTIONS[name])
